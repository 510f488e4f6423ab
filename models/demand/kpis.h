// What a planner reads of customers' orders.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::demand::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi demand{
    "demand", Unit::units_per_day,
    "units ordered / days; world, region, class: by customers; else by customers and other sites"};
inline constexpr Kpi on_time{
    "on_time", Unit::share,
    "orders delivered whole within `due` / orders whose `due` ends before the run does; outside demand"};
inline constexpr Kpi order_lead_time{
    "order_lead_time", Unit::hours,
    "time from order to whole delivery, mean over delivered orders; world, region, class, "
    "item: outside demand; site, site/item: "
    "orders of customers and other sites, until the last unit leaves",
    false};
inline constexpr Kpi order_lead_time_p95{"order_lead_time_p95", Unit::hours,
                                         "95 % of delivered orders took at most this long; outside demand", false};
inline constexpr Kpi backlog_age{"backlog_age", Unit::hours,
                                 "how long the units that wait have waited, mean over units and time; outside demand",
                                 false};
inline constexpr Kpi otif{
    "otif", Unit::share,
    "order lines delivered whole by the date promised for them / lines whose date lies before "
    "the run's end; of a stream without `promise` the date is that of `due`; outside demand, where "
    "something is promised"};
inline constexpr Kpi substituted{"substituted", Unit::share,
                                 "units that customers took of a substitute / units demanded; outside demand", false};
inline constexpr Kpi returned{"returned", Unit::units_per_day, "units that customers sent back / days; outside demand",
                              false};
inline constexpr Kpi orders_pulled_in{"orders_pulled_in", Unit::orders_per_day,
                                      "booked orders that customers moved to an earlier date / days", false};
inline constexpr Kpi orders_pushed_out{"orders_pushed_out", Unit::orders_per_day,
                                       "booked orders that customers moved to a later date / days", false};
inline constexpr Kpi orders_cancelled{"orders_cancelled", Unit::orders_per_day,
                                      "booked orders that customers called off / days", false};
inline constexpr Kpi pulled_in{"pulled_in", Unit::units_per_day,
                               "units of booked orders that customers moved to an earlier date / days", false};
inline constexpr Kpi pushed_out{"pushed_out", Unit::units_per_day,
                                "units of booked orders that customers moved to a later date / days", false};
inline constexpr Kpi cancelled{"cancelled", Unit::units_per_day,
                               "units of booked orders that customers called off / days", false};
inline constexpr Kpi lost_sales{"lost_sales", Unit::units_per_day, "units lost / days; outside demand", false};
inline constexpr Kpi lost_share{"lost_share", Unit::share, "units lost / units demanded; outside demand", false};
inline constexpr Kpi cost_shortage{"cost_shortage", Unit::money_per_day,
                                   "units not shipped at once x shortage_cost + units waiting x waiting_cost / days",
                                   false};
inline constexpr Kpi revenue{"revenue", Unit::money_per_day, "units shipped to customers x price / days"};

}  // namespace tierworks::demand::kpi
