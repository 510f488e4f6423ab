// Inputs that no planner writes: each must be refused with its place and in words, in bounded time and memory.
#include <algorithm>
#include <fstream>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "models/common/diagnostics.h"
#include "tests/diagnostics/mistakes.h"
#include "tests/support/temporary_folder.h"

namespace tierworks::tests {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kPatience = 10;  // sanitizers multiply time and memory
#else
constexpr double kPatience = 1;
#endif
constexpr double kMostSeconds = 2 * kPatience;
constexpr double kMostMegabytes = 100 * kPatience;
constexpr std::size_t kLongestLine = 1000;  // of a message, whatever the input

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Processor time, so that a busy machine fails no test; growth of the peak of memory.
Verdict judge_within_bounds(const std::string& path, double seconds = kMostSeconds, double megabytes = kMostMegabytes) {
  const double started = cpu_seconds();
  const double peak = peak_megabytes();
  Verdict verdict = judge(path);
  EXPECT_LT(cpu_seconds() - started, seconds) << path;
  EXPECT_LT(peak_megabytes() - peak, megabytes) << path;
  EXPECT_FALSE(verdict.sound) << path;
  EXPECT_FALSE(verdict.lines.empty()) << path;
  for (const std::string& line : verdict.lines) EXPECT_LT(line.size(), kLongestLine) << line.substr(0, kLongestLine);
  return verdict;
}

class Hostile : public testing::Test {
 protected:
  void refused(const std::string& name, const std::vector<std::string>& expected) {
    EXPECT_EQ(judge_within_bounds(name).lines, expected);
  }
  void refused(const std::string& name, std::string_view text, const std::vector<std::string>& expected) {
    folder_.write(name, text);
    refused(name, expected);
  }

