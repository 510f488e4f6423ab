// Disruptions while time runs: how far each effect moves its lever now.
#pragma once
#include <tuple>
#include <vector>

#include "models/common/ports.h"
#include "models/disruption/model.h"

namespace tierworks::disruption {

struct WatchState {
  common::LineUse seen;  // of the line or work centre at the last look
  core::Instant since{0};
  bool so = false;               // at the last look, since then
  core::Instant quiet_until{0};  // it has struck, and that is over then
  std::uint64_t strikes = 0;
};

struct State {
  std::vector<double> levels;  // by effect; 1: as usual
  core::Table<WatchId, WatchState> watches;
  core::Table<ShockId, std::uint64_t> strikes;  // in the measured time; none unless answers cost something

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() { return std::tie(levels, watches, strikes); }
  auto members() const { return std::tie(levels, watches, strikes); }
};

}  // namespace tierworks::disruption
