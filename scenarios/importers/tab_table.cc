#include "scenarios/importers/tab_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/csv/csv_table.h"

namespace tierworks::importers {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', at), line.size());
    cells.emplace_back(trimmed(line.substr(at, tab - at)));
    at = tab + 1;
  }
  return cells;
}

constexpr double kMost = 1e12;

}  // namespace

TabTable::TabTable(std::string_view text, std::string_view file, std::vector<ImportError>& errors)
    : file_(file), errors_(&errors) {
  const bool is_cut = !text.empty() && text.back() != '\n';
  int number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trimmed(line).find_first_not_of('\t') == std::string_view::npos) continue;
    std::vector<std::string> cells = cells_of(line);
    if (header_.empty()) {
      header_ = std::move(cells);
      continue;
    }
    if (cells.size() > header_.size()) {
      errors.push_back(
          {file_, number, 0,
           fmt::format("got {} cells, expected at most the {} of the header", cells.size(), header_.size())});
      continue;
    }
    if (is_cut && text.empty() && cells.size() < header_.size()) {
      errors.push_back(
          {file_, number, 0,
           fmt::format("the file ends in this row after {} of {} cells; it may be cut", cells.size(), header_.size())});
      continue;
    }
    cells.resize(header_.size());
    rows_.push_back({number, std::move(cells)});
  }
  read_.assign(header_.size(), false);
  if (header_.size() < 2) {
    errors.push_back({file_, 1, 0, "got no header of tab-separated columns, expected a table of an SMT2020 data set"});
  }
}

std::optional<std::size_t> TabTable::place(std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

void TabTable::need_columns(const std::vector<std::string_view>& columns) {
  if (header_.size() < 2) return;
  for (const std::string_view column : columns) {
    if (!place(column)) errors_->push_back({file_, 1, 0, fmt::format("the column {} is missing", column)});
  }
}

std::string_view TabTable::cell(std::size_t row, std::string_view column) {
  const auto at = place(column);
  if (!at) return {};
  read_[*at] = true;
  return rows_[row].cells[*at];
}

std::string_view TabTable::needed(std::size_t row, std::string_view column) {
  const std::string_view text = cell(row, column);
  if (text.empty() && place(column)) fault(row, column, fmt::format("{} is empty, expected a value", column));
  return text;
}

std::optional<double> TabTable::number(std::size_t row, std::string_view column) {
  const std::string_view text = cell(row, column);
  if (text.empty()) return std::nullopt;
  const std::optional<double> value = csv::number_in(text);
  if (value && *value >= 0 && *value <= kMost) return value;
  fault(row, column, fmt::format("{}: got \"{}\", expected a number from 0 to {:g}", column, text, kMost));
  return std::nullopt;
}

std::optional<double> TabTable::needed_number(std::size_t row, std::string_view column) {
  if (needed(row, column).empty()) return std::nullopt;
  return number(row, column);
}

std::int64_t TabTable::needed_whole(std::size_t row, std::string_view column, std::int64_t low) {
  const auto value = needed_number(row, column);
  if (!value) return 0;
  if (*value == std::floor(*value) && *value >= static_cast<double>(low)) return static_cast<std::int64_t>(*value);
  fault(row, column, fmt::format("{}: got \"{}\", expected a whole number >= {}", column, cell(row, column), low));
  return 0;
}

void TabTable::fault(std::size_t row, std::string_view column, std::string message) {
  const auto at = place(column);
  errors_->push_back({file_, rows_[row].line, at ? static_cast<int>(*at) + 1 : 0, std::move(message)});
}

std::vector<std::string> TabTable::unread() const {
  std::vector<std::string> remarks;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (read_[i] || header_[i] == "IGNORE") continue;
    const auto says = std::count_if(rows_.begin(), rows_.end(), [&](const Row& row) { return !row.cells[i].empty(); });
    if (says > 0) remarks.push_back(fmt::format("{}: column {} is not modelled ({} rows)", file_, header_[i], says));
  }
  return remarks;
}

}  // namespace tierworks::importers
