// Planning as compiled: which stocks order up to a forecast, by what method, for how long. Constant while time runs.
#pragma once
#include "core/time/time.h"
#include "models/common/ids.h"
#include "models/planning/policies/buffer.h"
#include "models/planning/policies/consumption.h"
#include "models/planning/policies/forecast.h"
#include "models/planning/policies/net_requirements.h"

namespace tierworks::planning {

using common::Quantity;
using common::StockId;
using PlanId = core::Id<struct PlanTag>;  // one stock that orders up to a forecast

// What is wanted of a stock in each bucket to come, as others have said so far: a ring of buckets in State::memory, of which
// that of the last look is the first.
struct Ring {
  core::Instant from{0};
  core::Duration bucket{1};
  core::Range memory;
};
using RingId = core::Id<struct RingTag>;

// What customers have booked at a stock that plans, and how that consumes what is expected of them.
struct Bookings {
  RingId ring;
  Consumption rule;
  std::size_t buckets = 0;   // that are looked at
  std::uint32_t memory = 0;  // in State::memory: three spans of so many buckets, for scratch
};
using BookingsId = core::Id<struct BookingsTag>;

struct Plan {
  Forecast method;
  FirstGuess first;
  double periods = 1;  // reviews that the forecast looks ahead
  // Reviews whose demand a position must cover, else it is filled up; negative: whenever it is below the target.
  double least_periods = -1;
  Quantity safety = 0;  // on top
  core::Range memory;   // of State::memory
  core::Range tells;    // of Model::forecast_links
  BookingsId bookings;  // none: by the forecast alone
};

// A stock's forecast that goes to where it is filled from. What is told is the need over the horizon of who listens.
struct ForecastLink {
  PlanId to;
  core::PlaceId place;
  core::Duration delay{0};  // until it is told
  double periods = 1;       // reviews of the teller in the horizon of the listener
  double per_unit = 1;      // of the listener's forecast of one review for one unit that is told
  double first = 0;         // of the listener's forecast of one review, before anything is told
  std::uint32_t slot = 0;   // of State::memory
};

// What a stock plans to order, as its supplier is told it.
struct PlanLink {
  RingId ring;  // of the supplier's stock
  core::PlaceId place;
  core::Duration delay{0};  // until it is told
  core::Duration order_time{0};
  double share = 1;
  std::uint32_t memory = 0;  // in State::memory: what was told of each bucket of the plan
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
  core::Range certain;     // likewise: what no booking consumes
  RingId plans;            // what other sites say that they are going to order; none: by mean or forecast
  core::Range tells;       // of Model::plan_links
  BookingsId bookings;
  core::Range needs;     // of Model::mrp_needs: components that are planned too
  core::Range receipts;  // of Model::receipts
  std::uint32_t memory =
      0;  // in State::memory: releases of the last `lead` buckets, the latest first; then, for each bucket
          // of the plan, releases, needs and receipts
};

// Expected of what was ordered before the start.
struct ScheduledReceipt {
  core::Instant at{0};
  Quantity quantity = 0;
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
  BookingsId bookings;
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
  std::vector<ScheduledReceipt> receipts;
  core::Table<BufferId, Buffer> buffers;
  core::Table<StockId, BufferId> buffer_of;  // as of_stock
  std::vector<double> schedule;              // smallest units
  core::Table<SignalId, Signal> signals;
  std::vector<SignalPart> signal_parts;
  std::vector<core::Range> parts_of_stream;  // of signal_parts, by StreamId; empty if there are no signals
  core::Table<StockId, SignalId> signal_of;  // as of_stock
  std::vector<ForecastLink> forecast_links;
  std::vector<PlanLink> plan_links;
  core::Table<RingId, Ring> rings;
  core::Table<BookingsId, Bookings> bookings;
  core::Table<StockId, RingId> booked_at;  // as of_stock
  std::size_t memory_size = 0;
};

}  // namespace tierworks::planning
