// From what the user wrote of a shop floor to the model's rows.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/common/compile.h"
#include "models/factory/model.h"
#include "models/factory/spec.h"

namespace tierworks::factory {

// Beyond this many pieces in a lot, drawing a random time for each of them would cost more than it tells.
inline constexpr std::int64_t kMostDrawnPieces = 10'000;

// Days without work and times with fewer people, from the start of the run.
struct DaysOff {
  struct Span {
    core::Duration from{0}, until{0};
    double share = 1;  // of the people
  };
  std::vector<Span> closed;  // whole days
  std::vector<Span> fewer;
  bool empty() const { return closed.empty() && fewer.empty(); }
};

struct Where {
  SiteId site;
  PlaceId place;
  std::string name;  // of the site
  common::Origin origin;
  bool makes_to_order = false;   // production orders want lots of this shop floor
  bool lacks_due_dates = false;  // some of those lots have none
  DaysOff days_off{};
};

// All of one site, if it has a shop floor.
void compile_factory(const FactorySpec& spec, const Where& where, common::CompileContext& context, Model& model);

// The release of lots that production orders want of an item; none, and a diagnostic, if there is no such routing.
std::optional<ReleaseId> compile_wanted(const std::string& item, const Field<std::string>& routing,
                                        const common::UrgencySpec& urgency, const Where& where,
                                        common::CompileContext& context, Model& model);

// Mean process time of a lot on its way straight through, with what it is picked before it starts; ticks.
double mean_work(const Model& model, RoutingId routing, double pieces);
// The material of its lots is pulled when they are picked for their first operation.
bool is_kitted(const Model& model, RoutingId routing);

// How often a lot that starts at an operation does each of its routing, on average; by their place in the routing.
std::vector<double> expected_visits(const Model& model, RoutingId routing, OperationId start);

}  // namespace tierworks::factory
