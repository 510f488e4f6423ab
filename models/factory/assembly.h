// Lots that are built into others. A lot that comes to an operation with components waits there, of its class the first first,
// until as many lots of each as it takes have been through their routing; those end in it, and it goes to the queue of its
// operation. Components that are done wait in the store of their routing, the first one done first; they need no transport.
// Invariant: no lot that waits could go on with what is in the stores. Cost: nothing where nothing is assembled; else log n of
// those that wait, and a look at each operation that a routing is built in at.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// In which order lots stand in a store.
inline constexpr Dispatching kClassesFirst{.by_priority = true, .parameters = {}};

// The lot comes to such an operation. It, if all is there that it needs; else none, and it waits.
core::Ref assemble(Run& run, core::Ref lot);
// The lot has been through a routing of components. Whoever waited for it goes on.
void be_ready(Run& run, core::Ref lot);
// The lots that wait at such operations and in their stores.
void lots_of_assembly(const Run& run, std::vector<core::Ref>& lots);

}  // namespace tierworks::factory
