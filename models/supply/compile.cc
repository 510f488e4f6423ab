#include "models/supply/compile.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "models/supply/order_by_formula.h"

namespace tierworks::supply {

namespace {

std::string text(const common::Amount& amount) {
  return common::number_text(amount.number) + (amount.unit.empty() ? "" : " " + amount.unit);
}

void forecast_needs_review(const StockSpec& spec, common::CompileContext& context) {
  context.diagnostics.error(
      spec.forecast.origin,
      "got `forecast` without `review`, expected both: demand is counted from one review to the next");
}

bool told_a_forecast(const StockSpec& spec) {
  return spec.demand_signal.stated && *spec.demand_signal == DemandSignal::forecast;
}

// `demand_signal` beside the policy, which goes by a forecast, or is planned.
void check_signal(const StockSpec& spec, common::CompileContext& context) {
  const common::Origin origin = spec.demand_signal.origin;
  if (*spec.demand_signal == DemandSignal::plans && !spec.mrp.lead_time.stated) {
    context.diagnostics.error(
        origin,
        "got `demand_signal: plans` without `mrp`, which nets them in buckets; expected also `mrp`, "
        "or `demand_signal: forecast`");
  }
  if (!told_a_forecast(spec)) return;
  if (spec.forecast.stated) {
    context.diagnostics.error(spec.forecast.origin,
                              "got `forecast` beside `demand_signal: forecast`, expected one of the two: a forecast of "
                              "its own, or those of the stocks that are filled from it");
  }
  const bool has_level = spec.level.stated || spec.reorder_point.stated || spec.quantity.stated;
  if (!spec.review.stated && !has_level) {
    context.diagnostics.error(origin,
                              "got `demand_signal: forecast` without `review`, expected both: when the stock is "
                              "filled up to what it was told");
  }
  if (has_level) {
    context.diagnostics.error(origin,
                              "got `demand_signal: forecast` beside a level or a quantity, expected one of the two: "
                              "what is told says the level");
  }
}

Quantity amount_of(const common::Field<Amount>& field, const Stock& stock, common::CompileContext& context) {
  return field.stated ? context.quantity(*field, stock.item, field.origin) : Quantity{0};
}

// A policy of levels, stated or computed.
void compile_levels(const StockSpec& spec, common::CompileContext& context, Stock& stock) {
  common::Diagnostics& diagnostics = context.diagnostics;
  const auto amount = [&](const common::Field<Amount>& field) { return amount_of(field, stock, context); };
  const std::size_t errors_before = diagnostics.errors();
  const Quantity level = amount(spec.level), reorder_point = amount(spec.reorder_point),
                 quantity = amount(spec.quantity);

  if (spec.level.stated && spec.quantity.stated) {
    diagnostics.error(
        spec.quantity.origin,
        "got both `level` and `quantity`, expected one: `level` orders up to it, `quantity` orders a fixed amount");
  }
  const bool told = told_a_forecast(spec);
  const bool planned = spec.safety.stated || spec.forecast.stated || told;
  if (spec.forecast.stated && (spec.level.stated || spec.reorder_point.stated || spec.quantity.stated)) {
    diagnostics.error(spec.forecast.origin,
                      fmt::format("got `forecast` beside `{}`, expected one of the two: a forecast says the level",
                                  spec.level.stated           ? "level"
                                  : spec.reorder_point.stated ? "reorder_point"
                                                              : "quantity"));
  }
  if (spec.forecast.stated && !spec.review.stated) forecast_needs_review(spec, context);
  if (spec.horizon.stated && !spec.forecast.stated && !told) {
    diagnostics.error(spec.horizon.origin, "got `horizon` without the `forecast` that would look so far ahead");
  }
  if (spec.safety.stated && (spec.level.stated || spec.reorder_point.stated)) {
    diagnostics.error(spec.safety.origin,
                      fmt::format("got `safety` beside `{}`, expected one of the two: `safety` computes it",
                                  spec.level.stated ? "level" : "reorder_point"));
  }
  if (spec.demand_cv.stated && (!spec.safety.stated || spec.safety->kind == common::SafetyStock::Kind::amount)) {
    diagnostics.error(spec.demand_cv.origin,
                      "got `demand_cv` without a service level that needs it, expected also `safety: 98 % "
                      "cycle_service` or `safety: 95 % fill_rate`");
  }
  if (spec.quantity.stated && !spec.reorder_point.stated && !planned) {
    diagnostics.error(spec.quantity.origin,
                      "got `quantity` without `reorder_point`, expected both: when to order, and how much");
  }
  if (spec.reorder_point.stated && !spec.level.stated && !spec.quantity.stated) {
    diagnostics.error(
        spec.reorder_point.origin,
        "got `reorder_point` alone, expected also `level` (order up to it) or `quantity` (order this much)");
  }
  const bool counted = diagnostics.errors() == errors_before;  // else they are 0, and comparing them means nothing
  if (counted && spec.reorder_point.stated && spec.level.stated && level <= reorder_point) {
    diagnostics.error(spec.level.origin,
                      fmt::format("got a level of {} at or below the reorder point of {}, expected more",
                                  text(*spec.level), text(*spec.reorder_point)));
  }
  if (spec.review.stated && !spec.level.stated && !spec.quantity.stated && !planned) {
    diagnostics.error(spec.review.origin,
                      "got `review` without a policy, expected also `level`, or `reorder_point` and more");
  }

  stock.to_order = !spec.level.stated && !spec.quantity.stated && !planned;
  stock.computed = planned;
  if (spec.quantity.stated && quantity > 0) {
    stock.policy = FixedQuantity{reorder_point, quantity};
    stock.initial = reorder_point + quantity;
  } else if (spec.forecast.stated || told) {
    stock.policy = OrderUpToForecast{};
  } else if (spec.reorder_point.stated) {
    stock.policy = OrderUpTo{reorder_point, level};
    stock.initial = level;
  } else {
    stock.policy = BaseStock{level};
    stock.initial = level;
  }
}

void compile_formula(const StockSpec& spec, common::CompileContext& context, Stock& stock) {
  std::vector<bool> used;
  const auto formula = context.formula(spec.order_formula, kStockNames, used);
  if (!formula) return;
  stock.policy = OrderByFormula{.formula = *formula, .numbers = {}, .forecasts = spec.forecast.stated, .first = 0};
  const auto needs = [&](StockName name, bool stated, std::string_view key) {
    if (!used[static_cast<std::size_t>(name)] || stated) return;
    context.diagnostics.error(spec.order_formula.origin,
                              fmt::format("got a formula that reads `{}`, expected also `{}`",
                                          kStockNames[static_cast<std::size_t>(name)], key));
  };
  needs(StockName::forecast, spec.forecast.stated, "forecast: smoothing 0.2");
  needs(StockName::review, spec.review.stated, "review: 1 d");
  needs(StockName::period_demand, spec.review.stated, "review: 1 d");
  if (spec.forecast.stated && !used[static_cast<std::size_t>(StockName::forecast)]) {
    context.diagnostics.error(spec.forecast.origin, "got a `forecast` that the formula does not read");
  }
}

void compile_mrp(const StockSpec& spec, common::CompileContext& context, Stock& stock) {
  common::Diagnostics& diagnostics = context.diagnostics;
  const common::Origin origin = spec.mrp.lead_time.origin;
  Planned planned;
  if (!spec.review.stated) {
    diagnostics.error(origin, "got `mrp` without `review`, expected both: a review is a bucket of the plan, as `1 wk`");
  }
  if (!spec.horizon.stated) {
    diagnostics.error(origin, "got `mrp` without `horizon`, expected both: how far ahead is planned, as `12 wk`");
  }
  if (spec.safety.stated) {
    if (spec.safety->kind == common::SafetyStock::Kind::amount) {
      planned.safety = context.quantity(spec.safety->amount, stock.item, spec.safety.origin);
    } else {
      diagnostics.error(spec.safety.origin,
                        "got a service level beside `mrp`, expected an amount, as `safety: 40`: how far a plan is "
                        "missed follows from more than demand");
    }
  }
  const LotRule& lot = *spec.mrp.lot;
  if (lot.kind == LotRule::Kind::fixed) {
    planned.lot = std::max<Quantity>(1, context.quantity(lot.size, stock.item, spec.mrp.lot.origin));
  }
  stock.policy = planned;
}

void compile_vendor_managed(const StockSpec& spec, common::CompileContext& context, Stock& stock) {
  const common::Origin origin = spec.vendor_managed.origin;
  const Quantity least = context.quantity(spec.vendor_managed->least, stock.item, origin);
  const Quantity most = context.quantity(spec.vendor_managed->most, stock.item, origin);
  if (!spec.review.stated) {
    context.diagnostics.error(
        origin, "got `vendor_managed` without `review`, expected both: when the supplier is told, as `1 d`");
  }
  stock.policy = OrderUpTo{least - 1, most};  // below the least
  stock.initial = most;
  stock.vendor_managed = true;
}

// A policy that one key says whole, and what may stand beside it.
struct OwnWay {
  std::string_view key;
  common::Origin origin;
  bool stated;
  bool safety, forecast, horizon, limits;
};

// Gives whether there is one.
bool compile_own_way(const StockSpec& spec, common::CompileContext& context, Stock& stock) {
  const std::array ways{
      OwnWay{"cover", spec.cover.origin, spec.cover.stated, false, true, false, true},
      OwnWay{"kanban", spec.kanban.origin, spec.kanban.stated, false, false, false, false},
      OwnWay{"order_formula", spec.order_formula.origin, spec.order_formula.stated, false, true, true, true},
      OwnWay{"vendor_managed", spec.vendor_managed.origin, spec.vendor_managed.stated, false, false, false, true},
      OwnWay{"mrp", spec.mrp.lead_time.origin, spec.mrp.lead_time.stated, true, true, true, true},
      OwnWay{"ddmrp", spec.ddmrp.lead_time_factor.origin, spec.ddmrp.lead_time_factor.stated, false, true, false, true},
      OwnWay{"on_demand", spec.on_demand.origin, spec.on_demand.stated && *spec.on_demand, false, false, false, true},
  };
  const auto* way = std::find_if(ways.begin(), ways.end(), [](const OwnWay& w) { return w.stated; });
  if (way == ways.end()) return false;
  const auto only = [&](std::string_view key, bool stated, common::Origin origin) {
    if (!stated) return;
    context.diagnostics.error(
        origin,
        fmt::format("got `{}` beside `{}`, expected one of the two: `{}` says itself when to order, and how much", key,
                    way->key, way->key));
  };
  for (const OwnWay& other : ways) {
    if (&other != way) only(other.key, other.stated, other.origin);
  }
  only("level", spec.level.stated, spec.level.origin);
  only("reorder_point", spec.reorder_point.stated, spec.reorder_point.origin);
  only("quantity", spec.quantity.stated, spec.quantity.origin);
  only("safety", spec.safety.stated && !way->safety, spec.safety.origin);
  only("demand_cv", spec.demand_cv.stated, spec.demand_cv.origin);
  only("forecast", spec.forecast.stated && !way->forecast, spec.forecast.origin);
  only("horizon", spec.horizon.stated && !way->horizon, spec.horizon.origin);
  only("minimum", spec.minimum.stated && !way->limits, spec.minimum.origin);
  only("multiple", spec.multiple.stated && !way->limits, spec.multiple.origin);
  if (spec.forecast.stated && !spec.review.stated) forecast_needs_review(spec, context);
  if (told_a_forecast(spec)) {
    context.diagnostics.error(
        spec.demand_signal.origin,
        fmt::format("got `demand_signal: forecast` beside `{}`, expected it alone, or with `safety`: "
                    "the stock is filled up to what it is told{}",
                    way->key, way->key == "mrp" ? "; plans are told by `demand_signal: plans`" : ""));
  }
  stock.to_order = false;
  if (spec.kanban.stated) {
    const Quantity container = context.quantity(spec.kanban->container, stock.item, spec.kanban.origin);
    stock.policy = Kanban{spec.kanban->cards, std::max<Quantity>(1, container), spec.kanban->when_started};
    if (container > 0 && spec.kanban->cards > common::kMostQuantity / container) {
      context.diagnostics.error(spec.kanban.origin, "got more in all containers together than can be counted");
      return true;
    }
    stock.initial = spec.kanban->cards * container;
  } else if (spec.order_formula.stated) {
    compile_formula(spec, context, stock);
  } else if (spec.vendor_managed.stated) {
    compile_vendor_managed(spec, context, stock);
  } else if (spec.mrp.lead_time.stated) {
    compile_mrp(spec, context, stock);
  } else if (spec.ddmrp.lead_time_factor.stated) {
    stock.policy = OrderUpToForecast{};
    if (!spec.review.stated) {
      context.diagnostics.error(spec.ddmrp.lead_time_factor.origin,
                                "got `ddmrp` without `review`, expected both: when the net flow position is looked at");
    }
  } else if (*spec.on_demand) {
    // What is demanded lowers the position by as much.
    const Quantity kept = amount_of(spec.initial, stock, context);
    stock.policy = BaseStock{kept};
    stock.initial = kept;
    stock.to_order = kept == 0;
  }
  return true;
}

}  // namespace

void compile_stock(const StockSpec& spec, const common::CarryingRate& holding, common::CompileContext& context,
                   Stock& stock) {
  const auto amount = [&](const common::Field<Amount>& field) { return amount_of(field, stock, context); };
  if (spec.demand_signal.stated) check_signal(spec, context);
  if (!compile_own_way(spec, context, stock)) compile_levels(spec, context, stock);
  if (spec.initial.stated) stock.initial = amount(spec.initial);
  if (spec.allocation.stated) stock.allocation = *spec.allocation;
  if (spec.complete_orders_only.stated) stock.complete_orders_only = *spec.complete_orders_only;
  if (stock.divides() && stock.complete_orders_only && (spec.allocation.stated || spec.complete_orders_only.stated)) {
    cannot_divide(spec.complete_orders_only.stated ? spec.complete_orders_only.origin : spec.allocation.origin,
                  context);
  }
  stock.limits = {amount(spec.minimum), amount(spec.multiple), amount(spec.maximum)};
  if (spec.maximum.stated && stock.limits.maximum < std::max(stock.limits.minimum, stock.limits.multiple)) {
    context.diagnostics.error(
        spec.maximum.origin,
        fmt::format("got a `maximum` of {} below the `{}`, expected at least that", text(*spec.maximum),
                    stock.limits.maximum < stock.limits.minimum ? "minimum" : "multiple"));
  }
  stock.position = *spec.position;
  stock.review_every = spec.review->every;
  stock.review_from = spec.review->from;
  stock.ordering_cost = context.payable(spec.ordering_cost);
  stock.backorder_cost = context.carrying(*spec.backorder_cost, stock.item);
  stock.holding = context.carrying(spec.holding.stated ? *spec.holding : holding, stock.item);
}

void cannot_divide(common::Origin origin, common::CompileContext& context) {
  context.diagnostics.error(origin,
                            "got `complete_orders_only` with an `allocation` that gives a part to each, expected "
                            "`first_come` or `priority` with it");
}

}  // namespace tierworks::supply
