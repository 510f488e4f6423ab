#include "models/world/disruptions.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/base/math.h"
#include "models/production/compile.h"
#include "models/world/disruption_targets.h"
#include "models/world/disruption_watches.h"

namespace tierworks::world {

using common::CompileContext;
using common::LaneId;
using common::Lever;
using common::Loss;
using common::OfferId;
using common::PlaceId;
using common::ProductId;
using common::SourceId;
using common::StockId;
using common::StreamId;
using disruption::DisruptionSpec;
using disruption::Recovery;
using disruption::ShockId;
using disruption::Target;

namespace {

// Rows for one place that begin together.
struct Draft {
  std::vector<disruption::Effect> effects;
  std::vector<disruption::Destroys> losses;
};
using Drafts = std::map<PlaceId, Draft>;

class DisruptionCompiler {
 public:
  DisruptionCompiler(const ScenarioSpec& spec, Model& model, CompileContext& context)
      : spec_(spec), model_(model), context_(context) {}

  void compile() {
    model_.disruption.tables = &model_.tables;
    for (const auto& entry : spec_.disruptions) names_.push_back(entry.name);
    for (const auto& entry : spec_.disruptions) shock(entry.name, entry.origin, entry.spec);
    dials();
  }

 private:
  const ScenarioSpec& spec_;
  Model& model_;
  CompileContext& context_;
  std::vector<std::string> names_;
  std::map<std::pair<Lever, std::uint32_t>, disruption::DialId> dial_of_;
  std::map<LaneId, core::Duration> detours_;                              // 0: held
  std::map<StockId, std::set<std::pair<bool, std::uint32_t>>> favoured_;  // streams (true) and sources, by stock

  Things things_of(const common::Field<disruption::Targets>& targets) {
    return world::things_of(targets, spec_, model_, context_);
  }

  // ---- what is moved
  void effect(Drafts& drafts, PlaceId place, Lever lever, std::uint32_t target, double level) {
    const auto key = std::pair{lever, target};
    auto found = dial_of_.find(key);
    if (found == dial_of_.end()) {
      found =
          dial_of_.emplace(key, model_.disruption.dials.add({.lever = lever, .target = target, .effects = {}})).first;
    }
    drafts[place].effects.push_back({found->second, level});
  }

  void capacity(Drafts& drafts, const Things& things, double level) {
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
    for (const std::uint32_t site : things.sites) {
      if (spec_.sites.list[site].spec.factory.work_centres.empty()) continue;
      effect(drafts, PlaceId{site}, Lever::floor_pace, site, level);
    }
    if (level > 0) return;
    for (const StockId id : things.shut) {
      effect(drafts, model_.supply.stocks[id].place, Lever::stock_open, id.index, 0);
    }
  }

  void lead_time(Drafts& drafts, const Things& things, double factor) {
    for (std::uint32_t i = 0; i < model_.logistics.lanes.size(); ++i) {
      const logistics::Lane& lane = model_.logistics.lanes[LaneId{i}];
      const bool hit = things.lanes.contains(LaneId{i}) || things.sites.contains(lane.from.index) ||
                       things.sites.contains(lane.to.index);
      if (hit) effect(drafts, lane.from, Lever::lane_time, i, factor);
    }
  }

  // The streams that are named or of the region; of sites those that order there.
  void demand(Drafts& drafts, const Things& things, double factor) {
    for (std::uint32_t i = 0; i < model_.demand.streams.size(); ++i) {
      const demand::Stream& stream = model_.demand.streams[StreamId{i}];
      const bool hit = things.streams.contains(StreamId{i}) || things.sites.contains(stream.site.index);
      if (hit) effect(drafts, stream.place, Lever::demand_size, i, factor);
    }
  }

