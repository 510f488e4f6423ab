#include "core/base/pool.h"

#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

struct Card {
  int number = 0;
  Ref next = kNoRef;
};

std::vector<int> numbers(const Pool<Card>& pool, const Fifo& list) {
  std::vector<int> found;
  for (Ref ref = list.first; ref != kNoRef; ref = pool[ref].next) found.push_back(pool[ref].number);
  return found;
}

TEST(Pool, GivesFreedRowsOutAgainLastFreedFirst) {
  Pool<Card> pool;
  const Ref a = pool.allocate({1}), b = pool.allocate({2}), c = pool.allocate({3});
  EXPECT_EQ(pool.live(), 3U);
  pool.release(a);
  pool.release(c);
  EXPECT_EQ(pool.live(), 1U);
  EXPECT_EQ(pool.allocate({4}), c);
  EXPECT_EQ(pool.allocate({5}), a);
  EXPECT_EQ(pool.allocate({6}), 3U);
  EXPECT_EQ(pool[a].number, 5);
  EXPECT_EQ(pool[b].number, 2);
  EXPECT_EQ(pool.live(), 4U);
}

TEST(Pool, ClearedStartsAgainAtTheFirstRow) {
  Pool<Card> pool;
  pool.allocate({1});
  pool.release(pool.allocate({2}));
  pool.clear();
  EXPECT_EQ(pool.live(), 0U);
  EXPECT_EQ(pool.allocate({3}), 0U);
  EXPECT_EQ(pool.allocate({4}), 1U);
}

TEST(Pool, ACopyIsIndependentAndKeepsItsReferences) {
  Pool<Card> pool;
  const Ref a = pool.allocate({1});
  pool.release(pool.allocate({2}));
  Pool<Card> copy = pool;
  copy[a].number = 9;
  EXPECT_EQ(pool[a].number, 1);
  EXPECT_EQ(copy.allocate({3}), pool.allocate({4}));
}

TEST(Fifo, FirstInIsFirstOut) {
  Pool<Card> pool;
  Fifo list;
  for (int i = 1; i <= 3; ++i) list.push_back(pool, pool.allocate({i}));
  EXPECT_EQ(numbers(pool, list), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(pool[list.pop_front(pool)].number, 1);
  list.push_back(pool, pool.allocate({4}));
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
    for (int i = 1; i <= 3; ++i) list.push_back(pool, refs.emplace_back(pool.allocate({i})));
    list.remove(pool, refs[static_cast<std::size_t>(taken - 1)]);
    list.push_back(pool, pool.allocate({4}));
    std::vector<int> expected{1, 2, 3, 4};
    expected.erase(expected.begin() + taken - 1);
    EXPECT_EQ(numbers(pool, list), expected);
  }
}

TEST(Fifo, ARowThatIsNotInItIsOurBug) {
  Pool<Card> pool;
  Fifo list;
  list.push_back(pool, pool.allocate({1}));
  const Ref other = pool.allocate({2});
  EXPECT_THROW(list.remove(pool, other), Broken);
}

}  // namespace
}  // namespace tierworks::core
