#include "core/event/kernel.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

struct Noted {
  std::int64_t number = 0;
};
struct Asked {  // sends a Noted at once, in an earlier phase
  std::int64_t number = 0;
};
struct Chained {  // sends itself again without delay until `left` is 0
  std::int64_t left = 0;
};
struct Remembered {  // the second half is memory, not fact
  static constexpr std::size_t kFactBytes = 8;
  std::int64_t fact = 0;
  std::int64_t memory = 0;
};
enum Kind : EventKind { kNoted, kAsked, kChained, kRemembered };

struct World {
  explicit World(std::size_t places = 2) { kernel.reset(places); }

  Kernel kernel;
  std::vector<std::int64_t> noted;
  std::vector<std::pair<int, std::uint32_t>> phases_and_depths;  // of the pending event, when it was sent

  EventLoop& loop() { return kernel.loop(0); }
  void look_at_last_sent() {
    EventKey latest;
    kernel.for_each_pending([&](const Event& event) { latest = std::max(latest, event.key); });
    phases_and_depths.emplace_back(latest.phase(), latest.depth());
  }
};

const Dispatch<World>& dispatch() {
  static const Dispatch<World> table{{
      {[](World& w, const Event& e) { w.noted.push_back(e.as<Noted>().number); }, 1},
      {[](World& w, const Event& e) {
         w.loop().send(e.to, w.kernel.now(), 0, kNoted, Noted{e.as<Asked>().number});
         w.look_at_last_sent();
       },
       1},
      {[](World& w, const Event& e) {
         const std::int64_t left = e.as<Chained>().left;
         if (left == 0) return;
         w.loop().send(e.to, w.kernel.now(), 2, kChained, Chained{left - 1});
         w.look_at_last_sent();
       },
       1},
      {[](World&, const Event&) {}, 1},
  }};
  return table;
}

TEST(Kernel, HandlesEventsBeforeTheEndAndLeavesTheRestForLater) {
  World world;
  for (const std::int64_t at : {30, 10, 20}) world.loop().send(PlaceId{0}, {at}, 0, kNoted, Noted{at});
  world.kernel.run_before({20}, world, dispatch());
  EXPECT_EQ(world.noted, (std::vector<std::int64_t>{10}));
  EXPECT_EQ(world.kernel.now().ticks, 20);
  world.kernel.run_before({31}, world, dispatch());
  EXPECT_EQ(world.noted, (std::vector<std::int64_t>{10, 20, 30}));
  EXPECT_EQ(world.kernel.events(), 3U);
  EXPECT_EQ(world.kernel.now().ticks, 31);
}

TEST(Kernel, ChangesNothingWhenARunIsCutInTwo) {
  const auto prepare = [](World& world) {
    for (std::int64_t i = 0; i < 20; ++i) {
      world.loop().act_as(PlaceId{static_cast<std::uint32_t>(i % 2)});
      world.loop().send(PlaceId{0}, {i / 4}, static_cast<Phase>(i % 3), i % 5 == 0 ? kAsked : kNoted, Noted{i});
    }
  };
  World whole, parts;
  prepare(whole);
  prepare(parts);
  whole.kernel.run_before({9}, whole, dispatch());
  for (const std::int64_t end : {2, 3, 9}) parts.kernel.run_before({end}, parts, dispatch());
  EXPECT_EQ(whole.noted, parts.noted);
  EXPECT_EQ(whole.noted.size(), 20U);
  EXPECT_EQ(whole.kernel.fingerprint(), parts.kernel.fingerprint());
}

TEST(Kernel, AnEventForThePresentInAnEarlierPhaseHappensInThePresentPhase) {
  World world;
  world.loop().send(PlaceId{0}, {5}, 3, kAsked, Asked{1});
  world.loop().send(PlaceId{0}, {5}, 3, kNoted, Noted{2});
  world.loop().send(PlaceId{0}, {5}, 4, kNoted, Noted{3});
  world.kernel.run_before({6}, world, dispatch());
  // It was sent for phase 0, which is over: it comes after its cause's equals and before the next phase.
  EXPECT_EQ(world.noted, (std::vector<std::int64_t>{2, 1, 3}));
}

TEST(Kernel, DepthGrowsByOneWithEachCauseAtOneInstantAndPhase) {
  World world;
  world.loop().send(PlaceId{0}, {5}, 1, kChained, Chained{3});
  world.kernel.run_before({6}, world, dispatch());
  // The first was sent from phase 1 into phase 2, where depth starts at 0 again.
  EXPECT_EQ(world.phases_and_depths, (std::vector<std::pair<int, std::uint32_t>>{{2, 0}, {2, 1}, {2, 2}}));
  EXPECT_EQ(world.kernel.status(), RunStatus::running);
}

