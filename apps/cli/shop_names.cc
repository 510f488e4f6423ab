#include "apps/cli/shop_names.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "models/factory/parts.h"

namespace tierworks::cli {

namespace {

// As the factory room numbers the lots of production orders.
constexpr int kPartBits = 20;

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size() && number > 0;
}

}  // namespace

std::string ShopNames::lot(const common::WatchedLot& lot) const {
  const factory::Model& m = model_.factory;
  // A part of a lot stands behind it: jobs/17#2; the first has the name of the lot.
  const std::uint64_t part = lot.number >> factory::kPartShift;
  if (part > 0) {
    common::WatchedLot whole = lot;
    whole.number &= (std::uint64_t{1} << factory::kPartShift) - 1;
    return fmt::format("{}#{}", this->lot(whole), part + 1);
  }
  const std::string& release = m.release_names[lot.release];
  if (m.releases[factory::ReleaseId{lot.release}].when != factory::Release::When::wanted) {
    return fmt::format("{}/{}", release, lot.number + 1);
  }
  return fmt::format("{}/{}.{}", release, (lot.number >> kPartBits) + 1, (lot.number & ((1U << kPartBits) - 1)) + 1);
}

const std::string& ShopNames::operation(const common::WatchedLot& lot) const {
  static const std::string kNone;
  return lot.operation < model_.factory.operation_names.size() ? model_.factory.operation_names[lot.operation] : kNone;
}

const std::string& ShopNames::product(const common::WatchedLot& lot) const {
  return model_.factory.types[model_.factory.releases[factory::ReleaseId{lot.release}].type].name;
}

const std::string& ShopNames::site(std::uint32_t centre) const {
  return model_.sites[model_.factory.centres[factory::WorkCentreId{centre}].site.index].name;
}
const std::string& ShopNames::centre(std::uint32_t centre) const { return model_.factory.centre_names[centre]; }
std::uint32_t ShopNames::centre_of(std::uint32_t machine) const {
  return model_.factory.machines[factory::MachineId{machine}].centre.index;
}
std::uint32_t ShopNames::number_of(std::uint32_t machine) const {
  return machine - model_.factory.centres[factory::WorkCentreId{centre_of(machine)}].machines.first + 1;
}

bool ShopNames::find(const std::string& name, common::WatchedLot& lot) const {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string::npos) return false;
  const factory::Model& m = model_.factory;
  for (std::uint32_t r = 0; r < m.release_names.size(); ++r) {
    if (m.release_names[r] != name.substr(0, slash)) continue;
    lot.release = r;
    std::string_view digits = std::string_view(name).substr(slash + 1);
    if (const std::size_t hash = digits.find('#'); hash != std::string_view::npos) {
      std::uint64_t number = 0;
      if (!read_number(digits.substr(hash + 1), number) || number > factory::kMostParts) return false;
      if (!find(name.substr(0, slash + 1 + hash), lot)) return false;
      lot.number |= (number - 1) << factory::kPartShift;
      return true;
    }
    if (m.releases[factory::ReleaseId{r}].when != factory::Release::When::wanted) {
      const bool read = read_number(digits, lot.number);
      --lot.number;
      return read;
    }
    const std::size_t dot = digits.find('.');
    std::uint64_t part = 1;
    if (dot != std::string_view::npos && !read_number(digits.substr(dot + 1), part)) return false;
    if (!read_number(digits.substr(0, dot), lot.number) || part > (1U << kPartBits)) return false;
    lot.number = ((lot.number - 1) << kPartBits) | (part - 1);
    return true;
  }
  return false;
}

const char* activity_words(std::uint8_t activity) {
  constexpr std::array<const char*, factory::kActivities> kWords{"idle",  "operation",   "blocked", "down",
                                                                 "setup", "maintenance", "off"};
  return kWords[activity];
}

}  // namespace tierworks::cli
