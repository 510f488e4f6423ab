#include "models/production/events.h"

#include <algorithm>
#include <array>

#include "models/production/lines.h"

namespace tierworks::production {

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
  run.state.ready.assign(run.model.reserves ? run.model.products.size() : 0, 0);
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
      run.lane(),
      {.product = id, .number = number, .ordered = run.now(), .quantity = quantity, .expected = wanted_good});
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

void lot_picked(Run& run, core::Ref ref, Quantity quantity) {
  ProductionOrder& order = run.state.orders[ref];
  take_materials(run, order, quantity);
  order.picked += quantity;
}

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

}  // namespace tierworks::production
