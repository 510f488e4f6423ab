// The compiled scenario: the rooms' models joined. Constant while time runs, shared by all replications and threads.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/common/compile.h"
#include "models/demand/model.h"
#include "models/disruption/model.h"
#include "models/factory/model.h"
#include "models/logistics/model.h"
#include "models/planning/model.h"
#include "models/production/model.h"
#include "models/supply/model.h"
#include "models/world/spec.h"

namespace tierworks::world {

struct Site {
  std::string name;
  std::string role;
  std::string region;
  int tier = 0;  // 0: serves customers; its suppliers are 1, and so on; the stated one if there is one
};

// A level or reorder point that was computed from a stated service; quantities in smallest units, times in ticks.
struct SafetyRow {
  common::StockId stock;
  common::SafetyStock::Kind kind = common::SafetyStock::Kind::amount;
  double share = 0;  // asked for
  double lead_time = 0, lead_time_deviation = 0;
  double demand_mean = 0, demand_deviation = 0;  // from an order to the arrival that ends its cycle
  double safety_stock = 0;
  std::string variability;  // where the deviation comes from, in words
};

struct Model {
  std::string name;
  std::string title;
  std::string currency;
  std::uint64_t hash = 0;  // of all that the scenario says of the model (spec_hash.h)
  core::Duration warm_up{0};
  core::Duration horizon{0};          // measured, after the warm-up
  core::Duration period{0};           // 0: everything as it happens
  std::optional<common::Date> start;  // local date of time 0, if the scenario says it
  std::vector<common::Item> items;
  std::vector<Site> sites;  // indexed by SiteId, and by PlaceId: each site is one place
  std::vector<std::string> line_names;
  std::vector<std::string> lane_names;  // by LaneId; empty for lanes of one purchase alone
  core::DistributionTables tables;
  core::Table<common::FormulaId, common::FormulaText> formulas;
  supply::Model supply;
  planning::Model planning;
  production::Model production;
  logistics::Model logistics;
  demand::Model demand;
  factory::Model factory;
  disruption::Model disruption;
  std::vector<SafetyRow> safety;        // in the order in which they are written
  std::vector<double> transit_holding;  // by SourceId: money per smallest unit and tick on the way

  Model() = default;
  Model(const Model&) = delete;  // rooms point at `tables`, so it stays where it is
  Model& operator=(const Model&) = delete;
};

// The model, or null and diagnostics with all mistakes.
std::unique_ptr<const Model> compile(const ScenarioSpec& spec, common::Diagnostics& diagnostics);

}  // namespace tierworks::world
