// PHOLD (Fujimoto, "Performance of Time Warp under synthetic workloads", 1990): every event sends one more, after the lookahead
// and an exponential time of mean 1, to its own place or, with a given probability, to any place.
// Every place draws from a counted stream of its own, on both sides of a comparison.
#include <array>
#include <cstdint>
#include <queue>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/common/yardstick.h"
#include "bench/kernel/suite.h"
#include "core/parallel/run_component.h"
#include "core/random/counted_stream.h"

namespace tierworks::bench {

namespace {

using core::Duration;
using core::Instant;
using core::PlaceId;

constexpr double kUnit = static_cast<double>(core::kHour.ticks);  // the time of mean 1
constexpr double kEventsPerRound = 2e6;

struct Job {
  std::uint64_t hops = 0;
};

struct Places {
  Duration lookahead;
  double remote;
  std::vector<core::CountedStream> streams;

  explicit Places(const Options& options)
      : lookahead(core::rounded(options.phold_lookahead * kUnit)), remote(options.phold_remote) {
    for (std::uint32_t i = 0; i < options.phold_places; ++i) {
      streams.emplace_back(core::Randomness{.seed = 1, .replication = 0},
                           core::stream_name(fmt::format("place_{}", i), "phold", "jobs"));
    }
  }
  Duration delay(std::uint32_t place) { return lookahead + core::rounded(streams[place].exponential(kUnit)); }
  // One uniform says whether to go, and where.
  PlaceId next(std::uint32_t place) {
    const double u = streams[place].uniform();
    if (u >= remote) return {place};
    const auto n = static_cast<double>(streams.size());
    return {std::min(static_cast<std::uint32_t>(u / remote * n), static_cast<std::uint32_t>(streams.size() - 1))};
  }
  void on(auto& at, const Job& job) {
    const std::uint32_t here = at.place().index;
    const Duration after = delay(here);
    at.send_in(next(here), after, Job{job.hops + 1});
  }
};

class Run {
 public:
  Run(const Options& options, std::uint32_t parts, std::size_t threads)
      : places_(options), runner_(places_, options.phold_places), threads_(threads) {
    std::vector<std::uint32_t> part_of(options.phold_places);
    for (std::uint32_t i = 0; i < part_of.size(); ++i) {
      part_of[i] = static_cast<std::uint32_t>(std::uint64_t{i} * parts / part_of.size());
    }
    if (parts > 1) runner_.split(part_of, parts);
    for (std::uint32_t i = 0; i < options.phold_places; ++i) {
      for (std::uint32_t k = 0; k < options.phold_events; ++k) runner_.send_in(PlaceId{i}, places_.delay(i), Job{});
    }
  }
  void go_on(Duration length) {
    end_ = end_ + length;
    core::run_until(runner_, end_, places_.lookahead, threads_);
  }
  // Committed events per second of wall in one more round.
  double speed(Duration length) {
    const std::uint64_t before = runner_.events();
    const double seconds = wall_seconds_of([&] { go_on(length); });
    return static_cast<double>(runner_.events() - before) / seconds;
  }
  double cpu_per_event(Duration length) {
    const std::uint64_t before = runner_.events();
    const double seconds = cpu_seconds_of([&] { go_on(length); });
    return seconds / static_cast<double>(runner_.events() - before);
  }
  std::uint64_t fingerprint() const { return runner_.fingerprint(); }
  std::uint64_t events() const { return runner_.events(); }

