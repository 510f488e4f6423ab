// Outside demand while time runs. An order that waits is a claim of the supply room; here are the counts.
#pragma once
#include <tuple>
#include <vector>

#include "core/base/hash.h"
#include "core/stats/paged_histogram.h"
#include "core/stats/tally.h"
#include "core/stats/time_weighted.h"
#include "models/demand/model.h"

namespace tierworks::demand {

// Units that waited, and how long: a unit that waits w hours is of age w / 2 on average. The mean age of all who wait is
// therefore the sum of w^2 / 2 over that of w.
struct WaitingUnits {
  double hours = 0;
  double aged_hours = 0;  // age x time
  void add(Quantity quantity, core::Duration wait) {
    const double w = core::in_hours(wait), units = static_cast<double>(quantity);
    hours += units * w;
    aged_hours += units * w * w / 2;
  }
};

// Of orders that arrived after the warm-up; quantities in smallest units.
struct StreamTally {
  std::int64_t orders = 0;
  std::int64_t completed = 0;  // delivered whole
  // Only of orders whose allowance ends before the run does: of the others it cannot be known.
  std::int64_t due = 0;      // delivered whole, or lost in part or whole
  std::int64_t on_time = 0;  // delivered whole within the allowance
  Quantity demanded = 0;
  Quantity at_once = 0;
  Quantity shipped = 0;  // after the warm-up, whenever ordered
  Quantity lost = 0;
  Quantity substituted = 0;  // of what was shipped: from another stock
  Quantity returned = 0;     // after the warm-up, whenever ordered
  // As due and on_time, by what was promised.
  std::int64_t promised = 0, kept = 0;
  Quantity not_at_once = 0;         // waited or was lost
  core::TimeWeighted waiting;       // units
  core::Tally lead_time;            // hours
  double tardy_hours = 0;           // of delivered orders
  WaitingUnits waited;              // that wait no more
  core::PagedHistogram lead_times;  // in State::lead_time_pages
};

// What came from outside in the whole run, warm-up included: two runs whose numbers agree saw the same orders.
struct OrdersSeen {
  std::uint64_t orders = 0;
  std::uint64_t instants = 0;  // chained hash
  std::uint64_t sizes = 0;     // chained hash
  void add(core::Instant at, Quantity size) {
    ++orders;
    instants = core::chained(instants, static_cast<std::uint64_t>(at.ticks));
    sizes = core::chained(sizes, static_cast<std::uint64_t>(size));
  }
};

// Units that a customer did not get when they were due: from `due` to `until`, or never. Kept on request, for stress tests.
struct ServiceGap {
  core::Instant due, until;
  Quantity units = 0;
  core::Ref next = core::kNoRef;
  bool lost = false;  // never to come
};

struct StreamState {
  std::uint64_t next_order = 0;
  std::uint64_t deliveries = 0;  // that may come back
  OrdersSeen seen;
  double carry = 0;      // of sizes, in smallest units: what rounding left over
  double deviation = 0;  // of the last period from the mean, if the stream remembers
  double factor = 1;     // of sizes, while disruptions last
  core::Fifo gaps;       // in State::gaps, if the run keeps them
  StreamTally tally;
};

// What customers pay more than usual while a disruption lasts; settled when the price moves.
struct PriceTally {
  double price = 1;       // of the usual one, now
  Quantity shipped = 0;   // of StreamTally, so far settled
  double dear_units = 0;  // units x (factor - 1)
};

// Changes of booked orders, by when customers made them; after the warm-up. Quantities in smallest units.
struct ChangeTally {
  struct Count {
    std::int64_t orders = 0;
    Quantity units = 0;
    void add(Quantity quantity) {
      ++orders;
      units += quantity;
    }
  };
  Count pulled_in, pushed_out, cancelled;
};

struct State {
  core::Table<StreamId, StreamState> streams;
  core::Pool<core::HistogramPage> lead_time_pages;
  core::Pool<ServiceGap> gaps;
  core::Table<StreamId, PriceTally> prices;    // empty unless a disruption can move one
  core::Table<StreamId, ChangeTally> changes;  // empty unless somebody books ahead
  std::vector<std::uint8_t> offered;           // of substitutes in reserve, by row; empty if there is none

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(streams, lead_time_pages, gaps, prices, changes, offered); }
  auto members() const { return std::tie(streams, lead_time_pages, gaps, prices, changes, offered); }
};

}  // namespace tierworks::demand
