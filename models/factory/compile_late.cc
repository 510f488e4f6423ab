// Queue-time limits about which something is done.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

constexpr std::string_view kScrap = "scrap";

class LateCompiler {
 public:
  LateCompiler(const FactorySpec& spec, const CentresOfSite& centres, common::CompileContext& context, Model& model)
      : spec_(spec), centres_(centres), context_(context), model_(model) {}

  void compile() {
    const auto first = static_cast<std::uint32_t>(model_.routings.size() - spec_.routings.list.size());
    for (std::uint32_t r = 0; r < spec_.routings.list.size(); ++r) {
      const auto& entry = spec_.routings.list[r];
      const core::Range rows = model_.routings[RoutingId{first + r}].operations;
      for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const OperationSpec& spec = entry.spec.operations.list[i].spec;
        if (spec.if_late.stated) operation(entry.spec, entry.name, spec, OperationId{rows.first + i});
      }
    }
  }

 private:
  void error(const OperationSpec& spec, std::string message) {
    context_.diagnostics.error(spec.if_late.origin, std::move(message));
  }

  void operation(const RoutingSpec& routing, const std::string& name, const OperationSpec& spec, OperationId id) {
    const Operation& row = model_.operations[id];
    if (!row.is_limited) {
      error(spec,
            "got `if_late`, but no operation before says by when this one must start; expected `start_within` "
            "there");
    }
    if (!row.centre.is_none() && model_.centres[row.centre].is_delay) {
      error(spec, "got `if_late` at a work centre with `delay`, where nobody waits; expected one with machines");
    }
    if (centres_.has_buffers)
      error(spec, "got `if_late` and a `buffer` at a work centre of the site, expected one of the two");
    LateWay way{.acts = true, .to = OperationId::none()};
    if (*spec.if_late != kScrap) {
      way.to = back(routing, name, spec, id);
    }
    while (model_.late_ways.size() <= id.index) model_.late_ways.add({});
    model_.late_ways[id] = way;
    wait_in_a_list(row.centre);
    for (std::uint32_t other = row.ways.first; other < row.ways.last; ++other) {
      wait_in_a_list(model_.operations[OperationId{other}].centre);
    }
  }

  OperationId back(const RoutingSpec& routing, const std::string& name, const OperationSpec& spec, OperationId id) {
    std::vector<std::string> names;
    for (const auto& entry : routing.operations) names.push_back(entry.name);
    const auto place = static_cast<std::uint32_t>(std::find(names.begin(), names.end(), *spec.if_late) - names.begin());
    const core::Range rows = model_.routings[model_.operations[id].routing].operations;
    const std::string& rule = *spec_.release_control.rule;
    if (place == names.size()) {
      error(spec, fmt::format("no operation \"{}\" in the routing \"{}\"{}; `scrap` is the end of the lot",
                              *spec.if_late, name, common::did_you_mean(*spec.if_late, names)));
    } else if (rows.first + place >= id.index) {
      error(spec, fmt::format("operation \"{}\" is not before this one; expected one that sets the time anew",
                              *spec.if_late));
    } else if (*routing.times_known) {
      error(spec,
            "got a way back in a routing whose lots know their own steps from the start (`times_known`); expected "
            "`scrap`, or one of the two");
    } else if (model_.operations[OperationId{rows.first + place}].parts != model_.operations[id].parts) {
      error(spec, "got a way from parts of lots back to whole ones; expected an operation behind the `split`");
    } else if (centres_.is_controlled && (rule == "kanban" || rule == "polca")) {
      error(spec,
            fmt::format("got a way back under `{}`, where lots would wait for each other's cards for ever; expected "
                        "`scrap`, or another rule",
                        rule));
    } else {
      return OperationId{rows.first + place};
    }
    return OperationId::none();
  }

  // From which any lot can be taken.
  void wait_in_a_list(WorkCentreId id) {
    if (!id.is_none()) model_.centres[id].dispatching.is_static = false;
  }

  const FactorySpec& spec_;
  const CentresOfSite& centres_;
  common::CompileContext& context_;
  Model& model_;
};

}  // namespace

void compile_late_ways(const FactorySpec& spec, const CentresOfSite& centres, common::CompileContext& context,
                       Model& model) {
  LateCompiler(spec, centres, context, model).compile();
}

}  // namespace tierworks::factory
