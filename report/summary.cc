#include "report/summary.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tierworks::report {

using nlohmann::ordered_json;

std::string unit_name(common::Unit unit, const std::string& currency) {
  switch (unit) {
    case common::Unit::share:
      return "share";
    case common::Unit::hours:
      return "h";
    case common::Unit::units:
      return "units";
    case common::Unit::units_per_day:
      return "units / d";
    case common::Unit::money:
      return currency;
    case common::Unit::money_per_day:
      return currency + " / d";
    case common::Unit::per_year:
      return "1 / yr";
    case common::Unit::orders_per_day:
      return "orders / d";
    case common::Unit::squared_units:
      return "units^2";
    case common::Unit::ratio:
      return "ratio";
    case common::Unit::kilowatt_hours:
      return "kWh";
  }
  return "";
}

namespace {

ordered_json finite(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

}  // namespace

std::string summary_json(const Subject& subject, const experiments::Replicated& result) {
  ordered_json json;
  json["scenario"] = {{"file", subject.scenario}, {"title", subject.title}, {"currency", subject.currency}};
  json["model"] = {{"sites", subject.sites}, {"items", subject.items}, {"stocks", subject.stocks},
                   {"lines", subject.lines}, {"lanes", subject.lanes}, {"streams", subject.streams}};
  if (subject.work_centres > 0) {
    json["model"]["work_centres"] = subject.work_centres;
    json["model"]["machines"] = subject.machines;
    json["model"]["routings"] = subject.routings;
    json["model"]["releases"] = subject.releases;
  }
  ordered_json outcomes = ordered_json::object();
  std::size_t complete = result.replications;
  for (const auto& [outcome, count] : result.outcomes) {
    outcomes[world::in_words(outcome)] = count;
    complete -= count;
  }
  outcomes["complete"] = complete;
  json["run"] = {{"seed", result.seed},
                 {"replications", result.replications},
                 {"threads", result.threads},
                 {"partitions", result.partitions},
                 {"horizon_days", subject.horizon_days},
                 {"warm_up_days", subject.warm_up_days},
                 {"events", result.events},
                 {"wall_seconds", result.wall_seconds},
                 {"cpu_seconds", result.cpu_seconds},
                 {"peak_memory_bytes", result.peak_memory_bytes},
                 {"stopped_early", result.stopped},
                 {"precision_reached", result.precise},
                 {"outcomes", outcomes},
                 {"fingerprint", fmt::format("{:016x}", result.fingerprint)}};
  if (!subject.from_date.empty()) {
    json["run"]["from_date"] = subject.from_date;
    json["run"]["until_date"] = subject.until_date;
  }
  if (!result.notes.empty()) json["run"]["notes"] = result.notes;
  if (!result.plain.empty()) json["run"]["control_variates"] = result.controls;
  ordered_json kpis = ordered_json::array();
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const core::Interval& k = result.kpis[i];
    kpis.push_back({{"kpi", result.rows[i].kpi->name},
                    {"unit", unit_name(result.rows[i].kpi->unit, subject.currency)},
                    {"scope", result.rows[i].scope},
                    {"mean", finite(k.mean)},
                    {"half_width", finite(k.half_width)},
                    {"confidence", finite(k.confidence)},
                    {"n", k.n},
                    {"min", finite(k.min)},
                    {"max", finite(k.max)}});
    if (!result.plain.empty()) {
      kpis.back()["plain"] = {{"mean", finite(result.plain[i].mean)},
                              {"half_width", finite(result.plain[i].half_width)}};
    }
  }
  json["kpis"] = std::move(kpis);
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tierworks::report
