// Outside demand as compiled: streams of customers' orders. Constant while time runs.
#pragma once
#include <string>
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"

namespace tierworks::demand {

using common::ItemId;
using common::PlaceId;
using common::Quantity;
using common::SiteId;
using common::StockId;
using common::StreamId;

struct TraceOrder {
  core::Instant at;
  Quantity quantity = 0;
};

struct Stream {
  std::string name;
  std::string region;
  PlaceId place;
  SiteId site;
  ItemId item;
  StockId stock;
  core::Distribution interval;  // ticks; unused with a trace
  core::Duration first{0};      // of a fixed interval; else one interval passes first
  bool starts_at_first = false;
  core::Range trace;        // of Model::trace; empty: by interval
  core::Distribution size;  // smallest units
  core::Duration due{0};
  bool waits = true;           // backorder or wait; else what is not there is lost
  core::Duration patience{0};  // 0: for ever
  bool has_transit = false;
  core::Distribution transit;
  double price = 0;          // money per smallest unit
  double shortage_cost = 0;  // money per smallest unit not shipped at once
  double waiting_cost = 0;   // money per smallest unit and tick
  core::StreamName arrivals, sizes, delivery;
};

struct Model {
  core::Table<StreamId, Stream> streams;
  std::vector<TraceOrder> trace;
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::demand
