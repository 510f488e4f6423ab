#include "scenarios/importers/fjsp.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/importers/shop_lines.h"

namespace tierworks::importers {

namespace {

constexpr std::int64_t kMostOperations = 100'000;  // of a job

class Reader {
 public:
  Reader(std::string_view text, std::string_view name, std::vector<ImportError>& errors)
      : lines_(text, name, errors), errors_(errors) {}

  std::optional<ImportedFlexibleShop> read() {
    const bool sound = lines_.read_head(
        3, "the numbers of jobs and of machines, and perhaps the mean number of machines for an operation");
    if (!sound) return std::nullopt;
    shop_.jobs = lines_.jobs();
    shop_.machines = lines_.machines();
    for (std::size_t i = 0; i < shop_.jobs; ++i) job(lines_.job(i), i);
    if (!errors_.empty()) return std::nullopt;
    write();
    return std::move(shop_);
  }

 private:
  void job(const WordLine& line, std::size_t index) {
    const auto operations = lines_.number(line, 0, 1, kMostOperations);
    if (!operations) return;
    routings_ += fmt::format("      j{}:\n        operations:\n", index);
    std::size_t at = 1;
    for (std::int64_t i = 1; i <= *operations; ++i) {
      const auto ways = lines_.number(line, at++, 1, static_cast<std::int64_t>(shop_.machines));
      if (!ways) return;
      std::vector<std::int64_t> known;
      std::int64_t longest = 0;
      for (std::int64_t w = 0; w < *ways; ++w) {
        const auto machine = lines_.number(line, at++, 1, static_cast<std::int64_t>(shop_.machines));
        const auto minutes = machine ? lines_.number(line, at++, 0, ShopLines::kMostMinutes) : std::nullopt;
        if (!minutes) return;
        if (std::find(known.begin(), known.end(), *machine) != known.end()) {
          lines_.fail(line.number, static_cast<int>(at) - 1,
                      fmt::format("machine {} is named twice for one operation, expected each once", *machine));
          return;
        }
        known.push_back(*machine);
        longest = std::max(longest, *minutes);
        if (w == 0) {
          routings_ += fmt::format("          {}: {{work_centre: m{}, time: {} min", i, *machine, *minutes);
        } else {
          routings_ += fmt::format("{}m{}: {{time: {} min}}", w == 1 ? ", alternatives: {" : ", ", *machine, *minutes);
        }
      }
      routings_ += *ways > 1 ? "}}\n" : "}\n";
      shop_.ways += known.size();
      shop_.work_minutes += longest;
      ++shop_.operations;
    }
    if (at != line.words.size()) {
      lines_.fail(line.number, static_cast<int>(at) + 1,
                  fmt::format("got {} numbers behind the last operation, expected none", line.words.size() - at));
    }
    releases_ += fmt::format("      j{}: {{routing: j{}, count: 1}}\n", index, index);
  }

  void write() {
    const std::string remarks = fmt::format(
        "# A flexible job shop of {} jobs and {} machines; durations are minutes. The horizon is the work of all jobs "
        "one "
        "after the\n# other, each operation on its slowest machine. Another rule: --policy dispatch=mwkr; another "
        "choice of "
        "machines:\n# --set sites.shop.choose=fastest.\n",
        shop_.jobs, shop_.machines);
    const std::string_view choose = shop_.ways > shop_.operations ? "    choose: least_work\n" : "";
    shop_.yaml = lines_.scenario(remarks, "flexible job shop", shop_.work_minutes + 1, choose, 1) + "    routings:\n" +
                 routings_ + "    releases:\n" + releases_;
  }

  ShopLines lines_;
  std::vector<ImportError>& errors_;
  ImportedFlexibleShop shop_;
  std::string routings_, releases_;
};

}  // namespace

std::optional<ImportedFlexibleShop> import_fjsp(std::string_view text, std::string_view name,
                                                std::vector<ImportError>& errors) {
  return Reader(text, name, errors).read();
}

}  // namespace tierworks::importers
