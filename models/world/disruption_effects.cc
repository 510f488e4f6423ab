#include <algorithm>

#include <fmt/format.h>

#include "models/production/compile.h"
#include "models/world/disruption_compiler.h"

namespace tierworks::world {

void DisruptionCompiler::effect(Drafts& drafts, PlaceId place, Lever lever, std::uint32_t target, double level) {
  const auto key = std::pair{lever, target};
  auto found = dial_of_.find(key);
  if (found == dial_of_.end()) {
    found = dial_of_.emplace(key, model_.disruption.dials.add({.lever = lever, .target = target, .effects = {}})).first;
  }
  drafts[place].effects.push_back({found->second, level});
}

void DisruptionCompiler::capacity(Drafts& drafts, const Things& things, double level) {
  for (const ProductId id : things.products) {
    model_.production.products[id].stoppable = model_.production.stoppable = true;
    effect(drafts, model_.production.products[id].place, Lever::product_pace, id.index, level);
  }
  for (const OfferId id : things.offers) {
    model_.supply.offers[id].stoppable = true;
    effect(drafts, model_.supply.offers[id].place, Lever::offer_pace, id.index, level);
  }
  for (const LaneId id : things.lanes) {
    effect(drafts, model_.logistics.lanes[id].from, Lever::lane_room, id.index, level);
  }
  for (const factory::WorkCentreId id : things.centres) {
    effect(drafts, model_.factory.centres[id].place, Lever::centre_pace, id.index, level);
  }
  for (const factory::CrewId id : things.crews) {
    effect(drafts, model_.factory.crews[id].place, Lever::crew_there, id.index, level);
  }
  if (level > 0) return;
  for (const StockId id : things.shut) {
    effect(drafts, model_.supply.stocks[id].place, Lever::stock_open, id.index, 0);
  }
}

void DisruptionCompiler::lead_time(Drafts& drafts, const Things& things, double factor) {
  for (std::uint32_t i = 0; i < model_.logistics.lanes.size(); ++i) {
    const logistics::Lane& lane = model_.logistics.lanes[LaneId{i}];
    const bool hit = things.lanes.contains(LaneId{i}) || things.sites.contains(lane.from.index) ||
                     things.sites.contains(lane.to.index);
    if (hit) effect(drafts, lane.from, Lever::lane_time, i, factor);
  }
}

// The streams that are named or of the region; of sites those that order there.
void DisruptionCompiler::demand(Drafts& drafts, const Things& things, double factor) {
  for (std::uint32_t i = 0; i < model_.demand.streams.size(); ++i) {
    const demand::Stream& stream = model_.demand.streams[StreamId{i}];
    const bool hit = things.streams.contains(StreamId{i}) || things.sites.contains(stream.site.index);
    if (hit) effect(drafts, stream.place, Lever::demand_size, i, factor);
  }
}

void DisruptionCompiler::yield(Drafts& drafts, const Things& things, double factor) {
  for (const ProductId id : things.products) {
    production::Product& product = model_.production.products[id];
    if (product.yield.is_none()) {
      const auto draws =
          core::stream_name(context_.site_names.of(product.site), context_.item_names.of(product.item), "yield");
      product.yield = production::add_yield({}, draws, context_, model_.production);
    }
    effect(drafts, product.place, Lever::product_yield, id.index, factor);
  }
}

// Where goods arrive that outside suppliers sold or that came by the lanes, and of streams that are hit as such.
void DisruptionCompiler::price(Drafts& drafts, const Things& things, double factor) {
  for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
    const supply::Source& source = model_.supply.sources[SourceId{i}];
    const PlaceId buyer = model_.supply.stocks[source.buyer].place;
    if (source.kind == supply::Source::Kind::line) continue;
    const bool sold = source.kind == supply::Source::Kind::offer && things.offers.contains(source.offer);
    if (sold) effect(drafts, buyer, Lever::source_price, i, factor);
    const bool carried = things.lanes.contains(source.lane);
    if (carried) effect(drafts, buyer, Lever::source_freight, i, factor);
    if (sold || carried) model_.logistics.prices = true;
  }
  for (const StreamId id : things.streams) {
    effect(drafts, model_.demand.streams[id].place, Lever::demand_price, id.index, factor);
    model_.demand.prices = true;
  }
}

