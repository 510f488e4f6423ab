#include "models/factory/crews.h"

#include <algorithm>

#include "models/factory/dispatch.h"
#include "models/factory/machines.h"
#include "models/factory/shifts.h"

namespace tierworks::factory {

using core::kNoRef;

namespace {

// After completions of the same instant, before any dispatch.
void plan_change(Run& run, CrewId id, core::Instant at) {
  run.sender.send(run.model.crews[id].place, at, run.settings.phases.arrival, CrewChanged{.crew = id});
}

// Who is at work at a machine that has a lot: operators, not tools.
template <class Visit>
void for_each_person(const Run& run, MachineId id, Visit&& visit) {
  const MachineState& machine = run.state.machines[id];
  const core::Range needs = run.model.operations[run.state.lots[machine.lot].operation].needs;
  for (std::uint32_t i = needs.first; i < needs.last; ++i) {
    if (!run.model.crews[run.model.needs[i]].is_tool) visit(run.model.needs[i]);
  }
  const CrewId setters = run.model.centres[run.model.machines[id].centre].setup_crew;
  if (machine.sets_up_with_crew && !run.model.crews[setters].is_tool) visit(setters);
}

// Of those who went home one who is not free; none if all are.
CrewId who_lacks(const Run& run, MachineId id) {
  CrewId lacking = CrewId::none();
  for_each_person(run, id, [&](CrewId crew) {
    std::int64_t wanted = 0;
    for_each_person(run, id, [&](CrewId other) { wanted += other == crew ? 1 : 0; });
    if (run.state.crews[crew].free < wanted) lacking = crew;
  });
  return lacking;
}

void wait_to_return(Run& run, MachineId id, CrewId crew) {
  MachineState& machine = run.state.machines[id];
  MachineList& list = run.state.crews[crew].returning;
  machine.returns = true;
  machine.next_returning = kNoRef;
  (list.last == kNoRef ? list.first : run.state.machines[MachineId{list.last}].next_returning) = id.index;
  list.last = id.index;
}

MachineId take_first_returning(Run& run, MachineList& list) {
  const MachineId id{list.first};
  list.first = run.state.machines[id].next_returning;
  if (list.first == kNoRef) list.last = kNoRef;
  return id;
}

void come_back(Run& run, MachineId id) {
  MachineState& machine = run.state.machines[id];
  machine.returns = machine.lacks_people = false;
  for_each_person(run, id, [&](CrewId crew) { take(run, crew); });
}

// Machines whose shift has begun go on before anything else is begun.
void let_return(Run& run, CrewId crew) {
  CrewState& state = run.state.crews[crew];
  while (state.free > 0 && state.returning.first != kNoRef) {
    const CrewId lacking = who_lacks(run, MachineId{state.returning.first});
    if (lacking == crew) return;
    const MachineId id = take_first_returning(run, state.returning);
    if (!lacking.is_none()) {
      wait_to_return(run, id, lacking);
      continue;
    }
    come_back(run, id);
    run.state.machines[id].off = false;
    go_on_after_stop(run, id);
  }
}

// Those that wait for somebody of the crew, of whom some are free.
void tell(Run& run, CrewId crew) {
  CrewState& state = run.state.crews[crew];
  while (state.free > 0 && state.broken.first != kNoRef) {
    const MachineId machine{state.broken.first};
    state.broken.first = run.state.machines[machine].next_broken;
    if (state.broken.first == kNoRef) state.broken.last = kNoRef;
    take(run, crew);
    start_repair(run, machine);
  }
  let_return(run, crew);
  if (state.free == 0) return;
  std::uint32_t row = state.waiting.first;
  state.waiting = {};
  while (row != kNoRef) {
    CrewUser& user = run.state.crew_users[row];
    user.waits = false;
    const WorkCentreId centre = run.model.crew_users[row];
    row = user.next;
    request_dispatch(run, centre);
  }
}

// Of a crew now, as planned and present. Who is at work and should not be there goes when that is done.
void settle(Run& run, CrewId id) {
  CrewState& state = run.state.crews[id];
  state.there = static_cast<std::int64_t>(static_cast<double>(state.planned) * state.present + 0.5);
  state.staffed.set(run.now(), state.planned);
  state.leaving = std::max<std::int64_t>(0, state.used.level - state.there);
  state.free = std::max<std::int64_t>(0, state.there - state.used.level);
  tell(run, id);
}

}  // namespace

void start_crews(Run& run) {
  run.state.crews.assign(run.model.crews.size(), CrewState{});
  run.state.crew_users.assign(run.model.crew_users.size(), CrewUser{});
  for (std::uint32_t c = 0; c < run.model.crews.size(); ++c) {
    const CrewId id{c};
    const Crew& crew = run.model.crews[id];
    CrewState& state = run.state.crews[id];
    state.free = state.there = state.planned = crew.count;
    state.staffed.level = state.planned;
    if (crew.shifts.empty()) continue;
    const NextChange next = first_change(run.model, crew.shifts);
    state.shift_change = next.place;
    const std::uint32_t last = (next.place + crew.shifts.size() - 1) % crew.shifts.size();
    state.free = state.there = state.planned = run.model.shift_changes[crew.shifts.first + last].there;
    state.staffed.level = state.planned;
    run.sender.act_as(crew.place);
    plan_change(run, id, next.at);
  }
}

// Needs are in the order of the crews, so that those of one crew stand side by side.
bool are_free(const Run& run, core::Range needs) {
  std::int64_t wanted = 0;
  for (std::uint32_t i = needs.first; i < needs.last; ++i) {
    const CrewId crew = run.model.needs[i];
    wanted = i > needs.first && run.model.needs[i - 1] == crew ? wanted + 1 : 1;
    if (run.state.crews[crew].free < wanted) return false;
  }
  return true;
}

bool is_among(const Run& run, CrewId crew, core::Range needs) {
  for (std::uint32_t i = needs.first; i < needs.last; ++i) {
    if (run.model.needs[i] == crew) return true;
  }
  return false;
}

void take(Run& run, CrewId crew) {
  CrewState& state = run.state.crews[crew];
  TIERWORKS_CHECK(state.free > 0, "somebody was taken of a crew of which nobody is free", crew.index);
  --state.free;
  state.used.add(run.now(), 1);
}

void take(Run& run, core::Range needs) {
  for (std::uint32_t i = needs.first; i < needs.last; ++i) take(run, run.model.needs[i]);
}

void give_back(Run& run, CrewId crew) {
  CrewState& state = run.state.crews[crew];
  state.used.add(run.now(), -1);
  if (state.leaving > 0) {
    --state.leaving;
    return;
  }
  ++state.free;
  tell(run, crew);
}

void handle(Run& run, const CrewChanged& event) {
  const Crew& crew = run.model.crews[event.crew];
  CrewState& state = run.state.crews[event.crew];
  state.planned = run.model.shift_changes[crew.shifts.first + state.shift_change].there;
  plan_change(run, event.crew, change_after(run.model, crew.shifts, state.shift_change, run.now()));
  state.shift_change = (state.shift_change + 1) % crew.shifts.size();
  // Who is still at work from the last shift goes on into this one.
  settle(run, event.crew);
}

void set_present(Run& run, CrewId id, double share) {
  run.state.crews[id].present = std::max(0.0, share);
  settle(run, id);
}

void give_back(Run& run, core::Range needs) {
  for (std::uint32_t i = needs.first; i < needs.last; ++i) give_back(run, run.model.needs[i]);
}

void wait_for(Run& run, WorkCentreId centre, CrewId crew) {
  const core::Range users = run.model.crews[crew].users;
  std::uint32_t row = users.first;
  while (row < users.last && run.model.crew_users[row] != centre) ++row;
  TIERWORKS_CHECK(row < users.last, "a work centre waits for a crew that it has no use for", centre.index, crew.index);
  CrewUser& user = run.state.crew_users[row];
  if (user.waits) return;
  user.waits = true;
  user.next = kNoRef;
  MachineList& waiting = run.state.crews[crew].waiting;
  (waiting.last == kNoRef ? waiting.first : run.state.crew_users[waiting.last].next) = row;
  waiting.last = row;
}

void wait_for(Run& run, WorkCentreId centre, core::Range needs) {
  for (std::uint32_t i = needs.first; i < needs.last; ++i) {
    std::uint32_t last = i;
    while (last + 1 < needs.last && run.model.needs[last + 1] == run.model.needs[i]) ++last;
    if (!are_free(run, {i, last + 1})) wait_for(run, centre, run.model.needs[i]);
    i = last;
  }
}

void send_home(Run& run, MachineId id) {
  const MachineState& machine = run.state.machines[id];
  if (machine.lacks_people || machine.repairs_itself || machine.lot == kNoRef || machine.waits_for_room) return;
  run.state.machines[id].lacks_people = true;
  for_each_person(run, id, [&](CrewId crew) { give_back(run, crew); });
}

bool call_back(Run& run, MachineId id) {
  if (!run.state.machines[id].lacks_people) return true;
  const CrewId lacking = who_lacks(run, id);
  if (lacking.is_none()) {
    come_back(run, id);
    return true;
  }
  wait_to_return(run, id, lacking);
  return false;
}

void forget_return(Run& run, MachineId id) {
  if (!run.state.machines[id].returns) return;
  run.state.machines[id].returns = false;
  for (CrewState& crew : run.state.crews) {
    MachineList kept;
    while (crew.returning.first != kNoRef) {
      const MachineId other = take_first_returning(run, crew.returning);
      if (other == id) continue;
      run.state.machines[other].next_returning = kNoRef;
      (kept.last == kNoRef ? kept.first : run.state.machines[MachineId{kept.last}].next_returning) = other.index;
      kept.last = other.index;
    }
    crew.returning = kept;
  }
}

bool holds_one_of(const Run& run, MachineId id, CrewId crew) {
  const MachineState& machine = run.state.machines[id];
  if (machine.lot == kNoRef || machine.waits_for_room || machine.lacks_people) return false;
  bool holds = false;
  for_each_person(run, id, [&](CrewId at_work) { holds = holds || at_work == crew; });
  return holds;
}

bool take_repairer(Run& run, CrewId crew, MachineId machine) {
  CrewState& state = run.state.crews[crew];
  if (state.free > 0) {
    take(run, crew);
    return true;
  }
  run.state.machines[machine].next_broken = kNoRef;
  (state.broken.last == kNoRef ? state.broken.first : run.state.machines[MachineId{state.broken.last}].next_broken) =
      machine.index;
  state.broken.last = machine.index;
  return false;
}

void check_crews(const Run& run) {
  std::vector<std::int64_t> used(run.model.crews.size(), 0);
  for (std::uint32_t m = 0; m < run.model.machines.size(); ++m) {
    const MachineState& machine = run.state.machines[MachineId{m}];
    const bool stopped = machine.activity == MachineActivity::down || machine.activity == MachineActivity::off;
    const MachineActivity does = stopped ? machine.interrupted : machine.activity;
    if (does != MachineActivity::busy && does != MachineActivity::setup) continue;
    const core::Range needs = run.model.operations[run.state.lots[machine.lot].operation].needs;
    for (std::uint32_t i = needs.first; i < needs.last; ++i) ++used[run.model.needs[i].index];
    const WorkCentre& centre = run.model.centres[run.model.machines[MachineId{m}].centre];
    if (machine.sets_up_with_crew) ++used[centre.setup_crew.index];
    if (machine.lacks_people) for_each_person(run, MachineId{m}, [&](CrewId crew) { --used[crew.index]; });
  }
  for (std::uint32_t m = 0; m < run.model.machines.size(); ++m) {
    if (!run.state.machines[MachineId{m}].repairs_itself) continue;
    --used[run.model.centres[run.model.machines[MachineId{m}].centre].repairers.index];
  }
  for (std::uint32_t c = 0; c < run.model.centres.size(); ++c) {
    const CrewId repairers = run.model.centres[WorkCentreId{c}].repairers;
    if (!repairers.is_none()) used[repairers.index] += run.state.centres[WorkCentreId{c}].repairing;
  }
  for (std::uint32_t c = 0; c < used.size(); ++c) {
    const CrewState& crew = run.state.crews[CrewId{c}];
    TIERWORKS_CHECK(used[c] - crew.leaving + crew.free == crew.there && used[c] == crew.used.level,
                    "operators or tools are not conserved: in use, recounted", c, used[c], crew.free);
  }
}

}  // namespace tierworks::factory
