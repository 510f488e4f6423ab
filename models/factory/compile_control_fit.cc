// What release control does not go together with.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

using GateRule = Control::Rule;

void check_control_fits(const FactorySpec& floor, const Where& where, const CentresOfSite& centres,
                        const Control& control, common::CompileContext& context) {
  const ReleaseControlSpec& spec = floor.release_control;
  const std::string& rule = *spec.rule;
  const auto error = [&](common::Origin origin, std::string message) {
    context.diagnostics.error(origin, std::move(message));
  };
  const auto is_built_in = [&](const std::string& routing) {
    return std::any_of(floor.routings.begin(), floor.routings.end(), [&](const auto& entry) {
      return std::any_of(entry.spec.operations.begin(), entry.spec.operations.end(), [&](const auto& operation) {
        const auto& parts = operation.spec.assemble;
        return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.name == routing; });
      });
    });
  };
  if (centres.has_buffers) {
    error(spec.rule.origin,
          "got `release_control` at a site where a work centre has a `buffer`, which lets lots in by itself; expected "
          "one of the two");
  }
  for (const auto& entry : floor.releases) {
    if (entry.spec.wip.stated && !is_built_in(*entry.spec.routing)) {
      error(entry.spec.wip.origin,
            "got `wip` at a site with `release_control`, expected one of the two (or lots that are built into others, "
            "which need no leave)");
    }
    if (control.waits_for_plan && !entry.spec.urgency.due.stated) {
      error(entry.origin,
            "its lots have no `due`, so that their planned release, for which `wait_for_plan` waits, is never; "
            "expected `due`");
    }
  }
  if (control.waits_for_plan && where.makes_to_order && where.lacks_due_dates) {
    error(spec.wait_for_plan.origin,
          "got `wait_for_plan` at a site whose shop floor makes orders of its stocks that have no due dates; expected "
          "`due` at each `makes` entry with a `routing`, or it left out");
  }
  const bool by_centre =
      control.rule == GateRule::kanban || control.rule == GateRule::polca || control.rule == GateRule::lums_cor;
  for (const auto& entry : floor.routings) {
    const bool random = *entry.spec.sequence == RoutingSpec::Sequence::random;
    if (random && (control.rule == GateRule::kanban || control.rule == GateRule::polca)) {
      error(entry.spec.sequence.origin,
            fmt::format("got a random sequence under `{}`, where lots would wait for each other's cards for ever; "
                        "expected `conwip` or `lums_cor`",
                        rule));
    }
    for (const auto& operation : entry.spec.operations) {
      if (operation.spec.alternatives.empty() || control.rule == GateRule::conwip) continue;
      error(operation.spec.alternatives.list.front().origin,
            fmt::format("got `alternatives` under `{}`, which counts {} before it is known where a lot goes; expected "
                        "`conwip`, or none",
                        rule, by_centre ? "by work centre" : "work at one work centre"));
    }
  }
}

}  // namespace tierworks::factory
