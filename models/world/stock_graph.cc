#include "models/world/stock_graph.h"

#include <algorithm>

namespace tierworks::world {

using common::SourceId;
using common::StockId;

std::vector<StockId> filled_from(const Model& model, StockId stock) {
  std::vector<StockId> from;
  const core::Range sources = model.supply.stocks[stock].sources;
  for (std::uint32_t s = sources.first; s < sources.last; ++s) {
    const supply::Source& source = model.supply.sources[SourceId{s}];
    if (source.kind == supply::Source::Kind::stock) from.push_back(source.supplier_stock);
    if (source.kind != supply::Source::Kind::line) continue;
    const production::Product& product = model.production.products[source.product];
    const auto add = [&](core::Range parts) {
      for (std::uint32_t c = parts.first; c < parts.last; ++c) {
        const StockId part = model.production.components[c].stock;
        if (product.ways.empty() || std::find(from.begin(), from.end(), part) == from.end()) from.push_back(part);
      }
    };
    add(product.components);
    for (std::uint32_t w = product.ways.first; w < product.ways.last; ++w) {
      if (model.production.ways[w].product != source.product) {
        add(model.production.products[model.production.ways[w].product].components);
      }
    }
  }
  return from;
}

std::vector<std::vector<StockId>> supply_circles(const Model& model) {
  struct Step {
    StockId stock;
    std::vector<StockId> from;
    std::size_t done = 0;
  };
  enum class Mark : char { unseen, on_path, done };
  std::vector<Mark> marks(model.supply.stocks.size(), Mark::unseen);
  std::vector<std::vector<StockId>> circles;
  for (std::uint32_t root = 0; root < marks.size(); ++root) {
    if (marks[root] != Mark::unseen) continue;
    // An explicit stack: a chain of a hundred thousand sites must not end the program.
    std::vector<Step> path;
    path.push_back({StockId{root}, filled_from(model, StockId{root})});
    marks[root] = Mark::on_path;
    while (!path.empty()) {
      Step& top = path.back();
      if (top.done == top.from.size()) {
        marks[top.stock.index] = Mark::done;
        path.pop_back();
        continue;
      }
      const StockId next = top.from[top.done++];
      if (marks[next.index] == Mark::on_path) {
        auto begin = std::find_if(path.begin(), path.end(), [&](const Step& s) { return s.stock == next; });
        std::vector<StockId> circle;
        for (; begin != path.end(); ++begin) circle.push_back(begin->stock);
        circles.push_back(std::move(circle));
      } else if (marks[next.index] == Mark::unseen) {
        marks[next.index] = Mark::on_path;
        path.push_back({next, filled_from(model, next)});
      }
    }
  }
  return circles;
}

std::vector<std::optional<int>> tiers(const Model& model, std::size_t sites) {
  std::vector<std::optional<int>> tier(sites);
  std::vector<std::vector<std::uint32_t>> suppliers(sites);
  for (const supply::Source& source : model.supply.sources) {
    if (source.kind == supply::Source::Kind::line) continue;
    suppliers[model.supply.stocks[source.buyer].site.index].push_back(source.supplier_place.index);
  }
  // Breadth first from the customers: the shortest way counts.
  std::vector<std::uint32_t> front;
  for (const demand::Stream& stream : model.demand.streams) {
    if (tier[stream.site.index]) continue;
    tier[stream.site.index] = 0;
    front.push_back(stream.site.index);
  }
  for (std::size_t i = 0; i < front.size(); ++i) {
    for (const std::uint32_t next : suppliers[front[i]]) {
      if (tier[next]) continue;
      tier[next] = *tier[front[i]] + 1;
      front.push_back(next);
    }
  }
  return tier;
}

}  // namespace tierworks::world
