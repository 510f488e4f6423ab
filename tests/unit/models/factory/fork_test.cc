// A fab with everything that machines can be: forked, written to bytes and read back, it goes on as if nothing had happened;
// and once warm, its runs need no more memory.
#include <gtest/gtest.h>

#include "models/world/simulate.h"
#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

std::unique_ptr<const world::Model> mini_fab() {
  return tests::model_of_file((tests::source_dir() / "scenarios/catalogue/industry/mini_fab.yaml").string(),
                              {"time.horizon=20 wk", "time.warm_up=2 wk"});
}

TEST(MiniFab, GoesOnTheSameAfterAForkAndAfterASnapshot) {
  const auto model = mini_fab();
  world::Simulation straight(*model);
  const world::RunResult whole = straight.run(7, 0);
  world::Simulation trunk(*model);
  trunk.start(7, 0);
  trunk.run_to(core::Instant{0} + core::Duration{80 * core::kDay.ticks});
  world::Simulation fork(*model), copy(*model);
  fork.fork_from(trunk);
  ASSERT_TRUE(copy.from_bytes(trunk.to_bytes()));
  trunk.finish();
  EXPECT_EQ(fork.finish().fingerprint, whole.fingerprint);
  EXPECT_EQ(copy.finish().fingerprint, whole.fingerprint);
}

// A network whose firms are shop floors in part.
TEST(ClusterWithFloors, GoesOnTheSameAfterAForkAndASnapshot) {
  const auto model = tests::model_of_file(
      (tests::source_dir() / "scenarios/catalogue/industry/electronics_floors.yaml").string(), {"time.horizon=10 wk"});
  world::Simulation straight(*model);
  const world::RunResult whole = straight.run(7, 0);
  world::Simulation trunk(*model), fork(*model), copy(*model);
  trunk.start(7, 0);
  trunk.run_to(core::Instant{0} + core::Duration{80 * core::kDay.ticks});
  fork.fork_from(trunk);
  ASSERT_TRUE(copy.from_bytes(trunk.to_bytes()));
  trunk.finish();
  EXPECT_EQ(fork.finish().fingerprint, whole.fingerprint);
  EXPECT_EQ(copy.finish().fingerprint, whole.fingerprint);
}

TEST(MiniFab, NeedsNoMoreMemoryOnceItHasRun) {
  const auto model = mini_fab();
  world::Simulation simulation(*model);
  simulation.run(7, 0);
  simulation.run(7, 1);
  const std::uint64_t growths = simulation.growths();
  simulation.run(7, 1);
  EXPECT_EQ(simulation.growths(), growths);
}

}  // namespace
}  // namespace tierworks::factory
