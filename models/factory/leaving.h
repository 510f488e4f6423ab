// How a lot ends: it leaves the shop floor, or is lost: at an operation, or with what a disruption destroys.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// It has done all its operations.
void leave(Run& run, core::Ref lot);
// What is lost at the end of an operation, each lot or piece by a draw of its own. True if that was all of the lot.
bool is_scrapped(Run& run, core::Ref lot, const Operation& done);
// It is destroyed, or came too late for an operation; it stands in no queue and on no machine. The order that wanted it begins it anew.
void scrap(Run& run, core::Ref lot);

}  // namespace tierworks::factory
