#include "scenarios/importers/jsplib.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/importers/shop_lines.h"

namespace tierworks::importers {

namespace {

class Reader {
 public:
  Reader(std::string_view text, std::string_view name, std::vector<ImportError>& errors)
      : lines_(text, name, errors), errors_(errors) {}

  std::optional<ImportedShop> read() {
    if (!lines_.read_head(2, "two: the numbers of jobs and of machines")) return std::nullopt;
    for (std::size_t i = 0; i < lines_.jobs(); ++i) job(lines_.job(i), i);
    if (!errors_.empty()) return std::nullopt;
    return scenario();
  }

 private:
  void job(const WordLine& line, std::size_t index) {
    const std::size_t wanted = 2 * lines_.machines(), got = line.words.size();
    if (got != wanted) {
      lines_.fail(line.number, static_cast<int>(std::min(got, wanted)) + 1,
                  fmt::format("got {} numbers, expected {}, a machine and a duration for each of {} operations; {}",
                              got, wanted, lines_.machines(),
                              got < wanted ? "the file may be cut" : "two lines may have run into one"));
      return;
    }
    routings_ += fmt::format("      j{}:\n        operations:\n", index);
    for (std::size_t i = 0; i + 1 < line.words.size(); i += 2) {
      const auto machine = lines_.number(line, i, 0, static_cast<std::int64_t>(lines_.machines()) - 1);
      const auto minutes = lines_.number(line, i + 1, 0, ShopLines::kMostMinutes);
      if (!machine || !minutes) continue;
      work_ += *minutes;
      routings_ += fmt::format("          {}: {{work_centre: m{}, time: {} min}}\n", i / 2 + 1, *machine, *minutes);
    }
    releases_ += fmt::format("      j{}: {{routing: j{}, count: 1}}\n", index, index);
  }

  ImportedShop scenario() const {
    ImportedShop shop;
    shop.jobs = lines_.jobs();
    shop.machines = lines_.machines();
    shop.work_minutes = work_;
    const std::string remarks = fmt::format(
        "# A job shop of {} jobs and {} machines; durations are minutes. The horizon is the work of all jobs one after "
        "the\n"
        "# other, which no schedule without idleness exceeds. Another rule: --policy dispatch=mwkr.\n",
        shop.jobs, shop.machines);
    shop.yaml = lines_.scenario(remarks, "job shop", work_ + 1, "", 0) + "    routings:\n" + routings_ +
                "    releases:\n" + releases_;
    return shop;
  }

  ShopLines lines_;
  std::vector<ImportError>& errors_;
  std::int64_t work_ = 0;
  std::string routings_, releases_;
};

}  // namespace

std::optional<ImportedShop> import_jsplib(std::string_view text, std::string_view name,
                                          std::vector<ImportError>& errors) {
  return Reader(text, name, errors).read();
}

}  // namespace tierworks::importers
