// What spares repetition, written out: tables, `like:`, patterns, `count:`, and the overrides of the command line, in the
// order that this header's function states. Afterwards the tree holds nothing but what describe() functions know.
#pragma once
#include "scenarios/reader/context.h"
#include "scenarios/reader/overrides.h"

namespace tierworks::reader {

// Order: overrides whose parents exist; tables; likes; patterns for items (before the copies, which then need no work of
// their own); counts; overrides that name copies; patterns for sites and demand; the other overrides.
void expand(Context& context, NodeId root, Overrides& overrides);

}  // namespace tierworks::reader
