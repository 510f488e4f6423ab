// Rates by arithmetic: what customers order, carried through sources by share and through bills of materials, from the
// stocks that serve customers to those that outside suppliers fill. Cost: linear in stocks, sources and components.
#pragma once
#include <vector>

#include "models/world/model.h"

namespace tierworks::world {

// Of one stock; quantities in smallest units, time in days.
struct StockFlow {
  double rate = 0;            // units a day taken from it
  double waiting_rate = 0;    // the part that comes of demand which waits for ever
  double claims = 0;          // times a day that something is taken
  double order_quantity = 0;  // mean size of its replenishment orders; 0 if there are none
  double orders() const { return order_quantity > 0 ? rate / order_quantity : 0; }
};

struct Flow {
  std::vector<common::StockId> order;   // every stock stands before those that it draws on
  std::vector<StockFlow> stocks;        // by StockId
  double demand = 0;                    // units a day of customers, in the items' own units
  std::vector<double> customer_orders;  // by StreamId: orders a day
};

Flow flow_of(const Model& model);

// Calls visit(input, units of it for one unit, share of the stock's orders that draw on it) for all that fills a stock.
template <class F>
void each_input(const Model& model, common::StockId id, F&& visit) {
  const core::Range sources = model.supply.stocks[id].sources;
  for (std::uint32_t s = sources.first; s < sources.last; ++s) {
    const supply::Source& source = model.supply.sources[common::SourceId{s}];
    if (source.kind == supply::Source::Kind::stock) visit(source.supplier_stock, source.share, source.share);
    if (source.kind != supply::Source::Kind::line) continue;
    const production::Product& product = model.production.products[source.product];
    const double begun = model.production.begun_per_unit(product);
    for (std::uint32_t c = product.components.first; c < product.components.last; ++c) {
      const production::Component& part = model.production.components[c];
      visit(part.stock, static_cast<double>(part.per_unit) * (1 + part.attrition) * begun, 1.0);
    }
  }
}

// Smallest units that are worked on at once, the mean time that this takes in ticks, and how many batches of an order follow
// each other on one server, for orders of such a size.
struct Batch {
  double quantity = 0;
  double ticks = 0;    // of work
  double elapsed = 0;  // with the gaps of the line's calendar, on average
  double batches = 1;  // of an order
  double rounds = 1;   // on the servers of the line
};
Batch batch_of(const Model& model, const production::Product& product, double order_quantity);

}  // namespace tierworks::world
