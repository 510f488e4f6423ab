#include <algorithm>
#include <limits>

#include "models/production/lines.h"

namespace tierworks::production {

namespace {

bool has_room(const Run& run, LineId line) {
  const std::int64_t room = run.model.lines[line].room;
  return room == 0 || run.state.lines[line].orders < room;
}

bool is_open(const Run& run, const Way& way) {
  return way.valid(run.now()) && (!run.model.products[way.product].in_reserve || run.state.ready[way.product] != 0);
}

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

}  // namespace

void set_ready(Run& run, ProductId id, bool ready) { run.state.ready[id] = ready ? 1 : 0; }

ProductId way_for(const Run& run, ProductId id, Quantity quantity) {
  const Product& first = run.model.products[id];
  if (first.ways.empty()) return id;
  ProductId best = ProductId::none();
  std::int64_t best_rank = 0;
  for (std::uint32_t i = first.ways.first; i < first.ways.last; ++i) {
    const Way& way = run.model.ways[i];
    const Product& product = run.model.products[way.product];
    if (!is_open(run, way) || !has_room(run, product.line)) continue;
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

bool line_has_room(const Run& run, ProductId id) {
  const Product& product = run.model.products[id];
  if (product.ways.empty()) return has_room(run, product.line);
  for (std::uint32_t i = product.ways.first; i < product.ways.last; ++i) {
    const Way& way = run.model.ways[i];
    if (is_open(run, way) && has_room(run, run.model.products[way.product].line)) return true;
  }
  return false;
}

}  // namespace tierworks::production
