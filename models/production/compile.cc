#include "models/production/compile.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierworks::production {

Line compile_line(const LineSpec& spec, common::CompileContext& context) {
  Line line;
  line.servers = *spec.servers;
  line.room = *spec.room;
  line.cost_per_tick = context.payable(spec.cost_per_hour) / static_cast<double>(core::kHour.ticks);
  line.named = true;
  return line;
}

namespace {

// Made on the shop floor: no line, no time of its own.
void compile_lots(const MakesSpec& spec, common::CompileContext& context, Product& product) {
  const auto refuse = [&](bool stated, common::Origin origin, const char* key) {
    if (!stated) return;
    context.diagnostics.error(origin,
                              fmt::format("got a `{}` beside a `routing`, whose operations say it; expected one of the "
                                          "two",
                                          key));
  };
  refuse(spec.line.stated, spec.line.origin, "line");
  refuse(spec.time.stated, spec.time.origin, "time");
  refuse(spec.per.stated, spec.per.origin, "per");
  refuse(spec.batch.stated, spec.batch.origin, "batch");
  product.in_shop = true;
  product.per_unit = false;
  if (spec.lot.stated) product.batch = context.quantity(*spec.lot, product.item, spec.lot.origin);
}

}  // namespace

YieldId add_yield(const YieldSpec& spec, core::StreamName draws, common::CompileContext& context, Model& model) {
  Yield yield;
  yield.share = core::compile(spec.share, context.tables);
  yield.each = spec.each;
  yield.mean = core::mean_of(spec.share);
  yield.draws = draws;
  return model.yields.add(yield);
}

void compile_product(const MakesSpec& spec, common::CompileContext& context, Product& product) {
  const common::Item& item = context.items[product.item.index];
  product.resolution = item.resolution;
  product.per_unit = *spec.per == MakesSpec::Per::unit;
  product.cost = context.payable(spec.cost) * item.resolution;
  product.as_available = *spec.as_available;
  if (spec.yield->each && item.resolution != 1) {
    context.diagnostics.error(
        spec.yield.origin, fmt::format("got a chance of each unit, but \"{}\" is counted in parts of a unit, {:g} {}; "
                                       "expected a share of each batch, like `97 %`",
                                       item.name, item.resolution, item.unit));
  }
  if (spec.routing.stated) {
    compile_lots(spec, context, product);
    return;
  }
  if (spec.lot.stated) {
    context.diagnostics.error(spec.lot.origin, "got a `lot` without a `routing`; on a line it is called `batch`");
  }
  product.time = context.time(*spec.time);
  product.mean_time = core::mean_of(product.time, context.tables);
  if (product.as_available && !spec.batch.stated) {
    product.batch = 0;
  } else if (spec.batch.stated) {
    product.batch = context.quantity(*spec.batch, product.item, spec.batch.origin);
  } else if (product.per_unit) {
    product.batch = std::max<Quantity>(1, static_cast<Quantity>(std::nearbyint(1 / item.resolution)));
  }
  if (product.as_available && product.per_unit && !product.time.is_constant() && !spec.batch.stated) {
    context.diagnostics.error(spec.as_available.origin,
                              "got `as_available` with a random time for each unit and no `batch`, expected the most "
                              "that is worked on at once, or the time of the whole with `per: batch`");
  }
  const double units = static_cast<double>(product.batch) * item.resolution;
  if (product.per_unit && !product.time.is_constant() && units > kMostDrawsPerBatch) {
    context.diagnostics.error(
        spec.batch.stated ? spec.batch.origin : spec.time.origin,
        "got a batch of more than 10000 units whose random time is for each unit; state the time of "
        "the whole batch with `per: batch`");
  }
}

}  // namespace tierworks::production
