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

struct StockView {
  Quantity on_hand = 0;
  Quantity reserved = 0;
  Quantity on_order = 0;
  Quantity backlog = 0;
  Quantity below = 0;   // position of all stocks below this one, as reported, if the policy looks at its echelon
  Quantity target = 0;  // what planning said last that the stock should be filled up to; 0 if it plans nothing
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

struct OrderUpToForecast {  // at every review, up to the forecast of that review and a safety stock
  Quantity first = 0;       // the target before there is any history
  Quantity order(const StockView& s) const { return std::max<Quantity>(0, s.target - s.position()); }
};

static_assert(ReplenishmentPolicy<OrderUpToForecast>);
static_assert(ReplenishmentPolicy<BaseStock> && ReplenishmentPolicy<OrderUpTo> && ReplenishmentPolicy<FixedQuantity>);

using Replenishment = std::variant<BaseStock, OrderUpTo, FixedQuantity, OrderUpToForecast>;

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
