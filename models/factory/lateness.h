// Queue-time limits about which something is done: a lot that still waits when its time is over is scrapped, or goes back to an
// operation before. Invariant: while it waits there an event says when; it is cancelled if the lot starts. Cost: nothing but where
// an operation has an `if_late`; there an event for each lot, and a queue that is a list.
#pragma once
#include "models/factory/events.h"

namespace tierworks::factory {

// The lot has come to wait for an operation about whose limit something is done.
void watch_limit(Run& run, core::Ref lot);
// It still does, and its time is over.
void give_up(Run& run, core::Ref lot);

}  // namespace tierworks::factory
