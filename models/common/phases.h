// What happens first at one instant: everything that ends or arrives, then what is asked for, then decisions.
#pragma once
#include "core/event/event.h"

namespace tierworks::common::phase {

inline constexpr core::Phase completion = 0;  // work and transport end, suppliers are ready
inline constexpr core::Phase arrival = 1;     // goods are received
inline constexpr core::Phase demand = 2;      // customers order, or give up
inline constexpr core::Phase order = 3;       // orders of other sites are received
inline constexpr core::Phase review = 4;      // policies look at their stocks
inline constexpr core::Phase dispatch = 5;    // idle machines look at their queues

}  // namespace tierworks::common::phase
