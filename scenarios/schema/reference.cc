#include "scenarios/schema/reference.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include "models/world/spec.h"
#include "scenarios/schema/type_words.h"

namespace tierworks::schema {

std::string duration_words(core::Duration duration) {
  struct Unit {
    std::string_view name;
    core::Duration length;
  };
  constexpr std::array<Unit, 6> kUnits{{{"yr", core::kYear},
                                        {"wk", core::kWeek},
                                        {"d", core::kDay},
                                        {"h", core::kHour},
                                        {"min", core::kMinute},
                                        {"s", core::kSecond}}};
  if (duration.ticks == 0) return "0";
  for (const Unit& unit : kUnits) {
    if (duration.ticks % unit.length.ticks == 0)
      return fmt::format("{} {}", duration.ticks / unit.length.ticks, unit.name);
  }
  return fmt::format("{} us", duration.ticks);
}

std::string default_words(const std::string& value) { return value; }
std::string default_words(double value) { return fmt::format("{}", value); }
std::string default_words(std::int64_t value) { return fmt::format("{}", value); }

namespace {

// One key: collects what its description says of it.
struct Row {
  std::string key;
  std::string type;
  std::string standard;  // the default
  double number = 0;     // the default, where it is a number
  bool is_number = false;
  bool required = false;
  std::string bounds;
  std::string_view meaning;

  Row& doc(std::string_view text) {
    meaning = text;
    return *this;
  }
  Row& refers_to(common::Refers kind) {
    constexpr std::array<std::string_view, 5> kNames{"", "item", "site", "line", "lane"};
    const std::string_view name = kNames[static_cast<std::size_t>(kind)];
    if (name.empty()) return *this;
    if (type == "text") {
      type = fmt::format("name of {} {}", name == "item" ? "an" : "a", name);
    } else {
      type += fmt::format("; its names are those of {}s", name);
    }
    return *this;
  }
  Row& positive() { return limit(" > 0", number > 0); }
  Row& positive_time() { return positive(); }
  Row& not_negative() { return limit(" >= 0", number >= 0); }
  Row& at_least(std::int64_t low) { return limit(fmt::format(" >= {}", low), number >= static_cast<double>(low)); }
  Row& between(std::int64_t low, std::int64_t high) {
    return limit(low == high ? fmt::format(" = {}", low) : fmt::format(" from {} to {}", low, high), true);
  }
  Row& share() {
    type = "share, `98 %` or `0.98`";
    return *this;
  }

 private:
  // A default outside the limits means that the value is absent.
  Row& limit(std::string words, bool default_fits) {
    bounds = std::move(words);
    if (is_number && !default_fits) standard.clear();
    return *this;
  }
};

// Describes one struct as a table; the structs inside it follow as tables of their own.
class TableOf {
 public:
  // `inherits`: what is left out comes from the map around it, not from a default.
  TableOf(std::string title, std::vector<std::string>& pages, bool inherits = false)
      : title_(std::move(title)), pages_(pages), inherits_(inherits) {
    place_ = pages_.size();
    pages_.emplace_back();
  }

  template <class T>
  Row& required(std::string_view key, common::Field<T>& field) {
    Row& row = add(key, type_words(field.value));
    row.required = true;
    return row;
  }
  template <class T>
  Row& optional(std::string_view key, common::Field<T>& field) {
    Row& row = add(key, type_words(field.value));
    row.standard = default_words(field.value);
    if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
      row.is_number = true;
      row.number = static_cast<double>(field.value);
    }
    return row;
  }
  template <class T>
  Row& map(std::string_view key, common::Entries<common::Field<T>>&) {
    return add(key, "map of name: " + type_words(T{}));
  }
  template <class T>
  Row& map(std::string_view key, common::Entries<T>&) {
    return nested<T>(key, "map", ".NAME");
  }
  template <class T>
  Row& section(std::string_view key, T&) {
    return nested<T>(key, "map", "");
  }
  template <class T>
  Row& streams(std::string_view key, common::Entries<T>&) {
    return nested<T>(key, "one stream, or a map of streams", ".NAME");
  }
  template <class T>
  Row& sources(std::string_view key, common::Entries<T>&) {
    return nested<T>(key, "one supplier or several", ".NAME", true);
  }

