#include "scenarios/csv/csv_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "scenarios/csv/utf8.h"

namespace tierworks::csv {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Cuts text into rows of cells; knows quotes and line numbers, but neither header nor width.
class Scanner {
 public:
  Scanner(std::string_view text, std::vector<CsvError>& errors) : text_(text), errors_(errors) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t line() const { return line_; }

  // The next row; a blank line gives no cells. False after a mistake that hides where the next cell starts.
  bool next(Row& row) {
    row.line = line_;
    row.cells.clear();
    bool quoted = false;
    for (;;) {
      std::string cell;
      bool cell_quoted = false;
      if (!next_cell(row, cell, cell_quoted)) return false;
      quoted = quoted || cell_quoted;
      row.cells.push_back(std::move(cell));
      if (at_end() || text_[at_] == '\n') break;
      ++at_;  // the comma
    }
    if (!at_end()) {
      ++at_;
      ++line_;
    }
    if (row.cells.size() == 1 && row.cells[0].empty() && !quoted) row.cells.clear();
    return true;
  }

 private:
  bool fail(const Row& row, std::size_t line, std::string message) {
    errors_.push_back({line, row.cells.size() + 1, std::move(message)});
    return false;
  }

  // Ends in front of a comma, a line feed or the end.
  bool next_cell(const Row& row, std::string& cell, bool& quoted) {
    while (!at_end() && is_blank(text_[at_])) ++at_;
    if (!at_end() && text_[at_] == '"') {
      quoted = true;
      return quoted_cell(row, cell);
    }
    const std::size_t first = at_;
    while (!at_end() && text_[at_] != ',' && text_[at_] != '\n') {
      if (text_[at_] == '"') {
        return fail(row, line_,
                    "a quote inside a cell that does not start with one; put the whole cell in quotes and "
                    "double the quotes inside");
      }
      if (text_[at_] == '\r') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
          return fail(row, line_, "a carriage return without a line feed; end lines with LF or CRLF");
        }
        cell = trimmed(text_.substr(first, at_ - first));
        ++at_;
        return true;
      }
      ++at_;
    }
    cell = trimmed(text_.substr(first, at_ - first));
    return true;
  }

  bool quoted_cell(const Row& row, std::string& cell) {
    const std::size_t opened = line_;
    for (++at_; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          ++at_;
        } else {
          ++at_;
          return after_quotes(row);
        }
      }
      if (c == '\n') ++line_;
      cell.push_back(c);
    }
    return fail(row, opened, "a quote is opened and never closed");
  }

  bool after_quotes(const Row& row) {
    while (!at_end() && is_blank(text_[at_])) ++at_;
    if (!at_end() && text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n')) ++at_;
    if (at_end() || text_[at_] == ',' || text_[at_] == '\n') return true;
    return fail(row, line_, "text after a closing quote; double the quotes that belong to the cell");
  }

  std::string_view text_;
  std::vector<CsvError>& errors_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

void check_header(const CsvTable& table, std::vector<CsvError>& errors) {
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const std::string& name = table.header[i];
    if (name.empty()) {
      errors.push_back({table.header_line, i + 1, "a column without a name"});
    } else if (!seen.emplace(name, i).second) {
      errors.push_back({table.header_line, i + 1, fmt::format("column \"{}\" appears twice", name)});
    }
  }
  if (table.header.size() == 1 && table.header[0].find(';') != std::string::npos) {
    errors.push_back({table.header_line, 1, "the cells are separated by semicolons, expected commas"});
  }
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name) return i;
  }
  return std::nullopt;
}

std::optional<CsvTable> read_csv(std::string_view text, std::vector<CsvError>& errors) {
  const std::size_t errors_before = errors.size();
  text = without_byte_order_mark(text);
  if (const auto bad = first_bad_character(text)) {
    errors.push_back({bad->line, 1, bad->what + "; expected a text file in UTF-8"});
    return std::nullopt;
  }
  CsvTable table;
  Scanner scanner(text, errors);
  bool has_header = false;
  Row row;
  while (!scanner.at_end() && errors.size() - errors_before < kMostCsvErrors) {
    if (!scanner.next(row)) return std::nullopt;
    if (row.cells.empty()) continue;
    if (!has_header) {
      has_header = true;
      table.header = row.cells;
      table.header_line = row.line;
      check_header(table, errors);
      continue;
    }
    if (row.cells.size() != table.header.size()) {
      errors.push_back(
          {row.line, std::min(row.cells.size(), table.header.size()) + 1,
           fmt::format("the row has {} cells, expected {} as in the header", row.cells.size(), table.header.size())});
      continue;
    }
    table.rows.push_back(std::move(row));
    row = {};
  }
  if (!has_header) errors.push_back({1, 1, "the table is empty, expected a header"});
  if (errors.size() != errors_before) return std::nullopt;
  return table;
}

std::optional<double> number_in(std::string_view cell) {
  double value = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, fault] = std::from_chars(cell.data(), end, value);
  if (fault != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> integer_in(std::string_view cell) {
  std::int64_t value = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, fault] = std::from_chars(cell.data(), end, value);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace tierworks::csv
