#include "experiments/sweep/design.h"

#include <set>

#include <gtest/gtest.h>

#include "core/base/check.h"

namespace tierworks::experiments {
namespace {

using Row = std::vector<double>;

// The published sequence of Joe and Kuo in three dimensions, from its origin.
TEST(Design, SobolHasThePublishedPoints) {
  const UnitPoints points = sobol_sequence(10, 3);
  EXPECT_EQ(points[0], (Row{0, 0, 0}));
  EXPECT_EQ(points[1], (Row{0.5, 0.5, 0.5}));
  EXPECT_EQ(points[2], (Row{0.75, 0.25, 0.25}));
  EXPECT_EQ(points[3], (Row{0.25, 0.75, 0.75}));
  EXPECT_EQ(points[4], (Row{0.375, 0.375, 0.625}));
  EXPECT_EQ(points[5], (Row{0.875, 0.875, 0.125}));
  EXPECT_EQ(points[6], (Row{0.625, 0.125, 0.875}));
  EXPECT_EQ(points[7], (Row{0.125, 0.625, 0.375}));
  EXPECT_EQ(points[8], (Row{0.1875, 0.3125, 0.9375}));
  EXPECT_EQ(points[9], (Row{0.6875, 0.8125, 0.4375}));
}

// Of the first 64 points each of 64 equal cells of an axis holds one; of the first two axes each of 8 x 8 squares, too. The
// shift keeps that.
TEST(Design, SobolFillsEvenlyAlsoWhenItIsShifted) {
  for (const UnitPoints& points : {sobol_sequence(64, 12), sobol(64, 12, 5)}) {
    for (std::size_t a = 0; a < 12; ++a) {
      std::set<int> cells;
      for (const Row& p : points) cells.insert(static_cast<int>(p[a] * 64));
      EXPECT_EQ(cells.size(), 64U) << a;
    }
    std::set<int> squares;
    for (const Row& p : points) squares.insert(static_cast<int>(p[0] * 8) * 8 + static_cast<int>(p[1] * 8));
    EXPECT_EQ(squares.size(), 64U);
  }
  for (const Row& p : sobol(64, 12, 5)) {
    for (const double x : p) EXPECT_TRUE(x > 0 && x < 1);
  }
  EXPECT_EQ(sobol(16, 3, 5), sobol(16, 3, 5));
  EXPECT_NE(sobol(16, 3, 5), sobol(16, 3, 6));
  EXPECT_THROW(sobol_sequence(2, 0), core::Broken);
}

TEST(Design, ALatinHypercubeHasOnePointInEachCellOfEachAxis) {
  const UnitPoints points = latin_hypercube(37, 4, 9);
  for (std::size_t a = 0; a < 4; ++a) {
    std::set<int> cells;
    for (const Row& p : points) {
      EXPECT_TRUE(p[a] > 0 && p[a] < 1);
      cells.insert(static_cast<int>(p[a] * 37));
    }
    EXPECT_EQ(cells.size(), 37U) << a;
  }
  // Axes are shuffled apart: equal order would be one chance in 37 factorial.
  bool differs = false;
  for (const Row& p : points) differs = differs || static_cast<int>(p[0] * 37) != static_cast<int>(p[1] * 37);
  EXPECT_TRUE(differs);
  EXPECT_NE(latin_hypercube(37, 4, 10), points);
}

}  // namespace
}  // namespace tierworks::experiments
