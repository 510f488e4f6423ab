// The flagship in mid-run: a fork against a memcpy of as many bytes into memory as warm, a snapshot in a file against a
// plain write of as many bytes; both files come to their name by a rename, neither is forced to the disk.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "bench/kernel/scenarios.h"
#include "bench/kernel/suite.h"
#include "models/world/simulate.h"
#include "models/world/snapshot.h"

namespace tierworks::bench {

namespace {

constexpr double kBytesPerRound = 256e6;  // so many are copied for one figure
constexpr double kBytesPerWrite = 64e6;

// A folder of our own that goes again.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tierworks_bench.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw WrongResult("no temporary folder can be made: " + pattern);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

void write_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".new";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) throw WrongResult("cannot write " + temporary);
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n <= 0) throw WrongResult("cannot write " + temporary);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::close(file);
  std::filesystem::rename(temporary, path);
}

std::size_t repeats(double bytes, double wanted) { return 1 + static_cast<std::size_t>(wanted / bytes); }

// Microseconds of CPU time for one of `n` times the same.
template <class F>
double microseconds(std::size_t n, F&& once) {
  return 1e6 * cpu_seconds_of([&] {
           for (std::size_t i = 0; i < n; ++i) once();
         }) /
         static_cast<double>(n);
}

Figure fork_figure(const Options& options, const world::Simulation& run, world::Simulation& copy) {
  Figure figure{.key = "fork_over_memcpy", .unit = "us CPU per fork"};
  const double start = thread_cpu_seconds();
  const std::size_t size = run.bytes_used();
  std::vector<std::byte> from(size, std::byte{1}), to(size, std::byte{2});
  const std::size_t n = repeats(static_cast<double>(size), kBytesPerRound);
  const Pair pair = alternate(
      options.pairs, [&] { return microseconds(n, [&] { copy.fork_from(run); }); },
      [&] {
        return microseconds(n, [&] {
          std::memcpy(to.data(), from.data(), size);
          sink(static_cast<std::uint64_t>(to[size / 2]));
          from[size / 2] ^= std::byte{1};
        });
      });
  figure.value = pair.ours;
  figure.ratio = pair.ratio;
  figure.against = "memcpy of the live bytes";
  figure.more = {{"bytes", static_cast<double>(size)}, {"memcpy_us", pair.other}};
  figure.cpu_seconds = thread_cpu_seconds() - start;
  return figure;
}

Figure snapshot_figure(const Options& options, world::Simulation& run, const world::Model& model) {
  Figure figure{.key = "snapshot_over_write", .unit = "us CPU per snapshot"};
  const double start = thread_cpu_seconds();
  const TemporaryFolder folder;
  const std::string file = folder.file("run"), other_file = folder.file("bytes");
  const std::string bytes = world::snapshot(run, model, "bench");
  const std::size_t n = repeats(static_cast<double>(bytes.size()), kBytesPerWrite);
  const Pair pair = alternate(
      options.pairs, [&] { return microseconds(n, [&] { write_file(file, world::snapshot(run, model, "bench")); }); },
      [&] { return microseconds(n, [&] { write_file(other_file, bytes); }); });
  figure.value = pair.ours;
  figure.ratio = pair.ratio;
  figure.against = "write of as many bytes";
  figure.more = {{"bytes", static_cast<double>(bytes.size())}, {"write_us", pair.other}};
  figure.cpu_seconds = thread_cpu_seconds() - start;
  return figure;
}

}  // namespace

void measure_forks(const Options& options, Figures& figures) {
  const bool fork = options.wants("fork_over_memcpy"), snapshot = options.wants("snapshot_over_write");
  if (!fork && !snapshot) return;
  const auto model = flagship();
  world::Simulation run(*model), copy(*model), whole(*model);
  run.start(1, 0);
  run.run_to(core::Instant{(model->warm_up + model->horizon).ticks / 2});
  copy.fork_from(run);
  if (fork) figures.push_back(fork_figure(options, run, copy));
  if (snapshot) figures.push_back(snapshot_figure(options, run, *model));

  const std::uint64_t fingerprint = whole.run(1, 0).fingerprint;
  if (run.finish().fingerprint != fingerprint || copy.finish().fingerprint != fingerprint) {
    throw WrongResult("fork: the run that was forked, or its fork, ends unlike the run that never was");
  }
}

}  // namespace tierworks::bench
