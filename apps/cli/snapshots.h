// `--snapshot`, `--snapshot-at` and `--resume` of `tierworks run`: one run that is kept in a file, or goes on from one.
#pragma once
#include <optional>
#include <string>

#include "apps/cli/commands.h"
#include "experiments/replicate/replicate.h"

namespace tierworks::cli {

// Fills in how the one replication is run. False if the options or the snapshot do not fit; the reason went to stderr.
bool use_snapshots(const RunOptions& options, const world::Model& model, const std::string& program,
                   experiments::ReplicateOptions& how);

}  // namespace tierworks::cli
