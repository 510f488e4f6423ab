#include "scenarios/reader/parse.h"

#include "tests/unit/scenarios/reading.h"

namespace tierworks::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Parsed {
  Document document;
  Faults faults{document};
  NodeId root = kNoNode;

  explicit Parsed(std::string_view text) {
    const std::uint16_t source = document.add_source({SourceKind::file, "t.yaml", ""});
    root = parse_text(document, source, text, faults);
  }
  std::vector<std::string> words() {
    common::Diagnostics diagnostics;
    faults.hand_over(diagnostics);
    std::vector<std::string> lines;
    for (const auto& d : diagnostics.list()) lines.push_back(document.describe(d.origin) + ": " + d.message);
    return lines;
  }
};

TEST(Parse, KeepsThePlaceOfEveryValueAndKey) {
  Parsed parsed("tierworks: 1\nsites:\n  plant: {tier: 2, location: [48.2, 16.37]}\n");
  ASSERT_NE(parsed.root, kNoNode);
  const Document& document = parsed.document;
  const NodeId plant = document.find(document.find(parsed.root, "sites"), "plant");
  const NodeId tier = document.find(plant, "tier");
  EXPECT_EQ(document.at(tier).text(), "2");
  EXPECT_EQ(document.describe(Document::value_origin(tier)), "t.yaml:3:17: sites.plant.tier");
  EXPECT_EQ(document.describe(Document::key_origin(tier)), "t.yaml:3:11: sites.plant.tier");
  const NodeId second = document.at(document.at(document.find(plant, "location")).first).next;
  EXPECT_EQ(document.describe(Document::value_origin(second)), "t.yaml:3:37: sites.plant.location[1]");
}

TEST(Parse, ColumnsCountCharactersAndScalarsRemainText) {
  Parsed parsed("{企业: 010, yes: 'no', empty: , tilde: ~}");
  const Document& document = parsed.document;
  const NodeId number = document.find(parsed.root, "企业");
  EXPECT_EQ(document.at(number).text(), "010");
  EXPECT_EQ(document.at(number).mark.column, 6U);
  EXPECT_FALSE(document.at(document.find(parsed.root, "yes")).plain);
  EXPECT_TRUE(document.at(document.find(parsed.root, "empty")).is_empty());
  EXPECT_TRUE(document.at(document.find(parsed.root, "tilde")).is_tilde());
}

TEST(Parse, AliasesAreCopiesWithTheMarksOfTheirAnchor) {
  Parsed parsed("a: &x {n: 1}\nb: *x\n");
  const Document& document = parsed.document;
  const NodeId a = document.find(parsed.root, "a");
  const NodeId b = document.find(parsed.root, "b");
  EXPECT_NE(document.find(a, "n"), document.find(b, "n"));
  EXPECT_EQ(document.describe(Document::value_origin(document.find(b, "n"))), "t.yaml:1:11: b.n");
}

TEST(Parse, AByteOrderMarkIsNoContent) { EXPECT_NE(Parsed("\xEF\xBB\xBFtierworks: 1\n").root, kNoNode); }

TEST(Parse, DuplicateKeysNameBothLinesAndAllAreFound) {
  EXPECT_THAT(
      Parsed("a: 1\nb: {c: 1, c: 2}\na: 3\n").words(),
      ElementsAre("t.yaml:2:11: the key \"c\" appears twice in one map: on line 2 and on line 2; remove one of them",
                  "t.yaml:3:1: the key \"a\" appears twice in one map: on line 1 and on line 3; remove one of them"));
}

TEST(Parse, DuplicateKeysAreFoundInLargeMaps) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(Parsed(text + "k33: 2\n").words(), ElementsAre(HasSubstr("on line 34 and on line 41")));
}

TEST(Parse, MergeKeysAreRefusedWithARemedy) {
  EXPECT_THAT(
      Parsed("a: &x {n: 1}\nb: {<<: *x}\n").words(),
      ElementsAre("t.yaml:2:5: merge keys (`<<`) are not part of the language; write `like: NAME` in an entry, or "
                  "`extends: FILE`"));
}

TEST(Parse, TabsInTheIndentationAreRefused) {
  EXPECT_THAT(Parsed("a:\n\tb: 1\n").words(), ElementsAre("t.yaml:2:1: a tab in the indentation; write blanks"));
  EXPECT_THAT(Parsed("a:\n  \tb: 1\n").words(), ElementsAre("t.yaml:2:3: a tab in the indentation; write blanks"));
  EXPECT_NE(Parsed("a:\tb\t# a comment\n").root, kNoNode);
}

TEST(Parse, SeveralDocumentsAreRefused) {
  EXPECT_THAT(
      Parsed("a: 1\n---\nb: 1\n").words(),
      ElementsAre("t.yaml:2:1: a second document starts here, expected one scenario in a file; split the file at "
                  "`---`"));
}

TEST(Parse, NothingIsNoScenario) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "---\n...\n"}) {
    EXPECT_THAT(Parsed(text).words(), ElementsAre("t.yaml:1:1: expected a scenario; the file is empty")) << text;
  }
}

