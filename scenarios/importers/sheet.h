// A CSV table as a spreadsheet exports it, read forgivingly: columns are found by their letters and digits whatever the
// case and the separators between them, nameless columns at the right and blank rows are dropped, cells are trimmed.
// Mistakes go to one list with file, line and cell. Cost: two passes over the text, one string a cell.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/csv/csv_table.h"
#include "scenarios/importers/willems.h"

namespace tierworks::importers {

class Sheet {
 public:
  using Column = std::optional<std::size_t>;  // nothing: the table has no such column

  Sheet(std::string_view text, std::string_view file, std::vector<ImportError>& errors);

  bool readable() const { return table_.has_value(); }
  std::size_t rows() const { return table_ ? table_->rows.size() : 0; }
  const std::vector<std::string>& remarks() const { return remarks_; }
  int line(std::size_t row) const { return static_cast<int>(table_->rows[row].line); }

  // `key` in lower case, letters, digits and `%` only: "stagetime%1" finds "stageTime_%_1".
  Column column(std::string_view key) const;
  // The same; a missing one is a mistake, told by the name it should have.
  Column required(std::string_view key, std::string_view name);

  // The trimmed cell; "" if there is no such column.
  std::string_view cell(std::size_t row, Column column) const;
  // The number in a cell, nothing if it is blank or if there is no such column. A cell that is no number, or is
  // negative, or above `most`, is a mistake told with `subject`.
  std::optional<double> number(std::size_t row, Column column, std::string_view subject, double most);
  // The same; a number with a percent sign is divided by 100 where `percent` is not null, and *percent tells.
  std::optional<double> number(std::size_t row, Column column, std::string_view subject, double most, bool* percent);

  void fault(std::size_t row, Column column, std::string message);
  // Of the table as a whole.
  void fault(std::string message);

 private:
  std::optional<csv::CsvTable> table_;
  std::vector<std::string> keys_;
  std::vector<std::string> remarks_;  // what was left out
  std::string file_;
  std::vector<ImportError>* errors_;
};

}  // namespace tierworks::importers
