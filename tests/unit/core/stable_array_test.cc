#include "core/base/stable_array.h"

#include <cstdint>
#include <new>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

TEST(StableArray, GrowsWithoutMovingARow) {
  StableArray<std::uint64_t> array;
  EXPECT_TRUE(array.empty());
  array.push_back(0);
  const std::uint64_t* const first = &array[0];
  for (std::uint64_t i = 1; i < 100'000; ++i) array.push_back(i * i);
  EXPECT_EQ(array.data(), first);
  EXPECT_EQ(array.size(), 100'000U);
  for (std::uint64_t i = 0; i < 100'000; ++i) ASSERT_EQ(array[i], i * i);
  EXPECT_EQ(array.back(), 99'999ULL * 99'999);
  array.pop_back();
  EXPECT_EQ(array.back(), 99'998ULL * 99'998);
  EXPECT_EQ(array.end() - array.begin(), 99'999);
}

TEST(StableArray, CountsHowOftenItsCapacityDoubled) {
  StableArray<std::uint32_t> array;
  EXPECT_EQ(array.growths(), 0U);
  for (std::uint32_t i = 0; i < 64; ++i) array.push_back(i);
  EXPECT_EQ(array.growths(), 1U);
  array.push_back(64);
  EXPECT_EQ(array.growths(), 2U);
  array.resize(1000);  // beyond twice as many: at once
  EXPECT_EQ(array.growths(), 3U);
  array.clear();
  array.resize(1000);
  EXPECT_EQ(array.growths(), 3U);
}

TEST(StableArray, SettledItHasRoomForSomewhatMore) {
  StableArray<std::uint32_t> array;
  array.resize(50'000);
  EXPECT_EQ(array.growths(), 1U);
  array.clear();
  array.settle();
  array.resize(62'500);
  EXPECT_EQ(array.growths(), 1U);
  array.settle();  // nothing grew since, so nothing is added: the room does not pile up run by run
  array.settle();
  array.resize(200'000);
  EXPECT_EQ(array.growths(), 2U);
}

TEST(StableArray, ACopyIsIndependent) {
  StableArray<int> one, other;
  for (int i = 0; i < 100; ++i) one.push_back(i);
  for (int i = 0; i < 500; ++i) other.push_back(-i);
  other.copy_from(one);
  ASSERT_EQ(other.size(), 100U);
  other[7] = 70;
  EXPECT_EQ(one[7], 7);
  EXPECT_EQ(other[99], 99);
}

TEST(StableArray, AMoveTakesTheRowsAlong) {
  StableArray<int> one;
  one.push_back(5);
  const int* const row = one.data();
  StableArray<int> other = std::move(one);
  EXPECT_EQ(other.data(), row);
  EXPECT_EQ(other[0], 5);
}

TEST(StableArray, RefusesMoreThanItsRange) {
  StableArray<std::uint64_t> array(8 * 1024);
  array.resize(1024);
  array[1023] = 7;
  EXPECT_THROW(array.push_back(0), std::bad_alloc);
  EXPECT_THROW(array.resize(1025), std::bad_alloc);
  EXPECT_EQ(array.size(), 1024U);
  EXPECT_EQ(array[1023], 7U);
}

TEST(StableArray, ARangeThatNobodyCanGiveIsRefused) {
  EXPECT_THROW(ReservedRange(std::size_t{1} << 62), std::bad_alloc);
}

}  // namespace
}  // namespace tierworks::core
