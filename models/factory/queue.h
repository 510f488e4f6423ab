// The lots that wait at a work centre. Under a static rule they are a pairing heap (Fredman, Sedgewick, Sleator & Tarjan,
// "The pairing heap", Algorithmica 1, 1986): adding costs a comparison, taking the first log n of them. Under a dynamic rule
// they are a list, of which the first is sought anew. Both link lots by their references, so that they can be copied.
#pragma once
#include "models/factory/state.h"

namespace tierworks::factory {

// Which of two waiting lots goes first if their values are known.
struct Order {
  const Dispatching& dispatching;
  bool operator()(const Lot& a, const Lot& b) const {
    if (dispatching.by_priority && a.priority != b.priority) return a.priority < b.priority;
    return a.value != b.value ? a.value < b.value : by_ties(a, b);
  }
  bool by_ties(const Lot& a, const Lot& b) const {
    if (dispatching.ties_by_arrival && a.arrived != b.arrived) return a.arrived < b.arrived;
    return a.serial < b.serial;
  }
};

void add_to_heap(core::Pool<Lot>& lots, core::Ref& root, core::Ref lot, const Order& order);
core::Ref take_first_of_heap(core::Pool<Lot>& lots, core::Ref& root, const Order& order);

void add_to_list(core::Pool<Lot>& lots, core::Ref& root, core::Ref lot);
void remove_from_list(core::Pool<Lot>& lots, core::Ref& root, core::Ref lot);

// Calls visit(ref) for each waiting lot, in no order that means anything.
template <class F>
void for_each_waiting(const core::Pool<Lot>& lots, core::Ref root, bool heap, F&& visit) {
  if (!heap) {
    for (core::Ref ref = root; ref != core::kNoRef; ref = lots[ref].next) visit(ref);
    return;
  }
  std::vector<core::Ref> open;
  if (root != core::kNoRef) open.push_back(root);
  while (!open.empty()) {
    const core::Ref ref = open.back();
    open.pop_back();
    visit(ref);
    for (core::Ref child = lots[ref].child; child != core::kNoRef; child = lots[child].next) open.push_back(child);
  }
}

}  // namespace tierworks::factory
