// What chance brought to shop floors beyond what was to be expected, recomputed from the addresses of its draws when a run has
// ended: each number's expectation is exactly 0 (Wald's identity: a sum of independent terms of mean 0, up to a draw that does
// not look ahead), so that it can serve as a control variate. Invariant: nothing is kept while time runs. Cost: the draws of the
// run once more, which is a few per cent of it.
#pragma once
#include <array>

#include "core/random/stream.h"
#include "models/factory/model.h"
#include "models/factory/state.h"

namespace tierworks::factory {

// How many lots long bursts are: a queue at 80 % load forgets them after some dozens of lots, at 95 % after some thousand.
inline constexpr std::array<double, 3> kBurstLots{30, 300, 3000};

struct Surprise {
  double lots = 0;  // hours of work that more lots brought, as their release plans had it
  double work = 0;  // hours that the work of those lots took longer; 0 where operations are not known from the start
  // How much more work came together, in square hours: each lot's surplus times what is left of those before it (a martingale;
  // Henderson & Glynn, "Approximating martingales for variance reduction in Markov process simulation", Mathematics of Operations
  // Research 27, 2002).
  std::array<double, kBurstLots.size()> bursts{};
};

Surprise surprise(const Model& model, const State& state, const core::Randomness& random);

}  // namespace tierworks::factory