  void finish() {
    std::string page = fmt::format("\n## {}\n\n| key | type | default | meaning |\n|---|---|---|---|\n",
                                   title_.empty() ? "The scenario" : "`" + title_ + "`");
    for (const Row& row : rows_) {
      // Where the meaning says what happens if it is left out, a number would mislead.
      const bool explained = inherits_ || row.meaning.find("if left out") != std::string_view::npos;
      std::string standard = explained || row.standard.empty() ? "" : fmt::format("`{}`", row.standard);
      if (row.required) standard = "required";
      page += fmt::format("| `{}` | {} | {} | {} |\n", row.key, bounded(row), standard, row.meaning);
    }
    pages_[place_] = std::move(page);
  }

 private:
  // The limits stand in front of the examples: `number > 0`, `amount >= 0, `4000``.
  static std::string bounded(const Row& row) {
    std::string words = row.type;
    return words.insert(std::min(words.find(", `"), words.size()), row.bounds);
  }

  // A key that two rooms read at one place has the row of the first.
  Row& add(std::string_view key, std::string type) {
    for (const Row& known : rows_) {
      if (known.key == key) return unused_.emplace_back();
    }
    Row& row = rows_.emplace_back();
    row.key = key;
    row.type = std::move(type);
    return row;
  }

  template <class T>
  Row& nested(std::string_view key, std::string_view kind, std::string_view suffix, bool inherits = false) {
    const std::string title = (title_.empty() ? "" : title_ + ".") + std::string(key) + std::string(suffix);
    TableOf inner(title, pages_, inherits);
    T spec{};
    describe(inner, spec);
    inner.finish();
    return add(key, fmt::format("{}: see `{}`", kind, title));
  }

  std::string title_;
  std::vector<std::string>& pages_;
  bool inherits_;
  std::size_t place_ = 0;
  std::deque<Row> rows_, unused_;
};

constexpr std::string_view kIntroduction = R"(# Reference of the scenario language

A scenario is one YAML file. Units of time are us, ms, s, min, h, d, wk (7 d) and yr (365 d); a month has no fixed length
and is refused. Numbers may carry `k` or `M`. A key that is not in these tables is a mistake, and so is a key written twice.

## What spares repetition

| word | where | meaning |
|---|---|---|
| `extends: FILE` | top of the file | start from another scenario: maps merge, values and lists replace, `key: ~` takes a key away |
| `like: NAME` | entries of `items`, `sites`, `lanes`, `demand` | start from a sibling; what the entry says itself is laid over it |
| `count: N` | entries of `sites` | N sites `NAME_1` ... `NAME_N` |
| `table: FILE.csv` | `items`, `sites`, `lanes`, `demand`, `buys`, `makes`, `sells`, `stock`, `lines`, `work_centres`, `routings`, `releases` of a site, and `operations` of a routing | an entry for each row; first column `name`, the others keys or ways to keys like `stock.frame.level`; an empty cell states nothing |
| `board_*`, `b?` | keys of `buys`, `makes`, `sells`, `stock`; `from`; `at` and `item` of demand | every name that matches; what is written out wins |

## Distributions

`3 d`, `uniform 10 h to 14 h`, `uniform 12 h +- 2 h`, `triangular 1 h to 2 h to 5 h` (low, mode, high), `exponential 20 min`,
`normal 50 sd 8`, `lognormal 3 d cv 0.4`, `gamma 3 d sd 1 d`, `weibull scale 3 d shape 1.5`, `erlang 3 d phases 2`,
`hyperexponential 1 h cv 2`, `poisson 6`, `geometric 3`, `negative_binomial 4 sd 3` (quantities only), `discrete 20 d 40 % or 25 d 60 %`,
`empirical repair.csv column hours in h`. The first number is the mean unless it says otherwise.
)";

}  // namespace

std::string reference_markdown() {
  std::vector<std::string> pages;
  world::ScenarioSpec scenario;
  TableOf tables("", pages);
  describe(tables, scenario);
  tables.finish();
  std::string text(kIntroduction);
  for (const std::string& page : pages) text += page;
  return text;
}

}  // namespace tierworks::schema
