// The terminal and the file system, as the commands need them.
#pragma once
#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tierworks::cli {

void message(std::string_view line);  // to stderr, one line
void print(std::string_view text);    // to stdout; throws std::runtime_error if it cannot be written
bool stdout_is_terminal();
bool stderr_is_terminal();

// Writes to a temporary name beside `path` and renames it. What went wrong, or nothing.
std::optional<std::string> write_whole(const std::string& path, std::string_view text);
// The file's text; what went wrong goes to `fault`.
std::optional<std::string> read_whole(const std::string& path, std::string& fault,
                                      std::size_t most_bytes = std::size_t{64} << 20);
// A file that the user named cannot be written.
struct CannotWrite : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// From now on the first Ctrl-C sets this flag; the second ends the program.
const std::atomic<bool>& catch_interrupt();

// A line that shows how far an experiment is, rewritten in place; silent unless stderr is a terminal.
class Progress {
 public:
  // `noun`: what is counted.
  explicit Progress(bool quiet, const char* noun = "replications");
  ~Progress();
  void show(std::size_t done, std::size_t planned);

 private:
  bool shown_ = false;
  bool active_;
  const char* noun_;
  double started_;
  double last_ = 0;
};

}  // namespace tierworks::cli
