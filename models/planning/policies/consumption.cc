#include "models/planning/policies/consumption.h"

#include <algorithm>

namespace tierworks::planning {

void Consumption::consume(std::span<double> forecast, std::span<const double> booked, std::span<double> left) const {
  const std::size_t n = forecast.size();
  for (std::size_t t = 0; t < n; ++t) {
    const double own = std::min(forecast[t], booked[t]);
    forecast[t] -= own;
    left[t] = booked[t] - own;
  }
  const auto take = [&](std::size_t t, std::size_t from) {
    const double part = std::min(forecast[from], left[t]);
    forecast[from] -= part;
    left[t] -= part;
  };
  for (std::size_t t = 0; t < n; ++t) {
    for (std::size_t i = 1; i <= std::min(back, t) && left[t] > 0; ++i) take(t, t - i);
    for (std::size_t i = 1; i <= ahead && t + i < n && left[t] > 0; ++i) take(t, t + i);
  }
  for (std::size_t t = 0; t < std::min(fence, n); ++t) forecast[t] = 0;
}

}  // namespace tierworks::planning
