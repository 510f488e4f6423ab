#include "scenarios/reader/parse.h"

#include <array>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <yaml.h>

#include "scenarios/csv/utf8.h"

namespace tierworks::reader {
namespace {

Mark mark_from(const yaml_mark_t& mark) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

struct Event {
  yaml_event_t event{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event); }
};

// A map or sequence whose end has not come yet.
struct Open {
  NodeId node = kNoNode;
  bool is_map = false;
  bool wants_key = false;
  bool ignores_value = false;  // the key was refused
  std::string key;
  Mark key_mark;
  std::size_t entries = 0;
  std::unordered_map<std::string, NodeId> index;  // built once the map is no longer small
};

class Parser {
 public:
  Parser(Document& document, std::uint16_t source, std::string_view text, Faults& faults)
      : document_(document), source_(source), text_(text), faults_(faults), faults_before_(faults.count()) {
    ready_ = yaml_parser_initialize(&parser_) == 1;
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() {
    if (ready_) yaml_parser_delete(&parser_);
  }

  NodeId run() {
    if (!ready_) {
      fail({1, 1}, "not enough memory to read it");
      return kNoNode;
    }
    bool more = true;
    while (more) {
      Event event;
      if (yaml_parser_parse(&parser_, &event.event) != 1) {
        syntax_error();
        return kNoNode;
      }
      more = take(event.event);
    }
    if (faults_.count() != faults_before_) return kNoNode;
    if (root_ == kNoNode || document_.at(root_).is_empty()) {
      fail({1, 1}, "expected a scenario; the file is empty");
      return kNoNode;
    }
    return root_;
  }

 private:
  bool fail(Mark mark, std::string message) {
    fault_at(document_, faults_, source_, mark, std::move(message));
    return false;
  }

  // False: nothing more to read.
  bool take(const yaml_event_t& event) {
    const Mark mark = mark_from(event.start_mark);
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (++documents_ > 1) {
          return fail(mark, "a second document starts here, expected one scenario in a file; split the file at `---`");
        }
        return true;
      case YAML_STREAM_END_EVENT:
        return false;
      case YAML_ALIAS_EVENT:
        return alias(view(event.data.alias.anchor), mark);
      case YAML_SCALAR_EVENT:
        return scalar(event, mark);
      case YAML_SEQUENCE_START_EVENT:
        return open(NodeKind::sequence, event.data.sequence_start.anchor, event.data.sequence_start.tag, mark);
      case YAML_MAPPING_START_EVENT:
        return open(NodeKind::map, event.data.mapping_start.anchor, event.data.mapping_start.tag, mark);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        open_.pop_back();
        return true;
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
  }

  bool check_tag(const yaml_char_t* tag, Mark mark) {
    constexpr std::array<std::string_view, 7> kCore{"str", "int", "float", "bool", "null", "map", "seq"};
    std::string_view name = view(tag);
    if (name.empty()) return true;
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (name.starts_with(prefix)) {
      for (const std::string_view core : kCore) {
        if (name.substr(prefix.size()) == core) return true;
      }
    }
    fail(mark, fmt::format("unknown tag {}; leave it out", quoted(name)));
    return true;
  }

  bool wants_key() const { return !open_.empty() && open_.back().is_map && open_.back().wants_key; }

  bool scalar(const yaml_event_t& event, Mark mark) {
    const auto& data = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(data.value), data.length);
    check_tag(data.tag, mark);
    const bool plain = data.style == YAML_PLAIN_SCALAR_STYLE;
    if (wants_key()) return key(text, plain, mark);
    if (!has_room(mark)) return false;
    const NodeId node = document_.add_scalar(source_, mark, text, plain);
    remember(data.anchor, node);
    return attach(node);
  }

  bool open(NodeKind kind, const yaml_char_t* anchor, const yaml_char_t* tag, Mark mark) {
    check_tag(tag, mark);
    if (wants_key()) {
      return fail(mark, fmt::format("a {} stands where a key should be; a key is one word, in quotes if it has special "
                                    "characters",
                                    kind == NodeKind::map ? "map" : "list"));
    }
    if (open_.size() >= kMostDepth) {
      return fail(mark,
                  fmt::format("nested more than {} levels deep, which is the limit; no scenario needs that: close "
                              "the brackets or reduce the indentation",
                              kMostDepth));
    }
    if (!has_room(mark)) return false;
    const NodeId node = document_.add(kind, source_, mark);
    remember(anchor, node);
    attach(node);
    Open frame;
    frame.node = node;
    frame.is_map = frame.wants_key = kind == NodeKind::map;
    open_.push_back(std::move(frame));
    return true;
  }

