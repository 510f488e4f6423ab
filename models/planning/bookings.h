// What customers have booked ahead, where a stock plans by it: the forecast of each bucket is consumed by what is booked
// (policies/consumption.h). Cost: linear in the buckets, and nothing where nobody books.
#pragma once
#include <span>

#include "models/planning/events.h"

namespace tierworks::planning {

// As long as its buckets: room for what is expected.
std::span<double> bookings_scratch(State& state, const Bookings& bookings);

// `expected`: of each bucket from that of the last look on; out: what is needed in it, bookings included.
void add_bookings(Run& run, const Bookings& bookings, std::span<double> expected);

// Forecast of the next so many reviews, consumed by what is booked in them. Of a review that is only begun its part of
// the forecast counts that is not consumed, and all that is booked.
double wanted_with_bookings(Run& run, const Plan& plan, double periods);

}  // namespace tierworks::planning
