#include "models/planning/rings.h"

#include "core/base/check.h"

namespace tierworks::planning {

namespace {

double& slot(State& state, const Ring& ring, std::int64_t bucket) {
  const auto size = static_cast<std::int64_t>(ring.memory.size());
  return state.memory[MemoryId{ring.memory.first + static_cast<std::uint32_t>(bucket % size)}];
}

}  // namespace

void start_rings(Run& run) { run.state.looked.assign(run.model.rings.size(), 0); }

void add_to_ring(Run& run, RingId id, core::Instant at, double quantity) {
  const Ring& ring = run.model.rings[id];
  const std::int64_t since = (at - ring.from).ticks;
  if (since <= 0) return;  // there at the first look
  const std::int64_t bucket = (since - 1) / ring.bucket.ticks, first = run.state.looked[id];
  if (bucket < first) return;
  TIERWORKS_CHECK(bucket - first < static_cast<std::int64_t>(ring.memory.size()),
                  "goods are wanted later than a plan can hold", bucket, first);
  slot(run.state, ring, bucket) += quantity;
}

void look_at_ring(Run& run, RingId id) {
  const Ring& ring = run.model.rings[id];
  std::int64_t& first = run.state.looked[id];
  const std::int64_t now = (run.now() - ring.from).ticks / ring.bucket.ticks;
  const auto size = static_cast<std::int64_t>(ring.memory.size());
  for (std::int64_t bucket = first; bucket < now && bucket < first + size; ++bucket) slot(run.state, ring, bucket) = 0;
  first = now;
}

double ring_at(const Run& run, RingId id, std::size_t ahead) {
  const Ring& ring = run.model.rings[id];
  if (ahead >= ring.memory.size()) return 0;
  return slot(run.state, ring, run.state.looked[id] + static_cast<std::int64_t>(ahead));
}

}  // namespace tierworks::planning
