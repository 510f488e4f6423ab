// What a planner reads of stocks.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::supply::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi fill_rate{"fill_rate", Unit::share,
                               "units shipped from stock at once / units demanded; world, region, class: outside "
                               "demand; site, item, tier: customers and "
                               "other sites; site/item: also production's needs"};
inline constexpr Kpi cycle_service_level{
    "cycle_service_level", Unit::share,
    "replenishment cycles without a shortage / replenishment cycles; a cycle ends when goods are received"};
inline constexpr Kpi on_hand{"on_hand", Unit::units, "units in stock, time average, what is set aside included", false};
inline constexpr Kpi backorders{
    "backorders", Unit::units,
    "units ordered and not yet shipped, time average; world, region, class: outside demand; else all who wait", false};
inline constexpr Kpi ready_rate{"ready_rate", Unit::share, "time in which there is stock on hand / time"};
inline constexpr Kpi stockout_days{"stockout_days", Unit::per_year,
                                   "days of a year in which somebody waits at the stock", false};
inline constexpr Kpi days_of_cover{"days_of_cover", Unit::ratio,
                                   "on_hand / units demanded in a day (by customers, other sites and production)"};
inline constexpr Kpi inventory_value{"inventory_value", Unit::money, "units in stock x item value, time average",
                                     false};
inline constexpr Kpi turns{"turns", Unit::per_year,
                           "value of goods shipped in a year / inventory_value; world: shipped to customers"};
inline constexpr Kpi throughput{
    "throughput", Unit::units_per_day,
    "units shipped / days; world: to customers; work_centre: units finished / days; product: "
    "pieces of finished lots / days"};
inline constexpr Kpi cost_holding{"cost_holding", Unit::money_per_day,
                                  "cost of stock on hand, and of goods on the way where that is charged / days", false};
inline constexpr Kpi cost_ordering{"cost_ordering", Unit::money_per_day, "orders placed x ordering_cost / days", false};
inline constexpr Kpi cost_purchase{"cost_purchase", Unit::money_per_day,
                                   "units received from outside suppliers x their price / days", false};

inline constexpr Kpi waste{"waste", Unit::units_per_day, "units thrown away because they were too old / days", false};
inline constexpr Kpi waste_share{
    "waste_share", Unit::share,
    "units thrown away / units thrown away or taken, of goods that spoil; world, item: taken by customers and "
    "production; site, site/item: by other sites, too",
    false};
inline constexpr Kpi cost_disposal{"cost_disposal", Unit::money_per_day,
                                   "units thrown away x their disposal_cost / days", false};

inline constexpr Kpi orders{"orders", Unit::orders_per_day, "replenishment orders placed / days", false};
inline constexpr Kpi order_variance{
    "order_variance", Unit::squared_units,
    "variance of the units ordered in a period; a period is a review, or a day if the stock is looked at continuously",
    false};
inline constexpr Kpi forecast_error{
    "forecast_error", Unit::share,
    "absolute difference of the forecast of a review and the demand that came / demand that came (weighted absolute "
    "percentage error); stocks with a `forecast`",
    false};
inline constexpr Kpi forecast_bias{"forecast_bias", Unit::share,
                                   "(forecast - demand that came) / demand that came; above 0: too much was expected",
                                   false};
inline constexpr Kpi bullwhip{
    "bullwhip", Unit::ratio,
    "variance of the units ordered / variance of the units demanded (by customers, other sites and production), both "
    "in "
    "a period: a review, or a day under a continuous policy; site, item, tier: variances a day, summed over stocks",
    false};

}  // namespace tierworks::supply::kpi
