// Which places run side by side in one run. Places that a link without enough delay joins stay together; METIS cuts the
// rest into parts of equal load with little traffic between them. The same graph gives the same parts, which change how
// long a run takes and never what comes out of it.
// Cost: 100,000 places and 300,000 links in 8 parts 0.3 to 0.7 s on one core (METIS alone 0.2 to 0.8) and about 150 bytes a link.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace tierworks::core {

// The lookahead where no message ever crosses.
inline constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

struct PlaceGraph {
  struct Link {
    std::uint32_t a = 0;  // places; messages go either way, and several links of a pair add up
    std::uint32_t b = 0;
    std::int64_t lookahead = 0;  // least delay of a message in ticks; 0 = none
    double traffic = 0;          // expected messages per day
  };
  std::size_t places = 0;
  std::vector<Link> links;
  std::vector<double> load;  // expected events per day, by place
};

struct Partitioning {
  std::vector<std::uint32_t> part_of;  // by place; parts are numbered in the order of their first places
  std::uint32_t parts = 0;             // none is empty; 0 only if there is no place
  std::int64_t lookahead = kNoLimit;   // least over the links between parts; kNoLimit if none is cut
  double balance = 1;                  // heaviest part's load over the mean part's
  double cut = 0;                      // share of the traffic that crosses parts
};

// At most `parts` parts, joined only by links of `least_lookahead` ticks and more, never by one of 0. Fewer where fewer
// groups can be told apart. A group heavier than the mean part has a part of its own; `balance` then exceeds 1 by as
// much as it must, and otherwise by a few per cent where the groups are small.
Partitioning partition(const PlaceGraph& graph, std::uint32_t parts, std::int64_t least_lookahead = 1);

// Guesses from measurements on one machine, in seconds: an event with its handler, and a meeting of all threads.
inline constexpr double kSecondsPerEvent = 150e-9;
inline constexpr double kSecondsPerBarrier = 1e-6;

// How many times faster than one thread: parts work for one lookahead, then meet. With W events in such a window of all
// places and H of them in the heaviest part: W kSecondsPerEvent / (H kSecondsPerEvent + kSecondsPerBarrier); below 1 it
// does not pay. 1 for one part and without load. Optimistic where H is a handful, as the part with most to do changes
// from window to window, and silent about what a message between threads costs and about how many cores there are.
double estimated_speedup(const Partitioning& partitioning, const PlaceGraph& graph);

// The partitioning with the best estimate. More lookahead means fewer meetings but bigger groups that stay together: at
// most 8 thresholds (64 below 1000 places) are tried, from that with the best promise down, until none promises 1 % more.
// It has at least two parts wherever places can be parted, even if the estimate is below 1: ask estimated_speedup.
// Cost: mostly that of one to three calls of partition.
Partitioning best_partition(const PlaceGraph& graph, std::uint32_t parts);

}  // namespace tierworks::core
