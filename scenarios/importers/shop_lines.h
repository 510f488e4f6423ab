// The head that the formats of job shops share: a line with the numbers of jobs and of machines, then a line for each job; and
// numbers out of such lines, each with an error at its place if it is none. The scenarios begin alike, too.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"
#include "scenarios/importers/word_lines.h"

namespace tierworks::importers {

class ShopLines {
 public:
  static constexpr std::int64_t kMostJobs = 100'000, kMostMachines = 10'000;
  static constexpr std::int64_t kMostMinutes = 100'000'000;  // of one operation

  // `name` is that of the file in messages.
  ShopLines(std::string_view text, std::string_view name, std::vector<ImportError>& errors)
      : lines_(word_lines(text)), name_(name), errors_(errors) {}

  // Reads the head; false, and an error, if it or the number of lines is wrong. A format may put more behind the two numbers, up
  // to `most_words` in all, of which `words` tells.
  bool read_head(std::size_t most_words, std::string_view words);
  std::size_t jobs() const { return jobs_; }
  std::size_t machines() const { return machines_; }
  const WordLine& job(std::size_t index) const { return lines_[index + 1]; }

  // The word of a line as an integer from `low` to `high`; none, and an error, if it is none or the line ends before it.
  std::optional<std::int64_t> number(const WordLine& line, std::size_t word, std::int64_t low, std::int64_t high);
  // Column from 1; 0: the whole line.
  void fail(int line, int column, std::string message);

  // Of a scenario that runs for so many minutes, up to the routings: `remarks` are comment lines, `title` what stands before the
  // file's name, `site` lines of the site, and machines are counted from `first_machine`.
  std::string scenario(std::string_view remarks, std::string_view title, std::int64_t minutes, std::string_view site,
                       std::size_t first_machine) const;

 private:
  std::vector<WordLine> lines_;
  std::string_view name_;
  std::vector<ImportError>& errors_;
  std::size_t jobs_ = 0, machines_ = 0;
};

}  // namespace tierworks::importers
