#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <regex>

namespace tierworks::tests {
namespace {

struct Include {
  std::size_t line = 0;
  std::string target;
  bool quoted = false;
};

struct Row {
  std::string_view files;                // prefix of the path, from the root
  std::string_view rule;                 // in words, for the finding
  std::vector<std::string_view> ours;    // prefixes of our own files that may be included; "*/x" is a suffix
  std::vector<std::string_view> others;  // prefixes of other libraries' headers
  bool may_print = false;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> table = {
      {"core/", "core includes only core, the standard library and Boost.Intrusive", {"core/"}, {"boost/intrusive/"}},
      {"core/parallel/", "core/parallel includes only core and oneTBB", {"core/"}, {"tbb/", "oneapi/tbb/"}},
      {"core/parallel/divide_graph.",
       "core/parallel/divide_graph includes only core and METIS",
       {"core/"},
       {"metis.h"}},
      {"core/random/", "core/random includes only core and Random123", {"core/"}, {"Random123/"}},
      {"core/random/philox_lanes.",
       "core/random/philox_lanes includes only core and the processor's vectors",
       {"core/"},
       {"immintrin.h"}},
      {"core/stats/", "core/stats includes only core, and interval.* Boost.Math", {"core/"}, {}},
      {"core/stats/interval.", "core/stats/interval includes only core and Boost.Math", {"core/"}, {"boost/math/"}},
      {"models/common/", "models/common includes only core and itself", {"core/", "models/common/"}, {"fmt/"}},
      {"models/common/formula.",
       "models/common/formula includes only core, models/common and muParser",
       {"core/", "models/common/"},
       {"fmt/", "muParser"}},
      {"models/world/", "models/world includes only core and the rooms of models", {"core/", "models/"}, {"fmt/"}},
      {"experiments/",
       "experiments include only models, core and each other",
       {"core/", "models/", "experiments/"},
       {"fmt/"}},
      {"experiments/sweep/design.",
       "experiments/sweep/design includes only core, itself and Boost's Sobol sequence",
       {"core/", "experiments/sweep/"},
       {"boost/random/sobol.hpp"}},
      {"experiments/optimise/box_search.",
       "experiments/optimise/box_search includes only core, itself and NLopt",
       {"core/", "experiments/optimise/"},
       {"fmt/", "nlopt.h"}},
      {"report/",
       "report includes only results: experiments/, models' kpi.h, result.h and outlook.h, core/stats, core/time and "
       "core/base",
       {"report/", "experiments/", "*/kpi.h", "*/kpis.h", "*/result.h", "*/outlook.h", "core/stats/", "core/time/",
        "core/base/"},
       {"fmt/", "nlohmann/"}},
      {"scenarios/csv/",
       "scenarios/csv includes only itself, core/base, core/time, origins and diagnostics",
       {"scenarios/csv/", "core/base/", "core/time/", "models/common/origin.h", "models/common/diagnostics.h"},
       {"fmt/"}},
      {"scenarios/reader/",
       "scenarios/reader includes only itself, scenarios/csv, every spec.h, origins, diagnostics, core/base, "
       "core/time, "
       "core/random and libyaml",
       {"scenarios/reader/", "scenarios/csv/", "*/spec.h", "models/common/origin.h", "models/common/diagnostics.h",
        "core/base/", "core/time/", "core/random/"},
       {"fmt/", "yaml.h"}},
      {"scenarios/schema/",
       "scenarios/schema includes only itself, every spec.h, core/base, core/time and core/random",
       {"scenarios/schema/", "*/spec.h", "models/common/origin.h", "core/base/", "core/time/", "core/random/"},
       {"fmt/", "nlohmann/"}},
      {"scenarios/importers/",
       "scenarios/importers includes only itself, scenarios/csv, every spec.h, origins, diagnostics, core, JSON and "
       "Boost.Math",
       {"scenarios/importers/", "scenarios/csv/", "*/spec.h", "models/common/origin.h", "models/common/diagnostics.h",
        "core/base/", "core/time/", "core/random/", "core/stats/"},
       {"fmt/", "boost/math/", "nlohmann/"}},
      {"apps/",
       "apps include any room, fmt, JSON and CLI11",
       {"core/", "models/", "experiments/", "report/", "scenarios/", "apps/"},
       {"fmt/", "nlohmann/", "CLI/"},
       true},
  };
  return table;
}

// `models/<room>/` has no row of its own: it may include itself, models/common and core, never a sibling.
Row model_room(std::string_view room) {
  return {room,
          "a room of models includes only core, models/common and itself",
          {"core/", "models/common/", room},
          {"fmt/"}};
}

std::optional<Row> row_of(std::string_view path) {
  const Row* best = nullptr;
  for (const Row& row : rows()) {
    if (path.starts_with(row.files) && (best == nullptr || row.files.size() > best->files.size())) best = &row;
  }
  if (best != nullptr) return *best;
  constexpr std::string_view models = "models/";
  const std::size_t end = path.find('/', models.size());
  if (path.starts_with(models) && end != std::string_view::npos) return model_room(path.substr(0, end + 1));
  return std::nullopt;
}

bool allowed(std::string_view target, const std::vector<std::string_view>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return pattern.starts_with('*') ? target.ends_with(pattern.substr(1)) : target.starts_with(pattern);
  });
}