TEST(Parse, BinaryFilesAreRefusedAtTheByte) {
  EXPECT_THAT(Parsed(std::string_view("a: 1\nb: \0", 9)).words(),
              ElementsAre("t.yaml:2:4: a NUL byte; expected a text file in UTF-8"));
  EXPECT_THAT(Parsed("a: \xC3\x28").words(),
              ElementsAre("t.yaml:1:4: byte 0xc3 is not valid UTF-8; expected a text file in UTF-8"));
  EXPECT_THAT(Parsed("\x1f\x8b\x08").words(), ElementsAre(StartsWith("t.yaml:1:1: control character 0x1f")));
  EXPECT_THAT(Parsed("\xFF\xFE"
                     "a")
                  .words(),
              ElementsAre(StartsWith("t.yaml:1:1: byte 0xff")));
  EXPECT_THAT(Parsed("a: \xED\xA0\x80").words(), ElementsAre(StartsWith("t.yaml:1:4: byte 0xed")));
}

TEST(Parse, KeysAreScalars) {
  EXPECT_THAT(Parsed("a: 1\n? [x, y]\n: 1\n").words(),
              ElementsAre(StartsWith("t.yaml:2:3: a list stands where a key")));
  EXPECT_THAT(Parsed("{{a: 1}: 2}").words(), ElementsAre(StartsWith("t.yaml:1:2: a map stands where a key")));
  EXPECT_THAT(Parsed("a: &x b\n*x : 1\n").words(), ElementsAre(StartsWith("t.yaml:2:1: an alias stands where a key")));
  EXPECT_THAT(Parsed("a: 1\n\"\": 2\n").words(), ElementsAre(StartsWith("t.yaml:2:1: an empty key")));
}

TEST(Parse, UnknownTagsAreRefusedAndCoreTagsAreNot) {
  EXPECT_THAT(Parsed("a: !python/object x\n").words(),
              ElementsAre(StartsWith("t.yaml:1:4: unknown tag \"!python/object\"")));
  EXPECT_NE(Parsed("a: !!str 5\n").root, kNoNode);
}

TEST(Parse, SyntaxErrorsHaveTheWordsOfTheParserAndAPlace) {
  EXPECT_THAT(Parsed("a: [1, 2\nb: 3\n").words(),
              ElementsAre(StartsWith("t.yaml:2:2: did not find expected ',' or ']'")));
  EXPECT_THAT(Parsed("a: b: c\n").words(), ElementsAre(AllOf(StartsWith("t.yaml:1:5: mapping values are not allowed"),
                                                             HasSubstr("check the indentation"))));
  EXPECT_THAT(Parsed("a: \"open\n").words(),
              ElementsAre(HasSubstr("while scanning a quoted scalar that starts on line 1")));
  EXPECT_THAT(Parsed("a: @b\n").words(), ElementsAre(AllOf(StartsWith("t.yaml:1:4:"), HasSubstr("in quotes"))));
}

TEST(Parse, PatternsWithoutQuotesGetARemedy) {
  EXPECT_THAT(Parsed("from: *\n").words(),
              ElementsAre(AllOf(StartsWith("t.yaml:1:8:"), HasSubstr("put a pattern like \"*\""))));
  EXPECT_THAT(
      Parsed("from: *_board\n").words(),
      ElementsAre("t.yaml:1:7: no anchor `&_board` above this alias; if `*_board` is a pattern, put it in quotes"));
}

TEST(Parse, DeepNestingStopsAtTheLimit) {
  EXPECT_THAT(Parsed(std::string(100'000, '[')).words(),
              ElementsAre(StartsWith("t.yaml:1:65: nested more than 64 levels deep")));
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  EXPECT_THAT(Parsed(dashes + "x").words(), ElementsAre(HasSubstr("nested more than 64 levels deep")));
  EXPECT_NE(Parsed(std::string(64, '[') + "x" + std::string(64, ']')).root, kNoNode);
}

TEST(Parse, AChainOfAliasesStopsAtTheLimit) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) text += ", " + before;
    text += "]\n";
  }
  Parsed parsed(text);
  EXPECT_THAT(parsed.words(),
              ElementsAre(AllOf(StartsWith("t.yaml:5:"), HasSubstr("aliases expand to more than 100000 nodes"),
                                HasSubstr("use `like:`"))));
  EXPECT_LT(parsed.document.size(), 200'000U);
}

TEST(Parse, AnAliasInsideItsOwnAnchorIsRefused) {
  EXPECT_THAT(Parsed("a: &x [1, *x]\n").words(), ElementsAre("t.yaml:1:11: `*x` stands inside its own anchor"));
}

class ParseFiles : public FilesTest {};

TEST_F(ParseFiles, FilesThatCannotBeReadAreNamed) {
  write("cluster.yaml", "tierworks: 1\n");
  std::filesystem::create_directories(path("folder"));
  EXPECT_THAT(mistakes_in("clutser.yaml"), ElementsAre("clutser.yaml: no such file; did you mean \"cluster.yaml\"?"));
  EXPECT_THAT(mistakes_in("folder"), ElementsAre("folder: a folder, expected a file"));
}

TEST_F(ParseFiles, AHugeFileIsRefusedBeforeItIsRead) {
  write("huge.yaml", "");
  std::filesystem::resize_file(path("huge.yaml"), std::uintmax_t{200} << 20U);  // sparse
  EXPECT_THAT(
      mistakes_in("huge.yaml"),
      ElementsAre(AllOf(StartsWith("huge.yaml: the file has 200 MB, the limit is 64 MB"), HasSubstr("`count:`"))));
}

}  // namespace
}  // namespace tierworks::reader
