#include "models/planning/bookings.h"

#include <algorithm>
#include <cmath>

#include "models/planning/rings.h"

namespace tierworks::planning {

namespace {

using Span = std::span<double>;

// The two spans of scratch.
Span scratch(State& state, const Bookings& bookings, std::size_t part) {
  return {state.memory.vector().data() + bookings.memory + part * bookings.buckets, bookings.buckets};
}

// Fills the first span with what is booked, and takes it from `expected`.
Span consumed_by(Run& run, const Bookings& bookings, Span expected) {
  const Span booked = scratch(run.state, bookings, 0).first(expected.size());
  for (std::size_t t = 0; t < booked.size(); ++t) booked[t] = std::max(0.0, ring_at(run, bookings.ring, t));
  bookings.rule.consume(expected, booked, scratch(run.state, bookings, 1).first(expected.size()));
  return booked;
}

}  // namespace

Span bookings_scratch(State& state, const Bookings& bookings) { return scratch(state, bookings, 2); }

void add_bookings(Run& run, const Bookings& bookings, Span expected) {
  const Span booked = consumed_by(run, bookings, expected);
  for (std::size_t t = 0; t < expected.size(); ++t) expected[t] += booked[t];
}

double wanted_with_bookings(Run& run, const Plan& plan, double periods) {
  const Bookings& bookings = run.model.bookings[plan.bookings];
  const ConstMemory memory{run.state.memory.vector().data() + plan.memory.first, plan.memory.size()};
  const auto ahead = [&](std::size_t n) {
    return std::visit([&](const auto& m) { return m.ahead(memory, static_cast<double>(n)); }, plan.method);
  };
  const Span expected = scratch(run.state, bookings, 2);
  for (std::size_t t = 0; t < expected.size(); ++t) expected[t] = ahead(t + 1) - ahead(t);
  const Span booked = consumed_by(run, bookings, expected);
  double sum = 0;
  for (std::size_t t = 0; t < expected.size() && static_cast<double>(t) < periods; ++t) {
    sum += booked[t] + expected[t] * std::min(1.0, periods - static_cast<double>(t));
  }
  return sum;
}

}  // namespace tierworks::planning
