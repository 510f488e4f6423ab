// What a planner reads of lines.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::production::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi utilisation{
    "utilisation", Unit::share, "time that servers work / staffed time (servers x time of their shifts, and overtime)"};
inline constexpr Kpi overtime{"overtime", Unit::share, "time that servers work in overtime / time that they work",
                              false};
inline constexpr Kpi clear_to_build{
    "clear_to_build", Unit::share,
    "production orders not begun of which all material is there / those not begun, averages over time"};
inline constexpr Kpi short_items{"short_items", Unit::ratio,
                                 "components of which something is missing, mean over production orders not begun, "
                                 "weighted with the time that they wait",
                                 false};
inline constexpr Kpi yield{"yield", Unit::share, "units made that are good / units made, of what has a yield"};
inline constexpr Kpi scrapped{"scrapped", Unit::units_per_day, "units made that are not good / days", false};
inline constexpr Kpi cost_production{
    "cost_production", Unit::money_per_day,
    "units finished x cost + hours of work x cost_per_hour, with that of overtime / days", false};

}  // namespace tierworks::production::kpi
