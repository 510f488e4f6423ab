#include "models/production/events.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tierworks::production {

namespace {

Quantity next_batch(const Product& product, const ProductionOrder& order) {
  const Quantity left = order.quantity - order.started;
  return product.batch > 0 ? std::min(product.batch, left) : left;
}

Quantity next_batch(const Run& run, const ProductionOrder& order) {
  const Product& product = run.model.products[order.product];
  Quantity batch = next_batch(product, order);
  if (!product.as_available) return batch;
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Need& n = run.state.needs[need];
    batch = std::min(batch, n.set_aside / run.model.components[i].per_unit);
    need = n.next;
  }
  return batch;
}

// Attrition is spread over the batches of an order so that all of it is taken when the last one starts.
Quantity extra_of_batch(const ProductionOrder& order, const Need& need, Quantity batch) {
  const auto up_to = [&](Quantity started) {
    return static_cast<Quantity>(static_cast<core::Int128>(need.extra) * started / order.quantity);
  };
  return need.extra == 0 ? 0 : up_to(order.started + batch) - up_to(order.started);
}

bool has_material(const Run& run, const ProductionOrder& order) {
  const Product& product = run.model.products[order.product];
  const Quantity batch = next_batch(run, order);
  if (batch == 0) return false;
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Need& n = run.state.needs[need];
    if (n.set_aside < run.model.components[i].per_unit * batch + extra_of_batch(order, n, batch)) return false;
    need = n.next;
  }
  return true;
}

core::Duration work_time(Run& run, const Product& product, ProductionOrder& order, Quantity batch) {
  const core::DistributionTables& tables = *run.model.tables;
  if (!product.per_unit) {
    core::Draw draw = run.settings.random.draw(product.process, order.number, order.batches++);
    return core::rounded(core::sample(product.time, tables, draw));
  }
  const double units = static_cast<double>(batch) * product.resolution;
  if (product.time.is_constant()) {
    ++order.batches;
    return core::rounded(product.time.p * units);
  }
  // Each unit has a time of its own; a part of a unit takes its share of one.
  double ticks = 0;
  for (double left = units; left > 1e-9; left -= 1) {
    core::Draw draw = run.settings.random.draw(product.process, order.number, order.batches++);
    ticks += core::sample(product.time, tables, draw) * std::min(left, 1.0);
  }
  return core::rounded(ticks);
}

void start_batch(Run& run, core::Ref ref) {
  ProductionOrder order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  const Quantity batch = next_batch(run, order);
  core::Ref need_ref = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Component& component = run.model.components[i];
    Need& need = run.state.needs[need_ref];
    const Quantity used = component.per_unit * batch;
    const Quantity extra = extra_of_batch(order, need, batch);
    need.set_aside -= used + extra;
    need_ref = need.next;
    run.state.components[i].taken += used;
    run.state.components[i].scrapped += extra;
    run.ports.materials_taken(component.stock, used + extra);
  }
  core::Duration time;
  if (product.in_shop) {
    ++order.batches;
  } else {
    time = work_time(run, product, order, batch);
  }
  order.started += batch;
  run.state.orders[ref] = order;
  run.state.products[order.product].in_work.add(run.now(), batch);
  if (product.in_shop) {
    run.ports.lot_wanted(
        {.release = product.release,
         .order = ref,
         .part = order.batches,
         .number = order.number,
         .quantity = batch,
         .pieces = std::max<std::int64_t>(1, std::llround(static_cast<double>(batch) * product.resolution))});
    return;
  }
  LineState& line = run.state.lines[product.line];
  ++line.busy;
  line.busy_servers.add(run.now(), 1);
  run.sender.send(
      product.place, run.now() + time, run.settings.phases.completion,
      WorkFinished{
          .product = order.product, .batch = order.batches, .quantity = batch, .number = order.number, .order = ref});
}

// Idle servers take batches of the orders that are ready; the first ready order goes on as long as it has material.
void start_next(Run& run, LineId id) {
  const Line& line = run.model.lines[id];
  LineState& state = run.state.lines[id];
  while (!state.ready.empty() && (line.servers == 0 || state.busy < line.servers)) {
    const core::Ref ref = state.ready.first;
    start_batch(run, ref);
    ProductionOrder& order = run.state.orders[ref];
    if (order.started < order.quantity && has_material(run, order)) continue;
    order.queued = false;
    state.ready.pop_front(run.state.orders);
  }
}

