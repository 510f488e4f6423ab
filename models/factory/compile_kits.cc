// Work centres that pick lots before they start.
#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

// What would break into the sequence of the lots that are picked, or could not be planned; empty if there is nothing.
std::string_view clash_of(const CentresOfSite::Entry& entry, const WorkCentre& centre, const Model& model) {
  if (centre.is_delay) return "`delay`, where nobody waits";
  if (centre.min_run > 0) return "`min_run`, which waits for other lots than the one that is next";
  if (centre.keeps_machines) return "lots with `reserve`, which go before it";
  if (centre.beyond_shift == BeyondShift::do_not_start) return "`at_shift_end: do_not_start`, which passes over lots";
  for (const CentresOfSite::Use& use : entry.uses) {
    const Operation& operation = model.operations[use.operation];
    if (operation.is_batch) return "an operation with `batch`";
    if (operation.is_tied) return "an operation that only one machine may do (`same_machine_at`)";
    if (model.acts_if_late(operation.written)) return "an operation with `if_late`";
  }
  return "";
}

}  // namespace

void compile_kits(const CentresOfSite& centres, common::CompileContext& context, Model& model) {
  for (const CentresOfSite::Entry& entry : centres.entries) {
    const Field<core::Duration>& kit = entry.spec->kit;
    if (kit->ticks == 0) continue;
    WorkCentre& centre = model.centres[entry.id];
    const std::string_view clash = clash_of(entry, centre, model);
    if (!clash.empty()) {
      context.diagnostics.error(kit.origin, fmt::format("got `kit` and {}; expected one of the two", clash));
      continue;
    }
    centre.kits = static_cast<std::uint32_t>(model.kits.size());
    model.kits.push_back({.time = *kit, .first_planned = model.planned});
    model.planned += centre.machines.size();
  }
}

}  // namespace tierworks::factory
