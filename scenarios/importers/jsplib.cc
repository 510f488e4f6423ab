#include "scenarios/importers/jsplib.h"

#include <charconv>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/word_lines.h"

namespace tierworks::importers {

namespace {

constexpr std::int64_t kMostJobs = 100'000, kMostMachines = 10'000;
constexpr std::int64_t kMostMinutes = 100'000'000;  // of one operation

class Reader {
 public:
  Reader(std::string_view name, std::vector<ImportError>& errors) : name_(name), errors_(errors) {}

  std::optional<ImportedShop> read(std::string_view text) {
    const std::vector<WordLine> lines = word_lines(text);
    if (lines.empty()) {
      fail(0, 0, "it is empty, expected a line with the numbers of jobs and machines");
      return std::nullopt;
    }
    const WordLine& head = lines.front();
    if (head.words.size() != 2) {
      fail(head.number, 0,
           fmt::format("got {} words, expected two: the numbers of jobs and of machines", head.words.size()));
      return std::nullopt;
    }
    const auto jobs = number(head, 0, 1, kMostJobs), machines = number(head, 1, 1, kMostMachines);
    if (!jobs || !machines) return std::nullopt;
    machines_ = *machines;
    if (static_cast<std::int64_t>(lines.size()) - 1 != *jobs) {
      fail(lines.back().number, 0,
           fmt::format("got {} lines of jobs, expected {}; the file may be cut", lines.size() - 1, *jobs));
      return std::nullopt;
    }
    for (std::size_t i = 1; i < lines.size(); ++i) job(lines[i], i - 1);
    if (!errors_.empty()) return std::nullopt;
    return scenario(*jobs);
  }

 private:
  void fail(int line, int column, std::string message) {
    errors_.push_back({std::string(name_), line, column, std::move(message)});
  }

  std::optional<std::int64_t> number(const WordLine& line, std::size_t word, std::int64_t low, std::int64_t high) {
    const std::string_view text = line.words[word];
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
    fail(line.number, static_cast<int>(word) + 1,
         fmt::format("got \"{}\", expected an integer from {} to {}", text, low, high));
    return std::nullopt;
  }

  void job(const WordLine& line, std::size_t index) {
    if (line.words.size() % 2 != 0 || line.words.empty()) {
      fail(line.number, 0,
           fmt::format("got {} numbers, expected pairs of a machine and a duration", line.words.size()));
      return;
    }
    routings_ += fmt::format("      j{}:\n        operations:\n", index);
    for (std::size_t i = 0; i + 1 < line.words.size(); i += 2) {
      const auto machine = number(line, i, 0, machines_ - 1);
      const auto minutes = number(line, i + 1, 0, kMostMinutes);
      if (!machine || !minutes) continue;
      work_ += *minutes;
      routings_ += fmt::format("          {}: {{work_centre: m{}, time: {} min}}\n", i / 2 + 1, *machine, *minutes);
    }
    releases_ += fmt::format("      j{}: {{routing: j{}, count: 1}}\n", index, index);
  }

  ImportedShop scenario(std::int64_t jobs) const {
    ImportedShop shop;
    shop.jobs = static_cast<std::size_t>(jobs);
    shop.machines = static_cast<std::size_t>(machines_);
    shop.work_minutes = work_;
    std::string& yaml = shop.yaml;
    yaml = fmt::format(
        "# A job shop of {} jobs and {} machines; durations are minutes. The horizon is the work of all jobs one after "
        "the\n"
        "# other, which no schedule without idleness exceeds. Another rule: --policy dispatch=mwkr.\n"
        "tierworks: 1\n"
        "title: job shop {}\n"
        "time: {{horizon: {} min}}\n"
        "run: {{replications: 1}}\n"
        "sites:\n"
        "  shop:\n"
        "    dispatch: fifo\n"
        "    tie: number\n"
        "    work_centres:\n",
        jobs, machines_, plain_title(name_), work_ + 1);
    for (std::int64_t m = 0; m < machines_; ++m) yaml += fmt::format("      m{}: {{}}\n", m);
    yaml += "    routings:\n" + routings_ + "    releases:\n" + releases_;
    return shop;
  }

  std::string_view name_;
  std::vector<ImportError>& errors_;
  std::int64_t machines_ = 0;
  std::int64_t work_ = 0;
  std::string routings_, releases_;
};

}  // namespace

std::optional<ImportedShop> import_jsplib(std::string_view text, std::string_view name,
                                          std::vector<ImportError>& errors) {
  return Reader(name, errors).read(text);
}

}  // namespace tierworks::importers
