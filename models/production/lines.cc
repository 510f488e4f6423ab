#include "models/production/lines.h"

#include <algorithm>

namespace tierworks::production {

namespace {

// A server begins a batch (1) or is done with one (-1).
void change_busy(Run& run, LineId id, std::int64_t delta, std::uint32_t overtime) {
  const Line& line = run.model.lines[id];
  LineState& state = run.state.lines[id];
  state.busy += delta;
  state.busy_servers.add(now_on(run, line.calendar), delta);
  if (overtime != 0) state.busy_in_overtime.add(now_on(run, line.overtime.alone), delta);
}

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
    const Component& component = run.model.components[i];
    batch = std::min(batch, (n.set_aside - unpicked(product, order, component, n)) / component.per_unit);
    need = n.next;
  }
  return batch;
}

// Components of which not all is there that the order needs.
std::uint16_t missing_of(const Run& run, const ProductionOrder& order) {
  const Product& product = run.model.products[order.product];
  std::uint32_t missing = 0;
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Need& n = run.state.needs[need];
    missing += n.set_aside < run.model.components[i].per_unit * order.quantity + n.extra ? 1 : 0;
    need = n.next;
  }
  return static_cast<std::uint16_t>(missing);
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

}  // namespace

Quantity extra_of(const ProductionOrder& order, const Need& need, Quantity behind, Quantity units) {
  const auto up_to = [&](Quantity begun) {
    return static_cast<Quantity>(static_cast<core::Int128>(need.extra) * begun / order.quantity);
  };
  return need.extra == 0 ? 0 : up_to(behind + units) - up_to(behind);
}

Quantity unpicked(const Product& product, const ProductionOrder& order, const Component& component, const Need& need) {
  if (!product.is_kitted) return 0;
  const Quantity units = order.started - order.picked;
  return component.per_unit * units + extra_of(order, need, order.picked, units);
}

bool has_material(const Run& run, const ProductionOrder& order) {
  const Product& product = run.model.products[order.product];
  if (!product.kit.is_none() && order.started == 0) {
    const Kit& kit = run.model.kits[product.kit];
    if (kit.partial || kit.components > 0) return product.components.size() - order.missing >= kit.components;
  }
  const Quantity batch = next_batch(run, order);
  if (batch == 0) return false;
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Need& n = run.state.needs[need];
    const Component& component = run.model.components[i];
    const Quantity wanted = component.per_unit * batch + extra_of(order, n, order.started, batch);
    if (n.set_aside - unpicked(product, order, component, n) < wanted) return false;
    need = n.next;
  }
  return true;
}

void count_kit(Run& run, core::Ref ref) {
  if (run.model.kits.empty()) return;
  ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  if (product.kit.is_none() || product.components.empty()) return;
  KitTally& tally = run.state.kits[product.kit];
  const auto count = [&](std::int64_t sign) {
    if (!order.waiting) return;
    tally.waiting.add(run.now(), sign);
    if (order.missing == 0) tally.clear.add(run.now(), sign);
    tally.missing.add(run.now(), sign * order.missing);
  };
  count(-1);
  order.waiting = order.started == 0;
  if (order.waiting || run.model.partial(product)) order.missing = missing_of(run, order);
  count(1);
}

void take_materials(Run& run, const ProductionOrder& order, Quantity batch) {
  const Product& product = run.model.products[order.product];
  core::Ref need_ref = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Component& component = run.model.components[i];
    Need& need = run.state.needs[need_ref];
    const Quantity used = component.per_unit * batch;
    const Quantity extra = extra_of(order, need, taken_for(product, order), batch);
    need.set_aside -= used + extra;
    need_ref = need.next;
    run.state.components[i].taken += used;
    run.state.components[i].scrapped += extra;
    run.ports.materials_taken(component.stock, used + extra);
  }
}

void free_server(Run& run, LineId id, std::uint32_t server, std::uint32_t overtime) {
  const Line& line = run.model.lines[id];
  change_busy(run, id, -1, overtime);
  if (line.changes()) run.state.servers[line.servers_state.first + server].busy = false;
}

