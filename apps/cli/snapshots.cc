#include "apps/cli/snapshots.h"

#include <memory>

#include <fmt/format.h>

#include "apps/cli/terminal.h"
#include "models/world/snapshot.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 30;

bool refuse(const std::string& why) {
  message(why);
  return false;
}

bool fits_one_run(const RunOptions& options) {
  const char* const option = options.resume ? "--resume" : "--snapshot";
  if (options.replications.value_or(1) != 1) {
    return refuse(fmt::format("{}: got --replications {}; a snapshot holds one run, expected --replications 1", option,
                              *options.replications));
  }
  if (options.precision) return refuse(fmt::format("{}: goes with one run, and --precision asks for several", option));
  if (options.resume && options.seed) {
    return refuse("--resume: the seed is that of the snapshot; leave --seed out");
  }
  return true;
}

}  // namespace

bool use_snapshots(const RunOptions& options, const world::Model& model, const std::string& program,
                   experiments::ReplicateOptions& how) {
  if (!options.resume && !options.snapshot) return true;
  if (!fits_one_run(options)) return false;
  how.replications = 1;

  std::shared_ptr<std::string> resumed;
  core::Instant from{0};
  if (options.resume) {
    std::string fault;
    auto file = read_whole(*options.resume, fault, kMostBytes);
    if (!file) return refuse(fmt::format("--resume {}: cannot be read: {}", *options.resume, fault));
    const auto head = world::snapshot_head(*file, model, program, fault);
    if (!head) return refuse(fmt::format("--resume {}: {}", *options.resume, fault));
    how.seed = head->seed;
    how.first_replication = head->replication;
    from = head->at;
    resumed = std::make_shared<std::string>(std::move(*file));
  }

  std::optional<core::Instant> keep_at;
  if (options.snapshot) {
    std::string expected;
    const auto after = reader::parse_duration(*options.snapshot_at, expected);
    if (!after) {
      return refuse(fmt::format("--snapshot-at: got \"{}\", expected {}", *options.snapshot_at, expected));
    }
    keep_at = core::Instant{0} + *after;
    if (*keep_at < from || core::Instant{0} + model.warm_up + model.horizon < *keep_at) {
      return refuse(fmt::format(
          "--snapshot-at: got \"{}\", expected a time between {:g} d, where the run starts, and "
          "{:g} d, where it ends (warm-up and horizon together)",
          *options.snapshot_at, core::in_days(from - core::Instant{0}), core::in_days(model.warm_up + model.horizon)));
    }
  }

  how.run_one = [&model, resumed, keep_at, path = options.snapshot, program](
                    world::Simulation& simulation, std::uint64_t seed, std::uint32_t replication) {
    if (resumed) {
      TIERWORKS_CHECK(world::resume(simulation, *resumed), "a snapshot with a right checksum holds no state");
    } else {
      simulation.start(seed, replication);
    }
    if (keep_at) {
      simulation.run_to(*keep_at);
      if (const auto fault = write_whole(*path, world::snapshot(simulation, model, program))) {
        throw CannotWrite(fmt::format("--snapshot {}: cannot be written: {}", *path, *fault));
      }
    }
    return simulation.finish();
  };
  return true;
}

}  // namespace tierworks::cli
