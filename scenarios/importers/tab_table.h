// A tab-separated table with one header row, as AutoSched-style data sets hold them. Line ends of either kind; a cell may be
// empty; rows may end early, unless the file ends in the middle of one. Columns headed IGNORE are comments.
// Whoever reads a column marks it as read, so that what was never looked at can be told.
// Mistakes go to one list with file, line and number of the cell. Cost: one string a cell.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/willems.h"

namespace tierworks::importers {

class TabTable {
 public:
  TabTable(std::string_view text, std::string_view file, std::vector<ImportError>& errors);

  const std::string& file() const { return file_; }
  std::size_t rows() const { return rows_.size(); }
  // "" if it is empty, or if the table has no such column.
  std::string_view cell(std::size_t row, std::string_view column);
  // The same; an empty one is a mistake.
  std::string_view needed(std::size_t row, std::string_view column);
  // A number >= 0; nothing if the cell is empty, nothing and a mistake if it holds something else.
  std::optional<double> number(std::size_t row, std::string_view column);
  // The same; an empty one is a mistake, too.
  std::optional<double> needed_number(std::size_t row, std::string_view column);
  // The same as a whole number >= `low`; 0 after a mistake.
  std::int64_t needed_whole(std::size_t row, std::string_view column, std::int64_t low);
  void need_columns(const std::vector<std::string_view>& columns);

  void fault(std::size_t row, std::string_view column, std::string message);
  // Of columns that say something and that nobody read: `tool.txt: column X is not modelled (12 rows)`.
  std::vector<std::string> unread() const;

 private:
  struct Row {
    int line = 0;
    std::vector<std::string> cells;
  };
  std::optional<std::size_t> place(std::string_view column) const;

  std::string file_;
  std::vector<std::string> header_;
  std::vector<bool> read_;
  std::vector<Row> rows_;
  std::vector<ImportError>* errors_;
};

}  // namespace tierworks::importers
