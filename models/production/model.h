// Production as compiled: lines with servers, and what is made on them. Constant while time runs.
#pragma once
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"
#include "models/production/calendar.h"

namespace tierworks::production {

using common::CalendarId;
using common::ItemId;
using common::LineId;
using common::PlaceId;
using common::ProductId;
using common::Quantity;
using common::SiteId;
using common::StockId;
using YieldId = core::Id<struct YieldTag>;  // of one product
using KitId = core::Id<struct KitTag>;      // likewise

// The hours that a line works when much work waits.
struct Overtime {
  CalendarId alone;          // these hours
  CalendarId with_shifts;    // these hours and the shifts
  std::int64_t above = 0;    // ticks of work for each server
  double cost_per_tick = 0;  // money per server and tick of work
  bool worked() const { return !alone.is_none(); }
};

struct Line {
  PlaceId place;
  SiteId site;
  std::int64_t servers = 0;  // 0: unlimited
  std::int64_t room = 0;     // production orders, waiting or in work; 0: unlimited
  double cost_per_tick = 0;  // money per server and tick of work
  bool named = false;        // written in the scenario
  CalendarId calendar;       // none: round the clock
  double open_share = 1;     // of the time of a run that is worked, times people there; for reports and levels
  Overtime overtime;
  bool knows_load = false;  // somebody asks how much work waits
  // Of lines whose servers change over:
  std::uint32_t kinds = 0;    // of products
  core::Range servers_state;  // of State::servers
  std::uint32_t change_overs =
      0;  // first of Model::change_overs: for each kind before (the last: none) those to each kind
  std::int64_t campaign_batches = 0, campaign_ticks = 0;
  core::StreamName changing;  // addressed by order number and batch
  bool changes() const { return kinds > 0; }
};

struct Component {
  StockId stock;
  Quantity per_unit = 0;  // component's smallest units per smallest unit of the product
  double attrition = 0;   // extra share
};

// What comes into stock beside the product, for each of its smallest units.
struct ByProduct {
  StockId stock;
  Quantity per_unit = 0;
};

// What must be there for an order to be begun.
struct Kit {
  std::uint32_t components = 0;  // so many of them, for the whole order; 0: the material of the next batch
  bool partial = false;          // others are waited for on the line, and all are taken when the work is done
};

// One of several ways to make something.
struct Way {
  ProductId product;
  core::Instant valid_from{0}, valid_until = core::kLastInstant;
  bool valid(core::Instant t) const { return valid_from <= t && t < valid_until; }
};

struct Yield {
  static constexpr Quantity kMostDrawn = 10'000;  // units of a batch; of a larger one the chance of each is their share
  core::Distribution share;                       // of a batch, or the chance of each unit
  bool each = false;
  double mean = 1;
  core::StreamName draws;  // addressed by order number and batch
};

struct Product {
  PlaceId place;
  SiteId site;
  ItemId item;
  StockId stock;
  LineId line;
  core::Distribution time;  // ticks, of a unit or of a batch
  double mean_time = 0;     // its mean
  bool per_unit = true;
  Quantity batch = 0;    // most at once; 0: the whole order
  bool in_shop = false;  // made in lots on the site's shop floor, whose release is `release`; `time` is an estimate
  std::uint32_t release = 0;
  bool is_kitted = false;     // the material of a lot is taken when the shop floor picks it
  bool as_available = false;  // less, as far as there is material
  double resolution = 1;      // units per smallest unit
  core::Range components;     // of Model::components
  bool stoppable = false;     // a disruption can hit it
  double cost = 0;            // money per smallest unit
  core::StreamName process;   // addressed by order number, and unit or batch
  YieldId yield;              // none: all is good, and no disruption changes that
  core::Range also;           // of Model::by_products
  KitId kit;                  // none: an order begins with the material of its first batch
  core::Range ways;           // of Model::ways, this one among them; empty if there is no other
  bool by_load = false;       // among them the one where the least work waits
  bool in_reserve = false;    // gets orders only while an answer to a disruption has it ready
  std::uint32_t kind = 0;     // on a line that changes over
};

struct Model {
  core::Table<LineId, Line> lines;
  core::Table<ProductId, Product> products;
  std::vector<Component> components;
  std::vector<ByProduct> by_products;
  core::Table<YieldId, Yield> yields;
  core::Table<KitId, Kit> kits;
  std::vector<Way> ways;
  std::vector<core::Distribution> change_overs;    // ticks
  std::uint32_t servers = 0;                       // of lines that change over
  core::Table<CalendarId, core::Range> calendars;  // of `stretches`
  std::vector<Stretch> stretches;
  bool stoppable = false;  // some product is
  bool reserves = false;   // some way is in reserve
  const core::DistributionTables* tables = nullptr;

  WorkClock clock(CalendarId id) const {
    if (id.is_none()) return {};
    return WorkClock({stretches.data() + calendars[id].first, calendars[id].size()});
  }
  bool partial(const Product& product) const { return !product.kit.is_none() && kits[product.kit].partial; }
  // Units begun for each good one that is ordered.
  double begun_per_unit(const Product& product) const {
    return product.yield.is_none() ? 1 : 1 / yields[product.yield].mean;
  }
};

}  // namespace tierworks::production
