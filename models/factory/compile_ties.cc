// What an operation asks of later ones of its lot: to start in time, or at its own machine.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_routing.h"

namespace tierworks::factory {

namespace {

using common::Origin;

class TieCompiler {
 public:
  TieCompiler(const RoutingSpec& spec, std::uint32_t first, common::CompileContext& context, Model& model)
      : spec_(spec), context_(context), model_(model), first_(first) {
    for (const auto& entry : spec.operations) names_.push_back(entry.name);
  }

  void compile() {
    for (std::size_t i = 0; i < spec_.operations.size(); ++i) {
      const OperationSpec& spec = spec_.operations.list[i].spec;
      const OperationId id{first_ + static_cast<std::uint32_t>(i)};
      Operation& operation = model_.operations[id];
      operation.ties.first = static_cast<std::uint32_t>(model_.ties.size());
      for (const auto& limit : spec.start_within) {
        const OperationId to = other_operation(limit.name, limit.origin, id);
        if (to.is_none()) continue;
        model_.operations[to].is_limited = true;
        model_.ties.push_back({.at = to, .within = *limit.spec});
      }
      for (const std::string& name : *spec.same_machine_at) {
        const OperationId to = other_operation(name, spec.same_machine_at.origin, id);
        if (to.is_none()) continue;
        const WorkCentreId there = model_.operations[to].centre;
        if (there != operation.centre || there.is_none()) {
          context_.diagnostics.error(
              spec.same_machine_at.origin,
              fmt::format("operation \"{}\" is done at another work centre, where this one's machine does not stand; "
                          "expected operations at \"{}\"",
                          name, *spec.work_centre));
          continue;
        }
        model_.operations[to].is_tied = true;
        model_.ties.push_back({.at = to, .same_machine = true});
      }
      operation.ties.last = static_cast<std::uint32_t>(model_.ties.size());
      if (!operation.ties.empty() && *spec_.sequence == RoutingSpec::Sequence::random) {
        context_.diagnostics.error(
            spec.start_within.empty() ? spec.same_machine_at.origin : spec.start_within.list.front().origin,
            "got a tie between operations of a random sequence, where the other may have been "
            "done before; expected one of the two");
      }
    }
  }

 private:
  OperationId other_operation(const std::string& name, Origin origin, OperationId self) {
    const auto place = static_cast<std::uint32_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
    if (place == names_.size()) {
      context_.diagnostics.error(
          origin, fmt::format("no operation \"{}\" in this routing{}", name, common::did_you_mean(name, names_)));
      return OperationId::none();
    }
    if (first_ + place == self.index) {
      context_.diagnostics.error(origin, fmt::format("got \"{}\" itself, expected another operation", name));
      return OperationId::none();
    }
    return OperationId{first_ + place};
  }

  const RoutingSpec& spec_;
  common::CompileContext& context_;
  Model& model_;
  std::uint32_t first_;  // operation
  std::vector<std::string> names_;
};

}  // namespace

void compile_ties(const RoutingSpec& spec, std::uint32_t first, common::CompileContext& context, Model& model) {
  TieCompiler(spec, first, context, model).compile();
}

}  // namespace tierworks::factory
