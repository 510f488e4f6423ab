#include "models/factory/times.h"

namespace tierworks::factory {

std::int64_t drawn_ticks(const Run& run, const core::Distribution& distribution, core::StreamName stream,
                         std::uint64_t index, std::uint32_t visit) {
  core::Draw draw = run.settings.random.draw(stream, index, visit);
  return whole(core::sample(distribution, *run.model.tables, draw));
}

}  // namespace tierworks::factory
