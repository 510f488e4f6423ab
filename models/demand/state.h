// Outside demand while time runs. An order that waits is a claim of the supply room; here are the counts.
#pragma once
#include "core/stats/log_histogram.h"
#include "core/stats/tally.h"
#include "core/stats/time_weighted.h"
#include "models/demand/model.h"

namespace tierworks::demand {

// Of orders that arrived after the warm-up; quantities in smallest units.
struct StreamTally {
  std::int64_t orders = 0;
  std::int64_t completed = 0;    // delivered whole
  std::int64_t on_time = 0;      // delivered whole within the allowance
  std::int64_t lost_orders = 0;  // some or all of the order was lost
  Quantity demanded = 0;
  Quantity at_once = 0;
  Quantity shipped = 0;  // after the warm-up, whenever ordered
  Quantity lost = 0;
  Money revenue = 0;
  Money shortage = 0;
  core::TimeWeighted waiting;  // units
  core::Tally lead_time;       // hours
  core::LogHistogram lead_times;
};

struct StreamState {
  std::uint64_t next_order = 0;
  double carry = 0;  // of sizes, in smallest units: what rounding left over
  StreamTally tally;
};

struct State {
  core::Table<StreamId, StreamState> streams;
};

}  // namespace tierworks::demand
