// What happens first at one instant: blows from outside; then, as things happen, everything that ends or arrives, then what
// is asked for, then decisions. In periods (`time.period`): what is asked for and decided goes upstream first, then goods arrive, then they
// are handed out.
#pragma once
#include "core/event/event.h"

namespace tierworks::common {

namespace phase {

inline constexpr core::Phase blow = 0;        // disruptions strike and abate, in both orders
inline constexpr core::Phase completion = 1;  // work and transport end, suppliers are ready
inline constexpr core::Phase arrival = 2;     // goods are received
inline constexpr core::Phase demand = 3;      // customers order, or give up
inline constexpr core::Phase order = 4;       // orders of other sites are received
inline constexpr core::Phase review = 5;      // policies look at their stocks
inline constexpr core::Phase dispatch = 9;    // idle machines look at their queues, in both orders

}  // namespace phase

// Those that depend on which of the two orders a run follows.
struct Phases {
  core::Phase completion = phase::completion;
  core::Phase arrival = phase::arrival;
  core::Phase hand_out = phase::review;  // what is there goes to those who wait
};
inline constexpr Phases kAsItHappens{};
inline constexpr Phases kInPeriods{.completion = 6, .arrival = 7, .hand_out = 8};

}  // namespace tierworks::common
