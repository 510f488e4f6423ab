#include "report/json_parts.h"

#include <cmath>

namespace tierworks::report {

using nlohmann::ordered_json;

ordered_json finite(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

ordered_json interval_json(const core::Interval& i) {
  return {{"mean", finite(i.mean)},
          {"half_width", finite(i.half_width)},
          {"confidence", finite(i.confidence)},
          {"n", i.n},
          {"min", finite(i.min)},
          {"max", finite(i.max)}};
}

ordered_json kpi_json(const world::KpiRow& row) { return {{"kpi", row.kpi->name}, {"scope", row.scope}}; }

ordered_json outcomes_json(const std::vector<std::pair<world::Outcome, std::size_t>>& incomplete,
                           std::size_t replications) {
  ordered_json outcomes = ordered_json::object();
  std::size_t complete = replications;
  for (const auto& [outcome, count] : incomplete) {
    outcomes[world::in_words(outcome)] = count;
    complete -= count;
  }
  outcomes["complete"] = complete;
  return outcomes;
}

const char* race_word(experiments::Race race) {
  switch (race) {
    case experiments::Race::none:
      return "none";
    case experiments::Race::decided:
      return "decided";
    case experiments::Race::undecided:
      return "undecided";
    case experiments::Race::impossible:
      return "impossible";
  }
  return "";
}

std::string json_text(const ordered_json& json) {
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tierworks::report
