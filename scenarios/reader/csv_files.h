// The CSV files that a scenario names, each read once.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenarios/csv/csv_table.h"
#include "scenarios/reader/faults.h"
#include "scenarios/reader/tree.h"

namespace tierworks::reader {

inline constexpr std::size_t kMostCsvBytes = std::size_t{512} << 20U;

struct CsvFile {
  std::string name;
  std::uint16_t source = 0;
  std::optional<csv::CsvTable> table;
  std::string fault;                  // the file as a whole: `no such file`
  std::vector<csv::CsvError> errors;  // inside it
};

class CsvFiles {
 public:
  explicit CsvFiles(Document& document) : document_(document) {}

  // Relative to `folder`. Without faults of its own: the caller knows where the file was named.
  const CsvFile& read(std::string_view folder, std::string_view name);
  // The file that `named_at` (a scalar) names, or nullptr and faults.
  const CsvFile* read_named_at(NodeId named_at, Faults& faults);
  // The numbers in one column, for `empirical`.
  std::optional<std::vector<double>> column(std::string_view folder, std::string_view name, std::string_view column,
                                            std::string& remedy);

 private:
  Document& document_;
  std::unordered_map<std::string, CsvFile> files_;
};

}  // namespace tierworks::reader