  TemporaryFolder folder_;
  WorkingFolder in_folder_{folder_.path()};
};

std::string times(std::size_t n, std::string_view text) {
  std::string all;
  all.reserve(n * text.size());
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

// A scenario without mistakes but for what is written in `items` and in `stock`.
std::string scenario(std::string_view items, std::string_view stock, std::string_view orders = "poisson 4 / d") {
  return fmt::format(
      "tierworks: 1\nitems:\n  frame: {{}}\n{}sites:\n  mill: {{sells: {{frame: {{}}}}}}\n"
      "  shop:\n    buys: {{frame: {{from: mill}}}}\n    stock:\n      frame: {{level: 3}}\n{}"
      "demand: {{at: shop, item: frame, orders: {}}}\n",
      items, stock, orders);
}

TEST_F(Hostile, AFolderIsNoScenario) {
  fs::create_directory("plant.yaml");
  refused("plant.yaml", {"plant.yaml: a folder, expected a file"});
}

TEST_F(Hostile, AMissingFileNamesTheNearestOne) {
  folder_.write("cluster.yaml", "tierworks: 1\n");
  refused("clutser.yaml", {"clutser.yaml: no such file; did you mean \"cluster.yaml\"?"});
  refused("nowhere/cluster.yaml", {"nowhere/cluster.yaml: no such file"});
}

TEST_F(Hostile, AnEmptyNameIsNoFile) {
  const Verdict verdict = judge("");
  EXPECT_FALSE(verdict.sound);
  ASSERT_EQ(verdict.lines.size(), 1U);
  EXPECT_NE(verdict.lines.front().find("no such file"), std::string::npos) << verdict.lines.front();
}

TEST_F(Hostile, AnUnreadableFileSaysSo) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read every file";
  folder_.write("secret.yaml", "tierworks: 1\n");
  fs::permissions("secret.yaml", fs::perms::none);
  refused("secret.yaml", {"secret.yaml: cannot be read: Permission denied"});
}

// A pipe would keep the reader waiting, a device would never end.
TEST_F(Hostile, PipesAndDevicesAreRefused) {
  ASSERT_EQ(::mkfifo("pipe.yaml", 0600), 0);
  refused("pipe.yaml", {"pipe.yaml: not a regular file"});
  refused("/dev/zero", {"/dev/zero: not a regular file"});
  refused("table.yaml", "tierworks: 1\nitems: {table: pipe.yaml}\n",
          {"table.yaml:2:16: items.table: \"pipe.yaml\": not a regular file"});
}

TEST_F(Hostile, BinaryJunkIsRefusedAtItsFirstByteThatIsNoText) {
  std::mt19937 random(1);
  std::string junk(1U << 20U, '\0');
  for (char& c : junk) c = static_cast<char>(random());
  folder_.write("junk.yaml", junk);
  const Verdict verdict = judge_within_bounds("junk.yaml");
  ASSERT_EQ(verdict.lines.size(), 1U);
  EXPECT_TRUE(verdict.lines.front().starts_with("junk.yaml:1:")) << verdict.lines.front();
  EXPECT_TRUE(verdict.lines.front().ends_with("; expected a text file in UTF-8")) << verdict.lines.front();
}

TEST_F(Hostile, NulBytesAndOtherEncodingsAreRefused) {
  using namespace std::string_literals;
  refused("nul.yaml", "tierworks: 1\ntitle: a\0b\n"s, {"nul.yaml:2:9: a NUL byte; expected a text file in UTF-8"});
  refused("nuls.yaml", std::string(1000, '\0'), {"nuls.yaml:1:1: a NUL byte; expected a text file in UTF-8"});
  refused("utf16.yaml", "\xFF\xFEt\0i\0"s,
          {"utf16.yaml:1:1: byte 0xff is not valid UTF-8; expected a text file in UTF-8"});
  folder_.write("nul.csv", "name,value\nbolt,1\0\n"s);
  refused("table.yaml", "tierworks: 1\nitems: {table: nul.csv}\n",
          {"nul.csv:2:1: a NUL byte; expected a text file in UTF-8"});
}

// The limit is 64 levels; the text goes on far beyond it.
TEST_F(Hostile, NestingAHundredThousandDeepIsRefused) {
  constexpr std::size_t kDeep = 100'000;
  const std::string too_deep =
      "nested more than 64 levels deep, which is the limit; no scenario needs that: close the brackets "
      "or reduce the indentation";
  refused("lists.yaml", times(kDeep, "["), {"lists.yaml:1:65: " + too_deep});
  refused("closed.yaml", times(kDeep, "[") + times(kDeep, "]"), {"closed.yaml:1:65: " + too_deep});
  refused("maps.yaml", times(kDeep, "{a: ") + times(kDeep, "}"), {"maps.yaml:1:257: " + too_deep});
  refused("dashes.yaml", times(kDeep, "- ") + "1\n", {"dashes.yaml:1:129: " + too_deep});
  refused(
      "keys.yaml", times(kDeep, "? ") + "1\n",
      {"keys.yaml:1:3: a map stands where a key should be; a key is one word, in quotes if it has special characters"});
  std::string stairs;
  for (std::size_t i = 0; i < 1000; ++i) stairs += std::string(i, ' ') + "a:\n";
  refused("stairs.yaml", stairs, {"stairs.yaml:65:65: " + too_deep});
}

TEST_F(Hostile, TwoHundredMegabytesOfBracketsAreRefusedUnread) {
  constexpr std::size_t kBlock = std::size_t{1} << 20U;
  {
    std::ofstream file("brackets.yaml", std::ios::binary);
    const std::string block(kBlock, '[');
    for (int i = 0; i < 200; ++i) file << block;
  }
  refused("brackets.yaml",
          {"brackets.yaml: the file has 200 MB, the limit is 64 MB; move repeated rows to CSV tables (`table:`) or use "
           "`count:`, `like:` and patterns"});
}

// 9^9 values from 400 bytes.
TEST_F(Hostile, AnAliasBombIsRefused) {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c <= 'i'; ++c) {
    bomb += fmt::format("{0}: &{0} [", c);
    for (int i = 0; i < 9; ++i) bomb += fmt::format("{}*{}", i == 0 ? "" : ", ", static_cast<char>(c - 1));
    bomb += "]\n";
  }
  folder_.write("bomb.yaml", bomb);
  const Verdict verdict = judge_within_bounds("bomb.yaml");
  ASSERT_EQ(verdict.lines.size(), 1U);
  EXPECT_TRUE(verdict.lines.front().starts_with("bomb.yaml:6:8: ")) << verdict.lines.front();
  EXPECT_TRUE(verdict.lines.front().ends_with(
      "aliases expand to more than 100000 nodes, which is the limit; use `like:`, `count:` or patterns"))
      << verdict.lines.front();
}

// What is shown of a word that is a megabyte long is short, wherever it stands.
TEST_F(Hostile, AMegabyteOnOneLineGivesShortMessages) {
  constexpr std::size_t kLong = 1'000'000;
  const std::string x(kLong, 'x');
  const std::string zeros(kLong, '0');
  const std::string one_line = "tierworks: 1, " + x + "\n";
  const struct {
    std::string name, text, place;
  } cases[] = {
      {"value.yaml", scenario("  bolt: {value: " + x + "}\n", ""), "value.yaml:4:17: items.bolt.value: got \"xxx"},
      {"digits.yaml", scenario("  bolt: {value: 1" + zeros + "}\n", ""),
       "digits.yaml:4:17: items.bolt.value: got \"1000"},
      {"zeros.yaml", scenario("  bolt: {value: " + zeros + "}\n", ""), "zeros.yaml:4:17: items.bolt.value: got \"000"},
      {"unit.yaml", scenario("", "      frame: {level: 1}\n      bolt: {level: 3 " + x + "}\n"), "unit.yaml:10:"},
      {"item_unit.yaml", scenario("  bolt: {bom: {frame: 3 " + x + "}}\n", ""),
       "item_unit.yaml:4:23: items.bolt.bom.frame: "},
      {"time_unit.yaml", "time: {horizon: 3 " + x + "}\n" + scenario("", ""),
       "time_unit.yaml:1:17: time.horizon: got \"3 xxx"},
      {"word.yaml", scenario("", "", "every " + x + " 3 d"), "word.yaml:10:41: demand.orders: got \"every xxx"},
      {"key.yaml", scenario("  bolt:\n    ? " + x + "\n    : 3\n", ""), "key.yaml:5:7: items.bolt.xxx"},
      {"name.yaml", scenario("", "      ? " + x + "\n      : {level: 3}\n"), "name.yaml:10:9: sites.shop.stock.xxx"},
      {"component.yaml", scenario("  bolt: {bom: {? " + x + " : 1}}\n", ""), "component.yaml:4:18: items.bolt.bom.xxx"},
      {"top.yaml", one_line, "top.yaml:1:12: tierworks: got \"1, xxx"},
  };
  for (const auto& c : cases) {
    folder_.write(c.name, c.text);
    const Verdict verdict = judge_within_bounds(c.name);
    ASSERT_FALSE(verdict.lines.empty()) << c.name;
    EXPECT_TRUE(verdict.lines.front().starts_with(c.place)) << verdict.lines.front().substr(0, kLongestLine);
  }
}

