// Shocks strike and abate. When each strikes, and for how long, follows from addressed draws, so every place that it hits works
// that out by itself and no place tells another; only one that waits for a condition is told, by who looks.
#pragma once
#include <optional>

#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/disruption/model.h"
#include "models/disruption/state.h"

namespace tierworks::disruption {

struct ShockMoved {  // at a place that is hit
  HitId hit;
  std::uint32_t step = 0;    // 0: it strikes; then the steps of the hit; then it is over
  std::uint64_t strike = 0;  // how often the shock struck before
  core::Instant struck;
  core::Duration lasts{0};
};

// Somebody looks whether a shock is due: at the place of what is looked at.
struct WatchDue {
  WatchId watch;
  std::uint32_t unused = 0;
};

using Events = common::WithLater<common::EventList<ShockMoved>, common::EventList<WatchDue>>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
// Before the other rooms restart theirs.
void restart_tallies(Run& run);
void handle(Run& run, const ShockMoved& event);
void handle(Run& run, const WatchDue& event);

// From outside, between two steps of a run: the shock strikes at `at`, which is not past, and what is chained to it follows.
// `lasts`: instead of what the scenario says. Answers that are `asleep` do not happen.
void strike(Run& run, ShockId shock, core::Instant at, std::optional<core::Duration> lasts, const Asleep& asleep);

// Likewise: what struck once at `struck`, from outside, and is not over yet lasts for so long instead, which is longer. Until now
// it was the same, if it `begins_alike`.
void lengthen(Run& run, ShockId shock, core::Instant struck, core::Duration lasts, const Asleep& asleep);

// Likewise: from now on nothing sets the shock off by itself that waits for how things stand. What has struck goes on.
void look_no_more(Run& run, ShockId shock);

}  // namespace tierworks::disruption
