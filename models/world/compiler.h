// From what the user wrote to the joined rooms, step by step: one object for one scenario. The steps stand in compile.cc and in
// the compile_*.cc beside it, by what they are about.
// Invariant: a step that finds a mistake says so and goes on; compile() stops between steps.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/factory/compile.h"
#include "models/production/compile_calendar.h"
#include "models/world/bookings.h"
#include "models/world/demand_signals.h"
#include "models/world/lane_choice.h"
#include "models/world/model.h"
#include "models/world/on_order.h"
#include "models/world/policies.h"
#include "models/world/safety_stocks.h"

namespace tierworks::world {

using common::CompileContext;
using common::Diagnostics;
using common::ItemId;
using common::LaneId;
using common::LineId;
using common::OfferId;
using common::Origin;
using common::PlaceId;
using common::ProductId;
using common::SiteId;
using common::SourceId;
using common::StockId;
using common::StreamId;

inline PlaceId place_of(SiteId site) { return PlaceId{site.index}; }

inline constexpr std::size_t kMostSources = 16;

class Compiler {
 public:
  Compiler(const ScenarioSpec& spec, Diagnostics& diagnostics)
      : spec_(spec), model_(std::make_unique<Model>()), context_{diagnostics, model_->tables, {}, {}, {}, {}} {}

  // Once.
  std::unique_ptr<const Model> compile();

 private:
  // ---- compile.cc
  void settings();
  // A stock that is replenished, through whatever it needs, from itself would never be filled.
  void supply_cycles();
  // Where the scenario says how a stock is filled.
  Origin replenishment_of(StockId id) const;
  std::string stock_name(StockId id) const;
  void sites();
  void finish();

  // ---- compile_stocks.cc
  const supply::BuysSpec* buys_of(SiteId site, const std::string& item) const;
  // Stocks of everything that is bought or made at a site; what is only listed under `stock` has nothing to fill it.
  void offers_and_stocks(SiteId site);
  void add_policy(StockId id, const supply::StockSpec& spec);
  // A purchase from here would have two goods to choose from, and silently take the one from outside.
  template <class Entry>
  void not_sold_too(SiteId site, ItemId item, const Entry& entry, std::string_view how) {
    if (!offers_.contains({site, item})) return;
    context_.diagnostics.error(
        entry.origin,
        fmt::format("item \"{}\" is both {} here and supplied from outside (`sells`); expected one of the two; "
                    "what a site makes or buys, other sites can buy from it without `sells`",
                    entry.name, how));
  }
  void add_stock(SiteId site, ItemId item);

  // ---- compile_sources.cc
  void lanes();
  // The lane of the model from one site to another, if one is named. Of a table only those are in the model that somebody
  // may use.
  std::optional<LaneId> named_lane(SiteId from, SiteId to);
  // Sources in the order of stocks, so that the sources of a stock are a range.
  void stocks_by_source();
  // Nobody orders it, so it can follow no policy.
  void comes_as_by_product(const supply::Stock& stock);
  void add_source(const supply::Source& source, const logistics::Link& link);
  void purchases(StockId id, const supply::BuysSpec& buys);
  void too_many_sources(std::size_t sources, Origin origin);
  // A site may be called `lanes`: then that one is meant.
  bool from_lanes(const supply::BuysSpec& buys) const;
  // The lanes that lead here from a site that has the item: the best of them by the rule, as written.
  std::vector<WayValue> lanes_to(StockId id, const supply::BuysSpec& buys);
  void purchase_from(StockId id, const supply::BuysSpec& buys, SiteId supplier,
                     const common::Entries<supply::SourceSpec>::Entry& from, double share);
  // What the buyer knows of it beforehand.
  void know_source(supply::Source& source, const common::Entries<supply::SourceSpec>::Entry& from,
                   const supply::BuysSpec& buys);
  // At each instant of the run somebody must be able to take an order.
  void always_somebody(const supply::BuysSpec& buys, std::uint32_t first);
  // For reports: whom a rule other than shares prefers gets all.
  void expected_shares(supply::SourcingRule rule, std::uint32_t first);
  // The named lane between the sites, or one for this purchase alone.
  LaneId lane_of(SiteId from, SiteId to, const common::Entries<supply::SourceSpec>::Entry& source,
                 const supply::BuysSpec& buys);
  void said_twice(std::string_view what, Origin origin, const std::string& lane);
  std::string who_has(ItemId item) const;

  // ---- compile_making.cc
  void made(SiteId site);
  void by_products(SiteId site, const production::MakesSpec& spec, production::Product& product);
  core::Range components(SiteId site, ItemId item, const std::vector<common::Item::Component>& bill, Origin origin);
  bool has_releases() const;
  void nothing_to_do();  // no customers and no releases
  void factories();
  struct InShop {
    ProductId product;
    std::string item;
    const production::MakesSpec* spec = nullptr;
  };
  // A product that goes through a routing: its time is what a lot takes that never waits, for reports and levels only.
  void in_shop(const InShop& made, const factory::Where& where, production::Product& product);
  void lines_to_stocks();

  // ---- compile_demand.cc
  void streams();
  void substitutes(const demand::DemandSpec& spec, SiteId site, demand::Stream& stream);
  void substitute(const demand::DemandSpec& spec, SiteId site,
                  const common::Entries<common::Field<double>>::Entry& entry, bool in_reserve,
                  const demand::Stream& stream);
  void late_trace(const common::Entries<demand::DemandSpec>::Entry& entry, const demand::Stream& stream);

  const ScenarioSpec& spec_;
  std::unique_ptr<Model> model_;
  CompileContext context_;
  production::CalendarCompiler calendars_{context_, model_->production};
  std::map<std::pair<SiteId, ItemId>, StockId> stocks_;
  std::map<std::pair<SiteId, ItemId>, OfferId> offers_;
  std::map<std::pair<SiteId, SiteId>, LaneId> lanes_;
  struct NamedLane {
    const common::Entries<logistics::LaneSpec>::Entry* entry;
    SiteId to;
    bool used = false;
  };
  std::vector<NamedLane> named_lanes_;  // by LaneId: they come before the lanes of one purchase
  LanesBySite ways_{spec_};
  std::vector<bool> table_lane_used_;           // by row of the table of lanes
  std::map<ItemId, std::vector<Asked>> asked_;  // of items that are bought by lanes
  std::set<SiteId> unknown_supplier_;           // sites that buy from a name that nobody has
  std::map<StockId, ProductId> product_of_;
  std::vector<PolicyRequest> policies_;
  std::vector<InShop> in_shops_;
  std::vector<SafetyRequest> safety_;
  std::vector<SignalRequest> signals_;
  std::vector<OnOrderRequest> on_order_;
  std::vector<ConsumptionRequest> consumptions_;
};

}  // namespace tierworks::world
