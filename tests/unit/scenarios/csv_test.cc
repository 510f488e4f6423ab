#include <gtest/gtest.h>

#include "scenarios/csv/csv_table.h"

namespace tierworks::csv {
namespace {

CsvTable table_of(std::string_view text) {
  std::vector<CsvError> errors;
  auto table = read_csv(text, errors);
  EXPECT_TRUE(table.has_value());
  EXPECT_TRUE(errors.empty());
  return table ? *table : CsvTable{};
}

CsvError error_of(std::string_view text) {
  std::vector<CsvError> errors;
  EXPECT_FALSE(read_csv(text, errors).has_value());
  EXPECT_FALSE(errors.empty());
  return errors.empty() ? CsvError{} : errors.front();
}

void expect_error(std::string_view text, std::size_t line, std::size_t column, std::string_view words) {
  const CsvError error = error_of(text);
  EXPECT_EQ(error.line, line) << error.message;
  EXPECT_EQ(error.column, column) << error.message;
  EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
}

TEST(Csv, ReadsHeaderAndRowsWithTheirLines) {
  const CsvTable table = table_of("name,level\nframe,4\nwheel, 8 \n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.header, (std::vector<std::string>{"name", "level"}));
  EXPECT_EQ(table.rows[1].cells, (std::vector<std::string>{"wheel", "8"}));
  EXPECT_EQ(table.rows[1].line, 3U);
  EXPECT_EQ(table.column("level"), 1U);
  EXPECT_FALSE(table.column("leve").has_value());
}

TEST(Csv, UnderstandsQuotesInAndAcrossLines) {
  const CsvTable table = table_of("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",z\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].cells[0], "x, \"y\"");
  EXPECT_EQ(table.rows[0].cells[1], "two\nlines");
  EXPECT_EQ(table.rows[1].line, 4U);
}

TEST(Csv, AcceptsByteOrderMarkCarriageReturnsBlankLinesAndNoFinalNewline) {
  const CsvTable table = table_of("\xEF\xBB\xBF\r\na,b\r\n\r\n1,\"2\"\r\n   \r\n3,4");
  EXPECT_EQ(table.header, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(table.header_line, 2U);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].cells, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(table.rows[1].line, 6U);
}

TEST(Csv, KeepsAnEmptyLastCell) { EXPECT_EQ(table_of("a,b\n1,").rows[0].cells, (std::vector<std::string>{"1", ""})); }

TEST(Csv, RaggedRowsAreErrorsWithTheirLine) {
  std::vector<CsvError> errors;
  EXPECT_FALSE(read_csv("a,b\n1\n1,2\n1,2,3\n", errors).has_value());
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].line, 2U);
  EXPECT_EQ(errors[0].message, "the row has 1 cells, expected 2 as in the header");
  EXPECT_EQ(errors[1].line, 4U);
  EXPECT_EQ(errors[1].column, 3U);
}

TEST(Csv, RefusesWhatIsNoTable) {
  expect_error("", 1, 1, "the table is empty");
  expect_error("\n\n", 1, 1, "the table is empty");
  expect_error("a,b\n1,\"x\n", 2, 2, "never closed");
  expect_error("a,b\n1,\"x\"y\n", 2, 2, "text after a closing quote");
  expect_error("a,b\nx\"y,1\n", 2, 1, "a quote inside a cell");
  expect_error("a,a\n", 1, 2, "column \"a\" appears twice");
  expect_error("a,\n", 1, 2, "a column without a name");
  expect_error("a;b\n1;2\n", 1, 1, "semicolons");
  expect_error("a,b\r1,2\r", 1, 2, "carriage return");
  expect_error(std::string_view("a\n\0\n", 4), 2, 1, "NUL");
  expect_error("a\n\xff\n", 2, 1, "not valid UTF-8");
}

TEST(Csv, NumbersAreWholeCells) {
  EXPECT_EQ(number_in("1.5"), 1.5);
  EXPECT_EQ(number_in("-2e3"), -2000.0);
  EXPECT_EQ(integer_in("42"), 42);
  for (const char* text : {"", "1 ", "1,5", "1.5x", "nan", "inf", "1e999", "+1"}) {
    EXPECT_FALSE(number_in(text).has_value()) << text;
  }
  EXPECT_FALSE(integer_in("1.0").has_value());
  EXPECT_FALSE(integer_in("99999999999999999999").has_value());
}

}  // namespace
}  // namespace tierworks::csv
