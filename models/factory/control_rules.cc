#include "models/factory/control_rules.h"

#include "models/factory/times.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;
using GateRule = Control::Rule;

namespace {

// What a machine has to do for a lot.
double busy_ticks(const Operation& operation, const Lot& lot) {
  return operation.lot_busy + operation.piece_busy * static_cast<double>(lot.pieces);
}

// Calls visit(operation as written, its ticks) for what the lot has still to do if nothing goes back, until it gives false.
template <class F>
void for_each_ahead(const Run& run, const Lot& lot, F&& visit) {
  const Operation& imminent = run.model.operations[lot.operation];
  const Routing& routing = run.model.routings[imminent.routing];
  if (routing.own_steps()) {
    for (Ref step = lot.plan; step != kNoRef; step = run.state.steps[step].next) {
      const OperationId id = run.model.operations[run.state.steps[step].operation].written;
      const double ticks = routing.times_known ? static_cast<double>(run.state.steps[step].ticks)
                                               : busy_ticks(run.model.operations[id], lot);
      if (!visit(id, ticks)) return;
    }
    return;
  }
  for (std::uint32_t i = imminent.written.index; i < routing.operations.last; ++i) {
    const Operation& operation = run.model.operations[OperationId{i}];
    const double times = i == imminent.written.index ? 1 : operation.expected;
    if (times > 0 && !visit(OperationId{i}, times * busy_ticks(operation, lot))) return;
  }
}

void hold(Run& run, Lot& lot, AccountId account, OperationId until, std::int64_t amount) {
  const Ref ref = run.state.holdings.allocate(
      run.lane(), Holding{.account = account, .until = until, .amount = amount, .next = lot.holdings});
  lot.holdings = ref;
  run.state.accounts[account] += amount;
}

// The operation behind the imminent one, as written; none if it is the last.
OperationId behind(const Run& run, const Lot& lot) {
  OperationId next = OperationId::none();
  bool first = true;
  for_each_ahead(run, lot, [&](OperationId id, double) {
    if (!first) next = id;
    first = !first;
    return !first;
  });
  return next;
}

AccountId cards_of_pair(const Run& run, WorkCentreId from, WorkCentreId to) {
  const core::Range pairs = run.model.centres[from].pairs;
  for (std::uint32_t i = pairs.first; i < pairs.last; ++i) {
    if (run.model.pairs[i].to == to) return run.model.pairs[i].account;
  }
  return AccountId::none();
}

// The next operation at the bottleneck, and the work up to there.
struct Approach {
  OperationId at = OperationId::none();
  double ticks = 0;  // until then
  double work = 0;   // there
};
Approach approach(const Run& run, const Control& control, const Lot& lot) {
  Approach found;
  for_each_ahead(run, lot, [&](OperationId id, double ticks) {
    if (run.model.operations[id].centre == control.drum) {
      found.at = id;
      found.work = ticks;
      return false;
    }
    found.ticks += ticks;
    return true;
  });
  return found;
}

// Work that the lot would add to the only account of the rule.
std::int64_t drum_work(const Run& run, const Control& control, const Lot& lot) {
  double sum = 0;
  for_each_ahead(run, lot, [&](OperationId id, double ticks) {
    if (run.model.operations[id].centre == control.drum) sum += static_cast<double>(whole(ticks));
    return true;
  });
  return whole(sum);
}

bool starves_soon(const Run& run, const Control& control, const Lot& lot, AccountId account) {
  const WorkCentre& centre = run.model.centres[control.drum];
  double down = 0;
  for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
    down += run.state.machines[MachineId{m}].activity == MachineActivity::down ? 1 : 0;
  }
  const double inventory = (static_cast<double>(run.state.accounts[account]) + down * control.repair_mean) /
                           static_cast<double>(centre.machines.size());
  const double lead =
      control.lead.ticks > 0 ? static_cast<double>(control.lead.ticks) : approach(run, control, lot).ticks;
  return inventory < control.alpha * lead;
}

}  // namespace

