#include "experiments/compare/effects.h"

#include <algorithm>
#include <cmath>

namespace tierworks::experiments {

std::vector<Effect> main_effects(const std::vector<std::vector<std::string>>& levels,
                                 const std::vector<std::vector<double>>& values, double confidence) {
  std::vector<Effect> effects;
  if (levels.empty() || values.empty()) return effects;
  std::size_t common = values.front().size();
  for (const auto& v : values) common = std::min(common, v.size());
  const auto mean_of = [&](std::size_t replication, auto&& chosen) {
    double sum = 0, n = 0;
    for (std::size_t v = 0; v < values.size(); ++v) {
      if (!chosen(v)) continue;
      sum += values[v][replication];
      ++n;
    }
    return sum / n;
  };
  for (std::size_t f = 0; f < levels.front().size(); ++f) {
    std::vector<std::string> names;
    for (const auto& of_variant : levels) {
      if (std::find(names.begin(), names.end(), of_variant[f]) == names.end()) names.push_back(of_variant[f]);
    }
    for (const std::string& name : names) {
      std::vector<double> means(common), differences(common);
      for (std::size_t r = 0; r < common; ++r) {
        means[r] = mean_of(r, [&](std::size_t v) { return levels[v][f] == name; });
        differences[r] = means[r] - mean_of(r, [](std::size_t) { return true; });
      }
      effects.push_back(
          {f, name, core::student_interval(means, confidence), core::student_interval(differences, confidence)});
    }
  }
  return effects;
}

std::vector<bool> pareto_front(const std::vector<double>& first, bool more_of_first, const std::vector<double>& second,
                               bool more_of_second) {
  const std::size_t n = first.size();
  std::vector<bool> front(n, true);
  const auto better = [](double a, double b, bool more) { return more ? a > b : a < b; };
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isnan(first[i]) || std::isnan(second[i])) front[i] = false;
    for (std::size_t k = 0; k < n && front[i]; ++k) {
      const bool worse = better(first[i], first[k], more_of_first) || better(second[i], second[k], more_of_second);
      const bool ahead = better(first[k], first[i], more_of_first) || better(second[k], second[i], more_of_second);
      if (!std::isnan(first[k]) && !std::isnan(second[k]) && ahead && !worse) front[i] = false;
    }
  }
  return front;
}

}  // namespace tierworks::experiments
