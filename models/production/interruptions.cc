#include <array>

#include "models/production/lines.h"

namespace tierworks::production {

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

// So much that was begun is lost with its materials.
void begin_anew(Run& run, core::Ref ref, Quantity quantity) {
  ProductionOrder& order = run.state.orders[ref];
  const Product& product = run.model.products[order.product];
  run.state.products[order.product].in_work.add(run.now(), -quantity);
  order.started -= quantity;
  if (product.is_kitted) order.picked -= quantity;
  count_kit(run, ref);
  if (run.model.partial(product)) {
    // Its materials lie beside the line still.
    queue_if_ready(run, ref);
    return;
  }
  core::Ref need = order.needs;
  for (std::uint32_t i = product.components.first; i < product.components.last; ++i) {
    const Quantity used = run.model.components[i].per_unit * quantity;
    run.state.components[i].destroyed += used;
    const Quantity extra =
        extra_of(run.state.orders[ref], run.state.needs[need], taken_for(product, run.state.orders[ref]), quantity);
    const core::Ref next = run.state.needs[need].next;
    want_again(run, ref, i - product.components.first, used + extra);
    need = next;
  }
  if (product.components.empty()) queue_if_ready(run, ref);
}

void lose_batch(Run& run, core::Ref work) {
  const WorkFinished end = run.state.work[work].end;
  Interruption& interruption = run.state.interruptions[end.product];
  if (!interruption.pace.stands()) run.sender.cancel(run.state.work[work].handle);
  common::paced::end(run.sender, run.state.work, interruption.pace, work);
  const Product& product = run.model.products[end.product];
  free_server(run, product.line, end.server, end.overtime);
  begin_anew(run, end.order, end.quantity);
}

}  // namespace

void lot_lost(Run& run, core::Ref ref, Quantity quantity) {
  const LineId line = run.model.products[run.state.orders[ref].product].line;
  begin_anew(run, ref, quantity);
  start_next(run, line);
}

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
      // Lots that are begun keep theirs until it is picked.
      const Quantity free = n.set_aside - unpicked(product, run.state.orders[ref], run.model.components[i], n);
      lost[i - product.components.first] = static_cast<Quantity>(static_cast<double>(free) * share + 0.5);
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
