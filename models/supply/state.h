// Supply while time runs: a value, flat, without pointers inward; a copy is a fork.
#pragma once
#include <tuple>

#include "core/base/pool.h"
#include "core/stats/spread.h"
#include "core/stats/tally.h"
#include "core/stats/time_weighted.h"
#include "models/common/paced_work.h"
#include "models/common/ports.h"
#include "models/supply/model.h"

namespace tierworks::supply {

struct OfferReady {  // an outside supplier has the goods of an order
  static constexpr std::size_t kFactBytes = 24;
  SourceId source;
  std::uint32_t unused = 0;
  Quantity quantity = 0;
  std::uint64_t number = 0;
  core::Ref work = core::kNoRef;  // memory, not fact
  std::uint32_t unused_too = 0;
};

// What reports need; starts again when the warm-up ends.
struct StockTally {
  core::TimeWeighted on_hand;
  core::TimeWeighted backlog;
  core::TimeWeighted ready, falls_short;  // 1 while there is something on hand, while somebody waits
  // Demand of customers and other sites; `work` is that of production at the same site.
  Quantity demanded = 0, at_once = 0, shipped = 0;
  Quantity work_demanded = 0, work_at_once = 0;
  std::int64_t cycles = 0, cycles_short = 0;
  std::int64_t orders = 0;
  core::Spread demand_per_period, orders_per_period;  // smallest units
  core::Tally lead_time;  // hours, of orders of customers and other sites, until the last unit leaves
};

// Since the start of the run; for the law of conservation.
struct StockFlows {
  Quantity made = 0, received = 0, sold = 0, shipped = 0, used = 0;
  Quantity wanted = 0;
  Quantity destroyed = 0;
  Quantity returned = 0;  // by customers
};

// Who waits at a stock, linked both ways: whoever gives up leaves it wherever it stands.
struct ClaimLine {
  core::Ref first = core::kNoRef, last = core::kNoRef;
  bool empty() const { return first == core::kNoRef; }
};

struct StockState {
  Quantity on_hand = 0;
  Quantity reserved = 0;  // on hand, but set aside for production orders
  Quantity on_order = 0;
  Quantity backlog = 0;
  ClaimLine claims;  // who waits, first served first
  std::uint64_t orders = 0;
  core::Instant held_since{0};
  bool held = false;  // an order waits for room on the line
  bool short_since_receipt = false;
  bool shut = false;          // nothing is handed over
  bool blind = false;         // nothing is ordered
  bool favours = false;       // those whom an answer to a disruption chose are served first
  bool whole_period = false;  // measured from its start
  Quantity target = 0;        // up to which planning wants it filled
  Quantity order_below = 0;   // and the position below which it wants that
  // Since the last review, or in the day that began at `period_from` under a continuous policy.
  Quantity period_demand = 0, period_ordered = 0;
  Quantity period_work = 0;  // of the demand, that of production at the same site
  core::Instant period_from{0};
  bool hand_out_due = false;               // orders of this instant wait to be dealt with together
  std::uint32_t heard = 0;                 // of Stock::awaits, in this period
  core::Instant counted_at{0};             // the look at which these count:
  Quantity inbound = 0, of_customers = 0;  // wanted since the look before, by all and by customers
  StockFlows flows;
  StockTally tally;

  StockView view() const { return {on_hand, reserved, on_order, backlog, 0, target, order_below}; }
  Quantity available() const { return on_hand - reserved; }
};

// What the site of a source said with its last order: the position of its echelon after the order, and by how much more
// `echelon_by_orders` sees there: what customers have wanted in this period, less parts that wait for others. Kept at the
// supplier's place.
struct Report {
  Quantity position = 0;
  Quantity by_orders = 0;
};

struct OfferState {
  core::Instant free_at{0};  // when what was ordered so far is made
  Quantity bought = 0;       // left the supplier since the start of the run
  Quantity ordered = 0;      // received since the start of the run, less what was called back
  // If a disruption can hit it:
  common::Pace pace;
  core::Duration ahead{0};  // at `ahead_at`, at pace 1: until what was ordered so far is made
  core::Instant ahead_at{0};
};

// Of a source, while disruptions last.
struct SourceNews {
  bool fails = false;  // as its buyer knows
  bool ready = false;  // a source in reserve
};

// Goods of one age, in a stock or on the way to one.
struct AgeClass {
  core::Instant expires{0};
  Quantity quantity = 0;
  core::Ref next = core::kNoRef;
};

// Of a stock of goods that spoil.
struct ShelfState {
  core::Fifo ages;                                  // first expires first; together what is available
  core::Instant look = core::kLastInstant;          // when something expires next
  Quantity expired = 0;                             // since the start
  Quantity wasted = 0, used_up = 0, passed_on = 0;  // since the warm-up: to customers and production, to other sites
};

// What the buyer knows of a supplier: its last report, and what was ordered there since.
struct SupplierSeen {
  Quantity stock = 0;
  Quantity load = 0;
};

// What a supplier knows of a stock that it keeps.
struct Managed {
  Quantity sent = 0;  // or waiting to be sent, since the start
  std::uint64_t orders = 0;
};

struct WaitingClaim {
  common::Claim claim;
  core::Ref next = core::kNoRef, previous = core::kNoRef;
};

// A formula gave no quantity: the stock orders nothing from then on, and the run is no result.
struct FormulaFault {
  bool happened = false;
  core::Instant at{0};
  StockId stock;
  double got = 0;  // units; NaN if it was no finite number
};

struct State {
  core::Table<StockId, StockState> stocks;
  core::Table<SourceId, Quantity> ordered;  // since the start, for sourcing by share
  core::Table<SourceId, OpenOrders> open;   // of purchases
  core::Table<SourceId, Report> reports;    // empty unless a policy looks at an echelon
  core::Table<OfferId, OfferState> offers;
  core::Pool<WaitingClaim> claims;
  core::Table<FormulaNumbersId, FormulaFault> formula_faults;
  core::Table<SourceId, SourceNews> news;  // empty unless a disruption can hit a supplier
  core::Pool<common::PacedWork<OfferReady>> work;
  core::Table<ShelfId, ShelfState> shelves;
  core::Pool<AgeClass> ages;
  core::Table<SourceId, SupplierSeen> seen;  // empty unless some buyer goes by reports
  core::Table<SourceId, Managed> managed;    // empty unless a supplier keeps some stock

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() {
    return std::tie(stocks, ordered, open, reports, offers, claims, formula_faults, news, work, shelves, ages, seen,
                    managed);
  }
  auto members() const {
    return std::tie(stocks, ordered, open, reports, offers, claims, formula_faults, news, work, shelves, ages, seen,
                    managed);
  }
};

}  // namespace tierworks::supply
