// Demand and orders of a stock by period, for the bullwhip effect: a period is a review, or a day under a continuous policy.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// A period ends; one that began before the warm-up ended is not counted.
void close_period(StockState& state);

// Days of a continuous policy that have ended by `now`; those without demand and orders all at once.
void close_days(StockState& state, core::Instant now);

}  // namespace tierworks::supply
