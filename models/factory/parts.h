// Lots that are divided, and put together again. A part is a lot of its own in all that happens to it: in queues, counts and
// draws; those of a lot that will be one again know of each other.
// Invariant: pieces and quantities of the parts add up to those of the lot; a part waits in its operation's store, or is in the
// shop, or was lost. Cost: nothing where nothing is divided; else a look at the parts that wait for others at one operation.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

inline constexpr int kPartShift = 56;  // of a lot's number: its part above the number of the lot
inline constexpr std::int64_t kMostParts = 200;

// The lot has done an operation that divides it, and knows its next one. The other parts, linked by `next`; none if it has too
// few pieces.
core::Ref divide(Run& run, core::Ref lot, const Operation& done);
// The part comes to the operation where all of its lot go on together. The lot, if nobody is missed any more; else none, and it
// waits.
core::Ref put_together(Run& run, core::Ref part);
// It will be lost and is taken out of the store where it waited for the others.
void forget_waiting(Run& run, const Lot& part);
// The part is lost. The lot that those who waited for it make now; none if somebody else is missed, or nobody is left.
core::Ref part_lost(Run& run, Lot& part);

}  // namespace tierworks::factory