TEST(Kernel, ALoopWithoutDelayEndsTheRunWithItsStatus) {
  // From phase 2 on, depth 0 .. kMaxDepth is kMaxDepth + 1 events of one instant; the next one is too deep.
  World fits;
  fits.loop().send(PlaceId{0}, {5}, 2, kChained, Chained{EventKey::kMaxDepth});
  fits.kernel.run_before({6}, fits, dispatch());
  EXPECT_EQ(fits.kernel.status(), RunStatus::running);
  EXPECT_EQ(fits.kernel.events(), EventKey::kMaxDepth + 1U);

  World too_deep;
  too_deep.loop().send(PlaceId{0}, {5}, 2, kChained, Chained{EventKey::kMaxDepth + 1});
  too_deep.kernel.run_before({6}, too_deep, dispatch());
  EXPECT_EQ(too_deep.kernel.status(), RunStatus::loop_without_delay);
  EXPECT_EQ(too_deep.kernel.now().ticks, 5);
  EXPECT_EQ(too_deep.kernel.events(), EventKey::kMaxDepth + 1U);
}

TEST(Kernel, SendingIntoThePastIsOurBug) {
  World world;
  world.kernel.run_before({10}, world, dispatch());
  EXPECT_NO_THROW(world.loop().send(PlaceId{0}, {10}, 0, kNoted, Noted{}));
  EXPECT_THROW(world.loop().send(PlaceId{0}, {9}, 0, kNoted, Noted{}), Broken);
}

TEST(Kernel, OurBugInsideAHandlerIsToldWithClockAndEvent) {
  World world;
  Dispatch<World> broken = dispatch();
  broken.rows[kNoted].handle = [](World&, const Event&) { TIERWORKS_CHECK(false, "the sky fell"); };
  world.loop().send(PlaceId{1}, {4711}, 3, kNoted, Noted{});
  try {
    world.kernel.run_before({5000}, world, broken);
    FAIL() << "nothing was thrown";
  } catch (const Broken& bug) {
    const std::string words = bug.what();
    EXPECT_NE(words.find("the sky fell"), std::string::npos) << words;
    EXPECT_NE(words.find("4711"), std::string::npos) << words;
  }
}

TEST(Kernel, BeyondTheLastInstantNothingHappens) {
  World world;
  world.loop().send(PlaceId{0}, {kLastInstant.ticks + 5}, 0, kNoted, Noted{});
  int found = 0;
  world.kernel.for_each_pending([&](const Event& event) {
    EXPECT_EQ(event.key.at(), kLastInstant);
    ++found;
  });
  EXPECT_EQ(found, 1);
  EXPECT_EQ(world.kernel.least_time(), kLastInstant);
  world.kernel.run_before(kLastInstant, world, dispatch());
  EXPECT_TRUE(world.noted.empty());
}

TEST(Kernel, CancelledEventsDoNotHappenAndMovedOnesStandBehindTheirEquals) {
  World world;
  const EventHandle moved = world.loop().send(PlaceId{0}, {1}, 0, kNoted, Noted{1});
  const EventHandle cancelled = world.loop().send(PlaceId{0}, {2}, 0, kNoted, Noted{2});
  world.loop().send(PlaceId{0}, {3}, 0, kNoted, Noted{3});
  const EventHandle after_move = world.loop().reschedule(moved, {3}, 0);
  EXPECT_FALSE(after_move.is_none());
  EXPECT_FALSE(world.loop().cancel(moved));
  EXPECT_TRUE(world.loop().cancel(cancelled));
  EXPECT_FALSE(world.loop().cancel(cancelled));
  EXPECT_TRUE(world.loop().reschedule(cancelled, {3}, 0).is_none());
  world.kernel.run_before({9}, world, dispatch());
  EXPECT_EQ(world.noted, (std::vector<std::int64_t>{3, 1}));
}

std::uint64_t fingerprint_of(std::int64_t at, Phase phase, PlaceId to, std::int64_t fact, std::int64_t memory) {
  World world;
  world.loop().send(to, {at}, phase, kRemembered, Remembered{fact, memory});
  world.kernel.run_before({100}, world, dispatch());
  return world.kernel.fingerprint();
}

