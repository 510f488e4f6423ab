// An operation that may be done at one of several work centres: which of them a lot goes to.
// Cost: a look at every machine of those work centres for each lot that comes to such an operation.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// The lot's imminent operation becomes one of its ways, if it has several; the one written first of equals.
void choose_way(Run& run, Lot& lot);

}  // namespace tierworks::factory
