#include "models/factory/assembly.h"

#include "models/factory/control.h"
#include "models/factory/dispatch.h"
#include "models/factory/lots.h"
#include "models/factory/queue.h"
#include "models/factory/watching.h"

namespace tierworks::factory {

using core::kNoRef;
using core::Ref;

namespace {

QueueState& store_of(Run& run, QueueId store) { return run.state.queues[store]; }

void join_store(Run& run, QueueId id, Ref ref) {
  Lot& lot = run.state.lots[ref];
  lot.arrived = run.now();
  lot.value = static_cast<double>(lot.arrived.ticks);
  QueueState& store = store_of(run, id);
  add_to_heap(run.state.lots, store.root, ref, {kClassesFirst});
  ++store.waiting;
}

Ref take_from_store(Run& run, QueueId id) {
  QueueState& store = store_of(run, id);
  --store.waiting;
  return take_first_of_heap(run.state.lots, store.root, {kClassesFirst});
}

bool all_there(const Run& run, OperationId at) {
  const core::Range components = run.model.components_at[at];
  for (std::uint32_t i = components.first; i < components.last; ++i) {
    const Component& component = run.model.components[i];
    if (run.state.queues[run.model.component_stores[component.routing].lots].waiting < component.lots) return false;
  }
  return true;
}

void build_in(Run& run, Ref ref, const Lot& into) {
  const Lot part = run.state.lots[ref];
  const Release& release = run.model.releases[part.release];
  if (run.settings.watcher != nullptr) [[unlikely]]
    run.settings.watcher->lot_built_in(watched(part), part.arrived, watched(into), run.now());
  run.state.types[release.type].wip.add(run.now(), -1);
  ++run.state.factories[run.model.factory_of_site[release.site.index]].built_in;
  --run.state.releases[part.release].inside;
  run.state.lots.release(run.lane(), ref);
  let_in(run, part.release);
}

// All are taken before the first one makes room for the next lot, which may need some of them itself.
void build_in_all(Run& run, OperationId at, Ref into) {
  core::Pool<Lot>& lots = run.state.lots;
  Ref taken = kNoRef;
  const core::Range components = run.model.components_at[at];
  for (std::uint32_t i = components.first; i < components.last; ++i) {
    const Component& component = run.model.components[i];
    for (std::int64_t n = 0; n < component.lots; ++n) {
      const Ref part = take_from_store(run, run.model.component_stores[component.routing].lots);
      lots[part].next = taken;
      taken = part;
    }
  }
  const Lot lot = lots[into];
  while (taken != kNoRef) {
    const Ref part = taken;
    taken = lots[part].next;
    build_in(run, part, lot);
  }
}

}  // namespace

Ref assemble(Run& run, Ref ref) {
  const OperationId at = run.model.operations[run.state.lots[ref].operation].written;
  // Whoever waits already would go on if this one could.
  if (!all_there(run, at)) {
    join_store(run, run.model.operations[at].store, ref);
    return kNoRef;
  }
  build_in_all(run, at, ref);
  return ref;
}

void be_ready(Run& run, Ref ref) {
  const RoutingId routing = run.model.releases[run.state.lots[ref].release].routing;
  const ComponentStore& store = run.model.component_stores[routing];
  join_store(run, store.lots, ref);
  const Order order{kClassesFirst};
  OperationId first = OperationId::none();
  for (std::uint32_t i = store.takers.first; i < store.takers.last; ++i) {
    const OperationId id = run.model.assemblies[i];
    const Operation& operation = run.model.operations[id];
    const Ref waiting = run.state.queues[operation.store].root;
    if (waiting == kNoRef || !all_there(run, id)) continue;
    if (first.is_none() ||
        order(run.state.lots[waiting], run.state.lots[run.state.queues[run.model.operations[first].store].root])) {
      first = id;
    }
  }
  if (first.is_none()) return;  // one component more makes no more than one lot complete
  const Operation& operation = run.model.operations[first];
  const Ref whole = take_from_store(run, operation.store);
  if (run.settings.watcher != nullptr) [[unlikely]]
    tell_wait(run, run.state.lots[whole], common::WaitsFor::components);
  build_in_all(run, first, whole);
  if (run.model.controls.empty()) {
    arrive(run, whole);
  } else {
    go_past_gate(run, whole);
  }
}

void lots_of_assembly(const Run& run, std::vector<Ref>& lots) {
  const auto add = [&](QueueId store) {
    const std::size_t before = lots.size();
    for_each_waiting(run.state.lots, run.state.queues[store].root, true, [&](Ref lot) { lots.push_back(lot); });
    TIERWORKS_CHECK(lots.size() - before == run.state.queues[store].waiting, "a store is not what it counts",
                    store.index, static_cast<long long>(lots.size() - before));
  };
  for (const ComponentStore& store : run.model.component_stores) {
    if (store.is_used) add(store.lots);
  }
  for (std::uint32_t i = 0; i < run.model.operations.size(); ++i) {
    const Operation& operation = run.model.operations[OperationId{i}];
    if (operation.assembles && operation.written == OperationId{i}) add(operation.store);
  }
}

}  // namespace tierworks::factory
