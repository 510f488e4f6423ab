// A user's own formula for the order quantity: the names by which it sees its stock, and the asking of it. Quantities are in
// the item's units, times in days.
// A result below 0, beyond counting, or no finite number is a fault of the stock: it is kept in the state, nothing is ordered
// from then on, and the run ends as no result (`world` says which stock, when and what). Cost: one evaluation.
#pragma once
#include <array>
#include <string_view>

#include "models/supply/events.h"

namespace tierworks::supply {

enum class StockName : std::uint8_t {
  on_hand,
  reserved,  // on hand, but set aside for production orders
  on_order,
  backorders,
  position,       // on hand - reserved + on order - backorders
  demand_rate,    // mean of a day
  demand_sd,      // standard deviation of a day
  forecast,       // over the horizon
  period_demand,  // since the last review
  lead_time,      // mean
  review,
};

inline constexpr std::array<std::string_view, 11> kStockNames{"on_hand",       "reserved",    "on_order",  "backorders",
                                                              "position",      "demand_rate", "demand_sd", "forecast",
                                                              "period_demand", "lead_time",   "review"};

// The view, with what the formula says of it if the stock has one.
StockView with_formula(Run& run, StockId id, StockView view);

}  // namespace tierworks::supply
