#include "scenarios/reader/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/reader/merge.h"
#include "scenarios/reader/parse.h"

namespace tierworks::reader {
namespace {

class TableReader {
 public:
  TableReader(Context& context, const CsvFile& file) : context_(context), document_(context.document), file_(file) {}

  // A map of the rows, or kNoNode and faults.
  NodeId read(NodeId at) {
    const csv::CsvTable& table = *file_.table;
    if (table.header.front() != "name") {
      fail(table.header_line, 0,
           fmt::format("got column {}, expected `name` as the first column", quoted(table.header.front())));
      return kNoNode;
    }
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      if (!read_way(i)) return kNoNode;
    }
    const Node& named_at = document_.at(at);
    const NodeId map = document_.add(NodeKind::map, named_at.source, named_at.mark);
    std::unordered_map<std::string_view, std::size_t> seen;
    for (const csv::Row& row : table.rows) {
      const std::string& name = row.cells.front();
      if (name.empty()) {
        fail(row.line, 0, "the row has no name");
        continue;
      }
      if (const auto [before, is_new] = seen.emplace(name, row.line); !is_new) {
        fail(row.line, 0,
             fmt::format("the name {} appears twice: on line {} and on line {}; remove one of them", quoted(name),
                         before->second, row.line));
        continue;
      }
      if (document_.full()) {
        fail(row.line, 0,
             fmt::format("the scenario grows beyond {} values, which is the limit", document_.most_nodes()));
        break;
      }
      document_.append(map, entry(row));
    }
    return map;
  }

 private:
  static Mark mark(std::size_t line, std::size_t column) {
    return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column + 1)};
  }

  void fail(std::size_t line, std::size_t column, std::string message) {
    fault_at(document_, context_.faults, file_.source, mark(line, column), std::move(message));
  }

  bool read_way(std::size_t column) {
    constexpr std::size_t kMostSteps = 8;
    const std::string_view header = file_.table->header[column];
    std::vector<std::string_view> steps;
    for (std::size_t first = 0; first <= header.size();) {
      const std::size_t dot = std::min(header.find('.', first), header.size());
      steps.push_back(header.substr(first, dot - first));
      first = dot + 1;
    }
    const bool has_gap = std::find(steps.begin(), steps.end(), std::string_view{}) != steps.end();
    if (has_gap || steps.size() > kMostSteps) {
      fail(
          file_.table->header_line, column,
          fmt::format("got column {}, expected a key or keys joined by dots like `stock.frame.level`", quoted(header)));
      return false;
    }
    ways_.push_back(std::move(steps));
    return true;
  }

  NodeId entry(const csv::Row& row) {
    const NodeId made = document_.add(NodeKind::map, file_.source, mark(row.line, 0));
    document_.set_key(made, row.cells.front(), mark(row.line, 0));
    for (std::size_t column = 1; column < row.cells.size(); ++column) {
      if (!row.cells[column].empty()) put(made, row, column);
    }
    return made;
  }

  void put(NodeId entry_node, const csv::Row& row, std::size_t column) {
    const std::vector<std::string_view>& way = ways_[column];
    const Mark header = mark(file_.table->header_line, column);
    NodeId at = entry_node;
    for (std::size_t i = 0; i + 1 < way.size() && document_.at(at).kind == NodeKind::map; ++i) {
      NodeId child = document_.find(at, way[i]);
      if (child == kNoNode) {
        child = document_.add(NodeKind::map, file_.source, mark(row.line, column));
        document_.set_key(child, way[i], header);
        document_.append(at, child);
      }
      at = child;
    }
    if (document_.at(at).kind != NodeKind::map || document_.find(at, way.back()) != kNoNode) {
      fail(file_.table->header_line, column,
           fmt::format("column {} contradicts another column, which holds a part of it or the whole",
                       quoted(file_.table->header[column])));
      return;
    }
    const NodeId value = cell_value(row, column);
    document_.set_key(value, way.back(), header);
    document_.append(at, value);
  }

  // Plain text, or a list or map in YAML's flow style: `[48.2, 16.37]`.
  NodeId cell_value(const csv::Row& row, std::size_t column) {
    const std::string& cell = row.cells[column];
    const Mark place = mark(row.line, column);
    if (cell.front() == '[' || cell.front() == '{') {
      Faults inside(document_);
      const NodeId parsed = parse_text(document_, file_.source, cell, inside);
      if (parsed != kNoNode) {
        move_to(parsed, place);
        return parsed;
      }
      fail(row.line, column,
           fmt::format("got {}, expected a text, or a list or map with its closing bracket", quoted(cell)));
    }
    return document_.add_scalar(file_.source, place, cell, true);
  }

  void move_to(NodeId node, Mark place) {
    document_.at(node).mark = place;
    document_.at(node).key_mark = place;
    for (const NodeId child : children(document_, node)) move_to(child, place);
  }

  Context& context_;
  Document& document_;
  const CsvFile& file_;
  std::vector<std::vector<std::string_view>> ways_;
};

// A scalar `table` names a file; a map of that name is an entry (a site may well sell tables).
void expand_table(Context& context, NodeId map) {
  Document& document = context.document;
  if (map == kNoNode || document.at(map).kind != NodeKind::map) return;
  const NodeId table = document.find(map, "table");
  if (table == kNoNode || document.at(table).kind != NodeKind::scalar) return;
  document.remove(table);
  const CsvFile* const file = context.csv_files.read_named_at(table, context.faults);
  if (file == nullptr) return;
  const NodeId rows = TableReader(context, *file).read(table);
  if (rows == kNoNode) return;
  merge_over(context, rows, map);
  document.take_children(map, rows);
}

}  // namespace

void expand_tables(Context& context, NodeId root) {
  Document& document = context.document;
  for (const std::string_view key : {"items", "sites", "lanes", "demand"})
    expand_table(context, document.find(root, key));
  const NodeId sites = document.find(root, "sites");
  if (sites == kNoNode) return;
  for (const NodeId site : children(document, sites)) {
    for (const std::string_view key :
         {"buys", "makes", "sells", "stock", "lines", "work_centres", "routings", "releases"}) {
      expand_table(context, document.find(site, key));
    }
    const NodeId routings = document.find(site, "routings");
    if (routings == kNoNode || document.at(routings).kind != NodeKind::map) continue;
    for (const NodeId routing : children(document, routings)) {
      expand_table(context, document.find(routing, "operations"));
    }
  }
}

}  // namespace tierworks::reader
