#include "models/demand/compile.h"

namespace tierworks::demand {

using common::OrderPattern;

void compile_stream(const DemandSpec& spec, common::Origin origin, common::CompileContext& context, Model& model,
                    Stream& stream) {
  const common::Item& item = context.items[stream.item.index];
  stream.region = *spec.region;
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
      stream.interval = core::compile(orders.interval, context.tables);
      stream.starts_at_first = stream.interval.is_constant();
      stream.first = orders.from;
      if (stream.interval.is_constant() && stream.interval.p < 1) {
        context.diagnostics.error(spec.orders.origin, "got an interval of 0 between orders, expected at least 1 us");
      }
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
  stream.due = *spec.due;
  stream.waits = spec.unmet->kind != common::Unmet::Kind::lost;
  if (spec.unmet->kind == common::Unmet::Kind::wait) {
    stream.patience = spec.unmet->patience;
    if (stream.patience.ticks == 0) stream.waits = false;
  }
  stream.has_transit = spec.transit.stated;
  stream.transit = context.time(*spec.transit);
  stream.price = (spec.price.stated ? context.payable(spec.price) : item.value) * item.resolution;
  stream.shortage_cost = context.payable(spec.shortage_cost) * item.resolution;
  stream.waiting_cost = context.carrying(*spec.waiting_cost, stream.item);
}

}  // namespace tierworks::demand
