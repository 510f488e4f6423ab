#include "core/random/poisson_table.h"

#include <algorithm>
#include <cmath>

namespace tierworks::core {

void poisson_table(double mean, std::vector<double>& values, std::vector<double>& weights) {
  constexpr double kLeast = 1e-18;
  values.clear();
  weights.clear();
  // Outward from the mode, relative to it, by P(n) = P(n - 1) mean / n.
  const double mode = std::floor(mean);
  for (double n = mode, weight = 1; n >= 0 && weight >= kLeast; n -= 1) {
    values.push_back(n);
    weights.push_back(weight);
    weight *= n / mean;
  }
  std::reverse(values.begin(), values.end());
  std::reverse(weights.begin(), weights.end());
  for (double n = mode + 1, weight = mean / n; weight >= kLeast; n += 1, weight *= mean / n) {
    values.push_back(n);
    weights.push_back(weight);
  }
  double total = 0;
  for (const double weight : weights) total += weight;
  for (double& weight : weights) weight /= total;
}

}  // namespace tierworks::core
