// How lots go through a routing: whether they ever leave, and how often they do each operation.
#include <algorithm>
#include <cmath>

#include "models/factory/compile_routing.h"

namespace tierworks::factory {

void check_ways_out(const RoutingSpec& spec, core::Range operations, common::CompileContext& context,
                    const Model& model) {
  const auto [first, last] = operations;
  std::vector<bool> leaves(last - first, false);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t i = last; i-- > first;) {
      if (leaves[i - first]) continue;
      const Operation& operation = model.operations[OperationId{i}];
      bool out = false;
      double certain = 0;
      for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
        const Branch& branch = model.branches[b];
        if (branch.up_to > certain) out = out || branch.to.is_none() || leaves[branch.to.index - first];
        certain = branch.up_to;
      }
      if (certain < 1 || operation.share < 1) out = out || i + 1 == last || leaves[i + 1 - first];
      if (!out) continue;
      leaves[i - first] = changed = true;
    }
  }
  for (std::uint32_t i = first; i < last; ++i) {
    if (leaves[i - first]) continue;
    const auto& entry = spec.operations.list[i - first];
    context.diagnostics.error(
        entry.origin,
        "no lot that comes here can ever leave the routing; expected shares under `then` that let some go on");
    return;
  }
}

std::vector<double> expected_visits(const Model& model, RoutingId id, OperationId start) {
  const core::Range all = model.routings[id].operations;
  std::vector<double> reached(all.size(), 0), before;
  // Each pass follows the lots that go back once more.
  constexpr int kMostPasses = 10'000;
  std::vector<double> back(all.size(), 0);
  for (int pass = 0; pass < kMostPasses; ++pass) {
    before = reached;
    std::vector<double> returns(all.size(), 0);
    double inflow = 0;  // straight on from the operation above
    for (std::uint32_t i = all.first; i < all.last; ++i) {
      const Operation& operation = model.operations[OperationId{i}];
      const std::uint32_t place = i - all.first;
      reached[place] = inflow + back[place] + (i == start.index ? 1 : 0);
      const double done = reached[place] * operation.share;
      const double passed = reached[place] - done, left = done * (1 - operation.scrap);
      double certain = 0;
      for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
        const Branch& branch = model.branches[b];
        const double share = std::min(branch.up_to, 1.0) - certain;
        certain = std::min(branch.up_to, 1.0);
        if (branch.to.is_none()) continue;
        const std::uint32_t to = branch.to.index - all.first;
        (to > place ? back : returns)[to] += left * share;
      }
      // What jumps forward in this pass is counted when its operation is reached, and cleared there.
      back[place] = 0;
      inflow = passed + left * (1 - certain);
    }
    back = returns;
    double change = 0;
    for (std::size_t i = 0; i < reached.size(); ++i) change = std::max(change, std::abs(reached[i] - before[i]));
    if (change < 1e-12) break;
  }
  for (std::uint32_t i = all.first; i < all.last; ++i) {
    reached[i - all.first] *= model.operations[OperationId{i}].share;
  }
  return reached;
}

}  // namespace tierworks::factory
