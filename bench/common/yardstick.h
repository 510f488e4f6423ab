// What an absolute figure can be set against where machines differ, and where one machine is twice as slow at one hour as at
// another: the CPU time of a plain *hold*, read right after each run that counts. A plain hold takes the earliest of 100
// times out of a std::priority_queue of 16-byte entries and puts it back an exponential time later, by the ziggurat.
#pragma once
#include <cstdint>
#include <queue>
#include <vector>

#include "bench/common/figures.h"
#include "bench/common/variates.h"

namespace tierworks::bench {

class Yardstick {
 public:
  Yardstick();
  // This was just measured; reads a hold beside it. Some 10 ms.
  void beside(double seconds);
  // Median over the readings: how many plain holds it took.
  double in_holds() const { return median(ratios_); }
  // Adds `in_holds` and `plain_hold_ns` to what is shown.
  void add_to(Figure& figure) const;
  // And makes it the figure's ratio, of one that has no other.
  void rate(Figure& figure) const;

 private:
  struct Entry {
    double at;
    std::uint64_t number;
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const { return b.at < a.at; }
  };
  double hold_seconds();

  FastWords words_{1};
  std::priority_queue<Entry, std::vector<Entry>, Later> queue_;
  std::vector<double> holds_, ratios_;
};

}  // namespace tierworks::bench
