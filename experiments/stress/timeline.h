// One exercise in words: what happens when, in days from the strike.
#pragma once
#include <string>
#include <vector>

#include "experiments/stress/stress.h"
#include "models/world/spec.h"

namespace tierworks::experiments {

struct Moment {
  double day = 0;
  std::string words;
  std::string date{};  // local, if the scenario says when it starts and the exercise when it strikes
};

// By rising day: what the scenario plans (with the mean length of a random shock), and what was seen, as means over the
// replications in which it happened; sites are named that starve in at least half of them.
std::vector<Moment> timeline(const world::Model& model, const disruption::DisruptionSpec& shock,
                             const ExerciseResult& result);

}  // namespace tierworks::experiments
