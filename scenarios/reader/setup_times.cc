// Set-up times of a work centre: one time for all changes, a table beside the file, or a map of maps.
#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/parse.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/values.h"

namespace tierworks::reader {
namespace {

constexpr std::string_view kWanted =
    "set-up times: one for all like `20 min`, a table like `change_over.csv`, or a map like `{white: {red: 5 min}}`";

class TableOfChanges {
 public:
  TableOfChanges(Context& context, const CsvFile& file) : context_(context), file_(file), table_(*file.table) {}

  bool read(factory::SetupTimes& setup) {
    const auto from = column("from"), to = column("to"), time = column("time");
    if (!from || !to || !time) return false;
    for (const csv::Row& row : table_.rows) {
      std::string expected;
      auto taken = parse_time_distribution(row.cells[*time], expected);
      if (!taken) {
        fail(row.line, *time, fmt::format("got {}, expected {}", quoted(row.cells[*time]), expected));
      } else if (row.cells[*from].empty() || row.cells[*to].empty()) {
        fail(row.line, 0, "a state is missing, expected its name (or `any` in column `from`)");
      } else {
        setup.rows.push_back({row.cells[*from], row.cells[*to], std::move(*taken)});
        continue;
      }
      sound_ = false;
    }
    return sound_;
  }

 private:
  std::optional<std::size_t> column(std::string_view name) {
    const auto found = table_.column(name);
    if (!found) {
      fail(table_.header_line, 0,
           fmt::format("the column `{}` is missing{}", name, common::did_you_mean(name, table_.header)));
    }
    return found;
  }
  void fail(std::size_t line, std::size_t column, std::string message) {
    const Mark mark{static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column + 1)};
    fault_at(context_.document, context_.faults, file_.source, mark, std::move(message));
  }

  Context& context_;
  const CsvFile& file_;
  const csv::CsvTable& table_;
  bool sound_ = true;
};

bool reject(Context& context, NodeId node) {
  context.faults.at_value(node, fmt::format("got {}, expected {}", found(context.document, node), kWanted));
  return false;
}

bool twice(Context& context, NodeId id, const factory::SetupTimes& setup) {
  for (std::size_t i = 0; i < setup.rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (setup.rows[i].from != setup.rows[j].from || setup.rows[i].to != setup.rows[j].to) continue;
      context.faults.at_value(id, fmt::format("the change from {} to {} has two times; remove one of them",
                                              quoted(setup.rows[i].from), quoted(setup.rows[i].to)));
      return true;
    }
  }
  return false;
}

}  // namespace

bool read_value(Context& context, NodeId id, const Limits& limits, factory::SetupTimes& value) {
  const Document& document = context.document;
  const Node& node = document.at(id);
  factory::SetupTimes setup;
  if (node.kind == NodeKind::scalar && node.text().ends_with(".csv")) {
    const CsvFile* const file = context.csv_files.read_named_at(id, context.faults);
    if (file == nullptr || !TableOfChanges(context, *file).read(setup)) return false;
  } else if (node.kind == NodeKind::scalar) {
    std::string expected;
    auto time = parse_time_distribution(node.text(), expected);
    if (!time) return reject(context, id);
    setup.all_alike = true;
    setup.time = std::move(*time);
  } else if (node.kind == NodeKind::map) {
    bool sound = true;
    for (const NodeId from : children(document, id)) {
      if (document.at(from).kind != NodeKind::map) return reject(context, from);
      for (const NodeId to : children(document, from)) {
        common::TimeDistribution time;
        sound = read_value(context, to, limits, time) && sound;
        setup.rows.push_back(
            {std::string(document.at(from).key()), std::string(document.at(to).key()), std::move(time)});
      }
    }
    if (!sound) return false;
    if (setup.rows.empty()) return reject(context, id);
  } else {
    return reject(context, id);
  }
  if (twice(context, id, setup)) return false;
  value = std::move(setup);
  return true;
}

}  // namespace tierworks::reader
