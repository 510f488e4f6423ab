// Of what a site buys, and what outside suppliers sell; stocks are in compile.cc.
#include <algorithm>

#include <fmt/format.h>

#include "models/supply/compile.h"

namespace tierworks::supply {

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
    case SourcingRule::most_stock:
      return MostStock{};
    case SourcingRule::least_load:
      return LeastLoad{};
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
    context.diagnostics.error(
        origin, fmt::format("got `{}`, but shares are kept whatever a supplier can do; expected it "
                            "with `choose: priority`, `cheapest`, `fastest`, `nearest`, `most_stock` or `least_load`",
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

namespace {

void one_rhythm(const common::Field<common::OrderDays>& days, common::CompileContext& context) {
  const auto& list = days->days;
  const bool same = std::all_of(list.begin(), list.end(), [&](const auto& day) { return day.every == list[0].every; });
  if (same) return;
  context.diagnostics.error(days.origin,
                            "got order days of different rhythms, expected the same for all, as weekdays have");
}

}  // namespace

void compile_exchange(const SourceSpec& spec, const BuysSpec& buys, common::Origin origin,
                      common::CompileContext& context, Model& model, Source& source) {
  source.cancellable = spec.cancellable.stated ? *spec.cancellable : *buys.cancellable;
  source.margin = context.payable(buys.order_margin);
  one_rhythm(spec.order_days, context);
  const common::OrderDays& days = spec.order_days.stated ? *spec.order_days : *buys.order_days;
  source.order_days.first = static_cast<std::uint32_t>(model.order_days.size());
  for (const common::ReviewCalendar& day : days.days) model.order_days.push_back({day.every, day.from});
  source.order_days.last = static_cast<std::uint32_t>(model.order_days.size());
  if (!by_reports(*buys.choose)) return;
  source.report_every = *buys.reported_every;
  source.report_time = *buys.report_time;
  model.listens = true;
  if (*buys.choose != SourcingRule::most_stock || source.kind != Source::Kind::offer) return;
  context.diagnostics.error(origin,
                            "got `choose: most_stock` of a supplier that has no stock (what it `sells` is never "
                            "short), expected `least_load`, or suppliers that keep the item");
}

void check_purchase(const BuysSpec& buys, bool limited, common::CompileContext& context) {
  one_rhythm(buys.order_days, context);
  for (const auto* field : {&buys.reported_every, &buys.report_time}) {
    if (!field->stated || by_reports(*buys.choose)) continue;
    context.diagnostics.error(field->origin,
                              "got a report that nobody reads, expected `choose: most_stock` or `least_load` with it");
  }
  if (!*buys.split_orders) return;
  if (*buys.choose == SourcingRule::split) {
    context.diagnostics.error(buys.split_orders.origin,
                              "got `split_orders` beside shares, which keep orders whole; expected `choose: priority`, "
                              "`cheapest` or another rule");
  } else if (!limited && *buys.choose != SourcingRule::most_stock) {
    context.diagnostics.error(buys.split_orders.origin,
                              "got `split_orders`, but nothing says what one supplier takes; expected `most_open` of "
                              "the suppliers, or `choose: most_stock`");
  }
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
