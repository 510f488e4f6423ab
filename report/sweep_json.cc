#include <fmt/format.h>

#include "report/csv_parts.h"
#include "report/json_parts.h"
#include "report/sweep_page.h"

namespace tierworks::report {

using nlohmann::ordered_json;

namespace {

ordered_json point_json(const SweepSubject& subject, const experiments::Swept& result,
                        const experiments::SweptPoint& point) {
  ordered_json values = ordered_json::object();
  for (std::size_t a = 0; a < subject.paths.size(); ++a) values[subject.paths[a]] = point.values[a];
  ordered_json json = {{"values", values}};
  if (!point.refused.empty()) {
    json["refused"] = point.refused;
    return json;
  }
  json["events"] = point.events;
  json["outcomes"] = outcomes_json(point.outcomes, result.replications);
  ordered_json kpis = ordered_json::array();
  for (std::size_t row = 0; row < result.rows.size(); ++row) {
    ordered_json kpi = kpi_json(result.rows[row]);
    kpi["unit"] = unit_name(result.rows[row].kpi->unit, subject.base.currency);
    kpi.update(interval_json(point.kpis[row]));
    kpis.push_back(std::move(kpi));
  }
  json["kpis"] = std::move(kpis);
  return json;
}

ordered_json parameter_json(const SweepSubject& subject, const experiments::Swept& result, std::size_t axis) {
  const experiments::ParameterEffect& effect = result.effects[axis];
  ordered_json classes = ordered_json::array();
  for (const experiments::ClassEffect& c : effect.classes) {
    classes.push_back({{"values", c.label},
                       {"points", c.points},
                       {"mean", interval_json(c.mean)},
                       {"effect", interval_json(c.effect)}});
  }
  return {{"path", subject.paths[axis]},
          {"share_of_variance", finite(effect.share)},
          {"range", interval_json(effect.range)},
          {"lowest", effect.classes[effect.lowest].label},
          {"highest", effect.classes[effect.highest].label},
          {"effects", classes}};
}

}  // namespace

std::string sweep_json(const SweepSubject& subject, const experiments::Swept& result) {
  ordered_json json;
  json["scenario"] = subject.base.scenario;
  json["design"] = {{"kind", subject.design},
                    {"wanted", subject.wanted},
                    {"points", result.asked},
                    {"refused", result.refused},
                    {"parameters", subject.paths}};
  json["run"] = {{"seed", result.seed},
                 {"replications", result.replications},
                 {"threads", result.threads},
                 {"horizon_days", subject.base.horizon_days},
                 {"warm_up_days", subject.base.warm_up_days},
                 {"wall_seconds", result.wall_seconds},
                 {"cpu_seconds", result.cpu_seconds},
                 {"stopped_early", result.stopped},
                 {"fingerprint", fmt::format("{:016x}", result.fingerprint)}};
  json["decide_on"] = kpi_json(result.rows[result.decisive]);
  json["decide_on"]["more_is_better"] = result.rows[result.decisive].kpi->more_is_better;
  json["confidence"] = result.confidence;
  ordered_json points = ordered_json::array();
  for (const experiments::SweptPoint& point : result.points) points.push_back(point_json(subject, result, point));
  json["points"] = std::move(points);
  json["share_of_variance"] = result.exact ? "correlation ratio of a full grid" : "epsilon squared";
  ordered_json ranked = ordered_json::array();
  for (const std::size_t axis : result.rank) ranked.push_back(parameter_json(subject, result, axis));
  json["parameters"] = std::move(ranked);
  return json_text(json);
}

std::string sweep_csv(const SweepSubject& subject, const experiments::Swept& result) {
  std::string out;
  for (const std::string& path : subject.paths) out += csv_cell(path) + ",";
  for (const world::KpiRow& row : result.rows) {
    const std::string name = row.scope == "world" ? row.kpi->name : fmt::format("{}@{}", row.kpi->name, row.scope);
    out += csv_cell(name) + "," + csv_cell(name + "_half_width") + ",";
  }
  out += "refused\n";
  for (const experiments::SweptPoint& point : result.points) {
    for (const std::string& value : point.values) out += csv_cell(value) + ",";
    for (std::size_t row = 0; row < result.rows.size(); ++row) {
      const bool has = row < point.kpis.size();
      out += (has ? csv_number(point.kpis[row].mean) : "") + "," + (has ? csv_number(point.kpis[row].half_width) : "");
      out += ",";
    }
    out += csv_cell(point.refused) + "\n";
  }
  return out;
}

}  // namespace tierworks::report