namespace {

// The time that a server takes to change over to the product, and what it is set up for from now on.
core::Duration change_over(Run& run, const Product& product, const ProductionOrder& order, std::uint32_t server,
                           core::Duration work) {
  const Line& line = run.model.lines[product.line];
  ServerState& state = run.state.servers[line.servers_state.first + server];
  state.busy = true;
  if (state.kind == product.kind) {
    ++state.batches;
    state.ticks += work.ticks;
    return {0};
  }
  const std::uint32_t before = state.kind == ServerState::kNone ? line.kinds : state.kind;
  const core::Distribution& time = run.model.change_overs[line.change_overs + before * line.kinds + product.kind];
  core::Draw draw = run.settings.random.draw(line.changing, order.number, order.batches);
  const core::Duration changing = core::rounded(core::sample(time, *run.model.tables, draw));
  state.kind = product.kind;
  state.batches = 1;
  state.ticks = work.ticks;
  if (changing.ticks > 0) {
    LineState& tally = run.state.lines[product.line];
    ++tally.change_overs;
    tally.changing_ticks += changing.ticks;
  }
  return changing;
}

void start_batch(Run& run, core::Ref ref, std::uint32_t server) {
  ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  const Quantity batch = next_batch(run, order);
  if (!run.model.partial(product) && !product.is_kitted) take_materials(run, order, batch);
  core::Duration time;
  if (product.in_shop) {
    ++order.batches;
  } else {
    time = work_time(run, product, order, batch);
  }
  order.started += batch;
  count_kit(run, ref);
  run.state.products[order.product].in_work.add(run.now(), batch);
  if (product.in_shop) {
    run.ports.lot_wanted(
        {.release = product.release,
         .order = ref,
         .part = order.batches,
         .number = order.number,
         .ordered = order.ordered,
         .quantity = batch,
         .pieces = std::max<std::int64_t>(1, std::llround(static_cast<double>(batch) * product.resolution)),
         .is_kitted = product.is_kitted});
    return;
  }
  const Line& line = run.model.lines[product.line];
  if (line.changes()) time = time + change_over(run, product, order, server, time);
  // Who begins a batch looks at what is to be done, and stays on for it.
  const std::uint32_t overtime =
      line.overtime.worked() && run.state.lines[product.line].load > line.overtime.above * line.servers ? 1 : 0;
  change_busy(run, product.line, 1, overtime);
  const WorkFinished end{.product = order.product,
                         .batch = order.batches,
                         .quantity = batch,
                         .number = order.number,
                         .order = ref,
                         .overtime = overtime,
                         .server = server};
  if (product.stoppable) {
    common::paced::begin(run.sender, run.state.work, run.state.interruptions[order.product].pace, product.place,
                         run.settings.phases.completion, end, time, core::Duration{0}, clocks(run));
  } else {
    const core::Instant at =
        line.calendar.is_none() ? run.now() + time : clock_of(run, line, overtime).after(run.now(), time);
    run.sender.send(product.place, at, run.settings.phases.completion, end);
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

// The next order on a line that changes over, and the server that takes it: one that is to go on with its product if some of
// it is ready; else the first order in line, on a server that is set up for it if one is idle.
core::Ref next_of_campaigns(const Run& run, const Line& line, const LineState& state, std::uint32_t& server) {
  const ServerState* servers = run.state.servers.data() + line.servers_state.first;
  const auto goes_on = [&](const ServerState& s) {
    return s.kind != ServerState::kNone && (s.batches < line.campaign_batches || s.ticks < line.campaign_ticks);
  };
  const auto stands = [&](const ProductionOrder& order) {
    return run.model.stoppable && run.state.interruptions[order.product].pace.stands();
  };
  for (server = 0; server < line.servers_state.size(); ++server) {
    if (servers[server].busy || !goes_on(servers[server])) continue;
    for (core::Ref ref = state.ready.first; ref != core::kNoRef; ref = run.state.orders[ref].next) {
      const ProductionOrder& order = run.state.orders[ref];
      if (run.model.products[order.product].kind == servers[server].kind && !stands(order)) return ref;
    }
  }
  const core::Ref ref = first_to_go_on(run, state);
  if (ref == core::kNoRef) return ref;
  const std::uint32_t kind = run.model.products[run.state.orders[ref].product].kind;
  std::uint32_t best = line.servers_state.size();
  for (server = 0; server < line.servers_state.size(); ++server) {
    if (servers[server].busy) continue;
    if (servers[server].kind == kind) return ref;
    // Of others one that was never set up comes first.
    const bool better = best == line.servers_state.size() ||
                        (servers[best].kind != ServerState::kNone && servers[server].kind == ServerState::kNone);
    if (better) best = server;
  }
  server = best;
  return ref;
}

}  // namespace

void start_next(Run& run, LineId id) {
  const Line& line = run.model.lines[id];
  LineState& state = run.state.lines[id];
  while (!state.ready.empty() && (line.servers == 0 || state.busy < line.servers)) {
    std::uint32_t server = 0;
    const core::Ref ref = line.changes() ? next_of_campaigns(run, line, state, server) : first_to_go_on(run, state);
    if (ref == core::kNoRef) return;
    start_batch(run, ref, server);
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

}  // namespace tierworks::production