AccountId needed(const Run& run, const Control& control, const Lot& lot) {
  const WorkCentreId centre = run.model.operations[lot.operation].centre;
  switch (control.rule) {
    case GateRule::conwip:
      break;
    case GateRule::kanban:
    case GateRule::lums_cor:
      return run.model.centres[centre].section;
    case GateRule::polca: {
      const OperationId next = behind(run, lot);
      if (next.is_none()) return AccountId::none();
      return cards_of_pair(run, centre, run.model.operations[next].centre);
    }
    case GateRule::drum_buffer_rope:
    case GateRule::starvation_avoidance: {
      bool passes = false;
      for_each_ahead(run, lot, [&](OperationId id, double) {
        passes = run.model.operations[id].centre == control.drum;
        return !passes;
      });
      if (!passes) return AccountId::none();
      break;
    }
  }
  return AccountId{control.accounts.first};
}

void take(Run& run, const Control& control, Lot& lot, AccountId account) {
  switch (control.rule) {
    case GateRule::conwip:
      hold(run, lot, account, OperationId::none(), control.in_work ? lot.work : 1);
      return;
    case GateRule::kanban:
      hold(run, lot, account, OperationId::none(), 1);
      return;
    case GateRule::polca:
      hold(run, lot, account, behind(run, lot), 1);
      return;
    case GateRule::drum_buffer_rope: {
      OperationId last = OperationId::none();
      for_each_ahead(run, lot, [&](OperationId id, double ticks) {
        if (run.model.operations[id].centre != control.drum) return true;
        last = id;
        if (control.in_work) hold(run, lot, account, id, whole(ticks));
        return true;
      });
      if (!control.in_work) hold(run, lot, account, last, 1);
      return;
    }
    case GateRule::starvation_avoidance: {
      const Approach next = approach(run, control, lot);
      hold(run, lot, account, next.at, whole(next.work));
      return;
    }
    case GateRule::lums_cor: {
      double place = 0;
      for_each_ahead(run, lot, [&](OperationId id, double ticks) {
        place += 1;
        hold(run, lot, run.model.centres[run.model.operations[id].centre].section, id, whole(ticks / place));
        return true;
      });
      return;
    }
  }
}

bool is_within(const Run& run, AccountId account, std::int64_t more) {
  const std::int64_t limit = run.model.accounts[account].limit;
  return limit == kNoLimit || run.state.accounts[account] + more <= limit;
}

bool may_go_on(const Run& run, const Control& control, AccountId account, const Lot& lot) {
  switch (control.rule) {
    case GateRule::kanban:
    case GateRule::polca:
      return is_within(run, account, 1);
    case GateRule::conwip:
    case GateRule::drum_buffer_rope: {
      if (!control.in_work) return is_within(run, account, 1);
      // A lot with more work than the limit goes alone.
      if (run.state.accounts[account] == 0) return true;
      return is_within(run, account, control.rule == GateRule::conwip ? lot.work : drum_work(run, control, lot));
    }
    case GateRule::starvation_avoidance:
      return starves_soon(run, control, lot, account);
    case GateRule::lums_cor:
      break;
  }
  return false;
}

void note_return(Run& run, const Control& control, Ref ref) {
  Lot& lot = run.state.lots[ref];
  if (lot.holdings != kNoRef) return;
  const Approach next = approach(run, control, lot);
  if (next.at.is_none()) return;
  double lead = static_cast<double>(control.lead.ticks);
  if (control.lead.ticks == 0) {
    const Release& release = run.model.releases[lot.release];
    for (std::uint32_t i = release.starts_at.index; i < run.model.routings[release.routing].operations.last; ++i) {
      const Operation& operation = run.model.operations[OperationId{i}];
      if (operation.centre == control.drum) break;
      lead += operation.expected * busy_ticks(operation, lot);
    }
  }
  if (next.ticks <= lead) hold(run, lot, AccountId{control.accounts.first}, next.at, whole(next.work));
}

}  // namespace tierworks::factory
