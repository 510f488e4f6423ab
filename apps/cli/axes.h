// From `--range`, `--vary` and `--policy` to the axes of a space of parameters, and from a point of it to settings.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/loading.h"
#include "apps/cli/variants.h"
#include "experiments/search/axis.h"
#include "experiments/search/points.h"

namespace tierworks::cli {

// What is varied, and how a value of it is written into the scenario.
struct Space {
  std::vector<experiments::Axis> axes;
  std::vector<Factor> factors;  // by axis; their values are not used

  std::vector<std::string> paths() const;
  std::vector<std::string> names() const;
  // `options` with the values of one point.
  ScenarioOptions at(const ScenarioOptions& options, const experiments::Point& point) const;
};

// "path=lo..hi", "path=lo..hi by step", with a unit behind one or both numbers: "1..5 d", "1 d..5 d". A range without `by` has
// no steps yet. Nothing, and the reason to stderr, if it is none. `option`: who says so.
std::optional<std::pair<Factor, experiments::Axis>> range_of(const std::string& text,
                                                             const std::string& option = "--range");

// Adds what is varied by its values.
void add_factors(Space& space, const std::vector<Factor>& factors);

// Gives ranges without steps the finest ones that the scenario takes, of at most four digits over their length; whole
// numbers if `whole`. Messages, and false, if it takes none.
bool find_steps(Space& space, const ScenarioOptions& options, bool whole);

// Refuses what no variant may have of its own, and what is varied twice; says why.
bool check_paths(const Space& space);

// Makes the models of `points` of the space.
experiments::MakeModel model_maker(const Space& space, const ScenarioOptions& options,
                                   const std::vector<experiments::Point>& points);

// All mistakes of the scenario at one point, told.
void tell_mistakes(const Space& space, const ScenarioOptions& options, const experiments::Point& point);

// What is wrong with a KPI that the model should have, or "".
std::string unknown_kpi(const world::Model& model, const experiments::KpiAt& kpi);

// "fill_rate", "fill_rate@site:smt".
experiments::KpiAt kpi_at(const std::string& text);

}  // namespace tierworks::cli
