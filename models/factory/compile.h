// From what the user wrote of a shop floor to the model's rows.
#pragma once
#include <string>

#include "models/common/compile.h"
#include "models/factory/model.h"
#include "models/factory/spec.h"

namespace tierworks::factory {

// Beyond this many pieces in a lot, drawing a random time for each of them would cost more than it tells.
inline constexpr std::int64_t kMostDrawnPieces = 10'000;

struct Where {
  SiteId site;
  PlaceId place;
  std::string name;  // of the site
  common::Origin origin;
};

// All of one site, if it has a shop floor.
void compile_factory(const FactorySpec& spec, const Where& where, common::CompileContext& context, Model& model);

// How often a lot does each operation of a routing, on average; by their place in the routing.
std::vector<double> expected_visits(const Model& model, RoutingId routing);

}  // namespace tierworks::factory