  bool key(std::string_view text, bool plain, Mark mark) {
    Open& map = open_.back();
    map.wants_key = false;
    map.ignores_value = true;
    if (plain && text == "<<") {
      fail(mark, "merge keys (`<<`) are not part of the language; write `like: NAME` in an entry, or `extends: FILE`");
      return true;
    }
    if (text.empty() || (plain && text == "~")) {
      fail(mark, "an empty key; write a name in front of the colon");
      return true;
    }
    if (const NodeId before = entry_before(map, text); before != kNoNode) {
      const Mark first = document_.at(before).key_mark;
      fail(mark, fmt::format("the key {} appears twice in one map: on line {} and on line {}; remove one of them",
                             quoted(text), first.line, mark.line));
      return true;
    }
    map.ignores_value = false;
    map.key = text;
    map.key_mark = mark;
    return true;
  }

  NodeId entry_before(Open& map, std::string_view text) {
    constexpr std::size_t kSmall = 16;
    if (map.entries < kSmall) return document_.find(map.node, text);
    if (map.index.size() != map.entries) {
      map.index.clear();
      for (const NodeId child : children(document_, map.node)) map.index.emplace(document_.at(child).key(), child);
    }
    const auto found = map.index.find(std::string(text));
    return found == map.index.end() ? kNoNode : found->second;
  }

  bool alias(std::string_view name, Mark mark) {
    if (wants_key())
      return fail(mark, "an alias stands where a key should be; put a pattern like \"*_board\" in quotes");
    const auto anchor = anchors_.find(std::string(name));
    if (anchor == anchors_.end()) {
      return fail(mark,
                  fmt::format("no anchor `&{0}` above this alias; if `*{0}` is a pattern, put it in quotes", name));
    }
    for (const Open& frame : open_) {
      if (frame.node == anchor->second) return fail(mark, fmt::format("`*{}` stands inside its own anchor", name));
    }
    const NodeId node = copy_by_alias(anchor->second, open_.size(), mark);
    return node != kNoNode && attach(node);
  }

  NodeId copy_by_alias(NodeId id, std::size_t depth, Mark mark) {
    if (++by_aliases_ > kMostNodesByAliases) {
      fail(mark,
           fmt::format("aliases expand to more than {} nodes, which is the limit; use `like:`, `count:` or patterns",
                       kMostNodesByAliases));
      return kNoNode;
    }
    if (depth > kMostDepth) {
      fail(mark, fmt::format("aliases nest more than {} levels deep, which is the limit", kMostDepth));
      return kNoNode;
    }
    if (!has_room(mark)) return kNoNode;
    const Node& from = document_.at(id);
    const NodeId made = document_.add(from.kind, from.source, from.mark);
    Node& to = document_.at(made);
    to.plain = from.plain;
    to.text_data = from.text_data;
    to.text_size = from.text_size;
    to.key_data = from.key_data;
    to.key_size = from.key_size;
    to.key_mark = from.key_mark;
    for (const NodeId child : children(document_, id)) {
      const NodeId copied = copy_by_alias(child, depth + 1, mark);
      if (copied == kNoNode) return kNoNode;
      document_.append(made, copied);
    }
    return made;
  }

  // Puts a value where it belongs: at the root, in a list, or behind the key that was just read.
  bool attach(NodeId node) {
    if (open_.empty()) {
      root_ = node;
      return true;
    }
    Open& parent = open_.back();
    if (parent.is_map) {
      parent.wants_key = true;
      if (parent.ignores_value) return true;
      document_.set_key(node, parent.key, parent.key_mark);
      ++parent.entries;
    }
    document_.append(parent.node, node);
    if (parent.is_map && !parent.index.empty()) parent.index.emplace(parent.key, node);
    return true;
  }

  void remember(const yaml_char_t* anchor, NodeId node) {
    if (anchor != nullptr) anchors_.insert_or_assign(std::string(view(anchor)), node);
  }

