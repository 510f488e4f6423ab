// Laying one map over another: maps merge deeply, scalars and lists replace, `~` takes a key away.
#pragma once
#include "scenarios/reader/context.h"

namespace tierworks::reader {

// Afterwards `base` holds both; `over` is used up. A `~` that takes nothing away is a fault.
void merge_over(Context& context, NodeId base, NodeId over);

// A copy, or kNoNode and a fault once the scenario has grown too large.
NodeId copied(Context& context, NodeId node);

}  // namespace tierworks::reader
