#include "models/world/needs.h"

#include <algorithm>

namespace tierworks::world {

namespace {

// Orders of a fixed interval until `t`, that instant included.
double orders_until(const demand::Stream& stream, std::int64_t interval, core::Instant t) {
  const std::int64_t since = (t - core::Instant{0} - stream.first).ticks;
  return since < 0 ? 0 : static_cast<double>(since / interval + 1);
}

// Smallest units in a tick, over the run.
double mean_of_trace(const Model& model, const demand::Stream& stream) {
  const core::Instant end = core::Instant{0} + model.warm_up + model.horizon;
  double sum = 0;
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last && model.demand.trace[i].at < end; ++i) {
    sum += static_cast<double>(model.demand.trace[i].quantity);
  }
  return sum * model.demand.kept(stream) / static_cast<double>(end.ticks);
}

}  // namespace

void add_known(const Model& model, const demand::Stream& stream, const Buckets& buckets, std::vector<double>& into) {
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last; ++i) {
    const demand::TraceOrder& order = model.demand.trace[i];
    const std::int64_t since = (order.at - buckets.from).ticks;
    if (since <= 0) continue;
    const auto bucket = static_cast<std::size_t>((since - 1) / buckets.length.ticks);
    if (bucket < buckets.count) into[bucket] += static_cast<double>(order.quantity);
  }
}

void add_expected(const Model& model, const demand::Stream& stream, const Buckets& buckets, std::vector<double>& into) {
  if (!stream.trace.empty() && stream.is_booked()) {
    // The trace is not known before it is booked.
    const double mean = mean_of_trace(model, stream) * static_cast<double>(buckets.length.ticks);
    for (double& bucket : into) bucket += mean;
    return;
  }
  if (!stream.trace.empty()) {
    add_known(model, stream, buckets, into);
    return;
  }
  const double interval = core::mean_of(stream.interval, model.tables);
  if (!(interval > 0)) return;
  const double size = stream.chance * core::mean_of(stream.size, model.tables);
  core::Instant from = buckets.from;
  for (std::size_t b = 0; b < buckets.count; ++b) {
    const core::Instant until = from + buckets.length;
    double orders = static_cast<double>(buckets.length.ticks) / interval;
    if (stream.has_periods()) {
      const auto ticks = std::max<std::int64_t>(1, static_cast<std::int64_t>(interval));
      orders = orders_until(stream, ticks, until) - orders_until(stream, ticks, from);
    }
    const double factor = stream.pattern == demand::kNoPattern ? 1 : model.demand.factors(stream).mean(from, until);
    into[b] += orders * size * factor * model.demand.kept(stream);
    from = until;
  }
}

}  // namespace tierworks::world
