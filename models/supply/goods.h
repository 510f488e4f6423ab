// What comes into a stock and what leaves it: goods received or made, materials used or destroyed.
// Invariant: 0 <= reserved <= on hand.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

void change_on_hand(Run& run, StockState& stock, Quantity delta);

}  // namespace tierworks::supply
