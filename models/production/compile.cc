#include "models/production/compile.h"

#include <algorithm>
#include <cmath>

namespace tierworks::production {

Line compile_line(const LineSpec& spec, common::CompileContext& context) {
  Line line;
  line.servers = *spec.servers;
  line.room = *spec.room;
  line.cost_per_tick = context.payable(spec.cost_per_hour) / static_cast<double>(core::kHour.ticks);
  line.named = true;
  return line;
}

void compile_product(const MakesSpec& spec, common::CompileContext& context, Product& product) {
  const common::Item& item = context.items[product.item.index];
  product.resolution = item.resolution;
  product.per_unit = *spec.per == MakesSpec::Per::unit;
  product.time = context.time(*spec.time);
  product.cost = context.payable(spec.cost) * item.resolution;
  product.as_available = *spec.as_available;
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
