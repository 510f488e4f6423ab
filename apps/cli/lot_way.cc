#include "apps/cli/lot_way.h"

#include <algorithm>

#include "models/factory/parts.h"
#include "models/factory/state.h"

namespace tierworks::cli {

using common::HeldBack;
using common::WaitsFor;
using common::WatchedLot;
using core::Instant;

namespace {

constexpr std::size_t kNumbersShown = 3;

Stay::Kind kind_of(WaitsFor what) {
  switch (what) {
    case WaitsFor::machine:
      break;
    case WaitsFor::components:
      return Stay::Kind::components;
    case WaitsFor::parts:
      return Stay::Kind::parts;
    case WaitsFor::card:
      return Stay::Kind::card;
    case WaitsFor::release:
      return Stay::Kind::pool;
  }
  return Stay::Kind::queue;
}

Stay stay_of(Stay::Kind kind, Instant from, Instant until, std::uint32_t centre, std::uint32_t operation) {
  Stay stay;
  stay.kind = kind;
  stay.from = from;
  stay.until = until;
  stay.centre = centre;
  stay.operation = operation;
  return stay;
}

}  // namespace

std::uint64_t number_of_whole(std::uint64_t number) { return number & ((std::uint64_t{1} << factory::kPartShift) - 1); }

bool Diary::is_it(const WatchedLot& lot) {
  if (lot.release != lot_.release) return false;
  if (lot.number == lot_.number) return true;
  // Who asks for a part that is not there wants to know of the others, who asks for a lot, of lots.
  const bool wants_parts = lot_.number != number_of_whole(lot_.number);
  const bool is_part = lot.number != number_of_whole(lot.number);
  if (wants_parts ? number_of_whole(lot.number) == number_of_whole(lot_.number) : !is_part) {
    way_.numbers.insert(lot.number);
    if (way_.numbers.size() > kNumbersShown) way_.numbers.erase(std::prev(way_.numbers.end()));
  }
  return false;
}

void Diary::machine_did(std::uint32_t machine, std::uint8_t activity, Instant from, Instant until,
                        const WatchedLot* lot) {
  if (lot == nullptr || !is_it(*lot)) return;
  Stay stay = stay_of(Stay::Kind::on_machine, from, until, names_.centre_of(machine), lot->operation);
  stay.machine = machine;
  stay.activity = activity;
  way_.stays.push_back(std::move(stay));
}

void Diary::lot_waited(std::uint32_t centre, WaitsFor what, Instant from, Instant until, const WatchedLot& lot) {
  if (!is_it(lot)) return;
  if (from < until) {
    way_.stays.push_back(stay_of(kind_of(what), from, until, centre, lot.operation));
    if (what == WaitsFor::machine) way_.stays.back().reasons = reasons_;
  }
  if (what == WaitsFor::machine) reasons_.clear();
}

void Diary::lot_held_back(HeldBack why, Instant at, const WatchedLot& lot) {
  if (!is_it(lot)) return;
  // Of several machines the first tells.
  if (reasons_.empty() || reasons_.back().first != at) reasons_.emplace_back(at, why);
}

void Diary::lot_worked(std::uint32_t centre, Instant from, Instant until, const WatchedLot& lot) {
  if (is_it(lot)) way_.stays.push_back(stay_of(Stay::Kind::worked, from, until, centre, lot.operation));
}

// Told behind the wait that it ends.
void Diary::add_part(const WatchedLot& part, Instant ready, Instant at, Stay::Kind kind) {
  if (way_.stays.empty()) return;
  Stay& last = way_.stays.back();
  if (last.kind == kind && last.until == at) last.parts.emplace_back(ready, part);
}

void Diary::lot_built_in(const WatchedLot& part, Instant ready, const WatchedLot& into, Instant at) {
  if (is_it(into)) add_part(part, ready, at, Stay::Kind::components);
}

void Diary::lot_divided(const WatchedLot& part, Instant at) {
  if (!is_it(part)) return;
  if (!way_.divided) {
    way_.divided = at;
  } else if (way_.end == Way::End::put_together) {
    way_.stays.push_back(stay_of(Stay::Kind::whole, way_.at, at, 0, 0));
    way_.end = Way::End::unknown;
  }
}

void Diary::lot_put_together(const WatchedLot& part, Instant ready, Instant at) {
  if (part.release != lot_.release || number_of_whole(part.number) != number_of_whole(lot_.number)) return;
  const bool is_part = lot_.number != number_of_whole(lot_.number);
  if (way_.end == Way::End::lost) {
    if (is_part) return;
    way_.stays.push_back(stay_of(Stay::Kind::whole, way_.at, at, 0, 0));  // others go on in its name
    way_.end = Way::End::unknown;
  } else if (part.number != lot_.number) {
    add_part(part, ready, at, Stay::Kind::parts);
  } else if (is_part) {
    way_.end = Way::End::put_together;
    way_.at = at;
  }
}

void Diary::end(Way::End how, Instant released, Instant due, Instant at) {
  way_.end = how;
  way_.released = released;
  way_.due = due;
  way_.at = at;
}

void Diary::lot_left(const WatchedLot& lot, Instant released, Instant due, Instant at, bool lost) {
  if (is_it(lot)) end(lost ? Way::End::lost : Way::End::finished, released, due, at);
}

// A component that is done, and not built in yet, is done.
void Diary::lot_stays(const WatchedLot& lot, Instant released, Instant due, Instant at) {
  if (is_it(lot) && way_.end == Way::End::unknown) end(Way::End::inside, released, due, at);
}

Way Diary::take_way() {
  std::stable_sort(way_.stays.begin(), way_.stays.end(), [](const Stay& a, const Stay& b) { return a.from < b.from; });
  for (Stay& stay : way_.stays) stay.until = std::min(stay.until, way_.at);  // what was still to come at the end
  return std::move(way_);
}

void Neighbours::machine_did(std::uint32_t machine, std::uint8_t activity, Instant from, Instant until,
                             const WatchedLot* lot) {
  const std::uint32_t centre = names_.centre_of(machine);
  for (Stay& stay : stays_) {
    if (stay.kind != Stay::Kind::queue || stay.centre != centre) continue;
    const Instant first = std::max(from, stay.from), last = std::min(until, stay.until);
    if (!(first < last)) continue;
    const double machines = model_.centres[factory::WorkCentreId{centre}].machines.size();
    const double hours = core::in_hours(last - first);
    if (activity == static_cast<std::uint8_t>(factory::MachineActivity::idle)) {
      add_idle(stay, first, last, machines);
      continue;
    }
    // Of a batch each lot is told of: the machine's time counts once.
    if (stay.told_machine != machine || stay.told_from != from) stay.causes[activity] += hours / machines;
    stay.told_machine = machine;
    stay.told_from = from;
    if (lot != nullptr) stay.others[{lot->release, lot->number}] += hours;
  }
}

// By the reasons that were told meanwhile.
void Neighbours::add_idle(Stay& stay, Instant first, Instant last, double machines) const {
  const auto held_back = [](HeldBack why) { return factory::kActivities + static_cast<std::size_t>(why); };
  const bool picks = model_.centres[factory::WorkCentreId{stay.centre}].kits != factory::kNoKits;
  std::size_t cause = picks ? held_back(HeldBack::kit) : static_cast<std::size_t>(factory::MachineActivity::idle);
  Instant since = first;
  for (const auto& [at, why] : stay.reasons) {
    if (!(at < last)) break;
    if (since < at) {
      stay.causes[cause] += core::in_hours(at - since) / machines;
      since = at;
    }
    cause = held_back(why);
  }
  stay.causes[cause] += core::in_hours(last - since) / machines;
}

}  // namespace tierworks::cli
