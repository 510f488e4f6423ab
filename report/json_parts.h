// What the JSON of several experiments shares. Numbers are finite or null.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/stats/interval.h"
#include "experiments/compare/compare.h"
#include "models/world/result.h"

namespace tierworks::report {

nlohmann::ordered_json finite(double value);
// mean, half_width, confidence, n, min, max.
nlohmann::ordered_json interval_json(const core::Interval& interval);
// kpi, scope.
nlohmann::ordered_json kpi_json(const world::KpiRow& row);
// How many of so many replications ended how; `incomplete` are those that did not come to their end.
nlohmann::ordered_json outcomes_json(const std::vector<std::pair<world::Outcome, std::size_t>>& incomplete,
                                     std::size_t replications);
const char* race_word(experiments::Race race);
// As text, with a line end; bytes that are no UTF-8 are replaced.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace tierworks::report