void queue_if_ready(Run& run, core::Ref ref) {
  ProductionOrder& order = run.state.orders[ref];
  if (order.queued || order.started == order.quantity || !has_material(run, order)) return;
  order.queued = true;
  const LineId line = run.model.products[order.product].line;
  run.state.lines[line].ready.push_back(run.state.orders, ref);
  start_next(run, line);
}

}  // namespace

void start(Run& run) {
  run.state.lines.assign(run.model.lines.size(), LineState{});
  run.state.products.assign(run.model.products.size(), ProductTally{});
  run.state.components.assign(run.model.components.size(), ComponentFlows{});
  run.state.orders.reset(run.sender.lanes());
  run.state.needs.reset(run.sender.lanes());
}

void restart_tallies(Run& run) {
  for (LineState& line : run.state.lines) line.busy_servers.restart(run.now());
  for (ProductTally& product : run.state.products) {
    product.in_work.restart(run.now());
    product.made = 0;
  }
}

bool line_has_room(const Run& run, ProductId product) {
  const LineId line = run.model.products[product].line;
  const std::int64_t room = run.model.lines[line].room;
  return room == 0 || run.state.lines[line].orders < room;
}

void production_wanted(Run& run, ProductId id, Quantity quantity, std::uint64_t number) {
  const Product& product = run.model.products[id];
  ++run.state.lines[product.line].orders;
  const core::Ref ref = run.state.orders.allocate(run.lane(), {.product = id, .number = number, .quantity = quantity});
  if (product.components.empty()) {
    queue_if_ready(run, ref);
    return;
  }
  // The list of needs stands before the first claim, because goods at hand are handed over at once.
  core::Ref last = core::kNoRef;
  std::array<Quantity, 256> wanted;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Component& component = run.model.components[i];
    ComponentFlows& flows = run.state.components[i];
    const Quantity net = component.per_unit * quantity;
    Need need;
    if (component.attrition > 0) {
      const double extra = static_cast<double>(net) * component.attrition + flows.carry;
      // Ten tenths add up to a little less than one; what is short of a whole by rounding only is that whole.
      need.extra = static_cast<Quantity>(extra + 1e-6);
      flows.carry = extra - static_cast<double>(need.extra);
    }
    wanted[i - product.components.first] = net + need.extra;
    const core::Ref need_ref = run.state.needs.allocate(run.lane(), need);
    (last == core::kNoRef ? run.state.orders[ref].needs : run.state.needs[last].next) = need_ref;
    last = need_ref;
  }
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const std::uint32_t part = i - product.components.first;
    common::Claim claim{.kind = common::Claim::Kind::work,
                        .part = static_cast<std::uint8_t>(part),
                        .who = ref,
                        .number = number,
                        .open = wanted[part],
                        .arrived = run.now()};
    run.ports.goods_wanted(run.model.components[i].stock, claim);
  }
}

void materials_ready(Run& run, core::Ref ref, std::uint8_t part, Quantity quantity) {
  core::Ref need = run.state.orders[ref].needs;
  for (std::uint8_t i = 0; i < part; ++i) need = run.state.needs[need].next;
  run.state.needs[need].set_aside += quantity;
  queue_if_ready(run, ref);
}

void lot_made(Run& run, core::Ref ref, Quantity quantity) {
  ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  LineState& line = run.state.lines[product.line];
  ProductTally& tally = run.state.products[order.product];
  tally.in_work.add(run.now(), -quantity);
  tally.made += quantity;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    run.state.components[i].consumed += run.model.components[i].per_unit * quantity;
  }
  order.finished += quantity;
  const bool done = order.finished == order.quantity;
  if (done) {
    for (core::Ref need = order.needs; need != core::kNoRef;) {
      const core::Ref next = run.state.needs[need].next;
      run.state.needs.release(run.lane(), need);
      need = next;
    }
    run.state.orders.release(run.lane(), ref);
    --line.orders;
  }
  run.ports.goods_made(product.stock, quantity);
  if (done) run.ports.line_room_freed(product.line);
  start_next(run, product.line);
}

void handle(Run& run, const WorkFinished& event) {
  const Product& product = run.model.products[event.product];
  LineState& line = run.state.lines[product.line];
  TIERWORKS_CHECK(line.busy > 0, "an idle line finished work", product.line.index);
  --line.busy;
  line.busy_servers.add(run.now(), -1);
  lot_made(run, event.order, event.quantity);
}

}  // namespace tierworks::production
