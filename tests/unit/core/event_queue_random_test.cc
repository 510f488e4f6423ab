// Random lives of the event queue, for each of its structures.
#include "tests/unit/core/queue_beside_set.h"

namespace tierworks::core {
namespace {

class RandomEvents : public testing::TestWithParam<EventSet> {};
INSTANTIATE_TEST_SUITE_P(EventQueue, RandomEvents,
                         testing::Values(EventSet::automatic, EventSet::heap, EventSet::radix, EventSet::instants),
                         [](const testing::TestParamInfo<EventSet>& set) {
                           return set.param == EventSet::heap       ? "heap"
                                  : set.param == EventSet::radix    ? "radix"
                                  : set.param == EventSet::instants ? "instants"
                                                                    : "automatic";
                         });

constexpr Times kAllTimes[] = {Times::crowded, Times::near, Times::wide, Times::at_the_end};

TEST_P(RandomEvents, FewEventsWithManyTies) {
  for (const Times times : kAllTimes) {
    Beside beside(GetParam(), 1);
    for (int round = 0; round < 60 && !HasFailure(); ++round) {
      beside.go_to(times, beside.random(60));
      for (int i = 0; i < 200; ++i) beside.step(times, 30);
      beside.check();
    }
    beside.drain();
  }
}

TEST_P(RandomEvents, FromNoneToTwoHundredThousandAndBack) {
  Beside beside(GetParam(), 2);
  for (const std::size_t most : {std::size_t{200'000}, std::size_t{30'000}}) {
    beside.go_to(Times::wide, most);
    beside.go_to(Times::near, 0);
    beside.reset(GetParam());
    beside.go_to(Times::near, most);
    beside.go_to(Times::wide, 0);
    beside.reset(GetParam());
  }
}

// Around 1024 events the automatic set goes over to buckets, at 256 back to the heap alone.
TEST_P(RandomEvents, AcrossTheThresholdsAgainAndAgain) {
  for (const Times times : kAllTimes) {
    Beside beside(GetParam(), 3);
    for (const std::size_t target :
         {900, 1100, 1000, 2500, 1020, 1030, 300, 200, 1500, 260, 250, 3000, 8000, 10, 2100, 0}) {
      beside.go_to(times, target);
      for (int i = 0; i < 500; ++i) beside.step(times, target);
    }
    beside.drain();
  }
}

TEST_P(RandomEvents, BurstsAtOneInstantWhileManyWait) {
  for (const std::size_t waiting : {50U, 3'000U, 40'000U}) {
    Beside beside(GetParam(), 4 + waiting);
    beside.go_to(Times::near, waiting);
    for (int i = 0; i < 20 && !HasFailure(); ++i) {
      beside.burst(300);
      beside.check();
    }
    beside.go_to(Times::wide, waiting / 2);
    beside.burst(2'000);
    beside.drain();
  }
}

TEST_P(RandomEvents, MostOfThemCancelled) {
  Beside beside(GetParam(), 5);
  for (const std::size_t most : {100U, 5'000U, 20'000U}) {
    for (const Times times : {Times::crowded, Times::near, Times::wide}) {
      beside.go_to(times, most);
      while (beside.size() > most / 20) {
        beside.cancel_one();
        if (beside.random(20) == 0) beside.reschedule_one(times);
        if (beside.random(50) == 0) beside.pop();
      }
      beside.check();
      beside.drain();
    }
  }
}

// What is due is popped, the loop stops short, and what then comes lies before and behind the first event still waiting.
TEST_P(RandomEvents, StoppedShortAndGoneOn) {
  for (const std::size_t waiting : {0U, 20U, 2'000U, 20'000U}) {
    Beside beside(GetParam(), 6 + waiting);
    for (const Times times : {Times::wide, Times::near, Times::crowded}) {
      for (int i = 0; i < 200 && !HasFailure(); ++i) {
        beside.run_to_a_random_instant(times, i % 3 == 0 ? 2 : 1);
        for (int n = 0; n < 10; ++n) beside.push(kAllTimes[beside.random(3)]);
        while (beside.size() < waiting) beside.push(times);
        beside.step(times, waiting);
      }
      beside.check();
    }
    beside.drain();
  }
}

TEST_P(RandomEvents, TheLeastIsKnownExactlyAsLongAsNothingIsCancelled) {
  Beside beside(GetParam(), 7);
  for (const Times times : {Times::near, Times::crowded, Times::wide}) {
    for (int i = 0; i < 20'000 && !HasFailure(); ++i) {
      beside.random(5) < (i < 10'000 ? 3U : 2U) ? beside.push(times) : static_cast<void>(beside.pop());
      beside.check_least();
    }
    beside.drain();
    beside.reset(GetParam());
  }
}

TEST_P(RandomEvents, ACopyContinuesInTheSameWay) {
  for (const std::size_t waiting : {30U, 1'500U, 30'000U}) {
    for (const Times times : {Times::crowded, Times::near, Times::wide}) {
      Beside original(GetParam(), 8), fork(EventSet::automatic, 99);
      fork.go_to(Times::near, 3'000);  // its memory has been used
      original.go_to(times, waiting);
      for (int i = 0; i < 300; ++i) original.step(times, waiting);
      fork.copy_from(original);
      fork.check();
      const auto go_on = [&](Beside& beside) {
        for (int i = 0; i < 3'000; ++i) beside.step(times, waiting);
        beside.go_to(times, waiting / 3);
      };
      go_on(fork);
      fork.drain();
      const std::uint64_t before = original.order();
      go_on(original);
      original.drain();
      EXPECT_EQ(original.order(), fork.order());
      EXPECT_NE(original.order(), before);
    }
  }
}

TEST_P(RandomEvents, TakenInByAnotherQueue) {
  Beside beside(GetParam(), 10);
  for (const std::size_t waiting : {40U, 1'200U, 900U, 20'000U, 300U}) {
    for (const Times times : {Times::near, Times::crowded, Times::wide}) {
      beside.go_to(times, waiting);
      beside.adopt_all();
      for (int i = 0; i < 1'000; ++i) beside.step(times, waiting);
    }
  }
  beside.drain();
}

TEST(EventQueue, HasOneOrderWhichStructureEverHoldsTheEvents) {
  const auto order = [](EventSet set) {
    Beside beside(set, 11);
    for (const Times times : {Times::near, Times::wide, Times::crowded}) {
      beside.go_to(times, 5'000);
      for (int i = 0; i < 20'000; ++i) beside.step(times, 5'000);
      beside.burst(100);
      beside.go_to(times, 100);
    }
    beside.drain();
    return beside.order();
  };
  const std::uint64_t by_heap = order(EventSet::heap);
  EXPECT_EQ(order(EventSet::radix), by_heap);
  EXPECT_EQ(order(EventSet::instants), by_heap);
  EXPECT_EQ(order(EventSet::automatic), by_heap);
}

}  // namespace
}  // namespace tierworks::core
