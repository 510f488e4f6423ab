// What the rules of release control count of a lot: what it needs before it goes on, whether there is enough of that, and what it
// takes of the accounts (control.h). Cost: a look at the operations that are still ahead of the lot.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// What the lot must have of before it may go on; none: nothing.
AccountId needed(const Run& run, const Control& control, const Lot& lot);
// Takes all that the rule says.
void take(Run& run, const Control& control, Lot& lot, AccountId account);
// So much more of the account stays within its limit.
bool is_within(const Run& run, AccountId account, std::int64_t more);
// Whether the first lot of the store may go on.
bool may_go_on(const Run& run, const Control& control, AccountId account, const Lot& lot);
// A later visit to the bottleneck counts from when it is no farther away than a lot at the gate.
void note_return(Run& run, const Control& control, core::Ref lot);

}  // namespace tierworks::factory
