#include "experiments/replicate/controlled.h"

#include <algorithm>

#include "models/world/controls.h"

namespace tierworks::experiments {

std::size_t controls_for(std::size_t runs) {
  return runs < kLeastForBursts ? world::kPlainControls : world::kControlNames.size();
}

core::Interval controlled_difference(const std::vector<double>& sample,
                                     const std::vector<core::ControlValues>& controls, const std::vector<double>& base,
                                     const std::vector<core::ControlValues>& of_base, double confidence) {
  std::vector<double> pairs(std::min(sample.size(), base.size()));
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = sample[i] - base[i];
  std::vector<core::ControlValues> all = controls;
  all.insert(all.end(), of_base.begin(), of_base.end());
  return core::controlled_interval(pairs, all, confidence).interval;
}

void add_varying(const std::vector<core::ControlValues>& controls, std::vector<std::string>& known) {
  for (std::size_t c = 0; c < controls.size(); ++c) {
    const auto [least, most] = std::minmax_element(controls[c].begin(), controls[c].end());
    const bool varies = least != controls[c].end() && *least < *most;
    const std::string name = world::kControlNames[c];
    if (varies && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  }
}

}  // namespace tierworks::experiments
