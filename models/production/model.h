// Production as compiled: lines with servers, and what is made on them. Constant while time runs.
#pragma once
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"

namespace tierworks::production {

using common::ItemId;
using common::LineId;
using common::PlaceId;
using common::ProductId;
using common::Quantity;
using common::SiteId;
using common::StockId;

struct Line {
  PlaceId place;
  SiteId site;
  std::int64_t servers = 0;  // 0: unlimited
  std::int64_t room = 0;     // production orders, waiting or in work; 0: unlimited
  double cost_per_tick = 0;  // money per server and tick of work
  bool named = false;        // written in the scenario
};

struct Component {
  StockId stock;
  Quantity per_unit = 0;  // component's smallest units per smallest unit of the product
  double attrition = 0;   // extra share
};

struct Product {
  PlaceId place;
  SiteId site;
  ItemId item;
  StockId stock;
  LineId line;
  core::Distribution time;  // ticks, of a unit or of a batch
  bool per_unit = true;
  Quantity batch = 0;    // most at once; 0: the whole order
  bool in_shop = false;  // made in lots on the site's shop floor, whose release is `release`; `time` is an estimate
  std::uint32_t release = 0;
  bool as_available = false;  // less, as far as there is material
  double resolution = 1;      // units per smallest unit
  core::Range components;     // of Model::components
  bool stoppable = false;     // a disruption can hit it
  double cost = 0;            // money per smallest unit
  core::StreamName process;   // addressed by order number, and unit or batch
};

struct Model {
  core::Table<LineId, Line> lines;
  core::Table<ProductId, Product> products;
  std::vector<Component> components;
  bool stoppable = false;  // some product is
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::production
