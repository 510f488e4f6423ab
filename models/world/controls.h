// What chance brought to a run beyond what was to be expected, as numbers whose expectation is exactly 0: control variates for
// experiments (core/stats/control_variates.h). Recomputed from the addresses of draws when a run has ended; the run itself knows
// nothing of them. Cost: the draws of the run once more.
#pragma once
#include <array>

#include "core/random/stream.h"
#include "models/world/model.h"

namespace tierworks::world {

struct State;

// Those in order of their worth to small experiments; the last ones vary much and far from normally, and need many runs.
inline constexpr std::array<const char*, 7> kControlNames{"lots that came",
                                                          "their work",
                                                          "orders that came",
                                                          "their sizes",
                                                          "lots in bursts of dozens",
                                                          "lots in bursts of hundreds",
                                                          "lots in bursts of thousands"};
inline constexpr std::size_t kPlainControls = 4;
using Controls = std::array<double, kControlNames.size()>;

Controls controls_of(const Model& model, const State& state, const core::Randomness& random);

}  // namespace tierworks::world
