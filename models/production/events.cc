#include "models/production/events.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace tierworks::production {

namespace {

// Now, on a clock of work; lines without a calendar pay a comparison.
core::Instant now_on(const Run& run, CalendarId calendar) {
  return calendar.is_none() ? run.now() : run.model.clock(calendar).at(run.now());
}

// On which a batch is worked on.
WorkClock clock_of(const Run& run, const Line& line, std::uint32_t overtime) {
  return run.model.clock(overtime != 0 ? line.overtime.with_shifts : line.calendar);
}

auto clocks(const Run& run) {
  return [&run](const WorkFinished& end) {
    return clock_of(run, run.model.lines[run.model.products[end.product].line], end.overtime);
  };
}

// A server begins a batch (1) or is done with one (-1).
void change_busy(Run& run, LineId id, std::int64_t delta, std::uint32_t overtime) {
  const Line& line = run.model.lines[id];
  LineState& state = run.state.lines[id];
  state.busy += delta;
  state.busy_servers.add(now_on(run, line.calendar), delta);
  if (overtime != 0) state.busy_in_overtime.add(now_on(run, line.overtime.alone), delta);
}

void free_server(Run& run, LineId id, std::uint32_t server, std::uint32_t overtime) {
  const Line& line = run.model.lines[id];
  change_busy(run, id, -1, overtime);
  if (line.changes()) run.state.servers[line.servers_state.first + server].busy = false;
}

// Ticks of work of one server that so much takes on average.
std::int64_t load_of(const Product& product, Quantity quantity) {
  double times = static_cast<double>(quantity) * product.resolution;
  if (!product.per_unit) {
    times = quantity == 0        ? 0
            : product.batch == 0 ? 1
                                 : std::ceil(static_cast<double>(quantity) / static_cast<double>(product.batch));
  }
  return core::rounded(times * product.mean_time).ticks;
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
  if (!product.kit.is_none() && order.started == 0) {
    const Kit& kit = run.model.kits[product.kit];
    if (kit.partial || kit.components > 0) return product.components.size() - order.missing >= kit.components;
  }
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

// What is counted of an order with a kit, after its materials or its work changed.
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

// All that a batch needs leaves the stocks.
void take_materials(Run& run, const ProductionOrder& order, Quantity batch) {
  const Product& product = run.model.products[order.product];
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
}

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
  if (!run.model.partial(product)) take_materials(run, order, batch);
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
         .quantity = batch,
         .pieces = std::max<std::int64_t>(1, std::llround(static_cast<double>(batch) * product.resolution))});
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

// Idle servers take batches of the orders that are ready; the first ready order goes on as long as it has material.
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
  run.state.yields.assign(run.model.yields.size(), YieldState{});
  run.state.kits.assign(run.model.kits.size(), KitTally{});
  run.state.servers.assign(run.model.servers, ServerState{});
}

void restart_tallies(Run& run) {
  for (std::uint32_t i = 0; i < run.state.lines.size(); ++i) {
    const Line& line = run.model.lines[LineId{i}];
    LineState& state = run.state.lines[LineId{i}];
    state.staffed_from = now_on(run, line.calendar);
    state.busy_servers.restart(state.staffed_from);
    state.change_overs = state.changing_ticks = 0;
    if (line.overtime.worked()) state.busy_in_overtime.restart(now_on(run, line.overtime.alone));
  }
  for (ProductTally& product : run.state.products) {
    product.in_work.restart(run.now());
    product.made = product.scrapped = 0;
  }
  for (KitTally& kit : run.state.kits) {
    for (core::TimeWeighted* level : {&kit.waiting, &kit.clear, &kit.missing}) level->restart(run.now());
  }
  for (Interruption& interruption : run.state.interruptions) interruption.pace.millionths.restart(run.now());
}

namespace {

bool has_room(const Run& run, LineId line) {
  const std::int64_t room = run.model.lines[line].room;
  return room == 0 || run.state.lines[line].orders < room;
}

bool stands(const Run& run, ProductId id) { return run.model.stoppable && run.state.interruptions[id].pace.stands(); }

bool material_is_there(const Run& run, const Product& product, Quantity quantity) {
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Component& part = run.model.components[i];
    if (run.ports.position_of(part.stock).available < part.per_unit * quantity) return false;
  }
  return true;
}

bool has_idle_server(const Run& run, const Product& product) {
  const LineState& line = run.state.lines[product.line];
  const std::int64_t servers = run.model.lines[product.line].servers;
  return servers == 0 || (line.busy < servers && line.ready.empty());
}

// In ticks until so much more would be done, if nothing else came.
std::int64_t load_with(const Run& run, const Product& product, Quantity quantity) {
  const std::int64_t servers = std::max<std::int64_t>(1, run.model.lines[product.line].servers);
  return (run.state.lines[product.line].load + load_of(product, quantity)) / servers;
}

