// Planning as compiled: which stocks order up to a forecast, by what method, for how long. Constant while time runs.
#pragma once
#include "core/time/time.h"
#include "models/common/ids.h"
#include "models/planning/policies/buffer.h"
#include "models/planning/policies/forecast.h"
#include "models/planning/policies/net_requirements.h"

namespace tierworks::planning {

using common::Quantity;
using common::StockId;
using PlanId = core::Id<struct PlanTag>;  // one stock that orders up to a forecast

struct Plan {
  Forecast method;
  FirstGuess first;
  double periods = 1;  // reviews that the forecast looks ahead
  // Reviews whose demand a position must cover, else it is filled up; negative: whenever it is below the target.
  double least_periods = -1;
  Quantity safety = 0;  // on top
  core::Range memory;   // of State::memory
};

using MrpStockId = core::Id<struct MrpStockTag>;
using MrpSiteId = core::Id<struct MrpSiteTag>;
using BufferId = core::Id<struct BufferTag>;

// A stock that is planned in buckets.
struct MrpStock {
  StockId stock;
  MrpSiteId site;
  MrpItem item;
  std::size_t frozen = 0;  // buckets
  double others = 0;       // needed in a bucket by what is neither scheduled nor planned
  PlanId forecast;         // of customers and other sites; none: by the schedule
  core::Range schedule;    // of Model::schedule, from the first bucket on
  core::Range needs;       // of Model::mrp_needs: components that are planned too
  std::uint32_t memory =
      0;  // in State::memory: releases of the last `lead` buckets, the latest first; then, for each bucket
          // of the plan, releases, needs and receipts
};

struct MrpNeed {
  MrpStockId of;
  double per_unit = 0;
};

// Those of one site, parents first.
struct MrpSite {
  core::Range stocks;
  core::Duration bucket{1};
  core::Instant from{0};
  std::size_t buckets = 1;   // of the plan
  std::uint32_t memory = 0;  // in State::memory: four spans of a plan's length, for scratch
};

// A decoupling point.
struct Buffer {
  BufferProfile profile;
  double use = 0;     // mean of a day, if there is no forecast
  PlanId forecast;    // of one review
  double review = 1;  // days
  core::Duration every{1};
  core::Instant from{0};
  std::size_t spike_reviews = 0;  // how far ahead
  core::Range known;              // of Model::schedule: known orders by review
};

using SignalId = core::Id<struct SignalTag>;

// A stock that plans by what customers order below it, not by the orders that it gets: the demand signal.
struct Signal {
  StockId stock;
  core::PlaceId place;
  core::Duration delay{0};  // until it is told
};

// One stream of customers that the stock is told of.
struct SignalPart {
  SignalId signal;
  double per_unit = 1;  // smallest units of the stock for one that is ordered
};

struct Model {
  core::Table<PlanId, Plan> plans;
  core::Table<StockId, PlanId> of_stock;  // none for the others; empty if there are none at all
  core::Table<MrpStockId, MrpStock> mrp_stocks;
  core::Table<MrpSiteId, MrpSite> mrp_sites;
  core::Table<StockId, MrpStockId> mrp_of;  // as of_stock
  std::vector<MrpNeed> mrp_needs;
  core::Table<BufferId, Buffer> buffers;
  core::Table<StockId, BufferId> buffer_of;  // as of_stock
  std::vector<double> schedule;              // smallest units
  core::Table<SignalId, Signal> signals;
  std::vector<SignalPart> signal_parts;
  std::vector<core::Range> parts_of_stream;  // of signal_parts, by StreamId; empty if there are no signals
  core::Table<StockId, SignalId> signal_of;  // as of_stock
  std::size_t memory_size = 0;
};

}  // namespace tierworks::planning
