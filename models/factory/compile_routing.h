// One routing: its operations, where lots go after each, and whether they ever leave.
#pragma once
#include <string>
#include <vector>

#include "models/factory/compile.h"

namespace tierworks::factory {

struct CentresOfSite {
  std::vector<std::string> names;
  std::vector<WorkCentreId> ids;
};

RoutingId compile_routing(const std::string& name, common::Origin origin, const RoutingSpec& spec, const Where& where,
                          const CentresOfSite& centres, common::CompileContext& context, Model& model);

}  // namespace tierworks::factory
