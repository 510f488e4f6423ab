// What the targets of a disruption come to: things of the compiled rooms, by id.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/model.h"

namespace tierworks::world {

// What a list of targets comes to, in ids.
struct Things {
  std::set<std::uint32_t> sites;  // as a whole
  std::set<common::ProductId> products;
  std::set<common::OfferId> offers;
  std::set<common::StockId> shut;   // nothing is handed over
  std::set<common::StockId> blind;  // nothing is ordered
  std::set<common::LaneId> lanes;
  std::set<factory::WorkCentreId> centres;  // with machines
  std::set<common::StreamId> streams;
  std::set<factory::CrewId> crews;  // of operators
  bool stocks_only = false;         // named as stocks, nothing else

  // False: what was named hits nothing, which was said.
  bool any() const {
    return !(sites.empty() && products.empty() && offers.empty() && shut.empty() && blind.empty() && lanes.empty() &&
             centres.empty() && streams.empty() && crews.empty());
  }
};

// Names that are unknown, and targets that hit nothing, are diagnostics.
Things things_of(const common::Field<disruption::Targets>& targets, const ScenarioSpec& spec, const Model& model,
                 common::CompileContext& context);

// "no lane "see", so nothing would be hit; did you mean "sea"?", or `otherwise` if no name is near.
void nothing_hit(common::CompileContext& context, common::Origin origin, std::string_view kind, const std::string& name,
                 const std::vector<std::string>& known, std::string_view otherwise = "");

}  // namespace tierworks::world
