// Partitions of a run: whatever the split, the threads, the structure of the event set, the cuts, the forks and the moves to
// bytes and back, each place sees the same events.
#include <atomic>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/event/kernel.h"
#include "core/parallel/windows.h"

namespace tierworks::core {
namespace {

constexpr std::uint32_t kHouses = 40;
constexpr Duration kLookahead{50};
constexpr Instant kEnd{6'000};

struct Walk {  // goes from house to house
  std::uint64_t number = 0;
};
struct Parcel {  // comes, may be opened at once some times, and is gone
  std::uint64_t number = 0;
  std::uint64_t layers = 0;
  std::uint64_t wrapping[3] = {0, 0, 0};
};
struct Alarm {  // one a house, put off or turned off by others' visits
  std::uint64_t number = 0;
};
enum Kind : EventKind { kWalk, kParcel, kAlarm };

struct House {
  std::uint64_t mood = 0;  // depends on the order of all that ever came
  EventHandle alarm;
  std::uint64_t alarms = 0;
};

struct Seen {
  std::int64_t at;
  std::uint64_t what;
  bool operator==(const Seen&) const = default;
};

struct Split {
  std::uint32_t parts = 1;
  std::vector<std::uint32_t> part_of;
};

// Neighbours seldom share a partition, so that nearly all messages cross.
Split into(std::uint32_t parts) {
  Split split{parts, {}};
  for (std::uint32_t i = 0; i < kHouses && parts > 1; ++i) split.part_of.push_back(i * 13 % kHouses * parts / kHouses);
  return split;
}

struct Town {
  Kernel kernel;
  std::vector<House> houses = std::vector<House>(kHouses);
  std::vector<std::vector<Seen>> seen = std::vector<std::vector<Seen>>(kHouses);
  std::size_t threads = 1;

  Town(std::uint32_t parts, EventSet set, std::size_t on_threads = 1) : threads(on_threads) {
    const Split split = into(parts);
    kernel.reset(kHouses, split.part_of, parts, set);
    for (std::uint32_t i = 0; i < kHouses; ++i) {
      EventLoop& loop = kernel.loop_of(PlaceId{i});
      loop.act_as(PlaceId{i});
      loop.send(PlaceId{i}, {i % 7}, 1, kWalk, Walk{i});
      houses[i].alarm = loop.send(PlaceId{i}, {100 + i}, 2, kAlarm, Alarm{i});
    }
  }

  void run_to(Instant end);
  void change_partitions(std::uint32_t parts) {
    const Split split = into(parts);
    kernel.change_partitions(split.part_of, parts);
  }
  void copy_from(const Town& other) {
    kernel.copy_from(other.kernel);
    houses = other.houses;
    seen = other.seen;
  }
  std::string to_bytes() {
    Transfer writer = Transfer::writer();
    kernel.transfer(writer);
    writer.rows(houses);
    return writer.written();
  }
};

// One for each partition.
struct Walker {
  Town& town;
  EventLoop& loop;

  std::uint64_t meet(const Event& e, std::uint64_t what) {
    House& house = town.houses[e.to.index];
    house.mood = chained(house.mood, what);
    town.seen[e.to.index].push_back({loop.now().ticks, chained(what, e.kind)});
    return house.mood;
  }
};

void walked(Walker& w, const Event& e) {
  const std::uint64_t number = e.as<Walk>().number;
  const std::uint64_t mood = w.meet(e, number);
  const PlaceId here = e.to, there{static_cast<std::uint32_t>((here.index + 1 + mood % 5) % kHouses)};
  House& house = w.town.houses[here.index];
  // Times are few and short, so that many events share an instant; messages often take the lookahead and no more.
  const Instant now = w.loop.now();
  const auto phase = static_cast<Phase>((mood >> 8) % 3);
  const Duration on_the_way = kLookahead + Duration{mood % 3 == 0 ? 0 : static_cast<std::int64_t>((mood >> 16) % 40)};
  if (mood % 4 == 0) {
    w.loop.send(here, now + Duration{static_cast<std::int64_t>((mood >> 24) % 3)}, phase, kWalk, Walk{number + 1});
  } else {
    w.loop.send(there, now + on_the_way, phase, kWalk, Walk{number + 1});
  }
  if (mood % 3 == 0) {
    w.loop.send(PlaceId{static_cast<std::uint32_t>((mood >> 32) % kHouses)}, now + on_the_way, phase, kParcel,
                Parcel{number, (mood >> 40) % 4, {mood, mood + 1, mood + 2}});
  }
  if (mood % 5 == 0) {
    house.alarm = w.loop.reschedule(house.alarm, now + Duration{static_cast<std::int64_t>((mood >> 12) % 200)}, 2);
  } else if (mood % 17 == 0 && w.loop.cancel(house.alarm)) {
    house.alarm = {};
  }
  if (house.alarm.is_none()) {
    house.alarm = w.loop.send(here, now + Duration{300}, 2, kAlarm, Alarm{++house.alarms});
  }
}

void parcel_came(Walker& w, const Event& e) {
  const auto parcel = e.as<Parcel>();
  const std::uint64_t mood = w.meet(e, parcel.number + parcel.layers + parcel.wrapping[2]);
  if (parcel.layers > 0) {
    w.loop.send(e.to, w.loop.now(), static_cast<Phase>(mood % 3), kParcel,
                Parcel{parcel.number, parcel.layers - 1, {mood, mood, mood}});
  }
}

void alarm_rang(Walker& w, const Event& e) {
  w.meet(e, e.as<Alarm>().number);
  w.town.houses[e.to.index].alarm = {};
}

const Dispatch<Walker>& dispatch() {
  static const Dispatch<Walker> table{{{walked, 1}, {parcel_came, 5}, {alarm_rang, 1}}};
  return table;
}

void Town::run_to(Instant end) {
  run_windows(kernel, end, kLookahead, threads, [&](std::uint32_t part, Instant window_end) {
    Walker walker{*this, kernel.loop(part)};
    kernel.loop(part).run_before(window_end, walker, dispatch());
  });
}

// The run that all others are held against: one partition, in one go, without windows.
const Town& reference() {
  static const Town* const town = [] {
    auto* t = new Town(1, EventSet::heap);
    Walker walker{*t, t->kernel.loop(0)};
    t->kernel.run_before(kEnd, walker, dispatch());
    return t;
  }();
  return *town;
}

void expect_same(const Town& town, const Town& expected = reference()) {
  EXPECT_EQ(town.kernel.now(), expected.kernel.now());
  EXPECT_EQ(town.kernel.status(), RunStatus::running);
  EXPECT_EQ(town.kernel.events(), expected.kernel.events());
  EXPECT_EQ(town.kernel.pending(), expected.kernel.pending());
  EXPECT_EQ(town.kernel.fingerprint(), expected.kernel.fingerprint());
  for (std::uint32_t i = 0; i < kHouses; ++i) {
    EXPECT_EQ(town.houses[i].mood, expected.houses[i].mood) << i;
    EXPECT_EQ(town.seen[i], expected.seen[i]) << i;
  }
}

constexpr std::uint32_t kSplits[] = {1, 2, 7, 40};
constexpr EventSet kSets[] = {EventSet::automatic, EventSet::heap, EventSet::radix, EventSet::instants};

TEST(Partitions, TheTownIsBusyEnoughToTellOrdersApart) {
  const Town& town = reference();
  EXPECT_GT(town.kernel.events(), 10'000U);
  EXPECT_GT(town.kernel.pending(), 60U);
  for (const House& house : town.houses) EXPECT_GT(house.alarms, 0U);
  for (const std::uint32_t parts : {2U, 7U, 40U}) {
    std::vector<int> houses(parts);
    for (const std::uint32_t part : into(parts).part_of) ++houses.at(part);
    for (const int n : houses) EXPECT_GE(n, static_cast<int>(kHouses / parts));
  }
}

TEST(Partitions, ChangeNothingWhateverTheThreadsAndTheEventSet) {
  for (const std::uint32_t parts : kSplits) {
    for (const std::size_t threads : {1U, 2U, 4U}) {
      for (const EventSet set : kSets) {
        Town town(parts, set, threads);
        town.run_to(kEnd);
        SCOPED_TRACE(testing::Message() << parts << " parts, " << threads << " threads, set " << static_cast<int>(set));
        expect_same(town);
        if (HasFailure()) return;
      }
    }
  }
}

TEST(Partitions, ChangeNothingWhenARunIsCutAtRandomInstants) {
  std::mt19937_64 random(12);
  for (const std::uint32_t parts : kSplits) {
    Town town(parts, kSets[parts % 4], 1 + parts % 2);
    for (std::int64_t at = 0; at < kEnd.ticks; at += static_cast<std::int64_t>(random() % 150)) town.run_to({at});
    town.run_to(kEnd);
    expect_same(town);
  }
}

TEST(Partitions, MayChangeInTheMiddle) {
  std::mt19937_64 random(13);
  for (const EventSet set : kSets) {
    Town town(2, set, 2);
    for (std::int64_t at = 0; at < kEnd.ticks; at += static_cast<std::int64_t>(random() % 400)) {
      town.run_to({at});
      town.change_partitions(kSplits[random() % 4]);
    }
    town.run_to(kEnd);
    expect_same(town);
  }
}

TEST(Partitions, AForkTakesOverAnySplitAndLeavesTheOriginalAlone) {
  std::mt19937_64 random(14);
  for (const std::uint32_t from : kSplits) {
    for (const std::uint32_t to : kSplits) {
      Town original(from, kSets[random() % 4], 2);
      original.run_to({static_cast<std::int64_t>(random() % 6'000)});
      Town fork(to, kSets[random() % 4]);
      fork.run_to({static_cast<std::int64_t>(random() % 3'000)});
      fork.copy_from(original);
      EXPECT_EQ(fork.kernel.parts(), from);
      if (random() % 2 == 0) fork.change_partitions(to);
      fork.run_to(kEnd);
      expect_same(fork);
      original.run_to(kEnd);
      expect_same(original);
      if (HasFailure()) return;
    }
  }
}

TEST(Partitions, BytesMeanTheSameUnderAnySplit) {
  std::mt19937_64 random(15);
  for (const std::uint32_t from : kSplits) {
    for (const std::uint32_t to : kSplits) {
      Town original(from, kSets[random() % 4]);
      original.run_to({static_cast<std::int64_t>(random() % 6'000)});
      const std::string bytes = original.to_bytes();
      Town resumed(7, kSets[random() % 4], 2);
      resumed.run_to({static_cast<std::int64_t>(random() % 3'000)});
      Transfer reader = Transfer::reader(bytes);
      resumed.kernel.transfer(reader);
      reader.rows(resumed.houses);
      ASSERT_TRUE(reader.finished());
      EXPECT_EQ(resumed.kernel.parts(), 1U);
      resumed.seen = original.seen;
      resumed.change_partitions(to);
      resumed.run_to(kEnd);
      expect_same(resumed);
      original.run_to(kEnd);  // writing it has not disturbed it
      expect_same(original);
      if (HasFailure()) return;
    }
  }
}

TEST(Partitions, TruncatedBytesAreNoKernelAndDoNoHarm) {
  Town original(7, EventSet::automatic);
  original.run_to({300});
  Transfer writer = Transfer::writer();
  original.kernel.transfer(writer);
  const std::string& bytes = writer.written();
  Kernel kernel;
  for (std::size_t n = 0; n <= bytes.size(); ++n) {
    // Exactly so long, so that a read beyond the end is one beyond the memory.
    const std::string part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
    Transfer reader = Transfer::reader(part);
    kernel.transfer(reader);
    ASSERT_EQ(reader.finished(), n == bytes.size()) << n;
  }
  Town after(1, EventSet::automatic);
  after.kernel.copy_from(kernel);
  EXPECT_EQ(after.kernel.pending(), original.kernel.pending());
}

TEST(Partitions, ASecondRunStartsAfreshInTheSameMemory) {
  Town town(7, EventSet::automatic, 2);
  town.run_to(kEnd);
  for (const std::uint32_t parts : {7U, 2U, 1U, 40U}) {
    const Town fresh(parts, EventSet::automatic);
    const Split split = into(parts);
    town.kernel.reset(kHouses, split.part_of, parts);
    town.houses.assign(kHouses, {});
    town.seen.assign(kHouses, {});
    for (std::uint32_t i = 0; i < kHouses; ++i) {
      EventLoop& loop = town.kernel.loop_of(PlaceId{i});
      loop.act_as(PlaceId{i});
      loop.send(PlaceId{i}, {i % 7}, 1, kWalk, Walk{i});
      town.houses[i].alarm = loop.send(PlaceId{i}, {100 + i}, 2, kAlarm, Alarm{i});
    }
    EXPECT_EQ(town.kernel.pending(), fresh.kernel.pending());
    town.run_to(kEnd);
    expect_same(town);
  }
}

}  // namespace
}  // namespace tierworks::core