void DisruptionCompiler::losses(Drafts& drafts, const Things& things, const DisruptionSpec& spec) {
  const auto destroy = [&](PlaceId place, Loss loss, std::uint32_t target, double share) {
    if (share > 0) drafts[place].losses.push_back({loss, target, share});
  };
  for (const StockId id : things.shut) {
    destroy(model_.supply.stocks[id].place, Loss::stock, id.index, *spec.lost.stock);
  }
  const bool makers_lose = *spec.lost.stock > 0 || *spec.lost.work_in_process > 0;
  for (const ProductId id : things.products) {
    production::Product& product = model_.production.products[id];
    // What can be lost is kept in rows, also where work never stands.
    if (makers_lose) product.stoppable = model_.production.stoppable = true;
    const bool whole_site = things.sites.contains(product.site.index);
    if (whole_site) destroy(product.place, Loss::set_aside, id.index, *spec.lost.stock);
    if (product.in_shop) {
      if (*spec.lost.work_in_process > 0 && !whole_site) {
        context_.diagnostics.error(
            spec.lost.work_in_process.origin,
            fmt::format("the lots of one item on the shop floor of \"{}\" cannot be lost by themselves; expected 0 % "
                        "here, or `hits: line SITE/WORK_CENTRE`, or the site",
                        context_.site_names.of(product.site)));
      }
      continue;
    }
    destroy(product.place, Loss::work, id.index, *spec.lost.work_in_process);
  }
  for (const factory::WorkCentreId id : things.centres) {
    destroy(model_.factory.centres[id].place, Loss::lots, id.index, *spec.lost.work_in_process);
  }
  for (const OfferId id : things.offers) {
    if (*spec.lost.work_in_process > 0) model_.supply.offers[id].stoppable = true;
    destroy(model_.supply.offers[id].place, Loss::supplier_work, id.index, *spec.lost.work_in_process);
  }
  for (std::uint32_t i = 0; i < model_.logistics.lanes.size(); ++i) {
    const logistics::Lane& lane = model_.logistics.lanes[LaneId{i}];
    if (things.lanes.contains(LaneId{i}) || things.sites.contains(lane.from.index)) {
      destroy(lane.to, Loss::under_way, i, *spec.lost.in_transit);
    }
  }
  if (*spec.lost.in_transit > 0) model_.logistics.disrupted = true;
}

// Buyers with another source learn which of theirs stand.
void DisruptionCompiler::knowledge(Drafts& drafts, const Things& things,
                                   const common::Field<disruption::OpenOrders>& orders) {
  bool called_back = false;
  std::set<StockId> of_standing = things.shut;
  for (const ProductId id : things.products) {
    const production::Product& product = model_.production.products[id];
    bool all = true;  // of the ways to make it
    for (std::uint32_t w = product.ways.first; w < product.ways.last; ++w) {
      all = all && things.products.contains(model_.production.ways[w].product);
    }
    if (all) of_standing.insert(product.stock);
  }
  for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
    const supply::Source& source = model_.supply.sources[SourceId{i}];
    const supply::Stock& buyer = model_.supply.stocks[source.buyer];
    if (buyer.sources.size() < 2) continue;
    const bool fails = source.kind == supply::Source::Kind::offer
                           ? things.offers.contains(source.offer)
                           : source.kind == supply::Source::Kind::stock && of_standing.contains(source.supplier_stock);
    const bool cut_off = source.kind != supply::Source::Kind::line && things.lanes.contains(source.lane);
    if (!fails && !cut_off) continue;
    effect(drafts, buyer.place, Lever::source_sight, i, 0);
    if (*orders == disruption::OpenOrders::wait || !source.cancellable || buyer.vendor_managed) continue;
    call_back(drafts[buyer.place], SourceId{i}, *orders);
    called_back = true;
  }
  model_.supply.disrupted = true;
  if (*orders == disruption::OpenOrders::wait || called_back) return;
  context_.diagnostics.error(orders.origin,
                             "no order would be called back: nobody who buys from what is hit has another supplier "
                             "and orders that are `cancellable`; expected `wait`, or a second source");
}

void DisruptionCompiler::call_back(Draft& draft, SourceId id, disruption::OpenOrders orders) {
  supply::Source& source = model_.supply.sources[id];
  source.called_back = true;
  if (source.kind == supply::Source::Kind::offer) model_.supply.offers[source.offer].stoppable = true;
  const bool move = orders == disruption::OpenOrders::re_place;
  draft.losses.push_back({move ? Loss::moved_orders : Loss::open_orders, id.index, 1});
}

// What is on the lanes that are hit, at the places where it will arrive.
void DisruptionCompiler::under_way(Drafts& drafts, const Things& things,
                                   const common::Field<disruption::UnderWay>& what) {
  using Kind = disruption::UnderWay::Kind;
  if (what->kind == Kind::arrives) return;
  if (things.lanes.empty()) {
    context_.diagnostics.error(what.origin,
                               "got `under_way` of a disruption that hits no lane, expected `hits: lane NAME`");
  }
  for (const LaneId id : things.lanes) {
    logistics::Lane& lane = model_.logistics.lanes[id];
    const auto [known, is_new] = detours_.insert({id, what->detour});
    if (!is_new && known->second != what->detour) {
      context_.diagnostics.error(what.origin,
                                 "another disruption says otherwise of what is under way on this lane, expected the "
                                 "same");
    }
    lane.detour = what->detour;
    effect(drafts, lane.to, Lever::lane_onward, id.index, 0);
  }
  model_.logistics.holds = true;
}

}  // namespace tierworks::world
