// Super-hot lots: which work centres keep machines for them, and whether those let them go first.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;

class ReserveCompiler {
 public:
  ReserveCompiler(const FactorySpec& spec, const CentresOfSite& centres, CompileContext& context, Model& model)
      : spec_(spec), centres_(centres), context_(context), model_(model) {}

  void compile() {
    for (const auto& entry : spec_.releases) {
      if (!entry.spec.reserve.stated) continue;
      model_.has_reserves = model_.has_comings = true;
      priority(entry.spec);
      const auto first = static_cast<std::uint32_t>(model_.routings.size() - spec_.routings.list.size());
      for (std::uint32_t r = 0; r < spec_.routings.list.size(); ++r) {
        const auto& routing = spec_.routings.list[r];
        if (routing.name != *entry.spec.routing) continue;
        fit(entry.spec, routing.spec);
        const core::Range rows = model_.routings[RoutingId{first + r}].operations;
        for (std::uint32_t i = rows.first; i < rows.last; ++i) keep_all(entry.spec, model_.operations[OperationId{i}]);
      }
    }
  }

 private:
  void error(common::Origin origin, std::string message) { context_.diagnostics.error(origin, std::move(message)); }

  // Nobody goes before them.
  void priority(const ReleaseSpec& spec) {
    if (!spec.urgency.priority.stated) {
      error(spec.reserve.origin, "got `reserve` without a `priority`; expected that of the first class of all");
      return;
    }
    for (const auto& other : spec_.releases) {
      if (other.spec.reserve.stated || !other.spec.urgency.priority.stated ||
          *spec.urgency.priority < *other.spec.urgency.priority)
        continue;
      error(
          spec.reserve.origin,
          fmt::format("got `reserve` for lots of priority {}, but those of \"{}\" have {}; expected the first class of "
                      "all for it",
                      *spec.urgency.priority, other.name, *other.spec.urgency.priority));
      return;
    }
  }

  void fit(const ReleaseSpec& spec, const RoutingSpec& routing) {
    const auto any = [&](auto&& holds) {
      return std::any_of(routing.operations.begin(), routing.operations.end(),
                         [&](const auto& operation) { return holds(operation.spec); });
    };
    const bool divides = any([](const OperationSpec& s) { return s.split.stated; });
    const std::string_view clash = divides                ? "a routing with `split`, whose next lots are parts"
                                   : centres_.has_buffers ? "a `buffer` at a work centre of the site"
                                                          : "";
    if (clash.empty()) return;
    error(spec.reserve.origin, fmt::format("got `reserve` and {}, expected one of the two", clash));
  }

  void keep_all(const ReleaseSpec& spec, const Operation& operation) {
    keep(spec, operation.centre);
    for (std::uint32_t way = operation.ways.first; way < operation.ways.last; ++way) {
      keep(spec, model_.operations[OperationId{way}].centre);
    }
  }

  void keep(const ReleaseSpec& spec, WorkCentreId id) {
    if (id.is_none() || model_.centres[id].is_delay || model_.centres[id].keeps_machines) return;
    WorkCentre& centre = model_.centres[id];
    centre.keeps_machines = true;
    const Dispatching& dispatching = centre.dispatching;
    const auto entry = std::find_if(centres_.entries.begin(), centres_.entries.end(),
                                    [&](const CentresOfSite::Entry& e) { return e.id == id; });
    const bool sets_up = entry != centres_.entries.end() && entry->spec->setup.stated;
    if (dispatching.by_priority && !(dispatching.setup_first && sets_up)) return;
    error(
        spec.reserve.origin,
        fmt::format("got `reserve`, but work centre \"{}\" does not put classes first; expected `dispatch: [priority, "
                    "...]` there",
                    model_.centre_names[id.index]));
  }

  const FactorySpec& spec_;
  const CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
};

}  // namespace

void compile_reserves(const FactorySpec& spec, const CentresOfSite& centres, CompileContext& context, Model& model) {
  ReserveCompiler(spec, centres, context, model).compile();
}

}  // namespace tierworks::factory
