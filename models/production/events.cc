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
  const WorkFinished end{
      .product = order.product, .batch = order.batches, .quantity = batch, .number = order.number, .order = ref};
  if (product.stoppable) {
    common::paced::begin(run.sender, run.state.work, run.state.interruptions[order.product].pace, product.place,
                         run.settings.phases.completion, end, time);
  } else {
    run.sender.send(product.place, run.now() + time, run.settings.phases.completion, end);
  }
}

// The first order in line whose product does not stand.
core::Ref first_to_go_on(const Run& run, const LineState& line) {
  core::Ref ref = line.ready.first;
  if (!run.model.stoppable) return ref;
  while (ref != core::kNoRef && run.state.interruptions[run.state.orders[ref].product].pace.stands()) {
    ref = run.state.orders[ref].next;
  }
  return ref;
}

// Idle servers take batches of the orders that are ready; the first ready order goes on as long as it has material.
void start_next(Run& run, LineId id) {
  const Line& line = run.model.lines[id];
  LineState& state = run.state.lines[id];
  while (!state.ready.empty() && (line.servers == 0 || state.busy < line.servers)) {
    const core::Ref ref = first_to_go_on(run, state);
    if (ref == core::kNoRef) return;
    start_batch(run, ref);
    ProductionOrder& order = run.state.orders[ref];
    if (order.started < order.quantity && has_material(run, order)) continue;
    order.queued = false;
    state.ready.remove(run.state.orders, ref);
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
  run.state.interruptions.assign(run.model.stoppable ? run.model.products.size() : 0, Interruption{});
  for (Interruption& interruption : run.state.interruptions) {
    interruption.pace.millionths.set(run.now(), common::Pace::kWhole);
  }
  run.state.work.reset(run.sender.lanes());
}

void restart_tallies(Run& run) {
  for (LineState& line : run.state.lines) line.busy_servers.restart(run.now());
  for (ProductTally& product : run.state.products) {
    product.in_work.restart(run.now());
    product.made = 0;
  }
  for (Interruption& interruption : run.state.interruptions) interruption.pace.millionths.restart(run.now());
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
  if (product.stoppable) {
    Interruption& all = run.state.interruptions[id];
    run.state.orders[ref].older = all.youngest;
    (all.youngest == core::kNoRef ? all.oldest : run.state.orders[all.youngest].younger) = ref;
    all.youngest = ref;
  }
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
    if (product.stoppable) {
      Interruption& all = run.state.interruptions[order.product];
      (order.older == core::kNoRef ? all.oldest : run.state.orders[order.older].younger) = order.younger;
      (order.younger == core::kNoRef ? all.youngest : run.state.orders[order.younger].older) = order.older;
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
  if (product.stoppable) {
    common::paced::end(run.sender, run.state.work, run.state.interruptions[event.product].pace, event.work);
  }
  lot_made(run, event.order, event.quantity);
}

void set_pace(Run& run, ProductId id, double pace) {
  const Product& product = run.model.products[id];
  common::paced::change(run.sender, run.state.work, run.state.interruptions[id].pace, product.place,
                        run.settings.phases.completion, pace);
  if (pace > 0) start_next(run, product.line);
}

namespace {

// Materials of a component are wanted once more.
void want_again(Run& run, core::Ref ref, std::uint32_t part, Quantity quantity) {
  if (quantity == 0) return;
  const ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  common::Claim claim{.kind = common::Claim::Kind::work,
                      .part = static_cast<std::uint8_t>(part),
                      .who = ref,
                      .number = order.number,
                      .open = quantity,
                      .arrived = run.now()};
  run.ports.goods_wanted(run.model.components[product.components.first + part].stock, claim);
}

void lose_batch(Run& run, core::Ref work) {
  const WorkFinished end = run.state.work[work].end;
  Interruption& interruption = run.state.interruptions[end.product];
  if (!interruption.pace.stands()) run.sender.cancel(run.state.work[work].handle);
  common::paced::end(run.sender, run.state.work, interruption.pace, work);
  const Product& product = run.model.products[end.product];
  LineState& line = run.state.lines[product.line];
  --line.busy;
  line.busy_servers.add(run.now(), -1);
  run.state.products[end.product].in_work.add(run.now(), -end.quantity);
  ProductionOrder& order = run.state.orders[end.order];
  order.started -= end.quantity;
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Quantity used = run.model.components[i].per_unit * end.quantity;
    run.state.components[i].destroyed += used;
    const Quantity extra = extra_of_batch(run.state.orders[end.order], run.state.needs[need], end.quantity);
    const core::Ref next = run.state.needs[need].next;
    want_again(run, end.order, i - product.components.first, used + extra);
    need = next;
  }
  if (product.components.empty()) queue_if_ready(run, end.order);
}

}  // namespace

void lose_work(Run& run, ProductId id, double share) {
  const common::Pace& pace = run.state.interruptions[id].pace;
  Quantity in_work = 0;
  for (core::Ref ref = pace.first; ref != core::kNoRef; ref = run.state.work[ref].next) {
    in_work += run.state.work[ref].end.quantity;
  }
  auto left = static_cast<Quantity>(static_cast<double>(in_work) * share + 0.5);
  for (core::Ref ref = pace.last; ref != core::kNoRef && left > 0;) {
    const core::Ref before = run.state.work[ref].previous;
    const Quantity batch = run.state.work[ref].end.quantity;
    if (2 * left < batch) break;  // what is left to lose is nearer to nothing
    left -= batch;
    lose_batch(run, ref);
    ref = before;
  }
  start_next(run, run.model.products[id].line);
}

void lose_set_aside(Run& run, ProductId id, double share) {
  const Product& product = run.model.products[id];
  // Orders that come while materials are handed out again stand behind the last one.
  const core::Ref last = run.state.interruptions[id].youngest;
  for (core::Ref ref = run.state.interruptions[id].oldest; ref != core::kNoRef;) {
    std::array<Quantity, 256> lost;
    core::Ref need = run.state.orders[ref].needs;
    for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
      Need& n = run.state.needs[need];
      lost[i - product.components.first] = static_cast<Quantity>(static_cast<double>(n.set_aside) * share + 0.5);
      n.set_aside -= lost[i - product.components.first];
      need = n.next;
    }
    ProductionOrder& order = run.state.orders[ref];
    if (order.queued && !has_material(run, order)) {
      order.queued = false;
      run.state.lines[product.line].ready.remove(run.state.orders, ref);
    }
    for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
      run.ports.materials_destroyed(run.model.components[i].stock, lost[i - product.components.first]);
    }
    for (std::uint32_t part = 0; part < product.components.size(); ++part) want_again(run, ref, part, lost[part]);
    if (ref == last) return;
    ref = run.state.orders[ref].younger;
  }
}

}  // namespace tierworks::production
