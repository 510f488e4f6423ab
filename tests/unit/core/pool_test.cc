#include "core/base/pool.h"

#include <algorithm>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/transfer.h"

namespace tierworks::core {
namespace {

struct Card {
  int number = 0;
  Ref next = kNoRef;
};

constexpr Lane kLane{0};

std::vector<int> numbers(const Pool<Card>& pool, const Fifo& list) {
  std::vector<int> found;
  for (Ref ref = list.first; ref != kNoRef; ref = pool[ref].next) found.push_back(pool[ref].number);
  return found;
}

TEST(Pool, GivesFreedRowsOutAgainLastFreedFirst) {
  Pool<Card> pool;
  const Ref a = pool.allocate(kLane, {1}), b = pool.allocate(kLane, {2}), c = pool.allocate(kLane, {3});
  EXPECT_EQ(pool.live(), 3U);
  pool.release(kLane, a);
  pool.release(kLane, c);
  EXPECT_EQ(pool.live(), 1U);
  EXPECT_EQ(pool.allocate(kLane, {4}), c);
  EXPECT_EQ(pool.allocate(kLane, {5}), a);
  EXPECT_EQ(pool.allocate(kLane, {6}), 3U);
  EXPECT_EQ(pool[a].number, 5);
  EXPECT_EQ(pool[b].number, 2);
  EXPECT_EQ(pool.live(), 4U);
}

TEST(Pool, ResetStartsAgainAtTheFirstRow) {
  Pool<Card> pool;
  pool.allocate(kLane, {1});
  pool.release(kLane, pool.allocate(kLane, {2}));
  pool.reset();
  EXPECT_EQ(pool.live(), 0U);
  EXPECT_EQ(pool.used(), 0U);
  EXPECT_EQ(pool.allocate(kLane, {3}), 0U);
  EXPECT_EQ(pool.allocate(kLane, {4}), 1U);
}

TEST(Pool, ACopyIsIndependentAndKeepsItsReferences) {
  Pool<Card> pool, copy;
  const Ref a = pool.allocate(kLane, {1});
  pool.release(kLane, pool.allocate(kLane, {2}));
  copy.copy_from(pool);
  EXPECT_EQ(copy.live(), 1U);
  EXPECT_EQ(copy[a].number, 1);
  copy[a].number = 9;
  EXPECT_EQ(pool[a].number, 1);
  EXPECT_EQ(copy.allocate(kLane, {3}), pool.allocate(kLane, {4}));
  for (int i = 0; i < 200; ++i) EXPECT_EQ(copy.allocate(kLane, {i}), pool.allocate(kLane, {i}));
}

// Rows held by someone, each with a number that nobody else may overwrite.
class Holder {
 public:
  Holder(std::size_t lanes, std::uint64_t seed) : lanes_(lanes), random_(seed) { pool.reset(lanes); }

  void step() {
    const Lane lane{static_cast<std::uint32_t>(random_() % lanes_)};  // released in any lane, not only its own
    if (refs.empty() || random_() % 9 < 5) {
      const Ref ref = pool.allocate(lane, {next_number_});
      ASSERT_LT(ref, pool.used());
      refs.push_back(ref);
      numbers.push_back(next_number_++);
      return;
    }
    const std::size_t i = random_() % refs.size();
    pool.release(lane, refs[i]);
    std::swap(refs[i], refs.back());
    std::swap(numbers[i], numbers.back());
    refs.pop_back();
    numbers.pop_back();
  }
  void check(const Pool<Card>& where) const {
    ASSERT_EQ(where.live(), refs.size());
    for (std::size_t i = 0; i < refs.size(); ++i) ASSERT_EQ(where[refs[i]].number, numbers[i]);
    ASSERT_EQ(std::set<Ref>(refs.begin(), refs.end()).size(), refs.size());
  }
  void check() const { check(pool); }
  void change_lanes(std::size_t lanes) {
    pool.change_lanes(lanes);
    lanes_ = lanes;
  }
  std::size_t lanes() const { return lanes_; }

  Pool<Card> pool;
  std::vector<Ref> refs;
  std::vector<int> numbers;

