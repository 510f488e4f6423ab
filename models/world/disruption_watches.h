// Shocks that wait for a condition: who looks at what, and what that says of how places reach each other.
#pragma once
#include "models/world/message_links.h"

namespace tierworks::world {

// Adds the watch that `when:` asks for; false if there is none. What makes no sense is a diagnostic.
bool add_watch(const disruption::DisruptionSpec& spec, disruption::ShockId shock, const ScenarioSpec& scenario,
               Model& model, common::CompileContext& context);

// Who looks tells every place that the shock hits.
void add_watch_links(const Model& model, std::vector<MessageLink>& links);

}  // namespace tierworks::world
