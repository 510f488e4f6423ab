#include "scenarios/reader/lane_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

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

// Eight bytes at a time; for this process only.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  const auto take = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 32;
  };
  std::uint64_t word = 0;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::memcpy(&word, text.data(), 8);
    take(word);
  }
  word = 0;
  for (std::size_t i = 0; i < text.size(); ++i) word = (word << 8) | static_cast<unsigned char>(text[i]);
  take(word);
  return hash;
}

// Hashes of texts, at most so many; open addressing. Kept are 32 bits of each, and where it lies tells the rest.
class HashSet {
 public:
  explicit HashSet(std::size_t most) : rows_(std::bit_ceil(2 * most + 2), 0) {}
  // False if it is there already; or, once in billions of rows, another that looks like it.
  bool insert(std::uint64_t hash) {
    const std::uint64_t mixed = core::mix64(hash);
    const auto tag = std::max(std::uint32_t{1}, static_cast<std::uint32_t>(mixed >> 32));
    std::size_t at = mixed & (rows_.size() - 1);
    for (; rows_[at] != 0; at = (at + 1) & (rows_.size() - 1)) {
      if (rows_[at] == tag) return false;
    }
    rows_[at] = tag;
    return true;
  }

 private:
  std::vector<std::uint32_t> rows_;
};

// The kinds of lanes by what their cells say; open addressing, as they may be many.
class KindTable {
 public:
  // The row of `words`, or of the next kind if they are new; `words` must then stay where they are.
  std::uint32_t find_or_add(std::string_view words, bool& is_new) {
    if (4 * (count_ + 1) > 3 * rows_.size()) grow();
    const std::uint64_t hash = hash_of(words);
    std::size_t at = hash & (rows_.size() - 1);
    for (; rows_[at].kind != kNone; at = (at + 1) & (rows_.size() - 1)) {
      if (rows_[at].hash == hash && rows_[at].words == words) return rows_[at].kind;
    }
    is_new = true;
    rows_[at] = {hash, words, count_};
    return count_++;
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Row {
    std::uint64_t hash = 0;
    std::string_view words;
    std::uint32_t kind = kNone;
  };
  void grow() {
    std::vector<Row> larger(2 * rows_.size());
    for (const Row& row : rows_) {
      if (row.kind == kNone) continue;
      std::size_t at = row.hash & (larger.size() - 1);
      while (larger[at].kind != kNone) at = (at + 1) & (larger.size() - 1);
      larger[at] = row;
    }
    rows_ = std::move(larger);
  }
  std::vector<Row> rows_ = std::vector<Row>(256);
  std::uint32_t count_ = 0;
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
  HashSet rest_;
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
    HashSet names(lines);
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
    line_end_ = at;
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

  bool row(PairSet& pairs, HashSet& names) {
    if (count_ != columns_ || !is_word(cells_[0])) return false;
    logistics::LaneTable& out = spec_.lane_table;
    logistics::LaneTable::Row made;
    if (!end(from_, made.from) || !end(to_, made.to) || made.from == made.to) return false;
    // Names whose hashes agree take the long way, which knows whether they are the same.
    if (!pairs.insert(made.from, made.to)) return false;
    if (!names.insert(hash_of(cells_[0]))) return false;
    bool is_new = false;
    made.kind = kinds_.find_or_add(words(), is_new);
    if (is_new && !kind()) return false;
    out.names.append(cells_[0]);
    made.name_end = static_cast<std::uint32_t>(out.names.size());
    out.rows.push_back(made);
    return true;
  }

  // The cells that make up the kind. They mostly stand together behind name and ends.
  std::string_view words() {
    if (from_ < 3 && to_ < 3) {
      const char* const first = columns_ == 3 ? line_end_ : cells_[3].data();
      return {first, static_cast<std::size_t>(line_end_ - first)};
    }
    std::string joined;
    for (std::size_t i = 1; i < columns_; ++i) {
      if (i == from_ || i == to_) continue;
      joined.append(cells_[i]).push_back('\n');
    }
    if (const auto known = joined_.find(joined); known != joined_.end()) return *known;
    return *joined_.insert(std::move(joined)).first;
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
  KindTable kinds_;
  std::unordered_set<std::string> joined_;
  std::array<std::string_view, kMostColumns> cells_, keys_, last_;
  std::array<std::uint32_t, kMostColumns> last_site_{};
  std::size_t count_ = 0, columns_ = 0, from_ = 0, to_ = 0;
  const char* line_end_ = nullptr;
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
