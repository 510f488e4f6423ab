// Policies that plan, remember or evaluate are the same run however it is split, forked or kept.
#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

std::unique_ptr<const Model> planners() {
  const auto file = tests::source_dir() / "scenarios/catalogue/tutorial/planning_policies.yaml";
  return tests::model_of_file(file.string(), {"time.horizon=20 wk", "time.warm_up=4 wk"});
}

RunPlan split(const Model& model, std::uint32_t parts) {
  RunPlan plan;
  plan.parts = parts;
  for (std::uint32_t place = 0; place < model.sites.size(); ++place) plan.part_of.push_back(place % parts);
  plan.lookahead = core::kHour;
  plan.threads = 2;
  return plan;
}

TEST(PlanningPolicies, GiveTheSameRunHoweverItIsSplit) {
  const auto model = planners();
  const RunResult whole = Simulation(*model).run(3, 0);
  EXPECT_EQ(whole.outcome, Outcome::complete) << whole.trouble;
  for (const std::uint32_t parts : {2U, 5U}) {
    EXPECT_EQ(Simulation(*model, split(*model, parts)).run(3, 0).fingerprint, whole.fingerprint) << parts;
  }
}

TEST(PlanningPolicies, GoOnInAForkAndFromBytes) {
  const auto model = planners();
  const RunResult whole = Simulation(*model).run(3, 0);
  Simulation running(*model), forked(*model), kept(*model);
  running.start(3, 0);
  running.run_to(core::Instant{0} + core::kDay * 67);
  forked.fork_from(running);
  ASSERT_TRUE(kept.from_bytes(running.to_bytes()));
  EXPECT_EQ(forked.finish().fingerprint, whole.fingerprint);
  EXPECT_EQ(kept.finish().fingerprint, whole.fingerprint);
  EXPECT_EQ(running.finish().fingerprint, whole.fingerprint);
}

}  // namespace
}  // namespace tierworks::world
