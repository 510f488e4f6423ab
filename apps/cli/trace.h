// The option --trace of a run: what machines and lots of its shop floors do, as a CSV file, or as trace events for a viewer
// (Chrome, Perfetto) if the file's name ends in .json.
#pragma once
#include "apps/cli/commands.h"
#include "experiments/replicate/replicate.h"
#include "models/world/model.h"

namespace tierworks::cli {

// Makes the first replication write what happens in the window; nothing without the option. False after a message if the
// options do not go together. The file appears under its name when it is whole.
bool write_trace(const RunOptions& options, const world::Model& model, experiments::ReplicateOptions& how);

}  // namespace tierworks::cli
