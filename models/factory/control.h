// Release control: when lots that wait before a shop floor, or before a section of it, go on. Everything is counted in
// accounts: a lot takes of them what the rule says when it goes on, and gives it back when it has done an operation, or leaves.
//   conwip               lots in the shop, or their work; Spearman, Woodruff & Hopp, IJPR 28 (1990)
//   kanban               lots in a section of work centres; a lot keeps its card until it has one of the next section
//   polca                cards of pairs of work centres that follow each other, taken before the first and given back behind
//                        the second; Suri, "Quick Response Manufacturing" (1998)
//   drum_buffer_rope     lots, or work at the drum, between the gate and the end of the last operation there; Goldratt & Fox (1986)
//   starvation_avoidance work on its way to the bottleneck, and the repair of its machines that are down, is less than alpha
//                        leads; Glassey & Resende, IEEE Trans. Semiconductor Manufacturing 1 (1988)
//   lums_cor             at each review, in order, all lots that keep the corrected load of every work centre (work over the
//                        place of the operation in the routing) within its norm; and whenever a machine has nothing to do, the
//                        next lot that begins there; Thuerer et al., Production and Operations Management 21 (2012)
// A lot that waits stands in the store of the account that it needs first. Invariant: what is taken of an account is the sum of
// what lots hold of it. Cost: a review an instant in which something was given back and somebody waits; log n for a lot.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// After all that ends and arrives at an instant, before any dispatch.
inline constexpr core::Phase kGatePhase = 8;

void start_control(Run& run);
// A lot that was planned comes to the gate of a shop floor with release control.
void come_to_gate(Run& run, core::Ref lot);
// It is time for a lot that must not be let in before its planned release.
void plan_has_come(Run& run, core::Ref lot);
// The lot comes to its next work centre, unless it has to wait for a card.
void go_past_gate(Run& run, core::Ref lot);
// It has done an operation and knows its next one.
void give_back_after(Run& run, core::Ref lot, OperationId done);
void give_back_all(Run& run, Lot& lot);
// A machine of the work centre has nothing to do, or works again.
void look_at_gate(Run& run, WorkCentreId centre);

// Accounts and stores, recounted from all lots; throws core::Broken if they are not what they should be.
void check_control(const Run& run, const std::vector<core::Ref>& lots);

}  // namespace tierworks::factory
