#include "models/demand/compile.h"

#include <cmath>

#include <fmt/format.h>

namespace tierworks::demand {

using common::OrderPattern;

namespace {

void every(const OrderPattern& orders, common::Origin origin, common::CompileContext& context, Stream& stream) {
  stream.interval = core::compile(orders.interval, context.tables);
  stream.starts_at_first = stream.interval.is_constant();
  stream.first = orders.from;
  stream.chance = orders.chance;
  if (stream.interval.is_constant() && stream.interval.p < 1) {
    context.diagnostics.error(origin, "got an interval of 0 between orders, expected at least 1 us");
  }
}

// The sizes of an autoregressive stream, in smallest units. `stream.size` has their mean, for reports.
void regression(const OrderPattern& orders, common::Origin origin, common::CompileContext& context, Stream& stream) {
  const core::DistributionSpec& written = orders.per_period.distribution;
  const auto units = context.units_per(orders.per_period.unit, stream.item, origin);
  const double smallest = units.value_or(1.0) / context.items[stream.item.index].resolution;
  common::QuantityDistribution mean = orders.per_period;
  mean.distribution = core::DistributionSpec::constant(written.a);
  stream.size = context.quantity(mean, stream.item, origin);
  stream.remembers = true;
  stream.regression.mean = written.a * smallest;
  stream.regression.sd = written.b * smallest;
  stream.regression.rho = orders.rho;
  stream.regression.shock = stream.regression.sd * std::sqrt(1 - orders.rho * orders.rho);
  if (written.b * 3 > written.a) {
    context.diagnostics.note(origin,
                             fmt::format("a standard deviation of {} of a mean of {} makes some periods negative; "
                                         "they count as 0, so the mean is higher",
                                         common::number_text(written.b), common::number_text(written.a)));
  }
}

bool has_pattern(const DemandSpec& spec) {
  return spec.profile.stated || spec.season.stated || spec.trend.stated || !spec.promotions.empty();
}

void compile_pattern(const DemandSpec& spec, common::CompileContext& context, Model& model, Stream& stream) {
  Pattern pattern;
  pattern.of_weekday = spec.profile->of_day;
  pattern.of_month = spec.season->of_month;
  pattern.growth_per_day =
      spec.trend->share * static_cast<double>(core::kDay.ticks) / static_cast<double>(spec.trend->per.ticks);
  pattern.promotions.first = static_cast<std::uint32_t>(model.promotions.size());
  for (const auto& entry : spec.promotions) {
    const std::size_t errors_before = context.diagnostics.errors();
    const core::Instant from = context.instant(*entry.spec.from, entry.spec.from.origin);
    const core::Instant until = context.instant(*entry.spec.until, entry.spec.until.origin);
    if (context.diagnostics.errors() == errors_before && !(from < until)) {
      context.diagnostics.error(entry.spec.until.origin,
                                "got a promotion that ends before it starts, expected it later");
    }
    model.promotions.push_back({from, until, *entry.spec.factor});
  }
  pattern.promotions.last = static_cast<std::uint32_t>(model.promotions.size());
  if (spec.season.stated && !context.time_frame.dated) {
    context.diagnostics.error(spec.season.origin, "got a season, which needs `time: {start: ...}` in the scenario");
  }
  if (spec.orders->kind == OrderPattern::Kind::trace) {
    const common::Origin first = spec.profile.stated  ? spec.profile.origin
                                 : spec.season.stated ? spec.season.origin
                                 : spec.trend.stated  ? spec.trend.origin
                                                      : spec.promotions.list.front().origin;
    context.diagnostics.error(first, "got a pattern of demand beside a trace, which says when and how much already");
    return;
  }
  const bool months = spec.season.stated || !model.calendar.months.empty();
  model.calendar = calendar_of(context.time_frame.start_minutes, context.time_frame.length, months);
  stream.pattern = static_cast<std::uint32_t>(model.patterns.size());
  model.patterns.push_back(pattern);
  stream.mean_factor = model.factors(stream).mean(core::Instant{0}, core::Instant{0} + context.time_frame.length);
  if (!(stream.mean_factor > 0)) {
    context.diagnostics.error(spec.orders.origin, "got factors that leave no demand in the whole run, expected some");
  }
}

void compile_booking(const BookedSpec& spec, common::CompileContext& context, Model& model, Stream& stream) {
  if (!spec.ahead.stated) return;
  Booking booking;
  booking.ahead = *spec.ahead;
  booking.change_from = spec.window.stated ? spec.window->most : *spec.ahead;
  booking.change_until = spec.window.stated ? spec.window->least : core::Duration{0};
  booking.pulled_in = *spec.pulled_in.share;
  booking.pushed_out = *spec.pushed_out.share;
  booking.cancelled = *spec.cancelled;
  booking.sooner = *spec.pulled_in.by;
  booking.later = *spec.pushed_out.by;
  if (booking.ahead < booking.change_from) {
    context.diagnostics.error(spec.window.origin,
                              "got a `window` in which orders are changed before they are booked, expected one that "
                              "starts at most `ahead` before the date");
  }
  if (booking.later > core::kLastInstant - core::Instant{0} - context.time_frame.length ||
      booking.ahead > core::kLastInstant - core::Instant{0} - context.time_frame.length - booking.later) {
    context.diagnostics.error(spec.ahead.origin,
                              "got orders that are booked for dates more than 571 yr after the start, which cannot be "
                              "represented");
  }
  const double changed = booking.pulled_in + booking.pushed_out + booking.cancelled;
  if (changed > 1 + 1e-9) {
    context.diagnostics.error(spec.ahead.origin,
                              fmt::format("got shares of orders pulled in, pushed out and cancelled that add up to "
                                          "{:.6g} %, expected at most 100 %",
                                          changed * 100));
  }
  if (!(booking.cancelled < 1)) {
    context.diagnostics.error(spec.cancelled.origin, "got customers who cancel every order, expected some that stand");
  }
  if (spec.window.stated && changed == 0) {
    context.diagnostics.error(spec.window.origin,
                              "got a `window` in which nothing changes, expected also `pulled_in`, `pushed_out` or "
                              "`cancelled`");
  }
  stream.booking = static_cast<std::uint32_t>(model.bookings.size());
  model.bookings.push_back(booking);
}

}  // namespace

void compile_stream(const DemandSpec& spec, common::Origin origin, common::CompileContext& context, Model& model,
                    Stream& stream) {
  const common::Item& item = context.items[stream.item.index];
  stream.region = *spec.region;
  stream.customer_class = *spec.customer_class;
  if (spec.priority.stated) stream.priority = common::priority_of(*spec.priority);
  const OrderPattern& orders = *spec.orders;
  switch (orders.kind) {
    case OrderPattern::Kind::poisson: {
      core::DistributionSpec interval;
      interval.kind = core::DistributionKind::exponential;
      interval.a = static_cast<double>(core::kDay.ticks) / orders.per_day;
      stream.interval = core::compile(interval, context.tables);
      break;
    }
    case OrderPattern::Kind::every:
    case OrderPattern::Kind::intermittent:
    case OrderPattern::Kind::ar1:
      every(orders, spec.orders.origin, context, stream);
      break;
    case OrderPattern::Kind::trace: {
      const auto first = static_cast<std::uint32_t>(model.trace.size());
      const std::size_t errors_before = context.diagnostics.errors();
      for (const OrderPattern::TraceRow& row : orders.trace) {
        if (context.diagnostics.errors() != errors_before) break;  // all rows have one place: say it once
        model.trace.push_back({row.at, context.quantity({row.amount, ""}, stream.item, spec.orders.origin)});
      }
      stream.trace = {first, static_cast<std::uint32_t>(model.trace.size())};
      if (spec.size.stated) {
        context.diagnostics.error(spec.size.origin,
                                  "got `size` beside a trace, whose column `quantity` says it already");
      }
      break;
    }
  }
  common::QuantityDistribution size = *spec.size;
  if (!spec.size.stated) size.distribution = core::DistributionSpec::constant(1);
  stream.size = context.quantity(size, stream.item, spec.size.stated ? spec.size.origin : origin);
  if (orders.kind == OrderPattern::Kind::ar1) {
    regression(orders, spec.orders.origin, context, stream);
    if (spec.size.stated) {
      context.diagnostics.error(spec.size.origin, "got `size` beside `ar1`, which says how much is ordered already");
    }
  }
  if (has_pattern(spec)) compile_pattern(spec, context, model, stream);
  compile_booking(spec.booked, context, model, stream);
  stream.due = *spec.due;
  stream.waits = spec.unmet->kind != common::Unmet::Kind::lost;
  if (spec.unmet->kind == common::Unmet::Kind::wait) {
    stream.patience = spec.unmet->patience;
    if (stream.patience.ticks == 0) stream.waits = false;
  }
  if (spec.promise.stated) {
    stream.promises = true;
    stream.promise = *spec.promise;
    if (stream.promise < stream.due) {
      context.diagnostics.error(
          spec.promise.origin,
          "got a `promise` shorter than `due`, by which the order is wanted; expected at least it");
    }
  }
  stream.returned_share = *spec.returns.share;
  stream.returned_after = context.time(*spec.returns.after);
  if (stream.returned_share > 0 && item.shelf_life.ticks > 0) {
    context.diagnostics.error(spec.returns.share.origin,
                              fmt::format("got returns of \"{}\", which spoils; nobody knows how old they are, so they "
                                          "cannot go back into stock: expected no `returns`, or no `shelf_life`",
                                          item.name));
  }
  stream.has_transit = spec.transit.stated;
  stream.transit = context.time(*spec.transit);
  stream.price = (spec.price.stated ? context.payable(spec.price) : item.value) * item.resolution;
  stream.shortage_cost = context.payable(spec.shortage_cost) * item.resolution;
  stream.waiting_cost = context.carrying(*spec.waiting_cost, stream.item);
}

}  // namespace tierworks::demand
