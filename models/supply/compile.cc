#include "models/supply/compile.h"

#include <fmt/format.h>

namespace tierworks::supply {

namespace {

std::string text(const common::Amount& amount) {
  return common::number_text(amount.number) + (amount.unit.empty() ? "" : " " + amount.unit);
}

}  // namespace

void compile_stock(const StockSpec& spec, const common::CarryingRate& holding, common::CompileContext& context,
                   Stock& stock) {
  common::Diagnostics& diagnostics = context.diagnostics;
  const auto amount = [&](const common::Field<common::Amount>& field) {
    return field.stated ? context.quantity(*field, stock.item, field.origin) : Quantity{0};
  };
  const std::size_t errors_before = diagnostics.errors();
  const Quantity level = amount(spec.level), reorder_point = amount(spec.reorder_point),
                 quantity = amount(spec.quantity);

  if (spec.level.stated && spec.quantity.stated) {
    diagnostics.error(
        spec.quantity.origin,
        "got both `level` and `quantity`, expected one: `level` orders up to it, `quantity` orders a fixed amount");
  }
  const bool planned = spec.safety.stated || spec.forecast.stated;
  if (spec.forecast.stated && (spec.level.stated || spec.reorder_point.stated || spec.quantity.stated)) {
    diagnostics.error(spec.forecast.origin,
                      fmt::format("got `forecast` beside `{}`, expected one of the two: a forecast says the level",
                                  spec.level.stated           ? "level"
                                  : spec.reorder_point.stated ? "reorder_point"
                                                              : "quantity"));
  }
  if (spec.forecast.stated && !spec.review.stated) {
    diagnostics.error(spec.forecast.origin,
                      "got `forecast` without `review`, expected both: demand is counted from one review to the next");
  }
  if (spec.horizon.stated && !spec.forecast.stated) {
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
  } else if (spec.forecast.stated) {
    stock.policy = OrderUpToForecast{};
  } else if (spec.reorder_point.stated) {
    stock.policy = OrderUpTo{reorder_point, level};
    stock.initial = level;
  } else {
    stock.policy = BaseStock{level};
    stock.initial = level;
  }
  if (spec.initial.stated) stock.initial = amount(spec.initial);
  if (spec.allocation.stated) stock.allocation = *spec.allocation;
  if (spec.complete_orders_only.stated) stock.complete_orders_only = *spec.complete_orders_only;
  if (stock.divides() && stock.complete_orders_only && (spec.allocation.stated || spec.complete_orders_only.stated)) {
    cannot_divide(spec.complete_orders_only.stated ? spec.complete_orders_only.origin : spec.allocation.origin,
                  context);
  }
  stock.limits = {amount(spec.minimum), amount(spec.multiple), amount(spec.maximum)};
  if (spec.maximum.stated && stock.limits.maximum < std::max(stock.limits.minimum, stock.limits.multiple)) {
    diagnostics.error(spec.maximum.origin,
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

Sourcing compile_sourcing(SourcingRule rule) {
  switch (rule) {
    case SourcingRule::priority:
      return ByPriority{};
    case SourcingRule::cheapest:
      return Cheapest{};
    case SourcingRule::fastest:
      return Fastest{};
    case SourcingRule::nearest:
      return Nearest{};
    case SourcingRule::split:
      break;
  }
  return FixedSplit{};
}

std::size_t preferred(const Sourcing& sourcing, const std::vector<SourceView>& sources) {
  return std::visit(
      [&]<class Rule>(const Rule&) -> std::size_t {
        if constexpr (std::is_same_v<Rule, FixedSplit>) {
          return 0;
        } else {
          return Rule::choose(sources, 1);
        }
      },
      sourcing);
}

void compile_source(const SourceSpec& spec, SourcingRule rule, common::ItemId item, common::CompileContext& context,
                    Source& source) {
  const bool split = rule == SourcingRule::split;
  if (spec.share.stated && !split) {
    context.diagnostics.error(spec.share.origin,
                              "got a share beside a rule that chooses by something else; expected `choose: split` with "
                              "shares, or none");
  }
  const auto for_fall_back = [&](common::Origin origin, std::string_view key) {
    context.diagnostics.error(origin,
                              fmt::format("got `{}`, but shares are kept whatever a supplier can do; expected it "
                                          "with `choose: priority`, `cheapest`, `fastest` or `nearest`",
                                          key));
  };
  if (spec.most_open.stated) {
    if (split) for_fall_back(spec.most_open.origin, "most_open");
    source.most_open = context.quantity(*spec.most_open, item, spec.most_open.origin);
  }
  if (spec.answer_within.stated) {
    if (split) for_fall_back(spec.answer_within.origin, "answer_within");
    source.answer_within = *spec.answer_within;
  }
  if (spec.valid_from.stated) source.valid_from = context.instant(*spec.valid_from, spec.valid_from.origin);
  if (!spec.valid_until.stated) return;
  source.valid_until = context.instant(*spec.valid_until, spec.valid_until.origin);
  if (!(source.valid_from < source.valid_until)) {
    context.diagnostics.error(spec.valid_until.origin,
                              "got a supplier that is never valid, expected an end after the start");
  }
}

void cannot_divide(common::Origin origin, common::CompileContext& context) {
  context.diagnostics.error(origin,
                            "got `complete_orders_only` with an `allocation` that gives a part to each, expected "
                            "`first_come` or `priority` with it");
}

Offer compile_offer(const SellsSpec& spec, common::ItemId item, common::CompileContext& context) {
  Offer offer;
  offer.item = item;
  offer.quoted = context.time(*spec.quoted);
  const common::Item& it = context.items[item.index];
  if (spec.capacity.stated) {
    const auto units = context.units_per(spec.capacity->amount.unit, item, spec.capacity.origin);
    const double smallest = spec.capacity->amount.number * units.value_or(1.0) / it.resolution;
    if (!(smallest > 0)) {
      context.diagnostics.error(spec.capacity.origin,
                                "got a capacity of 0, expected more than 0; leave it out for unlimited");
    } else {
      offer.ticks_per_unit = static_cast<double>(spec.capacity->per.ticks) / smallest;
    }
  }
  offer.price = (spec.price.stated ? context.payable(spec.price) : it.value) * it.resolution;
  return offer;
}

}  // namespace tierworks::supply
