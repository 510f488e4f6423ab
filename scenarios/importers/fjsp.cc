#include "scenarios/importers/fjsp.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/word_lines.h"

namespace tierworks::importers {

namespace {

constexpr std::int64_t kMostJobs = 100'000, kMostMachines = 10'000, kMostOperations = 100'000;
constexpr std::int64_t kMostMinutes = 100'000'000;  // of one operation

class Reader {
 public:
  Reader(std::string_view name, std::vector<ImportError>& errors) : name_(name), errors_(errors) {}

  std::optional<ImportedFlexibleShop> read(std::string_view text) {
    const std::vector<WordLine> lines = word_lines(text);
    if (lines.empty()) {
      fail(0, 0, "it is empty, expected a line with the numbers of jobs and machines");
      return std::nullopt;
    }
    const WordLine& head = lines.front();
    if (head.words.size() < 2 || head.words.size() > 3) {
      fail(head.number, 0,
           fmt::format("got {} words, expected the numbers of jobs and of machines, and perhaps the mean number of "
                       "machines for an operation",
                       head.words.size()));
      return std::nullopt;
    }
    const auto jobs = number(head, 0, 1, kMostJobs), machines = number(head, 1, 1, kMostMachines);
    if (!jobs || !machines) return std::nullopt;
    shop_.jobs = static_cast<std::size_t>(*jobs);
    shop_.machines = static_cast<std::size_t>(*machines);
    if (lines.size() - 1 != shop_.jobs) {
      fail(lines.back().number, 0,
           fmt::format("got {} lines of jobs, expected {}; the file may be cut", lines.size() - 1, shop_.jobs));
      return std::nullopt;
    }
    for (std::size_t i = 1; i < lines.size(); ++i) job(lines[i], i - 1);
    if (!errors_.empty()) return std::nullopt;
    write();
    return std::move(shop_);
  }

 private:
  void fail(int line, int column, std::string message) {
    errors_.push_back({std::string(name_), line, column, std::move(message)});
  }

  std::optional<std::int64_t> number(const WordLine& line, std::size_t word, std::int64_t low, std::int64_t high) {
    if (word >= line.words.size()) {
      fail(line.number, static_cast<int>(word) + 1,
           fmt::format("the line ends, expected an integer from {} to {}; the file may be cut", low, high));
      return std::nullopt;
    }
    const std::string_view text = line.words[word];
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
    fail(line.number, static_cast<int>(word) + 1,
         fmt::format("got \"{}\", expected an integer from {} to {}", text, low, high));
    return std::nullopt;
  }

  void job(const WordLine& line, std::size_t index) {
    const auto operations = number(line, 0, 1, kMostOperations);
    if (!operations) return;
    routings_ += fmt::format("      j{}:\n        operations:\n", index);
    std::size_t at = 1;
    for (std::int64_t i = 1; i <= *operations; ++i) {
      const auto ways = number(line, at++, 1, static_cast<std::int64_t>(shop_.machines));
      if (!ways) return;
      std::vector<std::int64_t> known;
      std::int64_t longest = 0;
      for (std::int64_t w = 0; w < *ways; ++w) {
        const auto machine = number(line, at++, 1, static_cast<std::int64_t>(shop_.machines));
        const auto minutes = machine ? number(line, at++, 0, kMostMinutes) : std::nullopt;
        if (!minutes) return;
        if (std::find(known.begin(), known.end(), *machine) != known.end()) {
          fail(line.number, static_cast<int>(at) - 1,
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
      fail(line.number, static_cast<int>(at) + 1,
           fmt::format("got {} numbers behind the last operation, expected none", line.words.size() - at));
    }
    releases_ += fmt::format("      j{}: {{routing: j{}, count: 1}}\n", index, index);
  }

  void write() {
    std::string& yaml = shop_.yaml;
    yaml = fmt::format(
        "# A flexible job shop of {} jobs and {} machines; durations are minutes. The horizon is the work of all jobs "
        "one "
        "after the\n# other, each operation on its slowest machine. Another rule: --policy dispatch=mwkr; another "
        "choice of "
        "machines:\n# --set sites.shop.choose=fastest.\n"
        "tierworks: 1\n"
        "title: flexible job shop {}\n"
        "time: {{horizon: {} min}}\n"
        "run: {{replications: 1}}\n"
        "sites:\n"
        "  shop:\n"
        "    dispatch: fifo\n"
        "    tie: number\n"
        "{}"
        "    work_centres:\n",
        shop_.jobs, shop_.machines, plain_title(name_), shop_.work_minutes + 1,
        shop_.ways > shop_.operations ? "    choose: least_work\n" : "");
    for (std::size_t m = 1; m <= shop_.machines; ++m) yaml += fmt::format("      m{}: {{}}\n", m);
    yaml += "    routings:\n" + routings_ + "    releases:\n" + releases_;
  }

  std::string_view name_;
  std::vector<ImportError>& errors_;
  ImportedFlexibleShop shop_;
  std::string routings_, releases_;
};

}  // namespace

std::optional<ImportedFlexibleShop> import_fjsp(std::string_view text, std::string_view name,
                                                std::vector<ImportError>& errors) {
  return Reader(name, errors).read(text);
}

}  // namespace tierworks::importers
