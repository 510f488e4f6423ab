// Production while time runs. What is in work are the pending WorkFinished events themselves; of products that a disruption
// can hit also the rows of `work`, which hold them while the work stands.
#pragma once
#include <tuple>

#include "core/base/pool.h"
#include "core/stats/time_weighted.h"
#include "models/common/paced_work.h"
#include "models/production/model.h"

namespace tierworks::production {

struct WorkFinished {
  static constexpr std::size_t kFactBytes = 24;
  ProductId product;
  std::uint32_t batch = 0;
  Quantity quantity = 0;
  std::uint64_t number = 0;
  core::Ref order = core::kNoRef;  // memory, not fact
  core::Ref work = core::kNoRef;   // likewise
  std::uint32_t overtime = 0;      // 1: worked on in overtime, too
  std::uint32_t server = 0;        // of a line that changes over
};

// Material of one component for one production order.
struct Need {
  Quantity set_aside = 0;  // handed over and not yet used
  Quantity extra = 0;      // attrition of the whole order
  core::Ref next = core::kNoRef;
};

struct ProductionOrder {
  ProductId product;
  std::uint64_t number = 0;  // of the stock that ordered
  core::Instant ordered{0};
  Quantity quantity = 0;  // to be begun
  Quantity started = 0;
  Quantity finished = 0;
  Quantity picked = 0;        // of products whose lots are kitted: of those started, with their material
  Quantity expected = 0;      // good ones that the stock still waits for; of products with a yield
  std::uint32_t batches = 0;  // or units, started so far: addresses of draws
  bool queued = false;        // in its line's queue
  // Of products with a kit:
  bool waiting = false;       // counted among those not begun
  bool ended = false;         // its work is done, but for what is missing
  bool in_overtime = false;   // of work that has ended so
  std::uint16_t server = 0;   // likewise
  std::uint16_t missing = 0;  // components of which not all is there
  core::Ref needs = core::kNoRef;
  core::Ref next = core::kNoRef;
  // Among all open orders of its product, if a disruption can hit that.
  core::Ref older = core::kNoRef, younger = core::kNoRef;
};

// Of a product that a disruption can hit.
struct Interruption {
  common::Pace pace;
  core::Ref oldest = core::kNoRef, youngest = core::kNoRef;  // open orders
};

struct LineState {
  std::int64_t busy = 0;
  std::int64_t orders = 0;          // waiting or in work
  core::Fifo ready;                 // orders that have material for their next batch, first ready first
  core::TimeWeighted busy_servers;  // on the clock of the line's shifts
  core::Instant staffed_from{0};    // on that clock, where measuring began
  // Of lines with overtime:
  core::TimeWeighted busy_in_overtime;  // servers whose batch is worked on in overtime, on its clock
  std::int64_t load = 0;                // ticks of work for one server, waiting and in work
  // Of lines that change over, begun since measuring began:
  std::int64_t change_overs = 0, changing_ticks = 0;
};

// Of a line that changes over.
struct ServerState {
  static constexpr std::uint32_t kNone = 0xffffffffU;
  std::uint32_t kind = kNone;  // what it is set up for
  bool busy = false;
  std::int64_t batches = 0, ticks = 0;  // of this campaign, begun
};

// Orders that are not begun, of a product with a kit.
struct KitTally {
  core::TimeWeighted waiting, clear, missing;  // orders; those with a full kit; components that they lack
};

// Of a product with a yield.
struct YieldState {
  double factor = 1;                // of the usual yield, while disruptions last
  double extra = 0, scrap = 0;      // not yet begun, or scrapped, because it was less than a smallest unit
  Quantity good = 0, scrapped = 0;  // since the start of the run; for the law of conservation
};

struct ProductTally {
  core::TimeWeighted in_work;  // units of the product
  Quantity made = 0;           // good or not
  Quantity scrapped = 0;
};

// Since the start of the run; for the law of conservation.
struct ComponentFlows {
  Quantity taken = 0;      // started to be worked on, without attrition
  Quantity scrapped = 0;   // attrition
  Quantity consumed = 0;   // gone into finished products
  Quantity destroyed = 0;  // while in work
  double carry = 0;        // attrition not yet taken because it was less than a smallest unit
};

struct State {
  core::Table<LineId, LineState> lines;
  core::Table<ProductId, ProductTally> products;
  std::vector<ComponentFlows> components;
  core::Pool<ProductionOrder> orders;
  core::Pool<Need> needs;
  core::Table<ProductId, Interruption> interruptions;  // empty unless a disruption can hit some product
  core::Pool<common::PacedWork<WorkFinished>> work;
  core::Table<YieldId, YieldState> yields;
  core::Table<KitId, KitTally> kits;
  std::vector<ServerState> servers;
  core::Table<ProductId, std::uint8_t> ready;  // of ways in reserve; empty if there is none

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() {
    return std::tie(lines, products, components, orders, needs, interruptions, work, yields, kits, servers, ready);
  }
  auto members() const {
    return std::tie(lines, products, components, orders, needs, interruptions, work, yields, kits, servers, ready);
  }
};

}  // namespace tierworks::production