 private:
  std::size_t lanes_;
  std::mt19937_64 random_;
  int next_number_ = 1;
};

TEST(Pool, LanesNeverHandOutTheSameRow) {
  for (const std::size_t lanes : {1U, 2U, 7U}) {
    Holder holder(lanes, lanes);
    for (int i = 0; i < 20'000 && !HasFailure(); ++i) holder.step();
    holder.check();
  }
}

TEST(Pool, ChangingLanesKeepsWhatIsLiveAndUsesWhatIsFree) {
  Holder holder(3, 5);
  for (const std::size_t lanes : {1U, 5U, 2U, 1U, 8U}) {
    for (int i = 0; i < 3'000 && !HasFailure(); ++i) holder.step();
    holder.change_lanes(lanes);
    holder.check();
  }
  const std::size_t used = holder.pool.used(), live = holder.pool.live();
  // All that is free lies in the first lane: it takes no fresh row before that is used up.
  std::set<Ref> taken(holder.refs.begin(), holder.refs.end());
  for (std::size_t i = live; i < used; ++i) EXPECT_TRUE(taken.insert(holder.pool.allocate(kLane, {-1})).second);
  EXPECT_EQ(holder.pool.used(), used);
  EXPECT_EQ(taken.size(), used);
  EXPECT_EQ(holder.pool.allocate(kLane, {-1}), used);
}

TEST(Pool, ACopyWithLanesContinuesLikeTheOriginal) {
  Holder original(4, 6), copy(2, 7);
  for (int i = 0; i < 5'000 && !HasFailure(); ++i) original.step();
  for (int i = 0; i < 500 && !HasFailure(); ++i) copy.step();
  copy.pool.copy_from(original.pool);
  original.check(copy.pool);
  EXPECT_EQ(copy.pool.used(), original.pool.used());
  for (std::uint32_t i = 0; i < 400; ++i) {
    const Lane lane{i % 4};
    EXPECT_EQ(copy.pool.allocate(lane, {0}), original.pool.allocate(lane, {0}));
  }
}

TEST(Pool, BytesKeepRowsReferencesAndWhatIsFree) {
  Holder original(3, 8);
  for (int i = 0; i < 5'000 && !HasFailure(); ++i) original.step();
  Transfer writer = Transfer::writer();
  original.pool.transfer(writer);
  original.check();
  Holder read(5, 9);
  for (int i = 0; i < 500 && !HasFailure(); ++i) read.step();
  Transfer reader = Transfer::reader(writer.written());
  read.pool.transfer(reader);
  ASSERT_TRUE(reader.finished());
  original.check(read.pool);
  // Both now give out the same rows: first those free, then fresh ones.
  const std::size_t fresh = original.pool.used();
  for (std::size_t i = original.pool.live(); i < fresh + 100; ++i) {
    EXPECT_EQ(read.pool.allocate(kLane, {0}), original.pool.allocate(kLane, {0}));
  }
}

TEST(Pool, ALengthThatTheBytesDoNotHoldIsRefusedAndTakesNoMemory) {
  Transfer writer = Transfer::writer();
  Pool<Card> small;
  small.allocate(kLane, {1});
  small.transfer(writer);
  for (const Ref huge : {Ref{65}, Ref{1} << 28, kNoRef - 64, kNoRef}) {
    std::string bytes = writer.written();
    std::memcpy(bytes.data(), &huge, sizeof huge);
    Pool<Card> pool;
    Transfer reader = Transfer::reader(bytes);
    pool.transfer(reader);
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(pool.used(), 0U);
    pool.reset();
    EXPECT_EQ(pool.allocate(kLane, {7}), 0U);
    EXPECT_EQ(pool[0].number, 7);
  }
}

TEST(Pool, AfterAResetAnEqualRunDoesNotGrowItAndASomewhatLargerOneNeither) {
  Pool<Card> pool;
  for (int i = 0; i < 10'000; ++i) pool.allocate(kLane, {i});
  const std::uint64_t growths = pool.growths();
  EXPECT_GT(growths, 0U);
  for (const int rows : {10'000, 10'000, 12'000, 10'000}) {
    pool.reset();
    for (int i = 0; i < rows; ++i) pool.allocate(kLane, {i});
    EXPECT_EQ(pool.growths(), growths);
  }
  pool.reset();
  for (int i = 0; i < 100'000; ++i) pool.allocate(kLane, {i});
  EXPECT_GT(pool.growths(), growths);
}

TEST(Pool, ThreadsUseTheirLanesAtOnce) {
  Pool<Card> pool;
  pool.reset(4);
  std::vector<std::vector<Ref>> refs(4);
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20'000; ++i) {
        refs[t].push_back(pool.allocate(Lane{t}, {static_cast<int>(t) * 100'000 + i}));
        if (i % 3 == 2) {
          pool.release(Lane{t}, refs[t].back());
          refs[t].pop_back();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<Ref> all;
  for (std::uint32_t t = 0; t < 4; ++t) {
    for (const Ref ref : refs[t]) {
      EXPECT_TRUE(all.insert(ref).second);
      EXPECT_EQ(pool[ref].number / 100'000, static_cast<int>(t));
    }
  }
  EXPECT_EQ(pool.live(), all.size());
}

TEST(Pool, RefusesMoreRowsThanItsRangeHolds) {
  Pool<Card> pool(8 * 1024);  // 1024 cards
  for (int i = 0; i < 1024; ++i) pool.allocate(kLane, {i});
  EXPECT_THROW(pool.allocate(kLane, {0}), std::bad_alloc);
  EXPECT_EQ(pool[1023].number, 1023);
}

TEST(Fifo, FirstInIsFirstOut) {
  Pool<Card> pool;
  Fifo list;
  for (int i = 1; i <= 3; ++i) list.push_back(pool, pool.allocate(kLane, {i}));
  EXPECT_EQ(numbers(pool, list), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(pool[list.pop_front(pool)].number, 1);
  list.push_back(pool, pool.allocate(kLane, {4}));
  EXPECT_EQ(numbers(pool, list), (std::vector<int>{2, 3, 4}));
  for (int i = 0; i < 3; ++i) list.pop_front(pool);
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.last, kNoRef);
}

TEST(Fifo, LosesARowWhereverItStands) {
  for (int taken = 1; taken <= 3; ++taken) {
    Pool<Card> pool;
    Fifo list;
    std::vector<Ref> refs;
    for (int i = 1; i <= 3; ++i) list.push_back(pool, refs.emplace_back(pool.allocate(kLane, {i})));
    list.remove(pool, refs[static_cast<std::size_t>(taken - 1)]);
    list.push_back(pool, pool.allocate(kLane, {4}));
    std::vector<int> expected{1, 2, 3, 4};
    expected.erase(expected.begin() + taken - 1);
    EXPECT_EQ(numbers(pool, list), expected);
  }
}

TEST(Fifo, ARowThatIsNotInItIsOurBug) {
  Pool<Card> pool;
  Fifo list;
  list.push_back(pool, pool.allocate(kLane, {1}));
  const Ref other = pool.allocate(kLane, {2});
  EXPECT_THROW(list.remove(pool, other), Broken);
}

}  // namespace
}  // namespace tierworks::core
