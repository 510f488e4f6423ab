#include "models/world/demand_variation.h"

#include <algorithm>
#include <cmath>

#include "core/random/moments.h"

namespace tierworks::world {

using common::StockId;
using common::StreamId;

namespace {

constexpr double kTicksPerDay = static_cast<double>(core::kDay.ticks);

// E[X^3] from its mean, variance and third central moment.
double raw_third(double mean, double variance, double third) {
  return third + 3 * mean * variance + mean * mean * mean;
}

StreamVariation of_trace(const Model& model, const demand::Stream& stream) {
  const core::Instant end = core::Instant{0} + model.warm_up + model.horizon;
  std::vector<double> days;
  double orders = 0;
  StreamVariation v;
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last && model.demand.trace[i].at < end; ++i) {
    const demand::TraceOrder& order = model.demand.trace[i];
    const auto day = static_cast<std::size_t>(order.at.ticks / core::kDay.ticks);
    if (days.size() <= day) days.resize(day + 1, 0.0);
    days[day] += static_cast<double>(order.quantity);
    v.size_mean += static_cast<double>(order.quantity);
    ++orders;
  }
  if (days.empty()) return v;
  v.size_mean /= orders;
  const auto n = static_cast<double>(days.size());
  v.interval_days = n / orders;
  for (const double day : days) v.mean += day / n;
  for (const double day : days) {
    v.variance += (day - v.mean) * (day - v.mean) / std::max(1.0, n - 1);
    v.third += (day - v.mean) * (day - v.mean) * (day - v.mean) / n;
  }
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last && model.demand.trace[i].at < end; ++i) {
    const double distance = static_cast<double>(model.demand.trace[i].quantity) - v.size_mean;
    v.size_variance += distance * distance / orders;
    v.size_third += distance * distance * distance / orders;
  }
  if (const double kept = model.demand.kept(stream); kept < 1) {
    // Each order stands or is cancelled by itself.
    const double squares = v.size_variance + v.size_mean * v.size_mean;
    v.variance = kept * kept * v.variance + kept * (1 - kept) * squares / v.interval_days;
    v.size_variance = kept * squares - kept * kept * v.size_mean * v.size_mean;
    v.size_mean *= kept;
    v.mean *= kept;
  }
  return v;
}

StreamVariation of_stream(const Model& model, const demand::Stream& stream) {
  if (!stream.trace.empty()) return of_trace(model, stream);
  const core::Moments interval = core::moments_of(stream.interval, model.tables);
  core::Moments size = core::moments_of(stream.size, model.tables);
  if (stream.remembers) size.variance = stream.regression.sd * stream.regression.sd;
  StreamVariation v;
  if (!(interval.mean > 0)) return v;
  // What the calendar makes more frequent, or larger, on the mean of the run.
  const double frequency = stream.has_periods() ? 1 : stream.mean_factor;
  const double larger = stream.has_periods() ? stream.mean_factor : 1;
  const double orders = frequency * kTicksPerDay / interval.mean;
  const double cube = larger * larger * larger * core::third_moment_of(stream.size, model.tables);
  size.mean *= larger;
  size.variance *= larger * larger;
  // Of what one interval brings: an order, or with some chance none.
  const double chance = stream.chance * model.demand.kept(stream);
  v.size_mean = chance * size.mean;
  v.size_variance = chance * (size.variance + size.mean * size.mean) - v.size_mean * v.size_mean;
  const double cubes = chance * raw_third(size.mean, size.variance, cube);
  v.size_third = cubes - raw_third(v.size_mean, v.size_variance, 0);
  v.chance = chance;
  v.step = stream.remembers || larger != 1 ? 0 : core::step_of(stream.size, model.tables);
  v.mean = orders * v.size_mean;
  v.variance = orders * (v.size_variance + v.size_mean * v.size_mean * interval.squared_cv());
  v.interval_days = interval.mean / kTicksPerDay / frequency;
  v.fixed_interval = stream.interval.is_constant();
  v.third = orders * (v.fixed_interval ? v.size_third : cubes);
  return v;
}

// The shares of one taker, times `factor`, into those of its supplier; both in the order of streams.
void merge(std::vector<StreamShare>& into, const std::vector<StreamShare>& from, double factor) {
  std::vector<StreamShare> merged;
  merged.reserve(into.size() + from.size());
  auto a = into.begin();
  for (const StreamShare& b : from) {
    while (a != into.end() && a->stream < b.stream) merged.push_back(*a++);
    merged.push_back({b.stream, b.units * factor});
    if (a != into.end() && a->stream == b.stream) merged.back().units += (a++)->units;
  }
  merged.insert(merged.end(), a, into.end());
  into = std::move(merged);
}

}  // namespace

DemandVariation::DemandVariation(const Model& model, const Flow& flow) : shares_(model.supply.stocks.size()) {
  for (std::uint32_t i = 0; i < model.demand.streams.size(); ++i) {
    const demand::Stream& stream = model.demand.streams[StreamId{i}];
    streams_.push_back(of_stream(model, stream));
    shares_[stream.stock.index].push_back({StreamId{i}, 1.0});
  }
  for (const StockId id : flow.order) {
    each_input(model, id, [&](StockId input, double per_unit, double) {
      merge(shares_[input.index], shares_[id.index], per_unit);
    });
  }
}

}  // namespace tierworks::world
