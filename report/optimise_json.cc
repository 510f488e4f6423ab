#include <fmt/format.h>

#include "report/csv_parts.h"
#include "report/json_parts.h"
#include "report/optimise_page.h"

namespace tierworks::report {

using nlohmann::ordered_json;

namespace {

using experiments::Found;
using experiments::Optimised;
using experiments::Race;

const char* found_word(Found found) {
  switch (found) {
    case Found::best:
      return "best";
    case Found::no_point_meets_all:
      return "no_point_meets_all";
    case Found::nothing_ran:
      return "nothing_ran";
  }
  return "";
}

ordered_json values_json(const OptimiseSubject& subject, const experiments::Point& point) {
  ordered_json values = ordered_json::object();
  for (std::size_t a = 0; a < subject.axes.size(); ++a) values[subject.axes[a].path] = subject.axes[a].text(point[a]);
  return values;
}

void add_judged(ordered_json& json, const experiments::Judged& judged) {
  json["goal"] = interval_json(judged.goal);
  ordered_json constraints = ordered_json::array();
  for (const core::Interval& c : judged.constraints) constraints.push_back(interval_json(c));
  json["constraints"] = std::move(constraints);
  json["feasible"] = judged.feasible;
}

}  // namespace

std::string optimise_json(const OptimiseSubject& subject, const Optimised& result) {
  ordered_json json;
  json["scenario"] = subject.base.scenario;
  json["goal"] = {{"kpi", subject.goal.kpi.kpi},
                  {"scope", subject.goal.kpi.scope},
                  {"direction", subject.goal.maximise ? "maximise" : "minimise"}};
  ordered_json constraints = ordered_json::array();
  for (std::size_t c = 0; c < subject.constraints.size(); ++c) {
    const experiments::Constraint& constraint = subject.constraints[c];
    constraints.push_back({{"kpi", constraint.kpi.kpi},
                           {"scope", constraint.kpi.scope},
                           {constraint.at_least ? "at_least" : "at_most", constraint.bound},
                           {"given_as", subject.constraint_words[c]}});
  }
  json["subject_to"] = std::move(constraints);
  ordered_json parameters = ordered_json::array();
  for (const experiments::Axis& axis : subject.axes) {
    parameters.push_back({{"path", axis.path},
                          {"low", axis.text(0)},
                          {"high", axis.text(axis.size() - 1)},
                          {"step", axis.range.step},
                          {"values", axis.size()}});
  }
  json["parameters"] = std::move(parameters);
  json["run"] = {{"seed", result.seed},
                 {"replications_of_a_point", result.replications},
                 {"threads", result.threads},
                 {"horizon_days", subject.base.horizon_days},
                 {"warm_up_days", subject.base.warm_up_days},
                 {"events", result.events},
                 {"wall_seconds", result.wall_seconds},
                 {"cpu_seconds", result.cpu_seconds},
                 {"stopped_early", result.stopped},
                 {"raced", result.raced},
                 {"fingerprint", fmt::format("{:016x}", result.fingerprint)}};
  json["found"] = found_word(result.found);
  json["whole_space"] = result.whole_space;
  json["points"] = result.tried.size();
  json["refused"] = result.refused;
  json["faults"] = result.faults;
  json["confidence"] = result.confidence;
  json["race"] = {{"state", race_word(result.race)}, {"indifference", finite(result.indifference)}};
  if (!result.finalists.empty()) {
    const experiments::Finalist& best = result.finalists[result.best];
    ordered_json won = {{"values", values_json(subject, result.tried[best.tried].point)},
                        {"replications", best.replications}};
    add_judged(won, best.judged);
    ordered_json kpis = ordered_json::array();
    for (std::size_t row = 0; row < result.rows.size(); ++row) {
      ordered_json kpi = kpi_json(result.rows[row]);
      kpi["unit"] = unit_name(result.rows[row].kpi->unit, subject.base.currency);
      kpi.update(interval_json(result.kpis[row]));
      if (!result.differences.empty()) {
        kpi["as_written"] = interval_json(result.as_written[row]);
        kpi["difference"] = interval_json(result.differences[row]);
      }
      kpis.push_back(std::move(kpi));
    }
    won["kpis"] = std::move(kpis);
    json["best"] = std::move(won);
  }
  ordered_json finalists = ordered_json::array();
  for (const experiments::Finalist& finalist : result.finalists) {
    ordered_json one = {{"values", values_json(subject, result.tried[finalist.tried].point)},
                        {"point", finalist.tried + 1},
                        {"replications", finalist.replications},
                        {"in_race", finalist.in_race},
                        {"difference_from_best", interval_json(finalist.difference)}};
    add_judged(one, finalist.judged);
    finalists.push_back(std::move(one));
  }
  json["finalists"] = std::move(finalists);
  ordered_json trajectory = ordered_json::array();
  for (const experiments::Tried& tried : result.tried) {
    ordered_json one = {{"phase", experiments::in_words(tried.phase)}, {"values", values_json(subject, tried.point)}};
    if (tried.refused.empty()) {
      add_judged(one, tried.judged);
      one["best_so_far"] = tried.best_so_far;
    } else {
      one["refused"] = tried.refused;
    }
    trajectory.push_back(std::move(one));
  }
  json["trajectory"] = std::move(trajectory);
  return json_text(json);
}

std::string trajectory_csv(const OptimiseSubject& subject, const Optimised& result) {
  std::string out = "point,phase,";
  for (const experiments::Axis& axis : subject.axes) out += csv_cell(axis.path) + ",";
  const auto name = [](const experiments::KpiAt& kpi) {
    return kpi.scope == "world" ? kpi.kpi : kpi.kpi + "@" + kpi.scope;
  };
  const auto two = [&](const std::string& kpi) { out += csv_cell(kpi) + "," + csv_cell(kpi + "_half_width") + ","; };
  two(name(subject.goal.kpi));
  for (const experiments::Constraint& c : subject.constraints) two(name(c.kpi));
  out += "feasible,best_so_far,refused\n";
  for (std::size_t t = 0; t < result.tried.size(); ++t) {
    const experiments::Tried& tried = result.tried[t];
    out += fmt::format("{},{},", t + 1, experiments::in_words(tried.phase));
    for (std::size_t a = 0; a < subject.axes.size(); ++a) out += csv_cell(subject.axes[a].text(tried.point[a])) + ",";
    const bool ran = tried.refused.empty();
    const auto cells = [&](const core::Interval& i) {
      out += (ran ? csv_number(i.mean) : "") + "," + (ran ? csv_number(i.half_width) : "") + ",";
    };
    cells(tried.judged.goal);
    for (std::size_t c = 0; c < subject.constraints.size(); ++c) {
      cells(ran ? tried.judged.constraints[c] : core::Interval{});
    }
    out += fmt::format("{},{},{}\n", tried.judged.feasible ? 1 : 0, tried.best_so_far ? 1 : 0, csv_cell(tried.refused));
  }
  return out;
}

}  // namespace tierworks::report
