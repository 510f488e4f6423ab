// What a manager reads of the whole.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::world::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi total_cost{"total_cost", Unit::money_per_day,
                                "cost_holding + cost_ordering + cost_purchase + cost_transport + cost_production + "
                                "cost_shortage + cost_disposal + cost_answers, and "
                                "cost_energy by the day",
                                false};
inline constexpr Kpi profit{"profit", Unit::money_per_day, "revenue - total_cost"};

}  // namespace tierworks::world::kpi
