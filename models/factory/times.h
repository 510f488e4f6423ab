// How long operations take: of a lot, and of its machine, which may be free before the lot is done.
#pragma once
#include <algorithm>

#include "models/factory/events.h"

namespace tierworks::factory {

inline std::int64_t whole(double ticks) { return core::rounded(ticks).ticks; }

// A draw of a stream, in ticks.
std::int64_t drawn_ticks(const Run& run, const core::Distribution& distribution, core::StreamName stream,
                         std::uint64_t index, std::uint32_t visit = 0);

// Of a lot, loading and unloading with it.
inline std::int64_t mean_of(const Operation& operation, std::int64_t pieces) {
  return whole(operation.lot_mean + operation.piece_mean * static_cast<double>(pieces));
}

// The process time of a lot, or of the batch that it leads, without loading; `draw` is that of the visit.
inline std::int64_t sampled_time(const Run& run, const Lot& lot, const Operation& operation, core::Draw& draw) {
  const core::DistributionTables& tables = *run.model.tables;
  double ticks = core::sample(operation.time, tables, draw);
  if (operation.pieces_alike) return whole(ticks * static_cast<double>(lot.pieces));
  for (std::int64_t piece = 1; operation.per_piece && piece < lot.pieces; ++piece) {
    ticks += core::sample(operation.time, tables, draw);
  }
  return whole(ticks);
}
inline std::int64_t constant_time(const Lot& lot, const Operation& operation) {
  return whole(operation.time.p * static_cast<double>(operation.per_piece ? lot.pieces : 1));
}
inline std::int64_t drawn_time(const Run& run, const Lot& lot, const Operation& operation, std::uint32_t visit) {
  if (operation.time.is_constant()) return constant_time(lot, operation);
  core::Draw draw = run.settings.random.draw(run.model.releases[lot.release].process, lot.number, visit);
  return sampled_time(run, lot, operation, draw);
}

struct WorkTime {
  std::int64_t machine = 0;  // ticks that the machine is busy
  std::int64_t tail = 0;     // ticks that the lot needs from then on
};
inline WorkTime work_time(const Operation& operation, std::int64_t pieces, std::int64_t process_time) {
  const std::int64_t lot = process_time + operation.handling;
  if (!operation.has_interval) return {lot, 0};
  const std::int64_t after_first = operation.interval_per_piece ? pieces - 1 : 0;
  const std::int64_t machine = operation.interval * (after_first + 1);
  return {machine, std::max<std::int64_t>(0, lot + operation.interval * after_first - machine)};
}

}  // namespace tierworks::factory
