#include "scenarios/reader/count_laws.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierworks::reader {

namespace {

constexpr double kLeastShare = 1e-18;  // of the likeliest value
constexpr std::size_t kMostValues = 100'000;

core::DistributionSpec table_of(std::size_t first, std::vector<double> weights) {
  core::DistributionSpec spec;
  spec.kind = core::DistributionKind::discrete;
  double total = 0;
  for (const double weight : weights) total += weight;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    spec.values.push_back(static_cast<double>(first + i));
    weights[i] /= total;
  }
  spec.weights = std::move(weights);
  return spec;
}

std::string too_long(double mean) {
  return fmt::format("a mean of {:g} would take a table of more than {} values; `gamma` comes close to it", mean,
                     kMostValues);
}

}  // namespace

std::optional<core::DistributionSpec> geometric(double mean, std::string& fault) {
  if (!(mean >= 1)) {
    fault = fmt::format("the mean {:g} is below 1, the least value", mean);
    return std::nullopt;
  }
  const double stays = 1 - 1 / mean;
  std::vector<double> weights{1};
  while (weights.back() * stays > kLeastShare && weights.size() <= kMostValues) {
    weights.push_back(weights.back() * stays);
  }
  if (weights.size() > kMostValues) {
    fault = too_long(mean);
    return std::nullopt;
  }
  return table_of(1, std::move(weights));
}

std::optional<core::DistributionSpec> negative_binomial(double mean, double deviation, std::string& fault) {
  const double variance = deviation * deviation;
  if (!(mean > 0)) {
    fault = "the mean is not above 0";
    return std::nullopt;
  }
  if (!(variance > mean)) {
    fault = fmt::format("the variance {:g} is not above the mean {:g}; `poisson` has them equal", variance, mean);
    return std::nullopt;
  }
  const double p = mean / variance, q = 1 - p, r = mean * p / q;
  // From the likeliest value both ways: P(0) may be too small to start from.
  const double mode = std::floor(r > 1 ? (r - 1) * q / p : 0);
  if (mode >= static_cast<double>(kMostValues)) {
    fault = too_long(mean);
    return std::nullopt;
  }
  const auto top = static_cast<std::size_t>(mode);
  std::vector<double> weights;
  double weight = 1;
  std::size_t first = top;
  for (std::size_t k = top; weight > kLeastShare; --k) {
    weights.push_back(weight);
    first = k;
    if (k == 0) break;
    weight *= static_cast<double>(k) / ((static_cast<double>(k) - 1 + r) * q);
  }
  std::reverse(weights.begin(), weights.end());
  weight = 1;
  for (std::size_t k = top; weights.size() <= kMostValues; ++k) {
    weight *= (static_cast<double>(k) + r) / (static_cast<double>(k) + 1) * q;
    if (!(weight > kLeastShare)) break;
    weights.push_back(weight);
  }
  if (weights.size() > kMostValues) {
    fault = too_long(mean);
    return std::nullopt;
  }
  return table_of(first, std::move(weights));
}

}  // namespace tierworks::reader
