// What a stress test has found so far, as a file that only grows: a head that says what was asked, then a line for each branch.
// Cut off at any instant it loses at most the line being written, and `--resume` goes on with the numbers of an uncut run.
#pragma once
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/stress/stress.h"

namespace tierworks::cli {

class StressLog {
 public:
  // `head`: what must be the same for two runs to be parts of one. Why it cannot be used, or nothing.
  std::optional<std::string> open(const std::string& path, const std::string& head, bool resume,
                                  const experiments::StressOptions& options);
  // By exercise and replication: what the file held.
  std::vector<std::vector<std::optional<experiments::Outcome>>> known;
  // False if it cannot be written.
  bool add(std::size_t exercise, std::uint32_t replication, const experiments::Outcome& outcome);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace tierworks::cli
