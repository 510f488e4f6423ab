// Supply as compiled: stocks, their policies and sources, and what outside suppliers offer. Constant while time runs.
#pragma once
#include <vector>

#include "core/random/distribution.h"
#include "models/common/compile.h"
#include "models/common/ids.h"
#include "models/supply/policies/replenishment.h"
#include "models/supply/policies/sourcing.h"
#include "models/supply/spec.h"

namespace tierworks::supply {

using common::ItemId;
using common::LaneId;
using common::LineId;
using common::OfferId;
using common::PlaceId;
using common::ProductId;
using common::SiteId;
using common::SourceId;
using common::StockId;

using ShelfId = core::Id<struct ShelfTag>;  // a stock of goods that spoil

struct Stock {
  PlaceId place;
  SiteId site;
  ItemId item;
  Replenishment policy;
  OrderLimits limits;
  core::Duration review_every{0};  // 0: continuous
  core::Duration review_from{0};
  Quantity initial = 0;
  core::Range sources;
  double ordering_cost = 0;  // money per order
  double holding = 0;        // money per smallest unit and tick
  bool to_order = true;      // no policy was stated
  bool computed = false;     // its level or reorder point follows from a stated service
  AllocationRule allocation = AllocationRule::first_come;
  bool complete_orders_only = false;
  Sourcing sourcing;  // among several sources
  SourceId always;    // that every order goes to; none: it is chosen anew each time
  bool splits_orders = false;
  bool vendor_managed = false;  // by `policy`, which its supplier follows
  ShelfId shelf;                // none: its goods never spoil
  core::Range reserves;         // of Model::reserves
  PositionOf position = PositionOf::local;
  double backorder_cost = 0;  // money per smallest unit that waits and tick
  // In periods:
  core::Duration period{0};  // 0: everything as it happens
  std::uint32_t awaits = 1;  // who must have spoken before it orders: its own calendar, and all who order from it
  core::Range components;    // of Model::components: the stocks of its site that go into what is made for it
  core::Range below;         // of Model::below
  bool is_part = false;      // something is made of it at its site
  core::Range on_order;      // of Model::on_order
  bool in_periods() const { return period.ticks > 0; }
  bool continuous() const { return review_every.ticks == 0; }
  // Who waits stands by rank, not by time alone.
  bool ranks() const {
    return allocation == AllocationRule::priority || allocation == AllocationRule::successor_order ||
           allocation == AllocationRule::margin;
  }
  // What is there goes to all who wait, in parts.
  bool divides() const { return allocation == AllocationRule::proportional || allocation == AllocationRule::equal; }
};

struct Source {
  enum class Kind : std::uint8_t { line, stock, offer };
  Kind kind = Kind::line;
  StockId buyer;
  ProductId product;       // line
  StockId supplier_stock;  // stock
  OfferId offer;           // offer
  PlaceId supplier_place;
  LaneId lane;  // stock, offer
  double share = 1;
  std::uint32_t priority = common::kLastPriority;  // of its orders at the supplier
  core::Duration order_time{0};
  core::StreamName quoted;          // addressed by the buyer's order number
  double transit_holding = 0;       // money per smallest unit and tick on the way
  SourceView known;                 // `able` is set by the run
  Quantity most_open = 0;           // 0: unlimited
  core::Duration answer_within{0};  // 0: for ever
  core::Instant valid_from{0}, valid_until = core::kLastInstant;
  bool in_reserve = false;                         // gets orders only while an answer to a disruption has it ready
  core::Range order_days;                          // of Model::order_days; empty: at any time
  core::Duration report_every{0}, report_time{0};  // 0: it reports nothing
  double margin = 0;                               // money that a unit earns its supplier
  bool cancellable = true;
  bool called_back = false;  // a disruption may call its orders back
  bool favoured = false;     // served first while an answer to a disruption says so
  bool valid(core::Instant t) const { return valid_from <= t && t < valid_until; }
};

struct Offer {
  PlaceId place;
  SiteId site;
  ItemId item;
  core::Distribution quoted;
  double ticks_per_unit = 0;  // 0: unlimited
  double price = 0;           // money per smallest unit
  bool stoppable = false;     // a disruption can hit it
};

// What draws on a stock: a purchase of another site, or a stock of the same site that is made from it.
struct Below {
  SourceId source = SourceId::none();
  StockId stock = StockId::none();
  Quantity per_unit = 1;  // smallest units of the stock for one of what draws on it
};

struct Shelf {
  core::Duration life{0};
  double disposal_cost = 0;  // money per smallest unit
};

// The last so many of a stock are for one class of customers.
struct Reserve {
  Quantity quantity = 0;
  core::Instant until = core::kLastInstant;
};

// Ordered before the start.
struct OnOrder {
  StockId stock;
  SourceId source;
  Quantity quantity = 0;
  core::Instant at{0};       // when the goods come in, or the order reaches its supplier
  bool to_supplier = false;  // the latter
};

// Of the order in this row of Model::on_order: above the number of any order of the run, whose draws it leaves alone.
inline std::uint64_t number_before_start(std::uint32_t row) { return ~std::uint64_t{row}; }

struct OrderDay {
  core::Duration every{0}, from{0};
};

// What a formula is told of its stock; units and days.
struct FormulaNumbers {
  double resolution = 1;
  double demand_rate = 0, demand_deviation = 0;  // of a day
  double lead_time = 0;                          // mean
  double review = 0;
};

struct Model {
  core::Table<StockId, Stock> stocks;
  core::Table<SourceId, Source> sources;
  core::Table<OfferId, Offer> offers;
  core::Table<FormulaNumbersId, FormulaNumbers> formula_numbers;
  // line -> the stocks that it replenishes
  std::vector<core::Range> stocks_of_line;
  std::vector<StockId> line_stocks;
  std::vector<StockId> components;
  std::vector<Below> below;               // empty unless a policy looks at an echelon
  std::vector<StockId> downstream_first;  // all stocks, likewise
  bool disrupted = false;                 // some disruption can hit a supplier
  core::Table<ShelfId, Shelf> shelves;
  std::vector<Reserve> reserves;
  std::vector<OrderDay> order_days;
  std::vector<OnOrder> on_order;  // by stock
  bool listens = false;           // some buyer goes by what suppliers report
  bool managed = false;           // some stock is kept by its supplier
  bool reports() const { return !downstream_first.empty(); }
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::supply
