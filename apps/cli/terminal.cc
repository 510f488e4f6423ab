#include "apps/cli/terminal.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tierworks::cli {

namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int) {
  if (interrupted.exchange(true)) _exit(130);
}

// Writes all of `text`, or says why not.
std::optional<std::string> write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::strerror(errno);
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return std::nullopt;
}

}  // namespace

void message(std::string_view line) { (void)write_all(STDERR_FILENO, std::string(line) + "\n"); }

void print(std::string_view text) {
  if (const auto fault = write_all(STDOUT_FILENO, text))
    throw std::runtime_error("cannot write to the standard output: " + *fault);
}

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) == 1; }

std::optional<std::string> write_whole(const std::string& path, std::string_view text) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return std::strerror(errno);
  auto fault = write_all(fd, text);
  if (!fault && ::fsync(fd) != 0 && errno != EINVAL) fault = std::strerror(errno);
  if (::close(fd) != 0 && !fault) fault = std::strerror(errno);
  if (!fault && ::rename(temporary.c_str(), path.c_str()) != 0) fault = std::strerror(errno);
  if (fault) ::unlink(temporary.c_str());
  return fault;
}

std::optional<std::string> read_whole(const std::string& path, std::string& fault, std::size_t most_bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    fault = std::strerror(errno);
    return std::nullopt;
  }
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fault = errno == EISDIR ? "it is a directory, expected a file" : std::strerror(errno);
    if (n <= 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
    if (text.size() > most_bytes) {
      fault = fmt::format("it is larger than {} MB", most_bytes >> 20);
      break;
    }
  }
  ::close(fd);
  if (!fault.empty()) return std::nullopt;
  return text;
}

const std::atomic<bool>& catch_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  return interrupted;
}

Progress::Progress(bool quiet, const char* noun)
    : active_(!quiet && stderr_is_terminal()), noun_(noun), started_(seconds_now()) {}

Progress::~Progress() {
  if (shown_) (void)write_all(STDERR_FILENO, "\r\x1b[K");
}

void Progress::show(std::size_t done, std::size_t planned) {
  if (!active_) return;
  const double now = seconds_now();
  if (now - last_ < 0.1 && done < planned) return;
  last_ = now;
  const double left = (now - started_) / static_cast<double>(done) * static_cast<double>(planned - done);
  (void)write_all(STDERR_FILENO, fmt::format("\r\x1b[K{} of {} {}, {:.0f} s left", done, planned, noun_, left));
  shown_ = true;
}

}  // namespace tierworks::cli
