// The grammar of users' formulas, its mistakes and their places, and that its numbers are ours and not the processor's.
#include "models/common/formula.h"

#include <array>
#include <bit>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "core/base/math.h"

namespace tierworks::common {
namespace {

constexpr std::array<std::string_view, 3> kNames{"on_hand", "rate", "x"};

// With on_hand = 4, rate = 5, x = 2.
double value(const std::string& text) {
  const FormulaText formula{text, kNames};
  const auto mistake = check_formula(formula);
  EXPECT_FALSE(mistake) << text << ": " << mistake->message;
  return Formula(formula)(std::array{4.0, 5.0, 2.0});
}

// "8: unknown name ..."
std::string mistake(const std::string& text) {
  const auto found = check_formula({text, kNames});
  return found ? std::to_string(found->at) + ": " + found->message : "";
}

TEST(AFormula, BindsAsInArithmetic) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("2 - 3 - 4"), -5);
  EXPECT_EQ(value("2 ^ 3 ^ 2"), 512);
  EXPECT_EQ(value("-2 ^ 2"), -4);
  EXPECT_EQ(value("x - -1"), 3);
  EXPECT_EQ(value("(1 + 2) * 3 / 4"), 2.25);
  EXPECT_EQ(value("1e3 + .5"), 1000.5);
}

TEST(AFormula, ComparesAndChooses) {
  EXPECT_EQ(value("x >= 2 && rate < 6 ? on_hand : 9"), 4);
  EXPECT_EQ(value("!x + (on_hand == 4) + (x != 2) + (x > 5 || rate <= 5)"), 2);
  EXPECT_EQ(value("x < 0 ? 1 / (x - x) : 2"), 2);  // what is not taken is not worked out
}

TEST(AFormula, HasItsFunctions) {
  EXPECT_EQ(value("max(0, rate * 3 - on_hand, 7)"), 11);
  EXPECT_EQ(value("min(rate, x) + abs(-3) + floor(2.7) + ceil(2.1) + round(2.5)"), 2 + 3 + 2 + 3 + 3);
  EXPECT_EQ(value("sqrt(9) + pow(2, -1)"), 3.5);
}

TEST(AFormula, UsesOurOwnFunctionsToTheLastBit) {
  const auto bits = [](double d) { return std::bit_cast<std::uint64_t>(d); };
  EXPECT_EQ(bits(value("exp(rate / 7)")), bits(core::det_exp(5.0 / 7)));
  EXPECT_EQ(bits(value("log(rate / 7)")), bits(core::det_log(5.0 / 7)));
  EXPECT_EQ(bits(value("rate ^ 0.3")), bits(core::det_pow(5.0, 0.3)));
  // Each product and sum is rounded, in the order that is written.
  const volatile double third = 1.0 / 3;
  const volatile double product = 5.0 * third;
  EXPECT_EQ(bits(value("rate * (1 / 3) - 5 / 3")), bits(product - 5.0 / 3));
}

TEST(AFormula, IsNoNumberWhereAnythingInItIsNone) {
  for (const char* text : {"1 / (x - x)", "min(5, 1 / (x - x))", "1 / (x - x) > 3 ? 1 : 2", "sqrt(-x)", "log(x - x)",
                           "exp(1000 * x)", "(-x) ^ 0.5", "0 * (1 / (x - 2))", "(x - x) ^ -1", "1e300 * 1e300"}) {
    EXPECT_TRUE(std::isnan(value(text))) << text;
  }
  EXPECT_EQ(value("x ^ 2"), 4);  // and the next is good again
}

TEST(AFormula, IsWorkedOutAnewForEachSetOfValues) {
  Formula formula({"on_hand + 10 * x", kNames});
  EXPECT_EQ(formula(std::array{1.0, 0.0, 2.0}), 21);
  EXPECT_EQ(formula(std::array{3.0, 0.0, 0.5}), 8);
  Formula moved(std::move(formula));
  EXPECT_EQ(moved(std::array{1.0, 0.0, 2.0}), 21);
}

TEST(AMistake, HasItsPlaceAndARemedy) {
  EXPECT_EQ(mistake("1 + onhand"), "4: unknown name \"onhand\"; did you mean \"on_hand\"?");
  EXPECT_EQ(mistake("sin(x)"), "0: unknown name \"sin\"; did you mean \"min\"?");
  EXPECT_EQ(mistake("weather"),
            "0: unknown name \"weather\"; known are on_hand, rate, x, abs, ceil, exp, floor, log, max, min, pow, "
            "round, sqrt");
  EXPECT_EQ(mistake("x = 3"), "2: \"=\" means nothing here");
  EXPECT_EQ(mistake("rate + "), "7: something is missing at the end");
  EXPECT_EQ(mistake("(1 + 2"), "6: a closing parenthesis is missing");
  EXPECT_EQ(mistake("1 + 2)"), "5: \")\" cannot stand here");
  EXPECT_EQ(mistake("2 x"), "2: \"x\" cannot stand here");
  EXPECT_EQ(mistake("x, 2"), "1: it gives several numbers, expected one");
  EXPECT_EQ(mistake("abs(1, 2)"), "8: too many arguments");
  EXPECT_EQ(mistake("x ? 1"), "5: `: B` is missing behind `? A`");
  EXPECT_EQ(mistake("max 3"), "0: \"max\" needs its arguments in parentheses");
  EXPECT_EQ(mistake("  "), "2: it is empty");
}

TEST(AMistake, IsADivisionByZeroThatIsWritten) {
  EXPECT_EQ(mistake("x + rate / 0"), "9: a division by 0");
  EXPECT_EQ(mistake("rate / 0.0 + 1"), "5: a division by 0");
  EXPECT_EQ(mistake("x + 20 / (3 - 3)"), "7: a division by 0");
  EXPECT_EQ(mistake("1 / x / -(2 * (1 - 1)) ^ 2"), "6: a division by 0");
  EXPECT_EQ(mistake("1 / max(0, 2 - 4)"), "2: a division by 0");
  EXPECT_EQ(mistake("1 / (x - x)"), "");  // the state has a say in it
  EXPECT_EQ(mistake("1 / 0 ^ 0 + 2 / (3 - 2)"), "");
  EXPECT_EQ(mistake("rate / 0.5"), "");
}

TEST(ACheck, TellsWhichNamesAreRead) {
  std::vector<bool> used;
  ASSERT_FALSE(check_formula({"max(0, rate * 3)", kNames}, &used));
  EXPECT_EQ(used, (std::vector<bool>{false, true, false}));
}

}  // namespace
}  // namespace tierworks::common
