#include "models/factory/compile_routing.h"

#include <cmath>

#include <fmt/format.h>

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

constexpr const char* kLeave = "leave";

class RoutingCompiler {
 public:
  RoutingCompiler(const RoutingSpec& spec, const CentresOfSite& centres, CompileContext& context, Model& model)
      : spec_(spec), centres_(centres), context_(context), model_(model) {}

  RoutingId compile(Origin origin, const Where& where) {
    Routing routing;
    routing.site = where.site;
    routing.random_sequence = *spec_.sequence == RoutingSpec::Sequence::random;
    routing.times_known = *spec_.times_known;
    id_ = RoutingId{static_cast<std::uint32_t>(model_.routings.size())};
    first_ = static_cast<std::uint32_t>(model_.operations.size());
    for (const auto& entry : spec_.operations) names_.push_back(entry.name);
    for (const auto& entry : spec_.operations) operation(entry.name, entry.spec);
    routing.operations = {first_, static_cast<std::uint32_t>(model_.operations.size())};
    if (routing.operations.empty()) {
      context_.diagnostics.error(origin, "got no `operations`, expected at least one");
    } else if (context_.diagnostics.ok()) {
      means();
      ways_out();
    }
    if (routing.random_sequence) fit_for_random(routing);
    return model_.routings.add(routing);
  }

 private:
  void operation(const std::string& name, const OperationSpec& spec) {
    Operation operation;
    operation.routing = id_;
    operation.time = context_.time(*spec.time);
    operation.per_piece = *spec.per == OperationSpec::Per::piece;
    operation.share = *spec.share;
    const double mean = core::mean_of(operation.time, context_.tables);
    (operation.per_piece ? operation.piece_mean : operation.lot_mean) = mean;
    bool found = false;
    for (std::size_t i = 0; i < centres_.names.size(); ++i) {
      if (centres_.names[i] != *spec.work_centre) continue;
      operation.centre = centres_.ids[i];
      found = true;
    }
    if (!found) {
      context_.diagnostics.error(
          spec.work_centre.origin,
          fmt::format("no work centre \"{}\" at this site{}", *spec.work_centre,
                      centres_.names.empty() ? std::string("; declare it under `work_centres`")
                                             : common::did_you_mean(*spec.work_centre, centres_.names)));
    }
    operation.branches.first = static_cast<std::uint32_t>(model_.branches.size());
    if (!spec.then.empty()) branches(spec);
    operation.branches.last = static_cast<std::uint32_t>(model_.branches.size());
    model_.operations.add(operation);
    model_.operation_names.push_back(name);
  }

  void branches(const OperationSpec& spec) {
    double up_to = 0;
    for (const auto& way : spec.then) {
      up_to += *way.spec;
      Branch branch{.up_to = up_to, .to = OperationId::none()};
      if (way.name != kLeave) {
        const auto place = static_cast<std::size_t>(std::find(names_.begin(), names_.end(), way.name) - names_.begin());
        if (place == names_.size()) {
          context_.diagnostics.error(way.origin,
                                     fmt::format("no operation \"{}\" in this routing{}; `leave` is its end", way.name,
                                                 common::did_you_mean(way.name, names_)));
          continue;
        }
        branch.to = OperationId{first_ + static_cast<std::uint32_t>(place)};
      }
      model_.branches.push_back(branch);
    }
    if (up_to > 1 + 1e-9) {
      context_.diagnostics.error(
          spec.then.list.front().origin,
          fmt::format("the shares under `then` add up to {:.6g}, expected at most 1 (100 %)", up_to));
    } else if (up_to > 1 - 1e-9 && !model_.branches.empty()) {
      model_.branches.back().up_to = 2;  // rounding leaves nobody out
    }
    if (*spec_.times_known || *spec_.sequence == RoutingSpec::Sequence::random) {
      context_.diagnostics.error(
          spec.then.list.front().origin,
          "got `then` in a routing whose lots know their own steps from the start (`times_known`, `sequence: "
          "random`); expected one of the two");
    }
  }