TEST_F(Hostile, TheLastOfManyRowsIsFound) {
  constexpr std::size_t kRows = 300'000;
  std::string trace = "day,quantity\n";
  for (std::size_t i = 0; i < kRows; ++i) trace += fmt::format("{},{}\n", i / 300, i + 1 == kRows ? "-1" : "2");
  folder_.write("orders.csv", trace);
  refused("trace.yaml", scenario("", "", "orders.csv"),
          {fmt::format("orders.csv:{}:2: got \"-1\", expected a number >= 0", kRows + 1)});

  std::string table = "name,value\n";
  for (std::size_t i = 0; i < kRows; ++i) table += fmt::format("part_{},{}\n", i, i + 1 == kRows ? "cheap" : "2");
  folder_.write("items.csv", table);
  folder_.write("table.yaml", scenario("  table: items.csv\n", ""));
  // 300,000 items are a large scenario that is wanted: they may take the memory that items take.
  const Verdict verdict = judge_within_bounds("table.yaml", 3 * kMostSeconds, 6 * kMostMegabytes);
  EXPECT_EQ(verdict.lines,
            std::vector<std::string>{fmt::format("items.csv:{}:2: items.part_{}.value: got \"cheap\", expected a "
                                                 "number >= 0 like `4000` or `3 M`",
                                                 kRows + 1, kRows - 1)});
}

TEST_F(Hostile, OfTenThousandMistakesTheFirstTwoHundredAreShownAndAllAreCounted) {
  constexpr std::size_t kMany = 10'000;
  const auto first_line = [](std::string_view line) { return line.substr(0, line.find(';')); };
  std::string items;
  for (std::size_t i = 0; i < kMany; ++i) items += fmt::format("  part_{}: {{value: -1}}\n", i);
  folder_.write("values.yaml", scenario(items, ""));
  const Verdict values = judge_within_bounds("values.yaml");
  EXPECT_EQ(values.lines.size(), common::Diagnostics::kMost);
  EXPECT_EQ(values.mistakes, kMany);
  EXPECT_EQ(values.lines.front(),
            "values.yaml:4:19: items.part_0.value: got \"-1\", expected a number >= 0 like `4000` or `3 M`");
  EXPECT_EQ(values.lines.back(),
            "values.yaml:203:21: items.part_199.value: got \"-1\", expected a number >= 0 like `4000` or `3 M`");

  // Names are only found to be wrong by the compiler, which looks for the nearest among as many.
  items.clear();
  std::string stock;
  for (std::size_t i = 0; i < kMany; ++i) {
    items += fmt::format("  part_{}: {{value: 1}}\n", i);
    stock += fmt::format("      porta_{}: {{level: 1}}\n", i);
  }
  folder_.write("names.yaml", scenario(items, stock));
  const Verdict names = judge_within_bounds("names.yaml");
  EXPECT_EQ(names.lines.size(), common::Diagnostics::kMost);
  EXPECT_EQ(names.mistakes, kMany);
  EXPECT_EQ(first_line(names.lines.front()),
            fmt::format("names.yaml:{}:7: sites.shop.stock.porta_0: no item \"porta_0\"", 10 + kMany));

  // Unknown keys, whose nearest names the reader looks for.
  items.clear();
  for (std::size_t i = 0; i < kMany; ++i) items += fmt::format("  part_{0}: {{valeu_{0}: 1}}\n", i);
  folder_.write("keys.yaml", scenario(items, ""));
  const Verdict keys = judge_within_bounds("keys.yaml");
  EXPECT_EQ(keys.lines.size(), common::Diagnostics::kMost);
  EXPECT_EQ(keys.mistakes, kMany);
}

}  // namespace
}  // namespace tierworks::tests
