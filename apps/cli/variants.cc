#include "apps/cli/variants.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/terminal.h"

namespace tierworks::cli {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// The last so many steps of a path.
std::string last_steps(const std::string& path, std::size_t steps) {
  std::size_t from = path.size();
  for (; steps > 0 && from != std::string::npos && from > 0; --steps) from = path.rfind('.', from - 1);
  return from == std::string::npos || from == 0 ? path : path.substr(from + 1);
}

// Files by their names; by their paths where two have the same name.
std::vector<std::string> file_names(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const std::string& file : files) names.push_back(std::filesystem::path(file).stem().string());
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t k = 0; k < files.size(); ++k) {
      const bool alike = std::filesystem::path(files[i]).stem() == std::filesystem::path(files[k]).stem();
      if (i != k && alike) names[i] = files[i];
    }
  }
  return names;
}

}  // namespace

void as_parameter(Factor& factor) {
  if (factor.path != "k" && factor.path != "dispatch.k") return;
  factor.kind = Factor::Kind::policy;
  factor.path = "dispatch.k";
}

std::optional<Factor> factor_of(std::string_view option, Factor::Kind kind, const std::string& text) {
  Factor factor{.kind = kind, .option = std::string(option), .path = {}, .label = {}, .values = {}};
  const std::size_t equals = text.find('=');
  factor.path = trimmed(std::string_view(text).substr(0, equals));
  as_parameter(factor);
  if (equals != std::string::npos) {
    for (std::size_t from = equals + 1; from <= text.size();) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      factor.values.push_back(trimmed(std::string_view(text).substr(from, comma - from)));
      from = comma + 1;
    }
  }
  const bool empty = std::any_of(factor.values.begin(), factor.values.end(), [](const auto& v) { return v.empty(); });
  if (factor.path.empty() || factor.values.empty() || empty) {
    message(fmt::format("{}: got \"{}\", expected {}", option, text,
                        kind == Factor::Kind::policy
                            ? "a kind and its names, with commas between them: --policy allocation=first_come,priority"
                            : fmt::format("a path and its values, with commas between them: {} "
                                          "sites.plant.stock.frame.level=100,120",
                                          option)));
    return std::nullopt;
  }
  for (auto v = factor.values.begin(); v != factor.values.end(); ++v) {
    if (std::find(factor.values.begin(), v, *v) == v) continue;
    message(fmt::format("{} {}: \"{}\" is given twice; give each value once", option, factor.path, *v));
    return std::nullopt;
  }
  return factor;
}

void label(std::vector<Factor>& factors) {
  for (Factor& f : factors) {
    for (std::size_t steps = 1; steps <= 32; ++steps) {
      f.label = last_steps(f.path, steps);
      const auto alike = std::count_if(factors.begin(), factors.end(),
                                       [&](const Factor& other) { return last_steps(other.path, steps) == f.label; });
      if (alike == 1) break;
    }
  }
}

std::size_t combinations(const std::vector<Factor>& factors) {
  std::size_t n = 1;
  for (const Factor& f : factors) n = std::min(n * f.values.size(), kMostVariants + 1);
  return n;
}

std::vector<std::string> choose(const std::vector<Factor>& factors, std::size_t combination, ScenarioOptions& options) {
  std::vector<std::string> levels(factors.size());
  for (std::size_t f = factors.size(); f-- > 0;) {
    levels[f] = factors[f].values[combination % factors[f].values.size()];
    combination /= factors[f].values.size();
  }
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const std::string setting = factors[f].path + "=" + levels[f];
    if (factors[f].kind == Factor::Kind::policy) {
      options.policies.push_back(setting);
    } else {
      options.overrides.push_back(setting);
      options.told_by.emplace_back(factors[f].path, factors[f].option + " " + factors[f].path);
    }
  }
  return levels;
}

std::string level_words(const std::vector<Factor>& factors, const std::vector<std::string>& levels) {
  std::string words;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    words += fmt::format("{}{}={}", words.empty() ? "" : " ", factors[f].label, levels[f]);
  }
  return words;
}

std::optional<Grid> grid_of(const CompareOptions& options, std::vector<Factor> factors) {
  for (const Factor& f : factors) {
    if (std::count_if(factors.begin(), factors.end(), [&](const Factor& g) { return g.path == f.path; }) > 1) {
      message(fmt::format("{} {}: is varied twice; give all its values at once", f.option, f.path));
      return std::nullopt;
    }
  }
  label(factors);
  const std::size_t all = combinations(factors) * options.scenarios.size();
  if (all > kMostVariants) {
    message(fmt::format("more than {} variants; vary less at once", kMostVariants));
    return std::nullopt;
  }
  Grid grid;
  const bool many_files = options.scenarios.size() > 1;
  if (many_files && !factors.empty()) grid.factors.push_back("scenario");
  for (const Factor& f : factors) grid.factors.push_back(f.label);
  const std::vector<std::string> files = file_names(options.scenarios);
  for (std::size_t file = 0; file < files.size(); ++file) {
    for (std::size_t c = 0; c < combinations(factors); ++c) {
      PlannedVariant& variant = grid.variants.emplace_back();
      variant.options = options;
      variant.options.scenario = options.scenarios[file];
      std::vector<std::string> levels = choose(factors, c, variant.options);
      // One thing that varies needs no name in front of its values: it stands in the head of the table.
      const std::string words = factors.size() == 1 ? levels[0] : level_words(factors, levels);
      variant.name = many_files ? files[file] + (words.empty() ? "" : " " + words) : words;
      if (factors.empty()) variant.name = files[file];
      if (many_files && !factors.empty()) levels.insert(levels.begin(), files[file]);
      variant.levels = std::move(levels);
    }
  }
  return grid;
}

}  // namespace tierworks::cli
