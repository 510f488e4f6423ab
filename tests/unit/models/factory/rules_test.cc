// Dispatching rules on a lot whose values can be computed by hand.
#include "models/factory/policies/rules.h"

#include <gtest/gtest.h>

#include "core/base/math.h"

namespace tierworks::factory {
namespace {

// At 100: due at 160, operation due at 120, p 10 of 40 left in 4 operations, weight 2; queue mean 5, next queue 30, next p 8.
constexpr LotView kLot{.now = 100,
                       .arrived = 90,
                       .released = 50,
                       .process_time = 10,
                       .work_left = 40,
                       .operations_left = 4,
                       .due = 160,
                       .operation_due = 120,
                       .weight = 2,
                       .queue_mean = 5,
                       .next_queue_work = 30,
                       .next_process_time = 8,
                       .random = 0.25};

double value(Rule rule, double k = 2) { return value_of(rule, {.k = k}, kLot); }

TEST(Rules, HaveTheValuesOfTheirFormulas) {
  EXPECT_EQ(value(Rule::fifo), 90);
  EXPECT_EQ(value(Rule::fasfs), 50);
  EXPECT_EQ(value(Rule::edd), 160);
  EXPECT_EQ(value(Rule::odd), 120);
  EXPECT_EQ(value(Rule::spt), 10);
  EXPECT_EQ(value(Rule::lpt), -10);
  EXPECT_EQ(value(Rule::srpt), 40);
  EXPECT_EQ(value(Rule::mwkr), -40);
  EXPECT_EQ(value(Rule::mopnr), -4);
  EXPECT_EQ(value(Rule::slack), 160 - 40);
  EXPECT_EQ(value(Rule::slack_per_operation), (160.0 - 100 - 40) / 4);
  EXPECT_EQ(value(Rule::cr), 60.0 / 40);
  EXPECT_EQ(value(Rule::cr_spt), 10 * 1.5);
  EXPECT_EQ(value(Rule::mdd), 160);
  EXPECT_EQ(value(Rule::mod), 120);
  EXPECT_EQ(value(Rule::wmod), 20.0 / 2);
  EXPECT_EQ(value(Rule::winq), 30);
  EXPECT_EQ(value(Rule::pt_winq), 40);
  EXPECT_EQ(value(Rule::pt_winq_sl), 40);
  EXPECT_EQ(value(Rule::two_pt_winq_npt), 58);
  EXPECT_DOUBLE_EQ(value(Rule::atc, 3), -(2.0 / 10) * core::det_exp(-10.0 / 15));
  EXPECT_DOUBLE_EQ(value(Rule::covert), -(2.0 / 10) * (1 - 20.0 / 80));
  EXPECT_EQ(value(Rule::random), 0.25);
}

TEST(Rules, TurnWhenALotIsLate) {
  LotView late = kLot;
  late.now = 150;
  EXPECT_EQ(value_of(Rule::mdd, {}, late), 190);
  EXPECT_EQ(value_of(Rule::mod, {}, late), 160);
  EXPECT_EQ(value_of(Rule::pt_winq_sl, {}, late), 40 + (160 - 150 - 40));
  EXPECT_EQ(value_of(Rule::atc, {}, late), -0.2);
  EXPECT_EQ(value_of(Rule::covert, {}, late), -0.2);
  EXPECT_EQ(value_of(Rule::cr_spt, {}, late), 10);
}

TEST(Rules, LookAtWhatAMachineWouldHaveToMake) {
  LotView at = kLot;
  at.setup = 6;
  at.setup_mean = 3;
  at.family_lots = 4;
  at.family_work = 50;
  at.batch = 0.5;
  EXPECT_EQ(value_of(Rule::sst, {}, at), 6);
  EXPECT_EQ(value_of(Rule::masp, {}, at), (6.0 + 50) / 4);
  EXPECT_EQ(value_of(Rule::wbpt, {}, at), 6.0 / 4 + 10);
  const double atcs = -(2.0 / 10) * core::det_exp(-10.0 / 15) * core::det_exp(-6.0 / (2 * 3));
  EXPECT_DOUBLE_EQ(value_of(Rule::atcs, {.k = 3, .k2 = 2}, at), atcs);
  EXPECT_DOUBLE_EQ(value_of(Rule::batcs, {.k = 3, .k2 = 2}, at), atcs / 2);
  for (const RuleName& known : kRuleNames) {
    EXPECT_EQ(looks_at_machine(known.rule), value_of(known.rule, {}, kLot) != value_of(known.rule, {}, at))
        << known.name;
  }
}

TEST(Rules, AreStaticIfNeitherClockNorOtherQueuesCount) {
  LotView later = kLot;
  later.now = 150;
  later.next_queue_work = 99;
  later.queue_mean = 50;
  later.setup = 7;  // of another machine
  later.family_lots = 2;
  for (const RuleName& known : kRuleNames) {
    const bool same = value_of(known.rule, {}, kLot) == value_of(known.rule, {}, later);
    EXPECT_EQ(is_static(known.rule), same) << known.name;
  }
}

}  // namespace
}  // namespace tierworks::factory
