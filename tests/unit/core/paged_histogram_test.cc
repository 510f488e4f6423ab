#include "core/stats/paged_histogram.h"

#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

constexpr Lane kLane{0};

void expect_same(const PagedHistogram& paged, const Pool<HistogramPage>& pages, const LogHistogram& expected) {
  LogHistogram sum;
  paged.add_to(sum, pages);
  EXPECT_EQ(sum.count(), expected.count());
  EXPECT_EQ(sum.min(), expected.min());
  EXPECT_EQ(sum.max(), expected.max());
  if (expected.count() == 0) return;
  for (int i = 0; i <= 200; ++i) EXPECT_EQ(sum.quantile(i / 200.0), expected.quantile(i / 200.0)) << i;
}

TEST(PagedHistogram, EqualsALogHistogramOverTheWholeRange) {
  std::mt19937_64 random(3);
  Pool<HistogramPage> pages;
  PagedHistogram paged;
  LogHistogram plain;
  EXPECT_TRUE(paged.empty());
  expect_same(paged, pages, plain);
  const auto add = [&](std::int64_t value) {
    paged.add(pages, kLane, value);
    plain.add(value);
  };
  for (const std::int64_t value : {std::int64_t{128}, std::int64_t{127}, std::int64_t{63}, std::int64_t{64},
                                   kLastInstant.ticks, std::int64_t{0}, std::int64_t{1}}) {
    add(value);
    expect_same(paged, pages, plain);
  }
  EXPECT_FALSE(paged.empty());
  for (int i = 0; i < 20'000; ++i) add(static_cast<std::int64_t>(random() >> (10 + random() % 54)));
  expect_same(paged, pages, plain);
}

TEST(PagedHistogram, HasAPageOnlyForOctavesInUse) {
  Pool<HistogramPage> pages;
  PagedHistogram paged;
  for (const std::int64_t value : {0, 5, 63, 1, 62}) paged.add(pages, kLane, value);
  EXPECT_EQ(pages.live(), 1U);
  for (const std::int64_t value : {64, 127, 1 << 20, (1 << 21) - 1, 100, 3}) paged.add(pages, kLane, value);
  EXPECT_EQ(pages.live(), 3U);
}

TEST(PagedHistogram, ManyShareThePagesAndClearGivesThemBack) {
  std::mt19937_64 random(4);
  Pool<HistogramPage> pages;
  std::vector<PagedHistogram> many(20);
  std::vector<LogHistogram> plain(20);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5'000; ++i) {
      const std::size_t which = random() % many.size();
      const auto value = static_cast<std::int64_t>(random() >> (20 + random() % 44));
      many[which].add(pages, kLane, value);
      plain[which].add(value);
    }
    for (std::size_t i = 0; i < many.size(); ++i) expect_same(many[i], pages, plain[i]);
    for (std::size_t i = 0; i < many.size(); i += 2) {
      many[i].clear(pages, kLane);
      plain[i].clear();
      EXPECT_TRUE(many[i].empty());
    }
  }
  const std::size_t live = pages.live();
  for (std::size_t i = 1; i < many.size(); i += 2) many[i].clear(pages, kLane);
  EXPECT_LT(pages.live(), live);
  EXPECT_EQ(pages.live(), 0U);
}

TEST(PagedHistogram, ACopyWithItsPagesIsIndependent) {
  Pool<HistogramPage> pages, copied_pages;
  PagedHistogram paged;
  paged.add(pages, kLane, 5);
  copied_pages.copy_from(pages);
  PagedHistogram copy = paged;
  copy.add(copied_pages, kLane, 5'000);
  LogHistogram one, two;
  one.add(5);
  two.add(5);
  two.add(5'000);
  expect_same(paged, pages, one);
  expect_same(copy, copied_pages, two);
}

TEST(PagedHistogram, ANegativeValueIsOurBug) {
  Pool<HistogramPage> pages;
  PagedHistogram paged;
  EXPECT_THROW(paged.add(pages, kLane, -1), Broken);
}

}  // namespace
}  // namespace tierworks::core
