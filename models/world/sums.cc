#include "models/world/sums.h"

#include <array>
#include <limits>

#include "core/time/time.h"
#include "models/demand/kpis.h"
#include "models/disruption/kpis.h"
#include "models/factory/kpis.h"
#include "models/logistics/kpis.h"
#include "models/production/kpis.h"
#include "models/supply/kpis.h"
#include "models/world/factory_measure.h"
#include "models/world/kpis.h"
#include "models/world/result.h"

namespace tierworks::world {

namespace {

constexpr unsigned bit(ScopeKind kind) { return 1U << static_cast<unsigned>(kind); }

constexpr unsigned kWorld = bit(ScopeKind::world), kRegion = bit(ScopeKind::region), kTier = bit(ScopeKind::tier);
constexpr unsigned kClass = bit(ScopeKind::customer_class);
constexpr unsigned kSite = bit(ScopeKind::site), kItem = bit(ScopeKind::item), kStock = bit(ScopeKind::stock);
constexpr unsigned kLane = bit(ScopeKind::lane), kCentre = bit(ScopeKind::work_centre);
constexpr unsigned kStocks = kWorld | kTier | kSite | kItem | kStock;

double ratio(double part, double whole) { return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN(); }
double days(const Sums& s) { return s.ticks / static_cast<double>(core::kDay.ticks); }
double per_day(double amount, const Sums& s) { return ratio(amount, days(s)); }
bool outside_only(ScopeKind kind) {
  return kind == ScopeKind::world || kind == ScopeKind::region || kind == ScopeKind::customer_class;
}

constexpr std::array kFormulas{
    KpiFormula{&supply::kpi::fill_rate,
               [](const Sums& s, ScopeKind k) {
                 if (outside_only(k)) return ratio(s.stream_at_once, s.stream_demanded);
                 if (k == ScopeKind::stock) return ratio(s.at_once + s.work_at_once, s.demanded + s.work_demanded);
                 return ratio(s.at_once, s.demanded);
               },
               kStocks | kRegion | kClass, false},
    KpiFormula{&supply::kpi::cycle_service_level,
               [](const Sums& s, ScopeKind) { return ratio(s.cycles - s.cycles_short, s.cycles); },
               kSite | kItem | kStock, false},
    KpiFormula{&demand::kpi::on_time, [](const Sums& s, ScopeKind) { return ratio(s.orders_on_time, s.orders_due); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true},
    KpiFormula{&demand::kpi::otif, [](const Sums& s, ScopeKind) { return ratio(s.promises_kept, s.promises); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::promise},
    KpiFormula{&demand::kpi::order_lead_time,
               [](const Sums& s, ScopeKind k) {
                 const bool at_stock = k == ScopeKind::site || k == ScopeKind::stock;
                 return at_stock ? ratio(s.lead_hours, s.lead_orders) : ratio(s.stream_lead_hours, s.stream_completed);
               },
               kWorld | kRegion | kClass | kItem | kSite | kStock, false},
    KpiFormula{&demand::kpi::order_lead_time_p95,
               [](const Sums& s, ScopeKind) {
                 return s.lead_times == nullptr || s.lead_times->count() == 0
                            ? std::numeric_limits<double>::quiet_NaN()
                            : s.lead_times->quantile(0.95) / static_cast<double>(core::kHour.ticks);
               },
               kWorld | kRegion | kClass | kItem, true},
    KpiFormula{&factory::kpi::tardiness,
               [](const Sums& s, ScopeKind) { return ratio(s.stream_tardy_hours, s.stream_completed); },
               kWorld | kRegion | kClass | kItem | kStock, true},
    KpiFormula{&demand::kpi::backlog_age,
               [](const Sums& s, ScopeKind) { return ratio(s.waited_aged_hours, s.waited_hours); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true},
    KpiFormula{&demand::kpi::demand,
               [](const Sums& s, ScopeKind k) { return per_day(outside_only(k) ? s.stream_demanded : s.demanded, s); },
               kStocks | kRegion | kClass, false},
    KpiFormula{&supply::kpi::throughput,
               [](const Sums& s, ScopeKind k) {
                 if (k == ScopeKind::work_centre) return per_day(s.made, s);
                 return per_day(outside_only(k) ? s.stream_shipped : s.shipped, s);
               },
               kWorld | kRegion | kSite | kItem | kStock | kCentre | kLane, false},
    KpiFormula{&demand::kpi::lost_sales, [](const Sums& s, ScopeKind) { return per_day(s.stream_lost, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true},
    KpiFormula{&demand::kpi::lost_share,
               [](const Sums& s, ScopeKind) { return ratio(s.stream_lost, s.stream_demanded); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true},
    KpiFormula{&demand::kpi::substituted,
               [](const Sums& s, ScopeKind) { return ratio(s.substituted, s.stream_demanded); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::substitutes},
    KpiFormula{&demand::kpi::returned, [](const Sums& s, ScopeKind) { return per_day(s.returned, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::returns},
    KpiFormula{&demand::kpi::orders_pulled_in, [](const Sums& s, ScopeKind) { return per_day(s.orders_pulled_in, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&demand::kpi::orders_pushed_out,
               [](const Sums& s, ScopeKind) { return per_day(s.orders_pushed_out, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&demand::kpi::orders_cancelled, [](const Sums& s, ScopeKind) { return per_day(s.orders_cancelled, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&demand::kpi::pulled_in, [](const Sums& s, ScopeKind) { return per_day(s.pulled_in, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&demand::kpi::pushed_out, [](const Sums& s, ScopeKind) { return per_day(s.pushed_out, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&demand::kpi::cancelled, [](const Sums& s, ScopeKind) { return per_day(s.cancelled, s); },
               kWorld | kRegion | kClass | kItem | kSite | kStock, true, NeedsFeature::bookings},
    KpiFormula{&supply::kpi::on_hand, [](const Sums& s, ScopeKind) { return s.on_hand; }, kStocks, false},
    KpiFormula{&supply::kpi::backorders,
               [](const Sums& s, ScopeKind k) { return outside_only(k) ? s.stream_waiting : s.stock_backlog; },
               kStocks | kRegion | kClass, false},
    KpiFormula{&supply::kpi::ready_rate, [](const Sums& s, ScopeKind) { return s.ready; }, kStock, false},
    KpiFormula{&supply::kpi::stockout_days,
               [](const Sums& s, ScopeKind) { return s.falls_short * core::in_days(core::kYear); }, kStock, false},
    KpiFormula{&supply::kpi::days_of_cover,
               [](const Sums& s, ScopeKind) { return ratio(s.on_hand, per_day(s.demanded + s.work_demanded, s)); },
               kStock, false},
    KpiFormula{&logistics::kpi::pipeline_stock, [](const Sums& s, ScopeKind) { return s.in_transit + s.in_work; },
               kStocks | kLane, false},
    KpiFormula{&supply::kpi::inventory_value, [](const Sums& s, ScopeKind) { return s.inventory_value; }, kStocks,
               false},
    KpiFormula{&supply::kpi::waste, [](const Sums& s, ScopeKind) { return per_day(s.wasted, s); },
               kWorld | kSite | kItem | kStock, false, NeedsFeature::shelf},
    KpiFormula{&supply::kpi::waste_share,
               [](const Sums& s, ScopeKind k) {
                 const bool at_site = k == ScopeKind::site || k == ScopeKind::stock;
                 return ratio(s.wasted, s.wasted + s.used_up + (at_site ? s.passed_on : 0));
               },
               kWorld | kSite | kItem | kStock, false, NeedsFeature::shelf},
    KpiFormula{&supply::kpi::turns,
               [](const Sums& s, ScopeKind k) {
                 const double value = k == ScopeKind::world ? s.stream_shipped_value : s.shipped_value;
                 return ratio(value * static_cast<double>(core::kYear.ticks) / s.ticks, s.inventory_value);
               },
               kWorld | kSite | kItem | kStock, false},
    KpiFormula{&supply::kpi::orders, [](const Sums& s, ScopeKind) { return per_day(s.replenishments, s); },
               kTier | kSite | kItem | kStock, false},
    KpiFormula{&supply::kpi::order_variance,
               [](const Sums& s, ScopeKind) {
                 return s.stocks_with_periods > 0 ? s.order_variance : std::numeric_limits<double>::quiet_NaN();
               },
               kStock, false},
    KpiFormula{&supply::kpi::bullwhip,
               [](const Sums& s, ScopeKind) { return ratio(s.order_variance_per_day, s.demand_variance_per_day); },
               kTier | kSite | kItem | kStock, false},
    KpiFormula{&supply::kpi::forecast_error,
               [](const Sums& s, ScopeKind) { return ratio(s.forecast_off, s.forecast_came); }, kStock, false,
               NeedsFeature::forecast},
    KpiFormula{&supply::kpi::forecast_bias,
               [](const Sums& s, ScopeKind) { return ratio(s.forecast - s.forecast_came, s.forecast_came); }, kStock,
               false, NeedsFeature::forecast},
    KpiFormula{&production::kpi::utilisation,
               [](const Sums& s, ScopeKind) { return ratio(s.busy_ticks, s.staffed_ticks); }, kWorld | kSite | kCentre,
               false},
    KpiFormula{&production::kpi::overtime,
               [](const Sums& s, ScopeKind) { return ratio(s.overtime_ticks, s.busy_ticks); }, kWorld | kSite | kCentre,
               false, NeedsFeature::overtime},
    // Of lines; those of shop floors stand with their other KPIs.
    KpiFormula{&factory::kpi::setups, [](const Sums& s, ScopeKind) { return s.change_overs; }, kCentre, false,
               NeedsFeature::change_overs},
    KpiFormula{&factory::kpi::setup, [](const Sums& s, ScopeKind) { return ratio(s.changing_ticks, s.server_ticks); },
               kCentre, false, NeedsFeature::change_overs},
    KpiFormula{&production::kpi::clear_to_build,
               [](const Sums& s, ScopeKind) { return ratio(s.clear_orders, s.waiting_orders); },
               kWorld | kSite | kItem | kStock, false, NeedsFeature::kits},
    KpiFormula{&production::kpi::short_items,
               [](const Sums& s, ScopeKind) { return ratio(s.missing_items, s.waiting_orders); },
               kWorld | kSite | kItem | kStock, false, NeedsFeature::kits},
    KpiFormula{&production::kpi::yield, [](const Sums& s, ScopeKind) { return ratio(s.begun - s.scrapped, s.begun); },
               kWorld | kSite | kItem | kStock | kCentre, false, NeedsFeature::yield},
    KpiFormula{&production::kpi::scrapped, [](const Sums& s, ScopeKind) { return per_day(s.scrapped, s); },
               kWorld | kSite | kItem | kStock | kCentre, false, NeedsFeature::yield},
    KpiFormula{&supply::kpi::cost_holding, [](const Sums& s, ScopeKind) { return per_day(s.holding, s); }, kStocks,
               false},
    KpiFormula{&supply::kpi::cost_ordering, [](const Sums& s, ScopeKind) { return per_day(s.ordering, s); },
               kWorld | kSite | kStock, false},
    KpiFormula{&supply::kpi::cost_purchase, [](const Sums& s, ScopeKind) { return per_day(s.purchase, s); },
               kWorld | kSite | kStock, false},
    KpiFormula{&supply::kpi::cost_disposal, [](const Sums& s, ScopeKind) { return per_day(s.disposal, s); },
               kWorld | kSite | kStock, false, NeedsFeature::shelf},
    KpiFormula{&logistics::kpi::cost_transport, [](const Sums& s, ScopeKind) { return per_day(s.transport, s); },
               kWorld | kSite | kStock | kLane, false},
    KpiFormula{&production::kpi::cost_production, [](const Sums& s, ScopeKind) { return per_day(s.production, s); },
               kWorld | kSite | kCentre, false},
    KpiFormula{&demand::kpi::cost_shortage, [](const Sums& s, ScopeKind) { return per_day(s.shortage, s); },
               kWorld | kRegion | kSite | kStock, true},
    KpiFormula{&disruption::kpi::cost_answers, [](const Sums& s, ScopeKind) { return per_day(s.answers, s); }, kWorld,
               false, NeedsFeature::answers},
    KpiFormula{&kpi::total_cost, [](const Sums& s, ScopeKind) { return per_day(s.total_cost(), s); }, kWorld | kSite,
               false},
    KpiFormula{&demand::kpi::revenue, [](const Sums& s, ScopeKind) { return per_day(s.revenue, s); },
               kWorld | kRegion | kSite | kStock, true},
    KpiFormula{&kpi::profit, [](const Sums& s, ScopeKind) { return per_day(s.revenue - s.total_cost(), s); },
               kWorld | kSite, false},
};

}  // namespace

std::span<const KpiFormula> kpi_formulas() { return kFormulas; }

std::vector<KpiAtScopes> kpi_catalogue() {
  constexpr std::array<std::pair<unsigned, const char*>, 9> kNames{{{kWorld, "world"},
                                                                    {kTier, "tier"},
                                                                    {kRegion, "region"},
                                                                    {kClass, "class"},
                                                                    {kSite, "site"},
                                                                    {kItem, "item"},
                                                                    {kStock, "site/item"},
                                                                    {kLane, "lane"},
                                                                    {kCentre, "work_centre"}}};
  std::vector<KpiAtScopes> catalogue;
  for (const KpiFormula& formula : kFormulas) {
    catalogue.push_back({formula.kpi, {}});
    for (const auto& [scope, name] : kNames) {
      if ((formula.scopes & scope) != 0) catalogue.back().scopes.emplace_back(name);
    }
  }
  append_factory_catalogue(catalogue);
  return catalogue;
}

}  // namespace tierworks::world
