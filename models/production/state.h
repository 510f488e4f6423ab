// Production while time runs. What is in work are the pending WorkFinished events themselves.
#pragma once
#include <tuple>

#include "core/base/pool.h"
#include "core/stats/time_weighted.h"
#include "models/production/model.h"

namespace tierworks::production {

// Material of one component for one production order.
struct Need {
  Quantity set_aside = 0;  // handed over and not yet used
  Quantity extra = 0;      // attrition of the whole order
  core::Ref next = core::kNoRef;
};

struct ProductionOrder {
  ProductId product;
  std::uint64_t number = 0;  // of the stock that ordered
  Quantity quantity = 0;
  Quantity started = 0;
  Quantity finished = 0;
  std::uint32_t batches = 0;  // or units, started so far: addresses of draws
  bool queued = false;        // in its line's queue
  core::Ref needs = core::kNoRef;
  core::Ref next = core::kNoRef;
};

struct LineState {
  std::int64_t busy = 0;
  std::int64_t orders = 0;  // waiting or in work
  core::Fifo ready;         // orders that have material for their next batch, first ready first
  core::TimeWeighted busy_servers;
};

struct ProductTally {
  core::TimeWeighted in_work;  // units of the product
  Quantity made = 0;
};

// Since the start of the run; for the law of conservation.
struct ComponentFlows {
  Quantity taken = 0;     // started to be worked on, without attrition
  Quantity scrapped = 0;  // attrition
  Quantity consumed = 0;  // gone into finished products
  double carry = 0;       // attrition not yet taken because it was less than a smallest unit
};

struct State {
  core::Table<LineId, LineState> lines;
  core::Table<ProductId, ProductTally> products;
  std::vector<ComponentFlows> components;
  core::Pool<ProductionOrder> orders;
  core::Pool<Need> needs;

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(lines, products, components, orders, needs); }
  auto members() const { return std::tie(lines, products, components, orders, needs); }
};

}  // namespace tierworks::production
