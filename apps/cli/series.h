// The option --series of a run: its stocks over time as a CSV file.
#pragma once
#include "apps/cli/commands.h"
#include "experiments/replicate/replicate.h"
#include "models/world/model.h"

namespace tierworks::cli {

// Makes the first replication stop at the end of each period and write what its stocks hold; nothing without the option.
// False after a message if the options do not go together. The file appears under its name when it is whole.
bool write_series(const RunOptions& options, const world::Model& model, experiments::ReplicateOptions& how);

}  // namespace tierworks::cli
