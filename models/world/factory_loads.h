// What release plans ask of work centres in the long run: means by arithmetic, no lot waits.
#pragma once
#include <vector>

#include "models/world/outlook_flow.h"

namespace tierworks::world {

struct CentreLoad {
  double operations = 0;  // a day
  double load = 0;        // share of its machines' time, breakdowns left out; NaN if lots come whenever there is room
};

// By WorkCentreId.
std::vector<CentreLoad> centre_loads(const Model& model, const Flow& flow);

}  // namespace tierworks::world
