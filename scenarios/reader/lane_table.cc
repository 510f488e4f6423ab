#include "scenarios/reader/lane_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "core/base/hash.h"
#include "scenarios/csv/utf8.h"
#include "scenarios/reader/text_file.h"
#include "scenarios/reader/visitor.h"

namespace tierworks::reader {

namespace {

constexpr std::size_t kLargeBytes = std::size_t{1} << 18;
constexpr std::size_t kMostColumns = 16;

// Text without quotes, patterns, and characters that need a closer look.
bool is_plain(std::string_view text) {
  // In bytes, so that the compiler looks at many of them at once.
  std::uint8_t odd = 0, beyond_ascii = 0;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    const auto control = static_cast<std::uint8_t>((byte < 0x20) & (byte != '\n'));
    odd = static_cast<std::uint8_t>(odd | (byte == '"') | (byte == '*') | (byte == '?') | (byte == 0x7f) | control);
    beyond_ascii = static_cast<std::uint8_t>(beyond_ascii | byte);
  }
  return odd == 0 && (beyond_ascii < 0x80 || !csv::first_bad_character(text));
}

// A value that the long way would read as a text, too.
bool is_word(std::string_view cell) {
  if (cell.empty() || cell.front() == ' ' || cell.back() == ' ') return false;
  return cell.front() != '[' && cell.front() != '{' && cell != "~" && cell != "null";
}

// Numbers of 64 bits, at most so many; open addressing.
class NumberSet {
 public:
  explicit NumberSet(std::size_t most) : rows_(std::bit_ceil(2 * most + 2), kNone) {}
  // False if it is there already.
  bool insert(std::uint64_t number) {
    if (number == kNone) --number;
    std::size_t at = core::mix64(number) & (rows_.size() - 1);
    while (rows_[at] != kNone) {
      if (rows_[at] == number) return false;
      at = (at + 1) & (rows_.size() - 1);
    }
    rows_[at] = number;
    return true;
  }

 private:
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  std::vector<std::uint64_t> rows_;
};

// Pairs of sites: a bit for each where that is little memory, which rows in order go through in order.
class PairSet {
 public:
  PairSet(std::size_t sites, std::size_t most)
      : sites_(sites),
        as_bits_(sites <= kMostSites),
        bits_(as_bits_ ? (sites * sites + 63) / 64 : 0),
        rest_(as_bits_ ? 0 : most) {}
  // False if it is there already.
  bool insert(std::uint32_t from, std::uint32_t to) {
    if (!as_bits_) return rest_.insert((static_cast<std::uint64_t>(from) << 32) | to);
    const std::size_t at = from * sites_ + to;
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    const bool is_new = (bits_[at / 64] & bit) == 0;
    bits_[at / 64] |= bit;
    return is_new;
  }

 private:
  static constexpr std::size_t kMostSites = 1 << 14;
  std::size_t sites_;
  bool as_bits_;
  std::vector<std::uint64_t> bits_;
  NumberSet rest_;
};

class Rows {
 public:
  Rows(Context& context, const LargeLaneTable& table, world::ScenarioSpec& spec)
      : context_(context), table_(table), spec_(spec) {}

  bool read(std::string_view text) {
    for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) sites_.emplace(spec_.sites.list[i].name, i);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    if (text.size() > ~std::uint32_t{0} || lines > spec_most_rows()) return false;
    std::string_view rest = text;
    if (!split_line(rest) || !header()) return false;
    logistics::LaneTable& out = spec_.lane_table;
    out.origin = Document::value_origin(table_.named_at);
    out.rows.reserve(lines);
    out.names.reserve(text.size() / 2);
    PairSet pairs(spec_.sites.size(), lines);
    NumberSet names(lines);
    while (!rest.empty()) {
      if (!split_line(rest)) return false;
      if (count_ == 1 && cells_[0].empty()) continue;
      if (!row(pairs, names)) return false;
    }
    return !out.rows.empty();
  }

 private:
  static constexpr std::size_t spec_most_rows() { return std::size_t{1} << 26; }

  bool header() {
    if (cells_[0] != "name") return false;
    columns_ = count_;
    for (std::size_t i = 1; i < columns_; ++i) {
      keys_[i] = cells_[i];
      if (!is_word(keys_[i]) || keys_[i].find('.') != std::string_view::npos) return false;
      if (keys_[i] == "from") from_ = i;
      if (keys_[i] == "to") to_ = i;
      if (keys_[i] == "like" || std::count(keys_.begin() + 1, keys_.begin() + i, keys_[i]) > 0) return false;
    }
    return from_ > 0 && to_ > 0;
  }

