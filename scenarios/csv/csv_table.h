// A table of comma-separated values with a header, as spreadsheets write them (RFC 4180): quotes, doubled quotes, line
// breaks inside quotes, CRLF and a byte order mark are understood; blank lines are skipped; blanks around an unquoted
// cell are dropped. Invariant: every row has as many cells as the header, whose names are distinct and not empty.
// Nothing is printed or thrown: mistakes are collected with their line and cell. Cost: one pass, one string a cell.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::csv {

struct CsvError {
  std::size_t line = 0;    // of the file, from 1
  std::size_t column = 0;  // number of the cell in its row, from 1
  std::string message;
};

struct Row {
  std::size_t line = 0;  // of the file, from 1: where the row starts
  std::vector<std::string> cells;
};

struct CsvTable {
  std::vector<std::string> header;
  std::size_t header_line = 1;
  std::vector<Row> rows;

  std::optional<std::size_t> column(std::string_view name) const;
};

// The table, or nothing and at least one error. At most `kMostCsvErrors` are collected.
inline constexpr std::size_t kMostCsvErrors = 100;
std::optional<CsvTable> read_csv(std::string_view text, std::vector<CsvError>& errors);

// The number that a cell holds; the whole cell must be a finite number.
std::optional<double> number_in(std::string_view cell);
std::optional<std::int64_t> integer_in(std::string_view cell);

}  // namespace tierworks::csv
