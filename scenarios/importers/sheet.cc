#include "scenarios/importers/sheet.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierworks::importers {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_blank_cell(std::string_view raw) {
  raw = trimmed(raw);
  return raw.empty() || trimmed(raw == "\"\"" ? "" : raw).empty();
}

// Cuts the next record, with its line break, off the front of `text`; `ends` receives the end of each raw cell in it.
std::string_view next_record(std::string_view& text, std::vector<std::size_t>& ends) {
  ends.clear();
  bool quoted = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[at] == '\n') break;
    if (text[at] == ',') ends.push_back(at);
  }
  ends.push_back(at);
  const std::string_view record = text.substr(0, std::min(at + 1, text.size()));
  text.remove_prefix(record.size());
  return record;
}

// Without the cells to the right of the last named column, and without the commas of blank rows. Lines stay lines.
// A cell that says something is only dropped if it stands under a blank cell of the header, and its line is `noted`.
std::string without_spare_cells(std::string_view text, std::vector<std::size_t>& noted) {
  std::string kept;
  kept.reserve(text.size());
  std::size_t named = 0;       // width of the header up to its last name; 0 until it is found
  std::size_t with_blank = 0;  // and with the blank cells after it
  std::size_t line = 1;
  std::vector<std::size_t> ends;
  while (!text.empty()) {
    const std::string_view record = next_record(text, ends);
    const auto raw = [&](std::size_t i) {
      const std::size_t from = i == 0 ? 0 : ends[i - 1] + 1;
      return record.substr(from, ends[i] - from);
    };
    std::size_t used = ends.size();
    while (used > 0 && is_blank_cell(raw(used - 1))) --used;
    if (used > 0) {
      if (named == 0) {
        named = used;
        with_blank = ends.size();
      }
      if (used > named && used <= with_blank) {
        used = named;
        noted.push_back(line);
      }
      kept += record.substr(0, ends[std::min(std::max(used, named), ends.size()) - 1]);
      // The last cell took a carriage return along if nothing was cut off.
      if (!kept.empty() && kept.back() == '\r') kept.pop_back();
    }
    kept += '\n';
    line += static_cast<std::size_t>(std::count(record.begin(), record.end(), '\n'));
  }
  return kept;
}

std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%') key += c;
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

}  // namespace

Sheet::Sheet(std::string_view text, std::string_view file, std::vector<ImportError>& errors)
    : file_(file), errors_(&errors) {
  std::vector<csv::CsvError> mistakes;
  std::vector<std::size_t> noted;
  table_ = csv::read_csv(without_spare_cells(text, noted), mistakes);
  for (const std::size_t at : noted) {
    remarks_.push_back(fmt::format("{}, line {}: what stands in a column without a name was left out", file, at));
  }
  for (csv::CsvError& mistake : mistakes) {
    errors_->push_back(
        {file_, static_cast<int>(mistake.line), static_cast<int>(mistake.column), std::move(mistake.message)});
  }
  if (!table_) return;
  for (const std::string& name : table_->header) keys_.push_back(key_of(name));
}

Sheet::Column Sheet::column(std::string_view key) const {
  const auto found = std::find(keys_.begin(), keys_.end(), key);
  if (found == keys_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - keys_.begin());
}

Sheet::Column Sheet::required(std::string_view key, std::string_view name) {
  const Column found = column(key);
  if (!found && table_) fault(fmt::format("no column \"{}\"", name));
  return found;
}

std::string_view Sheet::cell(std::size_t row, Column column) const {
  return column ? trimmed(table_->rows[row].cells[*column]) : std::string_view{};
}

std::optional<double> Sheet::number(std::size_t row, Column column, std::string_view subject, double most) {
  return number(row, column, subject, most, nullptr);
}

std::optional<double> Sheet::number(std::size_t row, Column column, std::string_view subject, double most,
                                    bool* percent) {
  const std::string_view written = cell(row, column);
  if (written.empty()) return std::nullopt;
  std::string_view digits = written;
  const bool has_sign = percent != nullptr && digits.back() == '%';
  if (has_sign) digits = trimmed(digits.substr(0, digits.size() - 1));
  if (percent != nullptr) *percent = has_sign;
  const std::optional<double> value = csv::number_in(digits);
  if (!value) {
    fault(row, column, fmt::format("{}: got \"{}\", expected a number", subject, written));
  } else if (*value < 0) {
    fault(row, column, fmt::format("{}: got {}, expected a number >= 0", subject, written));
  } else if (*value > most) {
    fault(row, column, fmt::format("{}: got {}, expected at most {}", subject, written, most));
  } else {
    return has_sign ? *value / 100 : *value;
  }
  return std::nullopt;
}

void Sheet::fault(std::size_t row, Column column, std::string message) {
  errors_->push_back({file_, line(row), column ? static_cast<int>(*column) + 1 : 0, std::move(message)});
}

void Sheet::fault(std::string message) {
  errors_->push_back({file_, table_ ? static_cast<int>(table_->header_line) : 1, 1, std::move(message)});
}

}  // namespace tierworks::importers
