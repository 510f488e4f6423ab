// Sourcing: which of several suppliers gets the next order; ties go to the first written. Fixed split: the one furthest
// behind its share, so that ordered quantities follow the shares as closely as whole orders allow. The others take the best
// of those that are able, as far as the buyer knows: below their agreed limit of open orders, and not silent. If none is,
// they take the best of all. Formulas stand at each; terms as in Chopra & Meindl, Supply Chain Management, 6th ed., ch. 15.
#pragma once
#include <cstdint>
#include <span>
#include <variant>

#include "core/time/time.h"
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

// What a buyer knows of one source when it orders.
struct SourceView {
  bool able = true;
  double unit_cost = 0;        // money per smallest unit: price and freight by quantity
  double order_cost = 0;       // money per order: freight of a shipment
  std::int64_t lead_time = 0;  // seconds, on average: order time + quoted + transit
  std::int64_t distance = 0;   // metres, along a great circle
  common::Quantity stock = 0;  // as last reported, less what was ordered there since
  common::Quantity load = 0;   // units that wait there, as last reported, and what was ordered there since
};

// What a buyer knows of its orders at a source by itself.
struct OpenOrders {
  common::Quantity quantity = 0;
  core::Instant quiet_since{0};  // the last receipt, or the first order after all had been received

  // `most` and `answer_within`: 0 for no limit.
  bool leave_able(common::Quantity next, common::Quantity most, core::Duration answer_within, core::Instant now) const {
    if (most > 0 && quantity + next > most) return false;
    return answer_within.ticks == 0 || quantity == 0 || now - quiet_since <= answer_within;
  }
};

// The least by `value` of those that are able; of all if none is.
template <class Value>
std::size_t least_of(std::span<const SourceView> sources, Value&& value) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < sources.size(); ++i) {
    const bool better =
        sources[i].able != sources[best].able ? sources[i].able : value(sources[i]) < value(sources[best]);
    if (better) best = i;
  }
  return best;
}

struct ByPriority {  // the first written that is able
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity) {
    return least_of(sources, [](const SourceView&) { return 0; });
  }
};

struct Cheapest {  // order_cost + unit_cost x quantity
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity next) {
    return least_of(sources,
                    [&](const SourceView& s) { return s.order_cost + s.unit_cost * static_cast<double>(next); });
  }
};

struct Fastest {  // order time + quoted + transit, means
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity) {
    return least_of(sources, [](const SourceView& s) { return s.lead_time; });
  }
};

struct Nearest {  // distance between the sites
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity) {
    return least_of(sources, [](const SourceView& s) { return s.distance; });
  }
};

struct MostStock {
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity) {
    return least_of(sources, [](const SourceView& s) { return -s.stock; });
  }
};

struct LeastLoad {
  static std::size_t choose(std::span<const SourceView> sources, common::Quantity) {
    return least_of(sources, [](const SourceView& s) { return s.load; });
  }
};

using Sourcing = std::variant<FixedSplit, ByPriority, Cheapest, Fastest, Nearest, MostStock, LeastLoad>;

}  // namespace tierworks::supply