 private:
  Places places_;
  core::Runner<Places, Job> runner_;
  std::size_t threads_;
  Instant end_{0};
};

// The same model in a plain loop: no total order, no cancellation, no fingerprint, no partitions.
class Plain {
 public:
  explicit Plain(const Options& options) : places_(options) {
    for (std::uint32_t i = 0; i < options.phold_places; ++i) {
      for (std::uint32_t k = 0; k < options.phold_events; ++k) queue_.push({places_.delay(i).ticks, i, 0});
    }
  }
  double cpu_per_event(Duration length) {
    end_ = end_ + length;
    std::uint64_t events = 0;
    const double seconds = cpu_seconds_of([&] {
      for (; queue_.top().at < end_.ticks; ++events) {
        const Entry first = queue_.top();
        queue_.pop();
        const Duration after = places_.delay(first.place);
        queue_.push({first.at + after.ticks, places_.next(first.place).index, first.hops + 1});
      }
    });
    return seconds / static_cast<double>(events);
  }

 private:
  struct Entry {
    std::int64_t at;
    std::uint32_t place;
    std::uint64_t hops;
    bool operator<(const Entry& other) const { return other.at < at; }
  };
  Places places_;
  std::priority_queue<Entry> queue_;
  Instant end_{0};
};

Duration round_length(const Options& options) {
  const double per_unit =
      static_cast<double>(options.phold_places) * options.phold_events / (1 + options.phold_lookahead);
  return core::rounded(kUnit * kEventsPerRound / per_unit);
}

// One fingerprint whatever the threads and partitions; a sixteenth of a round is enough to see.
std::string checked_fingerprint(const Options& options) {
  const Duration length{round_length(options).ticks / 16};
  Run plain(options, 1, 1);
  plain.go_on(length);
  for (const std::uint32_t parts : {1U, 2U, 7U, 64U}) {
    if (parts > options.phold_places) continue;
    for (const std::size_t threads : {1U, 2U, 4U}) {
      Run run(options, parts, threads);
      run.go_on(length);
      if (run.fingerprint() == plain.fingerprint() && run.events() == plain.events()) continue;
      throw WrongResult(fmt::format("phold: {} partitions on {} threads give another fingerprint", parts, threads));
    }
  }
  return fmt::format("{:016x}", plain.fingerprint());
}

}  // namespace

void measure_phold(const Options& options, Figures& figures) {
  const bool one = options.wants("phold_1"), two = options.wants("phold_2");
  if (!one && !two) return;
  const std::string fingerprint = checked_fingerprint(options);
  const Duration length = round_length(options);
  Run alone(options, 1, 1);
  alone.go_on(length);
  if (one) {
    Figure figure{.key = "phold_1", .unit = "committed events per second"};
    const double start = thread_cpu_seconds();
    Plain plain(options);
    plain.cpu_per_event(length);
    std::vector<double> speeds;
    Yardstick yardstick;
    const Pair pair = alternate(
        options.pairs,
        [&] {
          double cpu = 0;
          const std::uint64_t before = alone.events();
          const double wall = wall_seconds_of([&] { cpu = alone.cpu_per_event(length); });
          speeds.push_back(static_cast<double>(alone.events() - before) / wall);
          yardstick.beside(cpu);
          return cpu;
        },
        [&] { return plain.cpu_per_event(length); });
    figure.value = median(speeds);
    figure.ratio = pair.ratio;
    figure.against = "CPU time of a plain std::priority_queue loop";
    figure.more = {{"ns_cpu_per_event", 1e9 * pair.ours}, {"plain_ns_cpu_per_event", 1e9 * pair.other}};
    yardstick.add_to(figure);
    figure.cpu_seconds = thread_cpu_seconds() - start;
    figure.fingerprint = fingerprint;
    figures.push_back(figure);
  }
  if (two) {
    Figure figure{.key = "phold_2", .unit = "committed events per second"};
    const double start = process_cpu_seconds();
    Run both(options, 2, 2);
    both.go_on(length);
    add_two_threads(figure,
                    one_and_two(
                        options.pairs, [&] { return alone.speed(length); }, [&] { return both.speed(length); }));
    figure.against = "speed on one thread";
    figure.cpu_seconds = process_cpu_seconds() - start;
    figure.fingerprint = fingerprint;
    figures.push_back(figure);
  }
}

}  // namespace tierworks::bench
