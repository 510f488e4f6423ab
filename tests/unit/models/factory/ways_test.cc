// Operations that several work centres can do, machines of different speeds, and what machines take of power.
#include "models/factory/ways.h"

#include <string>

#include <gmock/gmock.h>

#include "models/world/simulate.h"
#include "tests/support/simulate.h"

namespace tierworks::factory {
namespace {

using testing::HasSubstr;
using tests::goes_on_alike;
using tests::mistakes_of_text;
using tests::model_of_text;
using tests::Ran;
using tests::simulate_text;

// Lots that are cut in 2 h at one work centre or in 3 h at another.
std::string two_saws(const std::string& choose, const std::string& release = "count: 3") {
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    choose: )" +
         choose + R"(
    work_centres: {fast: {}, slow: {}}
    routings:
      part: {operations: {cutting: {work_centre: fast, time: 2 h, alternatives: {slow: {time: 3 h}}}}}
    releases: {parts: {routing: part, )" +
         release + "}}\n";
}

TEST(Ways, AreChosenByTheWorkThatWaits) {
  // 2 or 3 h; 4 or 3 h; 4 or 6 h.
  const Ran run = simulate_text(two_saws("least_work"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (2.0 + 3 + 4) / 3);
  EXPECT_DOUBLE_EQ(run("busy", "work_centre:shop/fast"), 0.04);
  EXPECT_DOUBLE_EQ(run("busy", "work_centre:shop/slow"), 0.03);
  // Work on machines counts as far as it is left: at 1 h another hour, so 3 or 3 h; at 2 h 4 or 3 h.
  const Ran hourly = simulate_text(two_saws("least_work", "lots: every 1 h, count: 3"));
  EXPECT_DOUBLE_EQ(hourly("cycle_time"), (2.0 + 3 + 3) / 3);
}

TEST(Ways, AreChosenByTheirOwnTime) {
  EXPECT_DOUBLE_EQ(simulate_text(two_saws("fastest"))("cycle_time"), (2.0 + 4 + 6) / 3);
}

TEST(Ways, AreChosenByTheMachineThatIsIdleLongest) {
  // Both idle: the one with less work. At 1 h the other one; at 2 h the first, which has just come free.
  const Ran run = simulate_text(two_saws("longest_idle", "lots: every 1 h, count: 3"));
  EXPECT_DOUBLE_EQ(run("cycle_time"), (2.0 + 3 + 2) / 3);
  // Every 4 h: the first is used 0 to 2 h, the second 4 to 7, the first 8 to 10, being idle since 2 h.
  const Ran later = simulate_text(two_saws("longest_idle", "lots: every 4 h, count: 3"));
  EXPECT_DOUBLE_EQ(later("cycle_time"), (2.0 + 3 + 2) / 3);
}

TEST(Ways, AreChosenByTheSetupThatTheyNeed) {
  const auto cycle_time = [](const std::string& choose) {
    return simulate_text(R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {a: {setup: 1 h}, b: {setup: 1 h}}
    routings:
      part:
        operations: {work: {work_centre: a, time: 1 h, setup: red, choose: )" +
                         choose + R"(, alternatives: {b: {time: 30 min}}}}
    releases: {first: {routing: part, count: 1}, later: {routing: part, count: 2, from: 5 h}}
)")("cycle_time", "product:later");
  };
  // The first lot sets up b. Later ones go there both, or the second, for which there is as much work, to a.
  EXPECT_DOUBLE_EQ(cycle_time("least_setup"), (0.5 + 1) / 2);
  EXPECT_DOUBLE_EQ(cycle_time("least_work"), (0.5 + 2) / 2);
}

TEST(Ways, GoOnWithTheOperationBehindTheOneWritten) {
  // Cut at both; then each lot is washed, and half an hour of it is transport.
  const Ran run = simulate_text(R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    transport: 30 min
    work_centres: {fast: {}, slow: {}, wash: {machines: 2}}
    routings:
      part:
        operations:
          cutting: {work_centre: fast, time: 2 h, alternatives: {slow: {time: 3 h}}, start_within: {washing: 20 min}}
          washing: {work_centre: wash, time: 1 h}
    releases: {parts: {routing: part, count: 2}}
)");
  EXPECT_DOUBLE_EQ(run("cycle_time"), (3.5 + 4.5) / 2);
  EXPECT_DOUBLE_EQ(run("operations", "work_centre:shop/wash"), 2);
  EXPECT_DOUBLE_EQ(run("queue_time_violations", "work_centre:shop/wash"), 2);
}

TEST(Ways, GoOnTheSameAfterAForkAndFromBytes) {
  const auto model = model_of_text(R"(tierworks: 1
time: {horizon: 3000 h}
sites:
  shop:
    release_control: {rule: conwip, lots: 6}
    work_centres: {a: {machines: 2, speeds: {2: 1.5}, machine_choice: fastest}, b: {}, c: {}}
    routings:
      part:
        sequence: random
        operations:
          one: {work_centre: a, time: exponential 1 h, alternatives: {b: {time: exponential 2 h}}}
          two: {work_centre: b, time: exponential 1 h, alternatives: {c: {}, a: {}}}
          three: {work_centre: c, time: exponential 1 h}
    releases: {parts: {routing: part, lots: poisson 18 / d, due: 5 x work}}
)");
  EXPECT_EQ(goes_on_alike(*model, core::Instant{41 * core::kDay.ticks}), "");
}

TEST(Ways, AreReadWithCare) {
  EXPECT_THAT(mistakes_of_text(two_saws("fastst")), HasSubstr("got \"fastst\", expected one of least_work, fastest, "
                                                              "least_setup, longest_idle; did you mean \"fastest\"?"));
  const auto with = [](const std::string& more) {
    std::string text = two_saws("fastest");
    text.replace(text.find("alternatives"), 0, more + ", ");
    return text;
  };
  EXPECT_THAT(mistakes_of_text(with("batch: 2 lots")),
              HasSubstr("got `alternatives` and `batch`, expected one of the two"));
  std::string twice = two_saws("fastest");
  twice.replace(twice.find("slow: {time"), 4, "fast");
  EXPECT_THAT(mistakes_of_text(twice), HasSubstr("work centre \"fast\" is named twice"));
}

// Two machines, the first of which takes twice the time.
std::string speeds(const std::string& more, const std::string& release = "count: 3") {
  return R"(tierworks: 1
time: {horizon: 100 h}
sites:
  shop:
    work_centres: {mills: {machines: 2, speeds: {1: 0.5})" +
         more + R"(}}
    routings: {part: {operations: {milling: {work_centre: mills, time: 1 h}}}}
    releases: {parts: {routing: part, )" +
         release + "}}\n";
}

TEST(Machines, HaveSpeedsOfTheirOwn) {
  // The first is idle as long as the second, and takes 2 h; the second is free at 1 h and 2 h.
  EXPECT_DOUBLE_EQ(simulate_text(speeds(""))("cycle_time"), (2.0 + 1 + 2) / 3);
  EXPECT_DOUBLE_EQ(simulate_text(speeds("", "count: 1"))("cycle_time"), 2);
  EXPECT_DOUBLE_EQ(simulate_text(speeds(", machine_choice: fastest", "count: 1"))("cycle_time"), 1);
  const Ran run = simulate_text(speeds(", machine_choice: fastest", "lots: every 2 h"));
  EXPECT_DOUBLE_EQ(run("busy", "machine:shop/mills/1"), 0);
  EXPECT_DOUBLE_EQ(run("busy", "machine:shop/mills/2"), 0.5);
  EXPECT_THAT(mistakes_of_text(speeds(", machine_choice: fastest, delay: true")),
              HasSubstr("got `speeds` at a work centre"));
  std::string third = speeds("");
  third.replace(third.find("{1:"), 3, "{3:");
  EXPECT_THAT(mistakes_of_text(third), HasSubstr("got \"3\", expected the number of a machine, from 1 to 2"));
}

TEST(Machines, TakePowerByWhatTheyDo) {
  // Two lots of 2 h in 10 h, set up for 1 h before the first; from 8 h on the shift is over: 1 h set-up, 4 h work, 3 h idle, 2 h off.
  const std::string text = R"(tierworks: 1
time: {horizon: 10 h}
sites:
  shop:
    energy_price: 0.5
    shifts: daily 00:00-08:00
    work_centres:
      mill: {setup: 1 h, power: {run: 10, setup: 4, idle: 2, off: 0.5}}
      saw: {power: {idle: 1}}
    routings: {part: {operations: {milling: {work_centre: mill, time: 2 h, setup: red}}}}
    releases: {parts: {routing: part, count: 2}}
)";
  const Ran run = simulate_text(text);
  EXPECT_DOUBLE_EQ(run("energy", "work_centre:shop/mill"), 4 + 40 + 6 + 1);
  EXPECT_DOUBLE_EQ(run("energy", "machine:shop/saw/1"), 8);
  EXPECT_DOUBLE_EQ(run("energy"), 51 + 8);
  EXPECT_DOUBLE_EQ(run("cost_energy", "site:shop"), 29.5);
  std::string unknown = text;
  unknown.replace(unknown.find("setup: 4"), 8, "set-up: 4");
  EXPECT_THAT(mistakes_of_text(unknown), HasSubstr("unknown state \"set-up\"; did you mean \"setup\"?"));
}

}  // namespace
}  // namespace tierworks::factory
