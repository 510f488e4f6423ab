#include "bench/common/yardstick.h"

namespace tierworks::bench {

namespace {

constexpr std::uint64_t kPending = 100;
constexpr std::uint64_t kHolds = 150'000;

}  // namespace

Yardstick::Yardstick() {
  for (std::uint64_t i = 0; i < kPending; ++i) queue_.push({words_.exponential(1), i});
  hold_seconds();
}

double Yardstick::hold_seconds() {
  const double seconds = cpu_seconds_of([&] {
    for (std::uint64_t i = 0; i < kHolds; ++i) {
      Entry entry = queue_.top();
      queue_.pop();
      entry.at += words_.exponential(1);
      queue_.push(entry);
    }
  });
  sink(queue_.top().number);
  return seconds / static_cast<double>(kHolds);
}

void Yardstick::beside(double seconds) {
  holds_.push_back(hold_seconds());
  ratios_.push_back(seconds / holds_.back());
}

void Yardstick::add_to(Figure& figure) const {
  figure.more.emplace_back("in_holds", in_holds());
  figure.more.emplace_back("plain_hold_ns", 1e9 * median(holds_));
}

void Yardstick::rate(Figure& figure) const {
  figure.ratio = in_holds();
  figure.against = "CPU time of a plain hold";
  figure.more.emplace_back("plain_hold_ns", 1e9 * median(holds_));
}

}  // namespace tierworks::bench
