#include "models/common/diagnostics.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::common {
namespace {

TEST(Diagnostics, KeepsMistakesInOrderAndNotesApart) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.ok());
  diagnostics.note({3}, "a note");
  EXPECT_TRUE(diagnostics.ok());
  diagnostics.error({1}, "first");
  diagnostics.error({2}, "second");
  EXPECT_FALSE(diagnostics.ok());
  ASSERT_EQ(diagnostics.list().size(), 2U);
  EXPECT_EQ(diagnostics.list()[1].message, "second");
  EXPECT_EQ(diagnostics.list()[1].origin.ticket, 2U);
  ASSERT_EQ(diagnostics.notes().size(), 1U);
}

TEST(Diagnostics, CountsWhatItDoesNotKeep) {
  Diagnostics diagnostics;
  for (int i = 0; i < 1000; ++i) diagnostics.error({}, "wrong");
  EXPECT_EQ(diagnostics.errors(), 1000U);
  EXPECT_EQ(diagnostics.list().size(), Diagnostics::kMost);
}

TEST(Diagnostics, ShortensWhatIsEndless) {
  Diagnostics diagnostics;
  diagnostics.error({}, std::string(100'000, 'x'));
  EXPECT_LT(diagnostics.list()[0].message.size(), 1000U);
  EXPECT_TRUE(diagnostics.list()[0].message.ends_with("..."));
}

TEST(Nearest, AllowsAThirdOfTheLettersToBeWrong) {
  const std::vector<std::string> names{"assembly", "mill", "plant"};
  EXPECT_EQ(nearest("asembly", names), "assembly");   // one letter missing
  EXPECT_EQ(nearest("assembyl", names), "assembly");  // two neighbours swapped
  EXPECT_EQ(nearest("plnat", names), "plant");        // a swap is one step, and 5 / 3 is one
  EXPECT_EQ(nearest("plxyt", names), "");             // two of five
  EXPECT_EQ(nearest("m", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest("mills", {}), "");
}

TEST(Nearest, PrefersTheClosestAndThenTheFirst) {
  EXPECT_EQ(nearest("board_a", {"board_bb", "board_ab", "board_b"}), "board_ab");
  EXPECT_EQ(nearest("board_c", {"board_a", "board_b"}), "board_a");
}

TEST(DidYouMean, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(did_you_mean("asembly", {"assembly"}), "; did you mean \"assembly\"?");
  EXPECT_EQ(did_you_mean("xyz", {"assembly"}), "");
}

}  // namespace
}  // namespace tierworks::common
