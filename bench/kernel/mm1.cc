// M/M/1 at load 0.9 by the public API, with the waiting time of every customer, against the barest loop of callbacks.
// The mean wait in queue is rho / (mu - lambda); the variance of its estimate from N customers in a row is
// rho (2 + 5 rho - 4 rho^2 + rho^3) / (1 - rho)^4 / N in service times squared (Daley, "The serial correlation coefficients of
// waiting times in a stationary single server queue", J. Australian Mathematical Society 8, 1968).
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include <fmt/format.h>

#include "bench/common/variates.h"
#include "bench/common/yardstick.h"
#include "bench/kernel/suite.h"
#include "core/event/component.h"
#include "core/random/counted_stream.h"
#include "core/stats/tally.h"

namespace tierworks::bench {

namespace {

constexpr double kLoad = 0.9;
constexpr std::int64_t kCustomers = 2'000'000;  // about, in each round
constexpr double kService = static_cast<double>(core::kMinute.ticks);
constexpr double kBetweenArrivals = kService / kLoad;
constexpr double kMeanWait = kService * kLoad / (1 - kLoad);
constexpr double kNormal999 = 3.2905;  // 99.9 % of a normal variable lie within so many standard deviations

// First in, first out, in a ring that grows.
template <class T>
class Ring {
 public:
  bool empty() const { return first_ == end_; }
  void push(T value) {
    if (end_ - first_ == rows_.size()) grow();
    rows_[end_++ & (rows_.size() - 1)] = value;
  }
  T pop() { return rows_[first_++ & (rows_.size() - 1)]; }

 private:
  void grow() {
    std::vector<T> more(2 * rows_.size());
    for (std::size_t i = first_; i != end_; ++i) more[i & (more.size() - 1)] = rows_[i & (rows_.size() - 1)];
    rows_.swap(more);
  }
  std::vector<T> rows_ = std::vector<T>(1024);
  std::size_t first_ = 0, end_ = 0;
};

struct Arrival {};
struct Departure {};

struct Station {
  core::CountedStream arrivals, services;
  Ring<core::Instant> waiting{};
  core::Tally waits{};
  bool busy = false;

  void on(auto& at, const Arrival&) {
    at.send_in(core::rounded(arrivals.exponential(kBetweenArrivals)), Arrival{});
    if (busy) {
      waiting.push(at.now());
    } else {
      busy = true;
      serve(at, at.now());
    }
  }
  void on(auto& at, const Departure&) {
    busy = !waiting.empty();
    if (busy) serve(at, waiting.pop());
  }
  void serve(auto& at, core::Instant since) {
    waits.add(static_cast<double>((at.now() - since).ticks));
    at.send_in(core::rounded(services.exponential(kService)), Departure{});
  }
};

class Bare {
 public:
  Bare() {
    handlers_[0] = [this] {
      send_in(-kBetweenArrivals * std::log(words_.uniform()), 0);
      if (busy_) {
        waiting_.push(now_);
      } else {
        busy_ = true;
        serve(now_);
      }
    };
    handlers_[1] = [this] {
      busy_ = !waiting_.empty();
      if (busy_) serve(waiting_.pop());
    };
    send_in(0, 0);
  }
  void until(double end) {
    while (queue_.top().time < end) {
      const Entry first = queue_.top();
      queue_.pop();
      now_ = first.time;
      handlers_[static_cast<std::size_t>(first.id)]();
    }
  }
  const core::Tally& waits() const { return waits_; }

 private:
  struct Entry {
    double time;
    int id;
    bool operator<(const Entry& other) const { return other.time < time; }
  };
  void send_in(double delay, int id) { queue_.push({now_ + delay, id}); }
  void serve(double since) {
    waits_.add(now_ - since);
    send_in(-kService * std::log(words_.uniform()), 1);
  }

  std::array<std::function<void()>, 2> handlers_;
  std::priority_queue<Entry> queue_;
  FastWords words_{7};
  Ring<double> waiting_;
  core::Tally waits_;
  double now_ = 0;
  bool busy_ = false;
};

double half_width(std::int64_t customers) {
  const double rho = kLoad;
  const double variance = rho * (2 + 5 * rho - 4 * rho * rho + rho * rho * rho) / std::pow(1 - rho, 4);
  return kNormal999 * kService * std::sqrt(variance / static_cast<double>(customers));
}

void check(const char* whose, const core::Tally& waits) {
  if (std::abs(waits.mean() - kMeanWait) <= half_width(waits.count())) return;
  throw WrongResult(fmt::format("mm1: the mean wait of {} is {:.4f} service times, expected {:.4f} +- {:.4f}", whose,
                                waits.mean() / kService, kMeanWait / kService, half_width(waits.count()) / kService));
}

// Seconds a customer since the last call.
template <class Until>
double seconds_each(const core::Tally& waits, Until&& until) {
  const std::int64_t before = waits.count();
  const double seconds = cpu_seconds_of(until);
  return seconds / static_cast<double>(waits.count() - before);
}

}  // namespace

void measure_mm1(const Options& options, Figures& figures) {
  if (!options.wants("mm1")) return;
  const double start = thread_cpu_seconds();
  const core::Randomness randomness{.seed = 1, .replication = 0};
  Station station{{randomness, core::stream_name("station", "queue", "arrivals")},
                  {randomness, core::stream_name("station", "queue", "services")}};
  core::Runner<Station, Arrival, Departure> run(station);
  run.send_in(core::PlaceId{0}, core::Duration{0}, Arrival{});
  Bare bare;
  const double round = kBetweenArrivals * static_cast<double>(kCustomers);
  core::Instant our_end{0};
  double bare_end = 0;
  Yardstick yardstick;
  const Pair pair = alternate(
      options.pairs,
      [&] {
        const double each = seconds_each(station.waits, [&] { run.until(our_end = our_end + core::rounded(round)); });
        yardstick.beside(each);
        return each;
      },
      [&] { return seconds_each(bare.waits(), [&] { bare.until(bare_end += round); }); });
  check("the component", station.waits);
  check("the bare loop", bare.waits());

  Figure figure{.key = "mm1", .value = 1 / pair.ours, .unit = "customers per CPU second", .ratio = pair.ratio};
  figure.against = "CPU time of a bare callback loop";
  figure.more = {{"ns_per_customer", 1e9 * pair.ours},
                 {"bare_ns_per_customer", 1e9 * pair.other},
                 {"mean_wait_in_services", station.waits.mean() / kService},
                 {"half_width_999", half_width(station.waits.count()) / kService}};
  yardstick.add_to(figure);
  figure.cpu_seconds = thread_cpu_seconds() - start;
  figures.push_back(figure);
}

}  // namespace tierworks::bench
