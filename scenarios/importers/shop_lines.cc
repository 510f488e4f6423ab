#include "scenarios/importers/shop_lines.h"

#include <charconv>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"

namespace tierworks::importers {

bool ShopLines::read_head(std::size_t most_words, std::string_view words) {
  if (lines_.empty()) {
    fail(0, 0, "it is empty, expected a line with the numbers of jobs and machines");
    return false;
  }
  const WordLine& head = lines_.front();
  if (head.words.size() < 2 || head.words.size() > most_words) {
    fail(head.number, 0, fmt::format("got {} words, expected {}", head.words.size(), words));
    return false;
  }
  const auto jobs = number(head, 0, 1, kMostJobs), machines = number(head, 1, 1, kMostMachines);
  if (!jobs || !machines) return false;
  jobs_ = static_cast<std::size_t>(*jobs);
  machines_ = static_cast<std::size_t>(*machines);
  if (lines_.size() - 1 == jobs_) return true;
  fail(lines_.back().number, 0,
       fmt::format("got {} lines of jobs, expected {}; the file may be cut", lines_.size() - 1, jobs_));
  return false;
}

std::optional<std::int64_t> ShopLines::number(const WordLine& line, std::size_t word, std::int64_t low,
                                              std::int64_t high) {
  const int column = static_cast<int>(word) + 1;
  if (word >= line.words.size()) {
    fail(line.number, column,
         fmt::format("the line ends, expected an integer from {} to {}; the file may be cut", low, high));
    return std::nullopt;
  }
  const std::string_view text = line.words[word];
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
  fail(line.number, column, fmt::format("got \"{}\", expected an integer from {} to {}", text, low, high));
  return std::nullopt;
}

void ShopLines::fail(int line, int column, std::string message) {
  errors_.push_back({std::string(name_), line, column, std::move(message)});
}

std::string ShopLines::scenario(std::string_view remarks, std::string_view title, std::int64_t minutes,
                                std::string_view site, std::size_t first_machine) const {
  std::string yaml = fmt::format(
      "{}"
      "tierworks: 1\n"
      "title: {} {}\n"
      "time: {{horizon: {} min}}\n"
      "run: {{replications: 1}}\n"
      "sites:\n"
      "  shop:\n"
      "    dispatch: fifo\n"
      "    tie: number\n"
      "{}"
      "    work_centres:\n",
      remarks, title, plain_title(name_), minutes, site);
  for (std::size_t m = 0; m < machines_; ++m) yaml += fmt::format("      m{}: {{}}\n", first_machine + m);
  return yaml;
}

}  // namespace tierworks::importers
