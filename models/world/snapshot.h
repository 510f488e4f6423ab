// A running simulation as a file: all of its state, so that another process goes on from there and ends with the same bits.
// The file says its format, which program and model it is of, its seed and replication and the instant, and carries a
// checksum; it fits any number of partitions and threads, and processors of the x86-64 kind only.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/world/simulate.h"

namespace tierworks::world {

struct SnapshotHead {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  core::Instant at;
};

// The bytes of the file. `program`: name and version of what writes and reads it; another one's state may mean another thing.
std::string snapshot(Simulation& simulation, const Model& model, std::string_view program);

// What stands in the file; nothing, and in `fault` what is wrong with it and what to do, if it is no snapshot of this program
// and this model, or damaged.
std::optional<SnapshotHead> snapshot_head(std::string_view file, const Model& model, std::string_view program,
                                          std::string& fault);
// Requires a head. False if the state is not one: then nothing can be resumed from it.
bool resume(Simulation& simulation, std::string_view file);

}  // namespace tierworks::world
