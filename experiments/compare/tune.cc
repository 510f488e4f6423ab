#include "experiments/compare/tune.h"

#include <algorithm>
#include <cmath>

namespace tierworks::experiments {

Tuned tune(const std::vector<Variant>& alternatives, const std::vector<std::size_t>& group_of, CompareOptions options) {
  options.base = 0;
  options.precision.reset();
  options.indifference.reset();
  options.pareto.reset();
  options.factors.clear();
  options.first_replication = kTuningReplications;
  Tuned tuned;
  tuned.compared = compare(alternatives, options);
  if (tuned.compared.variants.empty()) return tuned;
  const std::size_t none = alternatives.size();
  tuned.chosen.assign(group_of.empty() ? 0 : *std::max_element(group_of.begin(), group_of.end()) + 1, none);
  const bool more = tuned.compared.rows[tuned.compared.decisive].kpi->more_is_better;
  const auto mean = [&](std::size_t a) { return tuned.compared.variants[a].kpis[tuned.compared.decisive].mean; };
  for (std::size_t a = 0; a < alternatives.size(); ++a) {
    std::size_t& best = tuned.chosen[group_of[a]];
    const bool ahead = best != none && (std::isnan(mean(best)) ? !std::isnan(mean(a))
                                                               : (more ? mean(a) > mean(best) : mean(a) < mean(best)));
    if (best == none || ahead) best = a;
  }
  return tuned;
}

}  // namespace tierworks::experiments
