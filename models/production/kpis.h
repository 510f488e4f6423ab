// What a planner reads of lines.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::production::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi utilisation{"utilisation", Unit::share, "time that servers work / staffed time (servers x time)"};
inline constexpr Kpi cost_production{"cost_production", Unit::money_per_day,
                                     "units finished x cost + hours of work x cost_per_hour / days", false};

}  // namespace tierworks::production::kpi
