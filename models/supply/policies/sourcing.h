// Sourcing: which of several suppliers gets the next order. Fixed split: the one furthest behind its share, so that
// ordered quantities follow the shares as closely as whole orders allow. Ties go to the first written.
#pragma once
#include <span>

#include "models/common/ids.h"

namespace tierworks::supply {

struct SourceShare {
  double share = 1;
  common::Quantity ordered = 0;
};

struct FixedSplit {
  static std::size_t choose(std::span<const SourceShare> sources, common::Quantity next) {
    common::Quantity total = next;
    for (const SourceShare& s : sources) total += s.ordered;
    std::size_t best = 0;
    double best_gap = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const double gap = sources[i].share * static_cast<double>(total) - static_cast<double>(sources[i].ordered);
      if (i == 0 || gap > best_gap) {
        best = i;
        best_gap = gap;
      }
    }
    return best;
  }
};

}  // namespace tierworks::supply