  bool has_room(Mark mark) {
    if (++nodes_ <= kMostNodesInFile && !document_.full()) return true;
    return fail(mark,
                fmt::format("the file has more than {} values, which is the limit; use `count:`, `like:`, patterns "
                            "or CSV tables (`table:`)",
                            kMostNodesInFile));
  }

  // libyaml's own words, its place, and what usually helps.
  void syntax_error() {
    if (parser_.error == YAML_MEMORY_ERROR) {
      fail({1, 1}, "not enough memory to read it");
      return;
    }
    const std::string problem = parser_.problem == nullptr ? "not YAML" : parser_.problem;
    if (parser_.error == YAML_READER_ERROR) {
      fail(mark_at(parser_.problem_offset), problem);
      return;
    }
    const Mark mark = mark_from(parser_.problem_mark);
    std::string message = problem;
    if (parser_.context != nullptr) {
      message += fmt::format(", {}", parser_.context);
      if (parser_.context_mark.line != 0 || parser_.context_mark.column != 0) {
        message += fmt::format(" that starts on line {}", parser_.context_mark.line + 1);
      }
    }
    const char there = parser_.problem_mark.index < text_.size() ? byte_at(mark) : '\0';
    if (problem.find("cannot start any token") != std::string::npos) {
      message = there == '\t' ? "a tab in the indentation; write blanks"
                              : message + "; put a value that starts with a special character in quotes";
    } else if (problem.find("mapping values are not allowed") != std::string::npos) {
      message += "; check the indentation, and put a value with a colon and a blank in quotes";
    } else if (problem.find("alphabetic or numeric") != std::string::npos) {
      message += "; put a pattern like \"*\" or \"*_board\" in quotes";
    }
    fail(mark, message);
  }

  char byte_at(Mark mark) const {
    std::size_t at = 0;
    for (std::uint32_t line = 1; line < mark.line; ++line) {
      const std::size_t end = text_.find('\n', at);
      if (end == std::string_view::npos) return '\0';
      at = end + 1;
    }
    at += mark.column - 1;  // bytes for characters: good enough to see a tab in the indentation
    return at < text_.size() ? text_[at] : '\0';
  }

  Mark mark_at(std::size_t offset) const {
    Mark mark{1, 1};
    for (std::size_t i = 0; i < offset && i < text_.size(); ++i) {
      if (text_[i] == '\n') {
        ++mark.line;
        mark.column = 1;
      } else if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) {
        ++mark.column;
      }
    }
    return mark;
  }

  Document& document_;
  std::uint16_t source_;
  std::string_view text_;
  Faults& faults_;
  std::size_t faults_before_;
  yaml_parser_t parser_{};
  bool ready_ = false;
  std::vector<Open> open_;
  std::unordered_map<std::string, NodeId> anchors_;
  NodeId root_ = kNoNode;
  std::size_t documents_ = 0;
  std::size_t nodes_ = 0;
  std::size_t by_aliases_ = 0;
};

// A tab in front of a line's first character, unless it is a comment.
bool find_tab(std::string_view text, Mark& mark) {
  mark = {1, 1};
  for (std::size_t at = 0; at < text.size(); ++mark.line) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = text.substr(at, end - at);
    const std::size_t content = line.find_first_not_of(" \t\r");
    const std::size_t tab = line.find('\t');
    if (content != std::string_view::npos && line[content] != '#' && tab < content) {
      mark.column = static_cast<std::uint32_t>(tab + 1);
      return true;
    }
    at = end + 1;
  }
  return false;
}

}  // namespace

void fault_at(Document& document, Faults& faults, std::uint16_t source, Mark mark, std::string message) {
  faults.at_value(document.add(NodeKind::scalar, source, mark), std::move(message));
}

NodeId parse_text(Document& document, std::uint16_t source, std::string_view text, Faults& faults) {
  if (const auto bad = csv::first_bad_character(text)) {
    fault_at(document, faults, source, {static_cast<std::uint32_t>(bad->line), static_cast<std::uint32_t>(bad->column)},
             bad->what + "; expected a text file in UTF-8");
    return kNoNode;
  }
  text = csv::without_byte_order_mark(text);
  if (Mark tab; find_tab(text, tab)) {
    fault_at(document, faults, source, tab, "a tab in the indentation; write blanks");
    return kNoNode;
  }
  return Parser(document, source, text, faults).run();
}

}  // namespace tierworks::reader