  // Cuts the next line off. Cells are short, so that a look at each character is the quickest.
  bool split_line(std::string_view& rest) {
    const char *at = rest.data(), *first = at;
    const char* const end = at + rest.size();
    count_ = 0;
    for (;; ++at) {
      if (at != end && *at != ',' && *at != '\n') continue;
      if (count_ == kMostColumns) return false;
      cells_[count_++] = {first, static_cast<std::size_t>(at - first)};
      if (at == end || *at == '\n') break;
      first = at + 1;
    }
    rest.remove_prefix(static_cast<std::size_t>(at - rest.data()) + (at == end ? 0 : 1));
    return true;
  }

  // One of the ends; rows often share one with the row before.
  bool end(std::size_t column, std::uint32_t& site) {
    if (cells_[column] == last_[column] && !last_[column].empty()) {
      site = last_site_[column];
      return true;
    }
    // Or go through the sites in their order.
    const std::uint32_t next = last_site_[column] + 1;
    if (next < spec_.sites.size() && spec_.sites.list[next].name == cells_[column]) {
      site = next;
    } else {
      const auto found = sites_.find(cells_[column]);
      if (found == sites_.end()) return false;
      site = found->second;
    }
    last_[column] = cells_[column];
    last_site_[column] = site;
    return true;
  }

  bool row(PairSet& pairs, NumberSet& names) {
    if (count_ != columns_ || !is_word(cells_[0])) return false;
    logistics::LaneTable& out = spec_.lane_table;
    logistics::LaneTable::Row made;
    if (!end(from_, made.from) || !end(to_, made.to) || made.from == made.to) return false;
    // Names whose hashes agree take the long way, which knows whether they are the same.
    if (!pairs.insert(made.from, made.to)) return false;
    if (!names.insert(core::fnv1a(cells_[0]))) return false;
    key_.clear();
    for (std::size_t i = 1; i < columns_; ++i) {
      if (i == from_ || i == to_) continue;
      key_.append(cells_[i]);
      key_.push_back('\n');
    }
    if (key_ != last_key_) {
      const auto [place, is_new] = kinds_.try_emplace(key_, static_cast<std::uint32_t>(out.kinds.size()));
      if (is_new && !kind()) return false;
      last_key_ = key_;
      last_kind_ = place->second;
    }
    made.kind = last_kind_;
    out.names.append(cells_[0]);
    made.name_end = static_cast<std::uint32_t>(out.names.size());
    out.rows.push_back(made);
    return true;
  }

  // As the long way would read this row.
  bool kind() {
    Document& document = context_.document;
    const Node& named_at = document.at(table_.named_at);
    const NodeId map = document.add(NodeKind::map, named_at.source, named_at.mark);
    for (std::size_t i = 1; i < columns_; ++i) {
      if (cells_[i].empty()) continue;
      if (!is_word(cells_[i])) return false;
      const NodeId value = document.add_scalar(named_at.source, named_at.mark, cells_[i], true);
      document.set_key(value, keys_[i], named_at.mark);
      document.append(map, value);
    }
    if (document.full()) return false;
    const std::size_t faults = context_.faults.count();
    StructReader reader(context_, map);
    describe(reader, spec_.lane_table.kinds.emplace_back());
    reader.finish();
    return context_.faults.count() == faults;
  }

  Context& context_;
  const LargeLaneTable& table_;
  world::ScenarioSpec& spec_;
  std::unordered_map<std::string_view, std::uint32_t> sites_;
  std::unordered_map<std::string, std::uint32_t> kinds_;
  std::array<std::string_view, kMostColumns> cells_, keys_, last_;
  std::array<std::uint32_t, kMostColumns> last_site_{};
  std::size_t count_ = 0, columns_ = 0, from_ = 0, to_ = 0;
  std::string key_, last_key_;
  std::uint32_t last_kind_ = 0;
};

}  // namespace

LargeLaneTable take_large_lane_table(Context& context, NodeId root, const std::vector<std::string>& overrides) {
  Document& document = context.document;
  for (const std::string& text : overrides) {
    if (text.rfind("lanes", 0) == 0) return {};
  }
  if (root == kNoNode || document.at(root).kind != NodeKind::map) return {};
  const NodeId lanes = document.find(root, "lanes");
  if (lanes == kNoNode || document.at(lanes).kind != NodeKind::map || document.count_children(lanes) != 1) return {};
  const NodeId table = document.at(lanes).first;
  if (document.at(table).key() != "table" || document.at(table).kind != NodeKind::scalar) return {};
  const std::string file = joined(document.source(document.at(table).source).folder, document.at(table).text());
  std::error_code code;
  const auto bytes = std::filesystem::file_size(file, code);
  if (code || bytes < kLargeBytes || bytes > kMostCsvBytes) return {};
  document.remove(table);
  return {file, table};
}

bool read_large_lane_table(Context& context, const LargeLaneTable& table, world::ScenarioSpec& spec) {
  std::string fault;
  const auto text = read_text_file(table.file, kMostCsvBytes, fault);
  context.document.add_source({SourceKind::table, table.file, folder_of(table.file)});
  return text && is_plain(*text) && Rows(context, table, spec).read(*text);
}

}  // namespace tierworks::reader
