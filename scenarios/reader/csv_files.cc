#include "scenarios/reader/csv_files.h"

#include <fmt/format.h>

#include "scenarios/reader/parse.h"
#include "scenarios/reader/text_file.h"

namespace tierworks::reader {

const CsvFile& CsvFiles::read(std::string_view folder, std::string_view name) {
  const std::string path = joined(folder, name);
  const auto [place, is_new] = files_.try_emplace(path);
  CsvFile& file = place->second;
  if (!is_new) return file;
  file.name = path;
  if (document_.sources() >= Document::kMostSources) {
    file.fault = fmt::format("more than {} files, which is the limit; join the tables", Document::kMostSources);
    return file;
  }
  file.source = document_.add_source({SourceKind::table, path, folder_of(path)});
  if (const auto text = read_text_file(path, kMostCsvBytes, file.fault)) file.table = csv::read_csv(*text, file.errors);
  return file;
}

const CsvFile* CsvFiles::read_named_at(NodeId named_at, Faults& faults) {
  const Node& node = document_.at(named_at);
  if (node.kind != NodeKind::scalar || node.text().empty()) {
    faults.at_value(named_at, fmt::format("got {}, expected the name of a CSV file", found(document_, named_at)));
    return nullptr;
  }
  const CsvFile& file = read(document_.source(node.source).folder, node.text());
  if (!file.fault.empty()) faults.at_value(named_at, fmt::format("{}: {}", quoted(node.text()), file.fault));
  for (const csv::CsvError& error : file.errors) {
    const Mark mark{static_cast<std::uint32_t>(error.line), static_cast<std::uint32_t>(error.column)};
    fault_at(document_, faults, file.source, mark, error.message);
  }
  return file.table ? &file : nullptr;
}

std::optional<std::vector<double>> CsvFiles::column(std::string_view folder, std::string_view name,
                                                    std::string_view column, std::string& remedy) {
  const CsvFile& file = read(folder, name);
  if (!file.fault.empty()) {
    remedy = fmt::format("{}: {}", quoted(name), file.fault);
    return std::nullopt;
  }
  if (!file.table) {
    const csv::CsvError& first = file.errors.front();
    remedy = fmt::format("{}:{}:{}: {}", file.name, first.line, first.column, first.message);
    return std::nullopt;
  }
  const auto at = file.table->column(column);
  if (!at) {
    remedy = fmt::format("{} has no column {}{}", file.name, quoted(column),
                         common::did_you_mean(column, file.table->header));
    return std::nullopt;
  }
  std::vector<double> values;
  for (const csv::Row& row : file.table->rows) {
    const std::string& cell = row.cells[*at];
    const auto value = csv::number_in(cell);
    if (!value || *value < 0) {
      remedy = fmt::format("{}:{}:{}: got {}, expected a number >= 0", file.name, row.line, *at + 1, quoted(cell));
      return std::nullopt;
    }
    values.push_back(*value);
  }
  if (values.empty()) {
    remedy = file.name + " has no rows";
    return std::nullopt;
  }
  return values;
}

}  // namespace tierworks::reader
