#include "models/supply/ages.h"

#include <algorithm>

#include "models/supply/goods.h"
#include "models/supply/ordering.h"

namespace tierworks::supply {

namespace {

ShelfState& shelf_of(Run& run, StockId id) { return run.state.shelves[run.model.stocks[id].shelf]; }

// The event for what expires first, unless one is sent that is as early.
void look_in_time(Run& run, StockId id) {
  ShelfState& shelf = shelf_of(run, id);
  if (shelf.ages.empty()) return;
  const core::Instant at = run.state.ages[shelf.ages.first].expires;
  if (!(at < shelf.look)) return;
  shelf.look = at;
  run.sender.send(run.model.stocks[id].place, at, common::phase::blow, GoodsExpired{.stock = id});
}

// Into its place by age; what expires at one instant is one class.
void put_class(Run& run, ShelfState& shelf, core::Ref ref) {
  auto& ages = run.state.ages;
  core::Ref before = core::kNoRef, behind = shelf.ages.first;
  while (behind != core::kNoRef && ages[behind].expires < ages[ref].expires) {
    before = behind;
    behind = ages[behind].next;
  }
  if (behind != core::kNoRef && ages[behind].expires == ages[ref].expires) {
    ages[behind].quantity += ages[ref].quantity;
    ages.release(run.lane(), ref);
    return;
  }
  ages[ref].next = behind;
  (before == core::kNoRef ? shelf.ages.first : ages[before].next) = ref;
  if (behind == core::kNoRef) shelf.ages.last = ref;
}

}  // namespace

core::Ref fresh_goods(Run& run, StockId id, Quantity quantity) {
  const core::Duration life = run.model.shelves[run.model.stocks[id].shelf].life;
  const core::Duration left = core::kLastInstant - run.now();
  return run.state.ages.allocate(
      run.lane(), {.expires = run.now() + std::min(life, left), .quantity = quantity, .next = core::kNoRef});
}

void put_ages(Run& run, StockId id, core::Ref list) {
  ShelfState& shelf = shelf_of(run, id);
  while (list != core::kNoRef) {
    const core::Ref next = run.state.ages[list].next;
    if (run.state.ages[list].quantity > 0) {
      put_class(run, shelf, list);
    } else {
      run.state.ages.release(run.lane(), list);
    }
    list = next;
  }
}

core::Ref take_ages(Run& run, StockId id, Quantity quantity) {
  ShelfState& shelf = shelf_of(run, id);
  auto& ages = run.state.ages;
  core::Fifo taken;
  while (quantity > 0) {
    const core::Ref first = shelf.ages.first;
    TIERWORKS_CHECK(first != core::kNoRef, "goods that spoil have no age", id.index, quantity);
    core::Ref ref;
    if (ages[first].quantity <= quantity) {
      ref = shelf.ages.pop_front(ages);
    } else {
      ref = ages.allocate(run.lane(), {.expires = ages[first].expires, .quantity = quantity, .next = core::kNoRef});
      ages[first].quantity -= quantity;
    }
    quantity -= ages[ref].quantity;
    taken.push_back(ages, ref);
  }
  return taken.first;
}

void forget_ages(Run& run, core::Ref list) {
  while (list != core::kNoRef) {
    const core::Ref next = run.state.ages[list].next;
    run.state.ages.release(run.lane(), list);
    list = next;
  }
}

Quantity lose_ages(Run& run, core::Ref list, Quantity quantity) {
  auto& ages = run.state.ages;
  Quantity total = 0;
  for (core::Ref ref = list; ref != core::kNoRef; ref = ages[ref].next) total += ages[ref].quantity;
  // After each class, what is lost so far is in proportion, rounded down, so that all of it is lost after the last.
  Quantity passed = 0, lost = 0;
  for (core::Ref ref = list; ref != core::kNoRef; ref = ages[ref].next) {
    passed += ages[ref].quantity;
    const auto due = static_cast<Quantity>(core::Int128{quantity} * passed / total);
    ages[ref].quantity -= due - lost;
    lost = due;
  }
  if (lost < total) return total - lost;
  forget_ages(run, list);
  return 0;
}

void lose_ages_of(Run& run, StockId id, Quantity quantity) {
  ShelfState& shelf = shelf_of(run, id);
  const core::Ref list = shelf.ages.first;
  shelf.ages = {};
  if (lose_ages(run, list, quantity) > 0) put_ages(run, id, list);
}

Quantity throw_away(Run& run, StockId id) {
  ShelfState& shelf = shelf_of(run, id);
  Quantity expired = 0;
  while (!shelf.ages.empty() && !(run.now() < run.state.ages[shelf.ages.first].expires)) {
    const core::Ref ref = shelf.ages.pop_front(run.state.ages);
    expired += run.state.ages[ref].quantity;
    run.state.ages.release(run.lane(), ref);
  }
  look_in_time(run, id);
  if (expired == 0) return 0;
  shelf.expired += expired;
  shelf.wasted += expired;
  change_on_hand(run, run.state.stocks[id], -expired);
  return expired;
}

void handle(Run& run, const GoodsExpired& event) {
  ShelfState& shelf = shelf_of(run, event.stock);
  if (shelf.look != run.now()) return;  // an earlier look took its place
  shelf.look = core::kLastInstant;
  const Quantity expired = throw_away(run, event.stock);
  if (expired > 0 && run.model.stocks[event.stock].continuous()) consider_ordering(run, event.stock);
}

}  // namespace tierworks::supply