  void yield(Drafts& drafts, const Things& things, double factor) {
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
  void price(Drafts& drafts, const Things& things, double factor) {
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

  void losses(Drafts& drafts, const Things& things, const DisruptionSpec& spec) {
    const auto destroy = [&](PlaceId place, Loss loss, std::uint32_t target, double share) {
      if (share > 0) drafts[place].losses.push_back({loss, target, share});
    };
    for (const StockId id : things.shut) {
      destroy(model_.supply.stocks[id].place, Loss::stock, id.index, *spec.lost.stock);
    }
    for (const ProductId id : things.products) {
      const production::Product& product = model_.production.products[id];
      const bool whole_site = things.sites.contains(product.site.index);
      if (whole_site) destroy(product.place, Loss::set_aside, id.index, *spec.lost.stock);
      if (product.in_shop && *spec.lost.work_in_process > 0) {
        context_.diagnostics.error(spec.lost.work_in_process.origin,
                                   fmt::format("lots on the shop floor of \"{}\" cannot be lost; expected 0 % here, or "
                                               "a site with `lines`",
                                               context_.site_names.of(product.site)));
        continue;
      }
      destroy(product.place, Loss::work, id.index, *spec.lost.work_in_process);
    }
    for (const OfferId id : things.offers) {
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
  void knowledge(Drafts& drafts, const Things& things, const common::Field<disruption::OpenOrders>& orders) {
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
      const bool fails = source.kind == supply::Source::Kind::offer ? things.offers.contains(source.offer)
                                                                    : source.kind == supply::Source::Kind::stock &&
                                                                          of_standing.contains(source.supplier_stock);
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

  void call_back(Draft& draft, SourceId id, disruption::OpenOrders orders) {
    supply::Source& source = model_.supply.sources[id];
    source.called_back = true;
    if (source.kind == supply::Source::Kind::offer) model_.supply.offers[source.offer].stoppable = true;
    const bool move = orders == disruption::OpenOrders::re_place;
    draft.losses.push_back({move ? Loss::moved_orders : Loss::open_orders, id.index, 1});
  }

  // What is on the lanes that are hit, at the places where it will arrive.
  void under_way(Drafts& drafts, const Things& things, const common::Field<disruption::UnderWay>& what) {
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

  // ---- recovery
  static void ramp(const Recovery& recovery, std::vector<disruption::Step>& steps) {
    constexpr std::int64_t kSteps = 20;
    const auto spread = [&](std::int64_t n, core::Duration length, auto&& back) {
      for (std::int64_t i = 0; i < n; ++i) {
        // The level of the middle of each step, so that at its end as much was done as along the true curve.
        steps.push_back(
            {core::Duration{length.ticks / n * i}, back((static_cast<double>(i) + 0.5) / static_cast<double>(n))});
      }
    };
    switch (recovery.kind) {
      case Recovery::Kind::at_once:
        return;
      case Recovery::Kind::linear: {
        const std::int64_t days = recovery.length.ticks / core::kDay.ticks;
        return spread(std::clamp<std::int64_t>(days, kSteps, 400), recovery.length, [](double x) { return x; });
      }
      case Recovery::Kind::exponential:
        return spread(5 * kSteps, recovery.length * 5, [](double x) { return 1 - core::det_exp(-5 * x); });
      case Recovery::Kind::stepwise:
        for (const Recovery::Step& step : recovery.steps) steps.push_back({step.after, step.share});
        return;
    }
  }

  static core::Duration length_of(const Recovery& recovery) {
    switch (recovery.kind) {
      case Recovery::Kind::at_once:
        return {0};
      case Recovery::Kind::linear:
        return recovery.length;
      case Recovery::Kind::exponential:
        return recovery.length * 5;
      case Recovery::Kind::stepwise:
        return recovery.steps.back().after;
    }
    return {0};
  }

  core::Range add_steps(const std::vector<disruption::Step>& steps) {
    auto& all = model_.disruption.steps;
    const auto first = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), steps.begin(), steps.end());
    return {first, static_cast<std::uint32_t>(all.size())};
  }

  // A hit for each place of the drafts, like `as`.
  void add_hits(const Drafts& drafts, disruption::Hit as) {
    disruption::Model& m = model_.disruption;
    for (const auto& [place, draft] : drafts) {
      as.place = place;
      const auto first_effect = static_cast<std::uint32_t>(m.effects.size());
      m.effects.insert(m.effects.end(), draft.effects.begin(), draft.effects.end());
      as.effects = {first_effect, static_cast<std::uint32_t>(m.effects.size())};
      const auto first_loss = static_cast<std::uint32_t>(m.losses.size());
      m.losses.insert(m.losses.end(), draft.losses.begin(), draft.losses.end());
      as.losses = {first_loss, static_cast<std::uint32_t>(m.losses.size())};
      m.hits.add(as);
    }
  }

  // ---- answers
  void answer(const std::string& name, common::Origin origin, const disruption::AnswerSpec& spec,
              const DisruptionSpec& shock, const Things& hit, ShockId id) {
    const disruption::AnswerId answer =
        model_.disruption.answers.add({.name = name,
                                       .shock = id,
                                       .cost = context_.payable(spec.cost),
                                       .cost_per_year = context_.payable(spec.cost_per_year)});
    disruption::Hit as{.shock = id, .place = {}, .answer = answer, .effects = {}, .losses = {}, .steps = {}};
    if (spec.add_source.stated == spec.at.stated) {
      context_.diagnostics.error(
          origin, fmt::format("the answer \"{}\" has {}, expected one of `add_source` and `at`", name,
                              spec.at.stated ? "both `add_source` and `at`" : "neither `add_source` nor `at`"));
      return;
    }
    std::vector<disruption::Step> steps;
    ramp(*spec.ramp, steps);
    if (spec.ramp.stated) steps.push_back({length_of(*spec.ramp), 1});
    if (spec.add_source.stated) {
      as.delay = *shock.known_after + (spec.qualified_after.stated ? *spec.qualified_after : *spec.after);
      add_source(spec, as, steps, hit);
      return;
    }
    as.delay = *shock.known_after + *spec.after;
    const Things things = things_of(spec.at);
    Drafts drafts;
    if (spec.capacity.stated) capacity(drafts, things, spec.capacity->share);
    if (spec.lead_time.stated) lead_time(drafts, things, spec.lead_time->share);
    if (spec.first.stated) first(drafts, things, spec);
    if (drafts.empty() && context_.diagnostics.ok()) {
      context_.diagnostics.error(spec.at.origin,
                                 "nothing would work otherwise; expected `capacity` of a site, line or item, "
                                 "`lead_time` of a lane or site, or who is served `first` by a stock or site");
    }
    as.rises = false;
    as.steps = add_steps(steps);
    add_hits(drafts, as);
  }

  // Some customers and buyers of the stocks go before the others there.
  void first(Drafts& drafts, const Things& things, const disruption::AnswerSpec& spec) {
    const Things chosen = things_of(spec.first);
    for (const StockId id : things.shut) {
      const supply::Stock& stock = model_.supply.stocks[id];
      std::set<std::pair<bool, std::uint32_t>> who;
      for (const StreamId stream : chosen.streams) {
        if (model_.demand.streams[stream].stock == id) who.insert({true, stream.index});
      }
      for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
        const supply::Source& source = model_.supply.sources[SourceId{i}];
        const bool is_chosen = source.kind == supply::Source::Kind::stock && source.supplier_stock == id &&
                               chosen.sites.contains(model_.supply.stocks[source.buyer].site.index);
        if (is_chosen) who.insert({false, i});
      }
      if (who.empty()) continue;
      if (stock.divides()) {
        context_.diagnostics.error(spec.first.origin,
                                   fmt::format("\"{}\" shares \"{}\" among all who wait, so nobody can be first; "
                                               "expected `allocation` by another rule there",
                                               context_.site_names.of(stock.site), context_.item_names.of(stock.item)));
        continue;
      }
      const auto [known, is_new] = favoured_.insert({id, who});
      if (!is_new && known->second != who) {
        context_.diagnostics.error(spec.first.origin,
                                   fmt::format("another answer puts others first at \"{}\"; expected the same ones",
                                               context_.site_names.of(stock.site)));
      }
      for (const auto& [is_stream, index] : who) {
        if (is_stream) {
          model_.demand.streams[StreamId{index}].favoured = true;
        } else {
          model_.supply.sources[SourceId{index}].favoured = true;
        }
      }
      effect(drafts, stock.place, Lever::stock_favours, id.index, 0);
    }
    if (drafts.empty() && context_.diagnostics.ok()) {
      context_.diagnostics.error(spec.first.origin,
                                 "none of these orders from a stock under `at`; expected customers (`demand NAME`, "
                                 "`region NAME`) or buyers (`site NAME`) of it");
    }
  }

  void add_source(const disruption::AnswerSpec& spec, disruption::Hit as, const std::vector<disruption::Step>& steps,
                  const Things& hit) {
    if (!spec.item.stated) {
      context_.diagnostics.error(spec.add_source.origin, "the key \"item\" is missing: what the added source supplies");
      return;
    }
    const auto site = context_.site(*spec.add_source, spec.add_source.origin);
    const auto item = context_.item(*spec.item, spec.item.origin);
    if (!site || !item) return;
    Drafts ready;
    std::set<OfferId> offers;
    for (std::uint32_t i = 0; i < model_.supply.sources.size(); ++i) {
      const supply::Source& source = model_.supply.sources[SourceId{i}];
      const supply::Stock& buyer = model_.supply.stocks[source.buyer];
      if (!source.in_reserve || buyer.item != *item || source.supplier_place.index != site->index) continue;
      if (!buys_from(source.buyer, hit)) continue;
      effect(ready, buyer.place, Lever::source_rest, i, 0);
      if (source.kind == supply::Source::Kind::offer) offers.insert(source.offer);
    }
    if (ready.empty()) {
      if (supplies_already(*site, *item, hit)) {
        context_.diagnostics.note(
            spec.add_source.origin,
            fmt::format("\"{}\" supplies \"{}\" already, so this answer adds nothing", *spec.add_source, *spec.item));
        return;
      }
      context_.diagnostics.error(spec.item.origin, fmt::format("nobody buys \"{}\" from what is hit", *spec.item));
      return;
    }
    add_hits(ready, as);
    if (steps.empty()) return;
    Drafts ramped;
    for (const OfferId id : offers) {
      model_.supply.offers[id].stoppable = true;
      effect(ramped, model_.supply.offers[id].place, Lever::offer_pace, id.index, 0);
    }
    as.steps = add_steps(steps);
    add_hits(ramped, as);
  }

  // To somebody who also buys it from what is hit.
  bool supplies_already(common::SiteId site, common::ItemId item, const Things& hit) const {
    for (const supply::Source& source : model_.supply.sources) {
      const supply::Stock& buyer = model_.supply.stocks[source.buyer];
      if (buyer.item == item && source.supplier_place.index == site.index && buys_from(source.buyer, hit)) return true;
    }
    return false;
  }

  bool buys_from(StockId buyer, const Things& hit) const {
    const core::Range range = model_.supply.stocks[buyer].sources;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const supply::Source& source = model_.supply.sources[SourceId{i}];
      if (source.in_reserve) continue;
      if (source.kind == supply::Source::Kind::offer && hit.offers.contains(source.offer)) return true;
      if (source.kind == supply::Source::Kind::stock && hit.shut.contains(source.supplier_stock)) return true;
      for (const ProductId id : hit.products) {
        const bool makes =
            source.kind == supply::Source::Kind::stock && model_.production.products[id].stock == source.supplier_stock;
        if (makes) return true;
      }
    }
    return false;
  }

  // ---- a shock
  void when(const DisruptionSpec& spec, ShockId id, disruption::Shock& shock) {
    if (add_watch(spec, id, spec_, model_, context_)) shock.when = disruption::Shock::When::condition;
    using Kind = disruption::Strike::Kind;
    switch (spec.at->kind) {
      case Kind::never:
        return;
      case Kind::moment:
        shock.when = disruption::Shock::When::moment;
        shock.moment = context_.instant(spec.at->moment, spec.at.origin);
        if (!(shock.moment < core::Instant{0} + context_.time_frame.length)) {
          context_.diagnostics.error(spec.at.origin,
                                     "it strikes after the end of the run; expected an earlier time, or a "
                                     "longer `time.horizon`");
        }
        return;
      case Kind::spread:
        shock.when = disruption::Shock::When::spread;
        shock.over = spec.at->over;
        return;
      case Kind::every:
        shock.when = disruption::Shock::When::every;
        shock.every = context_.time(spec.at->every);
        return;
    }
  }

  void chain(const std::string& name, const DisruptionSpec& spec, disruption::Shock& shock) {
    for (const auto& next : spec.then) {
      const auto found = std::find(names_.begin(), names_.end(), next.name);
      if (found == names_.end()) {
        nothing_hit(context_, next.origin, "disruption", next.name, names_);
        continue;
      }
      if (next.name == name) {
        context_.diagnostics.error(next.origin, "a disruption cannot be chained to itself; expected `at: every ...`");
        continue;
      }
      if (spec.at->kind == disruption::Strike::Kind::every || spec.when.of.stated) {
        context_.diagnostics.error(next.origin,
                                   "nothing can be chained to a disruption that comes again and again; "
                                   "expected an `at` with one instant, or a `when` of what follows");
        continue;
      }
      shock.then.push_back(
          {ShockId{static_cast<std::uint32_t>(found - names_.begin())}, *next.spec.probability, *next.spec.after});
    }
  }

  void only_when_down(const DisruptionSpec& spec) {
    const auto needless = [&](common::Origin origin, std::string_view key) {
      context_.diagnostics.error(
          origin,
          fmt::format("got `{}` of a disruption by which nothing stands, expected it with `capacity: 0 %`", key));
    };
    if (*spec.open_orders != disruption::OpenOrders::wait) needless(spec.open_orders.origin, "open_orders");
    if (spec.under_way->kind != disruption::UnderWay::Kind::arrives) needless(spec.under_way.origin, "under_way");
  }

  void shock(const std::string& name, common::Origin origin, const DisruptionSpec& spec) {
    const ShockId id{static_cast<std::uint32_t>(model_.disruption.shocks.size())};
    disruption::Shock row;
    row.name = name;
    when(spec, id, row);
    chain(name, spec, row);
    row.lasts = context_.time(*spec.lasts);
    row.recovery = length_of(*spec.recovery);
    row.strikes = core::stream_name("", name, "strikes");
    row.lengths = core::stream_name("", name, "lengths");
    row.chains = core::stream_name("", name, "chains");
    const auto first = static_cast<std::uint32_t>(model_.disruption.hits.size());

    const Things things = things_of(spec.hits);
    const bool other = spec.lead_time.stated || spec.demand.stated || spec.yield.stated || spec.price.stated;
    const bool only_losses = things.stocks_only && *spec.lost.stock > 0;
    const double level = spec.capacity.stated ? spec.capacity->share : other || only_losses ? 1 : 0;
    Drafts drafts;
    if (level != 1) capacity(drafts, things, level);
    if (spec.lead_time.stated) lead_time(drafts, things, spec.lead_time->share);
    if (spec.demand.stated) demand(drafts, things, spec.demand->share);
    if (spec.yield.stated) yield(drafts, things, spec.yield->share);
    if (spec.price.stated) price(drafts, things, spec.price->share);
    for (const StockId stock : things.blind) {
      effect(drafts, model_.supply.stocks[stock].place, Lever::stock_sight, stock.index, 0);
    }
    losses(drafts, things, spec);
    if (level <= 0) under_way(drafts, things, spec.under_way);
    if (level > 0) only_when_down(spec);
    if (drafts.empty() && context_.diagnostics.ok()) {
      context_.diagnostics.error(origin,
                                 "it moves nothing of what it hits; expected `capacity`, `lead_time`, `demand`, "
                                 "`yield` or `price` that acts there, or something `lost`");
    }
    std::vector<disruption::Step> steps;
    ramp(*spec.recovery, steps);
    add_hits(drafts, {.shock = id,
                      .place = {},
                      .answer = {},
                      .is_blow = true,
                      .effects = {},
                      .losses = {},
                      .steps = add_steps(steps)});
    if (level <= 0) {
      Drafts known;
      knowledge(known, things, spec.open_orders);
      add_hits(known, {.shock = id,
                       .place = {},
                       .answer = {},
                       .delay = *spec.known_after,
                       .effects = {},
                       .losses = {},
                       .steps = {}});
    }
    for (const auto& entry : spec.answers) answer(entry.name, entry.origin, entry.spec, spec, things, id);
    row.hits = {first, static_cast<std::uint32_t>(model_.disruption.hits.size())};
    model_.disruption.shocks.add(std::move(row));
  }

  void dials() {
    disruption::Model& m = model_.disruption;
    std::vector<std::vector<std::uint32_t>> of_dial(m.dials.size());
    for (std::uint32_t i = 0; i < m.effects.size(); ++i) of_dial[m.effects[i].dial.index].push_back(i);
    for (std::uint32_t d = 0; d < of_dial.size(); ++d) {
      const auto first = static_cast<std::uint32_t>(m.by_dial.size());
      m.by_dial.insert(m.by_dial.end(), of_dial[d].begin(), of_dial[d].end());
      m.dials[disruption::DialId{d}].effects = {first, static_cast<std::uint32_t>(m.by_dial.size())};
    }
  }
};

}  // namespace

void compile_disruptions(const ScenarioSpec& spec, Model& model, CompileContext& context) {
  DisruptionCompiler(spec, model, context).compile();
}

}  // namespace tierworks::world