// Headers of the standard library have neither a folder nor an extension; those of POSIX are named.
bool is_standard(std::string_view target) { return target.find_first_of("/.") == std::string_view::npos; }

bool is_posix(std::string_view target) {
  constexpr std::array<std::string_view, 6> names = {"unistd.h",   "fcntl.h",        "signal.h",
                                                     "sys/mman.h", "sys/resource.h", "sys/stat.h"};
  return std::find(names.begin(), names.end(), target) != names.end();
}

bool prints(std::string_view target) {
  constexpr std::array<std::string_view, 5> names = {"iostream", "cstdio", "stdio.h", "print", "syncstream"};
  return std::find(names.begin(), names.end(), target) != names.end();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::vector<Include> includes_of(const std::vector<std::string>& lines) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
  std::vector<Include> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_search(lines[i], match, pattern)) found.push_back({i + 1, match[2], match[1] == "\""});
  }
  return found;
}

// The rule that the include breaks, or "".
std::string broken_rule(const Row& row, const Include& include) {
  const std::string_view target = include.target;
  if (target.find("..") != std::string_view::npos)
    return "an include is written from the repository's root, without `..`";
  if (include.quoted) {
    if (target.find('/') == std::string_view::npos)
      return "an include is written from the repository's root: \"room/file.h\"";
    return allowed(target, row.ours) ? "" : std::string(row.rule);
  }
  if (prints(target) && !row.may_print) return "nothing below apps/ prints";
  if (target == "fmt/ostream.h" || target == "fmt/os.h") return row.may_print ? "" : "nothing below apps/ prints";
  if (is_standard(target) || is_posix(target) || allowed(target, row.others)) return "";
  return std::string(row.rule);
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::string code_only(std::string_view text) {
  std::string code(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, code.size()); ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
  };
  const auto end_of = [&](std::string_view what, std::size_t from) {
    const std::size_t at = text.find(what, from);
    return at == std::string_view::npos ? text.size() : at + what.size();
  };
  // One past the closing quote; a literal of one line ends at the line's end at the latest.
  const auto end_of_literal = [&](std::size_t open) {
    std::size_t i = open + 1;
    while (i < text.size() && text[i] != text[open] && text[i] != '\n') i += text[i] == '\\' ? 2U : 1U;
    return std::min(i + 1, text.size());
  };
  std::size_t line_start = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    std::size_t next = i + 1;
    if (c == '\n') {
      line_start = next;
    } else if (text.substr(i, 2) == "//") {
      next = std::min(text.find('\n', i), text.size());
      blank(i, next);
    } else if (text.substr(i, 2) == "/*") {
      next = end_of("*/", i + 2);
      blank(i, next);
    } else if (c == '"' && i > 0 && text[i - 1] == 'R') {
      const std::size_t open = std::min(text.find('(', i), text.size());
      const std::string close = ")" + std::string(text.substr(i + 1, open - i - 1)) + "\"";
      next = end_of(close, open);
      blank(i + 1, next - 1);
    } else if (c == '"' || (c == '\'' && (i == 0 || !is_word(text[i - 1])))) {
      next = end_of_literal(i);
      const std::string_view before = text.substr(line_start, i - line_start);
      if (before.find("include") == std::string_view::npos) blank(i + 1, next - 1);
    }
    i = next;
  }
  return code;
}

bool includes(std::string_view text, std::string_view prefix) {
  const auto found = includes_of(lines_of(code_only(text)));
  return std::any_of(found.begin(), found.end(), [&](const Include& i) { return i.target.starts_with(prefix); });
}

std::vector<Finding> check_source(std::string_view path, std::string_view text) {
  static const std::regex printing(
      R"(\bstd::(cout|cerr|clog)\b|\b(v?f?printf|puts|fputs|putchar|perror)\s*\(|\bfmt::(v?print|println)\s*\()");
  const auto place = [&](std::size_t line) { return std::string(path) + ":" + std::to_string(line); };
  const std::vector<std::string> lines = lines_of(code_only(text));

  const std::optional<Row> row = row_of(path);
  if (!row) return {{place(1), "a file outside every room", "name its room in tests/architecture/include_rules.cc"}};

  std::vector<Finding> findings;
  for (const Include& include : includes_of(lines)) {
    std::string rule = broken_rule(*row, include);
    if (rule.empty()) continue;
    const std::string shown = include.quoted ? "\"" + include.target + "\"" : "<" + include.target + ">";
    findings.push_back({place(include.line), "#include " + shown, std::move(rule)});
  }
  for (std::size_t i = 0; i < lines.size() && !row->may_print; ++i) {
    std::smatch match;
    if (std::regex_search(lines[i], match, printing)) {
      findings.push_back({place(i + 1), match.str(), "nothing below apps/ prints"});
    }
  }
  return findings;
}

}  // namespace tierworks::tests
