// Shocks strike and abate. When each strikes, and for how long, follows from addressed draws, so every place that it hits works
// that out by itself and no place tells another.
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

using Events = common::EventList<ShockMoved>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void handle(Run& run, const ShockMoved& event);

// From outside, between two steps of a run: the shock strikes at `at`, which is not past, and what is chained to it follows.
// `lasts`: instead of what the scenario says. Without answers, those of this strike do not happen.
void strike(Run& run, ShockId shock, core::Instant at, std::optional<core::Duration> lasts, bool with_answers);

}  // namespace tierworks::disruption