// Which way an order goes: of those valid now whose line has room, by their rule; ways that stand come last.
ProductId way_for(const Run& run, ProductId id, Quantity quantity) {
  const Product& first = run.model.products[id];
  if (first.ways.empty()) return id;
  ProductId best = ProductId::none();
  std::int64_t best_rank = 0;
  for (std::uint32_t i = first.ways.first; i < first.ways.last; ++i) {
    const Way& way = run.model.ways[i];
    const Product& product = run.model.products[way.product];
    if (!way.valid(run.now()) || !has_room(run, product.line)) continue;
    std::int64_t rank = 0;  // the least, and of equals the first written
    if (first.by_load) {
      rank = load_with(run, product, quantity);
      if (stands(run, way.product)) rank = std::numeric_limits<std::int64_t>::max();
    } else if (stands(run, way.product)) {
      rank = 3;
    } else if (!material_is_there(run, product, quantity)) {
      rank = 2;
    } else if (!has_idle_server(run, product)) {
      rank = 1;
    }
    if (!best.is_none() && rank >= best_rank) continue;
    best = way.product;
    best_rank = rank;
  }
  return best.is_none() ? id : best;
}

}  // namespace

bool line_has_room(const Run& run, ProductId id) {
  const Product& product = run.model.products[id];
  if (product.ways.empty()) return has_room(run, product.line);
  for (std::uint32_t i = product.ways.first; i < product.ways.last; ++i) {
    const Way& way = run.model.ways[i];
    if (way.valid(run.now()) && has_room(run, run.model.products[way.product].line)) return true;
  }
  return false;
}

namespace {

// So much is begun that the mean yield of it is what was ordered.
Quantity begun_for(Run& run, const Product& product, Quantity wanted) {
  if (product.yield.is_none()) return wanted;
  YieldState& state = run.state.yields[product.yield];
  const double extra = static_cast<double>(wanted) * (1 / run.model.yields[product.yield].mean - 1) + state.extra;
  // What is short of a whole by rounding only is that whole; so below.
  const auto more = static_cast<Quantity>(extra + 1e-6);
  state.extra = extra - static_cast<double>(more);
  return wanted + more;
}

// Of a batch, addressed by its order and `visit`.
Quantity scrap_of(Run& run, const Product& product, std::uint64_t number, std::uint32_t visit, Quantity batch) {
  const Yield& yield = run.model.yields[product.yield];
  YieldState& state = run.state.yields[product.yield];
  core::Draw draw = run.settings.random.draw(yield.draws, number, visit);
  if (yield.each && batch <= Yield::kMostDrawn) {
    const double chance = yield.share.p * state.factor;
    Quantity scrap = 0;
    for (Quantity unit = 0; unit < batch; ++unit) scrap += draw.uniform() < chance ? 0 : 1;
    return scrap;
  }
  const double share = core::sample(yield.share, *run.model.tables, draw) * state.factor;
  const double exact = static_cast<double>(batch) * (1 - std::clamp(share, 0.0, 1.0)) + state.scrap;
  const auto scrap = std::min(batch, static_cast<Quantity>(exact + 1e-6));
  state.scrap = exact - static_cast<double>(scrap);
  return scrap;
}

}  // namespace

