// Each variant's best parameter, found before the comparison on replications of its own: the luck that made it the best there
// does not help it in the comparison.
#pragma once
#include <cstdint>
#include <vector>

#include "experiments/compare/compare.h"

namespace tierworks::experiments {

// The first replication of all tuning; comparisons count from 0.
inline constexpr std::uint32_t kTuningReplications = std::uint32_t{1} << 31;

struct Tuned {
  // By group: its alternative with the best mean of the deciding KPI, or the first one if none has a mean.
  std::vector<std::size_t> chosen;
  Compared compared;  // all alternatives
};

// group_of[alternative] counts from 0. Runs options.replications of each alternative, whatever precision is asked for.
// `chosen` is empty if it was stopped before one replication of all was whole.
Tuned tune(const std::vector<Variant>& alternatives, const std::vector<std::size_t>& group_of, CompareOptions options);

}  // namespace tierworks::experiments
