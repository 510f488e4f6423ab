// How a shock spreads: which sites run short of something, and after how long, site by site and tier by tier.
// Cost: a pass over the sites that the outcomes name.
#pragma once
#include <vector>

#include "experiments/stress/stress.h"

namespace tierworks::experiments {

// By rising delay.
std::vector<SiteEffect> site_effects(const std::vector<Outcome>& outcomes);
std::vector<TierEffect> tier_effects(const std::vector<Outcome>& outcomes, const world::Model& model);
// In how many tiers somebody runs short; its interval is at `confidence`.
core::Interval depth_in_tiers(const std::vector<Outcome>& outcomes, const world::Model& model, double confidence);

}  // namespace tierworks::experiments
