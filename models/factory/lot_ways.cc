#include "models/factory/lot_ways.h"

#include <algorithm>

namespace tierworks::factory {

void for_each_step(const Model& model, SiteId site, const std::function<void(WorkCentreId, WorkCentreId)>& visit) {
  for (const Routing& routing : model.routings) {
    if (routing.site != site) continue;
    const core::Range all = routing.operations;
    for (std::uint32_t i = all.first; i < all.last; ++i) {
      const Operation& operation = model.operations[OperationId{i}];
      const auto go_to = [&](std::uint32_t next) {
        for (; next < all.last; ++next) {
          visit(operation.centre, model.operations[OperationId{next}].centre);
          if (model.operations[OperationId{next}].share >= 1) return;
        }
      };
      double certain = 0;
      for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
        certain = model.branches[b].up_to;
        if (!model.branches[b].to.is_none()) go_to(model.branches[b].to.index);
      }
      if (certain < 1) go_to(i + 1);
    }
  }
}

std::vector<std::uint32_t> circle_in(const std::vector<std::vector<std::uint32_t>>& next) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(next.size(), Mark::fresh);
  std::vector<std::uint32_t> way;
  const std::function<bool(std::uint32_t)> is_circle = [&](std::uint32_t n) {
    marks[n] = Mark::open;
    way.push_back(n);
    for (const std::uint32_t to : next[n]) {
      if (marks[to] == Mark::open) {
        way.push_back(to);
        return true;
      }
      if (marks[to] == Mark::fresh && is_circle(to)) return true;
    }
    way.pop_back();
    marks[n] = Mark::done;
    return false;
  };
  for (std::uint32_t n = 0; n < next.size(); ++n) {
    if (marks[n] != Mark::fresh || !is_circle(n)) continue;
    return {std::find(way.begin(), way.end(), way.back()), way.end()};
  }
  return {};
}

}  // namespace tierworks::factory
