// Replenishment policies: small pure values that see a stock's position and say how much to order now.
// The position is on hand - reserved + on order - backlog. Continuous or by review is not theirs to know.
// Sources: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, 4th ed., ch. 6; Zipkin (2000).
#pragma once
#include <algorithm>
#include <concepts>
#include <variant>

#include "models/common/ids.h"

namespace tierworks::supply {

using common::Quantity;
using FormulaNumbersId = core::Id<struct FormulaNumbersTag>;  // the numbers of one stock that its formula reads

struct StockView {
  Quantity on_hand = 0;
  Quantity reserved = 0;
  Quantity on_order = 0;
  Quantity backlog = 0;
  Quantity below = 0;        // position of all stocks below this one, as reported, if the policy looks at its echelon
  Quantity target = 0;       // what planning said last that the stock should be filled up to; 0 if it plans nothing
  Quantity order_below = 0;  // and below which position it should be
  Quantity wanted = 0;       // what the user's formula says; 0 if there is none
  Quantity position() const { return on_hand - reserved + on_order - backlog + below; }
};

template <class P>
concept ReplenishmentPolicy = requires(const P p, const StockView& view) {
  { p.order(view) } -> std::same_as<Quantity>;
};

struct BaseStock {  // (S-1,S), or (R,S) by review: order up to `level`
  Quantity level = 0;
  Quantity order(const StockView& s) const { return std::max<Quantity>(0, level - s.position()); }
};

struct OrderUpTo {  // (s,S), or (R,s,S): at or below `reorder_point`, order up to `level`
  Quantity reorder_point = 0;
  Quantity level = 0;
  Quantity order(const StockView& s) const { return s.position() <= reorder_point ? level - s.position() : 0; }
};

struct FixedQuantity {  // (s,Q), or (R,s,Q): at or below `reorder_point`, the fewest `quantity` that bring it above
  Quantity reorder_point = 0;
  Quantity quantity = 1;
  Quantity order(const StockView& s) const {
    if (s.position() > reorder_point) return 0;
    return ((reorder_point - s.position()) / quantity + 1) * quantity;
  }
};

struct OrderUpToForecast {   // at every review, up to what planning made of the forecast of that review
  Quantity first = 0;        // the target before there is any history
  Quantity order_below = 0;  // and the position below which it is ordered
  Quantity order(const StockView& s) const {
    return s.position() < s.order_below ? std::max<Quantity>(0, s.target - s.position()) : 0;
  }
};

// A kanban loop: each of `cards` is fixed to a container at the stock, or is an order for one. It comes back when its
// container is empty, or already when it is started. Who waits brings no card, so no more than `cards` are ever on order.
// Source: Monden (2011), Toyota Production System, 4th ed., ch. 2; Hopp & Spearman (2011), Factory Physics, ch. 4.
struct Kanban {
  Quantity cards = 1;
  Quantity container = 1;
  bool when_started = false;
  Quantity order(const StockView& s) const {
    const Quantity goods = std::max<Quantity>(0, s.on_hand - s.reserved) + s.on_order;
    const Quantity fixed = (goods + (when_started ? 0 : container - 1)) / container;
    return std::max<Quantity>(0, cards - fixed) * container;
  }
};

// At every review, what planning (MRP) releases at that instant.
struct Planned {
  Quantity safety = 0;  // what it keeps
  Quantity lot = 0;     // of a fixed size; 0: another rule
  Quantity order(const StockView& s) const { return s.target; }
};

// As much as the user's own formula says: the run asks it (order_by_formula.h), and shows what it says in the view.
struct OrderByFormula {
  common::FormulaId formula;
  FormulaNumbersId numbers;  // that stand in it
  bool forecasts = false;    // planning is asked at each review
  Quantity first = 0;        // its forecast before there is any history
  Quantity order(const StockView& s) const { return s.wanted; }
};

static_assert(ReplenishmentPolicy<OrderUpToForecast> && ReplenishmentPolicy<Kanban> &&
              ReplenishmentPolicy<OrderByFormula> && ReplenishmentPolicy<Planned>);
static_assert(ReplenishmentPolicy<BaseStock> && ReplenishmentPolicy<OrderUpTo> && ReplenishmentPolicy<FixedQuantity>);

using Replenishment =
    std::variant<BaseStock, OrderUpTo, FixedQuantity, OrderUpToForecast, Kanban, OrderByFormula, Planned>;

inline Quantity order_of(const Replenishment& policy, const StockView& view) {
  return std::visit([&](const auto& p) { return p.order(view); }, policy);
}

// An order quantity raised to what the supplier accepts.
struct OrderLimits {
  Quantity minimum = 0;
  Quantity multiple = 0;
  Quantity maximum = 0;  // 0: unlimited; it limits whole multiples, too
  Quantity apply(Quantity wanted) const {
    Quantity q = std::max(wanted, minimum);
    if (multiple > 1) q = (q + multiple - 1) / multiple * multiple;
    if (maximum > 0 && q > maximum) q = multiple > 1 ? maximum / multiple * multiple : maximum;
    return q;
  }
};

}  // namespace tierworks::supply
