// The variants that `tierworks compare` is asked for: files x a grid of values, each with its own name and settings.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/cli/commands.h"

namespace tierworks::cli {

// Something that is varied: a path of the scenario (`--vary`, `--tune`) or a kind of policy (`--policy`).
struct Factor {
  enum class Kind { path, policy };
  Kind kind = Kind::path;
  std::string option;  // "--vary"
  std::string path;    // as written
  std::string label;   // its last steps, as many as tell it from the others
  std::vector<std::string> values;
};

// `k` and `dispatch.k` are no paths: the parameter of whatever dispatching rules a variant has.
void as_parameter(Factor& factor);

// "path=v1,v2"; nothing, and the reason to stderr, if it is none.
std::optional<Factor> factor_of(std::string_view option, Factor::Kind kind, const std::string& text);

struct PlannedVariant {
  std::string name;
  std::vector<std::string> levels;  // of the factors
  ScenarioOptions options;
};

struct Grid {
  std::vector<std::string> factors;  // labels; "scenario" first if there are several files
  std::vector<PlannedVariant> variants;
};

inline constexpr std::size_t kMostVariants = 10'000;

// All files x all values. Nothing, and the reason to stderr, if they are too many.
std::optional<Grid> grid_of(const CompareOptions& options, std::vector<Factor> factors);

// The settings of one choice among the values of `factors` added to `options`; `combination` counts from 0, the last factor
// running fastest. Gives the levels.
std::vector<std::string> choose(const std::vector<Factor>& factors, std::size_t combination, ScenarioOptions& options);
std::size_t combinations(const std::vector<Factor>& factors);

// "level=100 review=1 d".
std::string level_words(const std::vector<Factor>& factors, const std::vector<std::string>& levels);

// Gives each factor a label that no other one has.
void label(std::vector<Factor>& factors);

}  // namespace tierworks::cli
