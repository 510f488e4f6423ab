// What is sent for the present instant by the short way against the same by the event set: everything else alike.
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/event/kernel.h"

namespace tierworks::core {
namespace {

// Each tick sends some more, for now or later, as its number says.
struct Tick {
  std::uint64_t number = 0;
};

enum class Way { by_set, shortly, taken, at_once };

struct World {
  Kernel kernel;
  Way way = Way::by_set;
  std::uint64_t taken = 0;
  std::vector<std::uint64_t> seen;
  std::int64_t later = 3;  // pending
};

constexpr Phase kLast = 9;

// Sends nothing.
constexpr EventKind kNote = 1;
void note(World& world, const Tick& tick) { world.seen.push_back(tick.number); }

void handle(World& world, const Event& event) {
  const auto number = event.as<Tick>().number;
  world.seen.push_back(number);
  EventLoop& loop = world.kernel.loop(0);
  std::uint64_t bits = mix64(number);
  // Up to six for now, more than there is room beside the set; in rising and in falling phases. Some send the last words alone.
  bool nothing_yet = true;
  std::uint64_t i = number % 2 == 0 ? bits % 7 : bits % 2;
  if (number % 10 < 6) i = 0;
  for (; i > 0 && event.key.depth() < 3; --i) {
    bits = mix64(bits);
    const auto phase = static_cast<Phase>(bits % (kLast + 1));
    const Tick tick{mix64(bits) | 1U};
    if (phase < event.key.phase() && i % 2 == 0) continue;
    nothing_yet = false;
    const EventKind kind = bits % 3 == 0 ? kNote : 0;
    if (world.way != Way::by_set) {
      loop.send_now(event.to, phase, kind, tick);
    } else {
      loop.send(event.to, loop.now(), phase, kind, tick);
    }
  }
  // Later ones share instants; one of four is cancelled.
  bits = mix64(bits);
  if (number % 2 == 0) {
    const auto sent = loop.send(event.to, loop.now() + Duration{1 + static_cast<std::int64_t>(bits % 3)},
                                static_cast<Phase>(bits % 4), 0, Tick{bits & ~std::uint64_t{1}});
    loop.send(event.to, loop.now() + Duration{1}, 1, 0, Tick{bits * 2});
    ++world.later;  // this one is gone, two came
    if (bits % 4 == 0 || world.later > 60) world.later -= loop.cancel(sent) ? 1 : 0;
  }
  // The last words: a note.
  if (nothing_yet && event.key.depth() < 3) {
    const Tick last{bits | 1U};
    if (world.way == Way::by_set) {
      loop.send(event.to, loop.now(), kLast, kNote, last);
    } else if (world.way == Way::at_once) {
      if (loop.send_and_take_now(event.to, kLast, kNote, last)) {
        ++world.taken;
        note(world, last);
      }
      return;
    } else {
      loop.send_now(event.to, kLast, kNote, last);
    }
  }
  if (Tick next; world.way == Way::taken && loop.take_now(kNote, next)) {
    ++world.taken;
    note(world, next);
  }
}

std::unique_ptr<World> ran(Way way, EventSet set, const std::vector<std::int64_t>& stops) {
  static const Dispatch<World> table{
      {{handle, 1}, {[](World& world, const Event& event) { note(world, event.as<Tick>()); }, 1}}};
  auto made = std::make_unique<World>();
  World& world = *made;
  world.way = way;
  world.kernel.reset(3, {}, 1, set);
  for (std::uint32_t p = 0; p < 3; ++p) {
    world.kernel.loop(0).act_as(PlaceId{p});
    world.kernel.loop(0).send(PlaceId{p}, {0}, 0, 0, Tick{2 * (p + 1)});
  }
  for (const std::int64_t stop : stops) world.kernel.run_before({stop}, world, table);
  return made;
}

TEST(SendNow, GivesTheRecordThatTheEventSetGives) {
  for (const EventSet set : {EventSet::automatic, EventSet::heap, EventSet::radix, EventSet::instants}) {
    const auto by_set = ran(Way::by_set, set, {100});
    ASSERT_GT(by_set->seen.size(), 500U);
    for (const Way way : {Way::shortly, Way::taken, Way::at_once}) {
      const auto other = ran(way, set, {100});
      EXPECT_EQ(other->seen, by_set->seen);
      EXPECT_EQ(other->kernel.fingerprint(), by_set->kernel.fingerprint());
      EXPECT_EQ(other->kernel.events(), by_set->kernel.events());
      EXPECT_EQ(other->kernel.pending(), by_set->kernel.pending());
      // The set of instants keeps everything to itself.
      EXPECT_EQ(other->taken > 10, way != Way::shortly && set != EventSet::instants) << other->taken;
      // Between two windows nothing is held back.
      EXPECT_EQ(ran(way, set, {1, 2, 3, 7, 20, 40, 100})->seen, by_set->seen);
    }
  }
}

}  // namespace
}  // namespace tierworks::core