  // What is left to do from each operation on, if lots go straight on.
  void means() {
    double lot = 0, piece = 0;
    for (auto i = static_cast<std::uint32_t>(model_.operations.size()); i-- > first_;) {
      Operation& operation = model_.operations[OperationId{i}];
      lot += operation.share * operation.lot_mean;
      piece += operation.share * operation.piece_mean;
      // The imminent operation itself is done for sure.
      operation.lot_mean_left = lot + (1 - operation.share) * operation.lot_mean;
      operation.piece_mean_left = piece + (1 - operation.share) * operation.piece_mean;
    }
  }

  // From each operation there is a way to the end.
  void ways_out() {
    const auto last = static_cast<std::uint32_t>(model_.operations.size());
    std::vector<bool> leaves(last - first_, false);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::uint32_t i = last; i-- > first_;) {
        if (leaves[i - first_]) continue;
        const Operation& operation = model_.operations[OperationId{i}];
        bool out = false;
        double certain = 0;
        for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
          const Branch& branch = model_.branches[b];
          if (branch.up_to > certain) out = out || branch.to.is_none() || leaves[branch.to.index - first_];
          certain = branch.up_to;
        }
        if (certain < 1 || operation.share < 1) out = out || i + 1 == last || leaves[i + 1 - first_];
        if (!out) continue;
        leaves[i - first_] = changed = true;
      }
    }
    for (std::uint32_t i = first_; i < last; ++i) {
      if (leaves[i - first_]) continue;
      const auto& entry = spec_.operations.list[i - first_];
      context_.diagnostics.error(
          entry.origin,
          "no lot that comes here can ever leave the routing; expected shares under `then` that let some go on");
      return;
    }
  }

  void fit_for_random(const Routing& routing) {
    if (routing.operations.size() > kMostRandomOperations) {
      context_.diagnostics.error(spec_.sequence.origin,
                                 fmt::format("got a random sequence of {} operations, expected at most {}",
                                             routing.operations.size(), kMostRandomOperations));
    }
    for (std::uint32_t i = routing.operations.first; i < routing.operations.last; ++i) {
      const WorkCentreId centre = model_.operations[OperationId{i}].centre;
      if (centre.is_none() || model_.centres[centre].buffer == kNoLimit) continue;
      context_.diagnostics.error(
          spec_.sequence.origin,
          fmt::format("got a random sequence through work centre \"{}\", which has a `buffer`: lots would block "
                      "each other for ever; expected one of the two",
                      model_.centre_names[centre.index]));
      return;
    }
  }

  const RoutingSpec& spec_;
  const CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
  RoutingId id_;
  std::uint32_t first_ = 0;
  std::vector<std::string> names_;
};

}  // namespace

RoutingId compile_routing(const std::string& name, Origin origin, const RoutingSpec& spec, const Where& where,
                          const CentresOfSite& centres, CompileContext& context, Model& model) {
  model.routing_names.push_back(name);
  return RoutingCompiler(spec, centres, context, model).compile(origin, where);
}

std::vector<double> expected_visits(const Model& model, RoutingId id) {
  const core::Range all = model.routings[id].operations;
  std::vector<double> reached(all.size(), 0), before;
  // Each pass follows the lots that go back once more.
  constexpr int kMostPasses = 10'000;
  std::vector<double> back(all.size(), 0);
  for (int pass = 0; pass < kMostPasses; ++pass) {
    before = reached;
    std::vector<double> returns(all.size(), 0);
    double inflow = 1;  // straight on from the operation above
    for (std::uint32_t i = all.first; i < all.last; ++i) {
      const Operation& operation = model.operations[OperationId{i}];
      const std::uint32_t place = i - all.first;
      reached[place] = inflow + back[place];
      const double done = reached[place] * operation.share;
      double certain = 0;
      for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
        const Branch& branch = model.branches[b];
        const double share = std::min(branch.up_to, 1.0) - certain;
        certain = std::min(branch.up_to, 1.0);
        if (branch.to.is_none()) continue;
        const std::uint32_t to = branch.to.index - all.first;
        (to > place ? back : returns)[to] += done * share;
      }
      // What jumps forward in this pass is counted when its operation is reached, and cleared there.
      back[place] = 0;
      inflow = reached[place] - done + done * (1 - certain);
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