void production_wanted(Run& run, ProductId first_way, Quantity wanted_good, std::uint64_t number) {
  const ProductId id = way_for(run, first_way, wanted_good);
  const Product& product = run.model.products[id];
  const Quantity quantity = begun_for(run, product, wanted_good);
  LineState& line = run.state.lines[product.line];
  ++line.orders;
  if (run.model.lines[product.line].knows_load) line.load += load_of(product, quantity);
  const core::Ref ref = run.state.orders.allocate(
      run.lane(), {.product = id, .number = number, .quantity = quantity, .expected = wanted_good});
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
  count_kit(run, ref);
  if (!product.kit.is_none() && run.model.partial(product)) queue_if_ready(run, ref);  // perhaps nothing need be there
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

namespace {

void batch_made(Run& run, core::Ref ref, Quantity quantity, std::uint32_t visit);

// The work on an order that was begun with a part of its kit is done, and all of it is there.
void end_work(Run& run, core::Ref ref) {
  ProductionOrder order = run.state.orders[ref];
  order.started = 0;  // none of its materials is taken yet
  take_materials(run, order, order.quantity);
  free_server(run, run.model.products[order.product].line, order.server, order.in_overtime ? 1 : 0);
  batch_made(run, ref, order.quantity, 1);
}

}  // namespace

void materials_ready(Run& run, core::Ref ref, std::uint8_t part, Quantity quantity) {
  core::Ref need = run.state.orders[ref].needs;
  for (std::uint8_t i = 0; i < part; ++i) need = run.state.needs[need].next;
  run.state.needs[need].set_aside += quantity;
  if (!run.model.kits.empty()) {
    count_kit(run, ref);
    const ProductionOrder& order = run.state.orders[ref];
    if (order.ended && order.missing == 0) {
      // Not before goods are handed out to all: what is made may go back into the stock that hands them out.
      const Product& product = run.model.products[order.product];
      run.sender.send(product.place, run.now(), run.settings.phases.completion,
                      WorkFinished{.product = order.product,
                                   .batch = order.batches,
                                   .quantity = order.quantity,
                                   .number = order.number,
                                   .order = ref,
                                   .overtime = order.in_overtime ? 1U : 0U,
                                   .server = order.server});
      return;
    }
  }
  queue_if_ready(run, ref);
}

namespace {

// What a batch has given goes into stock: what is good of it, and what comes beside it.
void hand_in(Run& run, const Product& product, Quantity begun, Quantity good, Quantity unexpected, Quantity missing) {
  if (unexpected > 0) run.ports.made_otherwise(product.stock, unexpected);
  if (good > 0) run.ports.goods_made(product.stock, good);
  for (std::uint32_t i = product.also.first; i < product.also.last; ++i) {
    const ByProduct& also = run.model.by_products[i];
    run.ports.made_otherwise(also.stock, also.per_unit * begun);
    run.ports.goods_made(also.stock, also.per_unit * begun);
  }
  if (missing > 0) run.ports.made_otherwise(product.stock, -missing);
}

// Of an order; `visit` is a number of its own for each batch.
void batch_made(Run& run, core::Ref ref, Quantity quantity, std::uint32_t visit) {
  ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  LineState& line = run.state.lines[product.line];
  ProductTally& tally = run.state.products[order.product];
  tally.in_work.add(run.now(), -quantity);
  tally.made += quantity;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    run.state.components[i].consumed += run.model.components[i].per_unit * quantity;
  }
  if (run.model.lines[product.line].knows_load) {
    const Quantity left = order.quantity - order.finished;
    line.load -= load_of(product, left) - load_of(product, left - quantity);
  }
  order.finished += quantity;
  const bool done = order.finished == order.quantity;
  Quantity good = quantity, unexpected = 0, missing = 0;
  if (!product.yield.is_none()) {
    const Quantity scrap = scrap_of(run, product, order.number, visit, quantity);
    good -= scrap;
    tally.scrapped += scrap;
    run.state.yields[product.yield].good += good;
    run.state.yields[product.yield].scrapped += scrap;
    unexpected = std::max<Quantity>(0, good - order.expected);
    order.expected -= good - unexpected;
    if (done) missing = order.expected;
  }
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
  hand_in(run, product, quantity, good, unexpected, missing);
  if (done) run.ports.line_room_freed(product.line);
  start_next(run, product.line);
}

}  // namespace

// Lots of an order may end in any order, so units finished before it address its draws.
void lot_made(Run& run, core::Ref ref, Quantity quantity) {
  batch_made(run, ref, quantity, static_cast<std::uint32_t>(run.state.orders[ref].finished));
}

void handle(Run& run, const WorkFinished& event) {
  const Product& product = run.model.products[event.product];
  TIERWORKS_CHECK(run.state.lines[product.line].busy > 0, "an idle line finished work", product.line.index);
  if (product.stoppable && event.work != core::kNoRef) {
    common::paced::end(run.sender, run.state.work, run.state.interruptions[event.product].pace, event.work);
  }
  if (run.model.partial(product)) {
    ProductionOrder& order = run.state.orders[event.order];
    order.ended = true;
    order.in_overtime = event.overtime != 0;
    order.server = static_cast<std::uint16_t>(event.server);
    // Else the server waits for what is missing, with its order.
    if (order.missing == 0) end_work(run, event.order);
    return;
  }
  free_server(run, product.line, event.server, event.overtime);
  batch_made(run, event.order, event.quantity, event.batch);
}

common::LineUse line_use(const Run& run, LineId id) {
  const Line& line = run.model.lines[id];
  const LineState& state = run.state.lines[id];
  const core::Instant now = now_on(run, line.calendar);
  return {state.busy_servers.integral_until(now), common::Integral{line.servers} * (now - state.staffed_from).ticks};
}

void set_pace(Run& run, ProductId id, double pace) {
  const Product& product = run.model.products[id];
  common::paced::change(run.sender, run.state.work, run.state.interruptions[id].pace, product.place,
                        run.settings.phases.completion, pace, clocks(run));
  if (pace > 0) start_next(run, product.line);
}

void set_yield(Run& run, ProductId id, double factor) {
  run.state.yields[run.model.products[id].yield].factor = factor;
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
  free_server(run, product.line, end.server, end.overtime);
  run.state.products[end.product].in_work.add(run.now(), -end.quantity);
  ProductionOrder& order = run.state.orders[end.order];
  order.started -= end.quantity;
  count_kit(run, end.order);
  if (run.model.partial(product)) {
    // Its materials lie beside the line still.
    queue_if_ready(run, end.order);
    return;
  }
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
    count_kit(run, ref);
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