TEST(Kernel, TheFingerprintDependsOnFactsAndNotOnMemory) {
  const std::uint64_t one = fingerprint_of(5, 1, PlaceId{0}, 7, 1);
  EXPECT_EQ(fingerprint_of(5, 1, PlaceId{0}, 7, 2), one);
  EXPECT_NE(fingerprint_of(5, 1, PlaceId{0}, 8, 1), one);
  EXPECT_NE(fingerprint_of(6, 1, PlaceId{0}, 7, 1), one);
  EXPECT_NE(fingerprint_of(5, 2, PlaceId{0}, 7, 1), one);
  EXPECT_EQ(fact_bytes<Remembered>(), 8U);
  EXPECT_EQ(fact_bytes<Noted>(), sizeof(Noted));
}

TEST(Kernel, TheFingerprintDependsOnTheOrderAtOnePlaceAndNotOnThatBetweenPlaces) {
  const auto of = [](std::uint32_t first_place, std::int64_t first, std::uint32_t second_place, std::int64_t second) {
    World world;
    world.loop().send(PlaceId{first_place}, {5}, 0, kNoted, Noted{first});
    world.loop().send(PlaceId{second_place}, {5}, 0, kNoted, Noted{second});
    world.kernel.run_before({6}, world, dispatch());
    return world.kernel.fingerprint();
  };
  EXPECT_NE(of(0, 1, 0, 2), of(0, 2, 0, 1));
  EXPECT_EQ(of(0, 1, 1, 2), of(1, 2, 0, 1));
}

TEST(Kernel, AForkEndsWithTheSameFingerprint) {
  World world;
  for (std::int64_t i = 0; i < 50; ++i) world.loop().send(PlaceId{0}, {i % 7}, 0, i % 2 ? kAsked : kNoted, Noted{i});
  world.kernel.run_before({3}, world, dispatch());
  World fork;
  fork.kernel.copy_from(world.kernel);
  fork.noted = world.noted;
  fork.kernel.run_before({9}, fork, dispatch());
  const std::uint64_t before = world.kernel.fingerprint();
  EXPECT_NE(before, fork.kernel.fingerprint());
  world.kernel.run_before({9}, world, dispatch());
  EXPECT_EQ(world.kernel.fingerprint(), fork.kernel.fingerprint());
  EXPECT_EQ(world.noted, fork.noted);
  EXPECT_EQ(world.noted.size(), 50U);
}

TEST(Kernel, AResetForgetsTheRunBefore) {
  World world;
  world.loop().send(PlaceId{0}, {5}, 2, kChained, Chained{5000});
  world.loop().send(PlaceId{1}, {50}, 0, kNoted, Noted{1});
  world.kernel.run_before({6}, world, dispatch());
  world.kernel.reset(2);
  EXPECT_EQ(world.kernel.now().ticks, 0);
  EXPECT_EQ(world.kernel.events(), 0U);
  EXPECT_EQ(world.kernel.status(), RunStatus::running);
  EXPECT_EQ(world.kernel.fingerprint(), 0U);
  EXPECT_EQ(world.kernel.pending(), 0U);
  EXPECT_THROW(world.kernel.reset(std::size_t{EventKey::kMaxPlaces} + 1), Broken);
}

// Of what waits of one kind: put off, with another number, or not at all. Each keeps the turn in which it was sent.
TEST(Kernel, RevisesWhatWaits) {
  for (const EventSet set : {EventSet::heap, EventSet::radix, EventSet::instants}) {
    World world;
    world.kernel.reset(2, {}, 1, set);
    EventLoop& loop = world.loop();
    loop.act_as(PlaceId{0});
    for (std::int64_t n = 0; n < 6; ++n) loop.send(PlaceId{0}, Instant{10 + n % 2}, 1, kNoted, Noted{n});
    loop.send(PlaceId{0}, Instant{11}, 1, kAsked, Asked{100});
    const EventHandle gone = loop.send(PlaceId{0}, Instant{11}, 1, kNoted, Noted{7});
    loop.cancel(gone);
    world.kernel.revise_pending(kNoted, [](Event& event, Instant& at) {
      Noted noted = event.as<Noted>();
      if (noted.number == 2) return false;
      if (noted.number == 0) at = Instant{11};
      if (noted.number == 1) at = Instant{12};
      noted.number += 20;
      std::memcpy(event.payload.data(), &noted, sizeof(noted));
      return true;
    });
    EXPECT_EQ(world.kernel.pending(), 6U);
    world.kernel.run_before(Instant{20}, world, dispatch());
    // 0 was sent before 3, 5 and the one that asks, 1 before nobody else of instant 12.
    EXPECT_EQ(world.noted, (std::vector<std::int64_t>{24, 20, 23, 25, 100, 21}));
  }
}

}  // namespace
}  // namespace tierworks::core
