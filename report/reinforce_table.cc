#include "report/reinforce_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/grid.h"
#include "report/numbers.h"
#include "report/sections.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using experiments::Reinforced;
using experiments::TriedSet;
using nlohmann::ordered_json;

std::vector<std::string> names_of(const ReinforceSubject& subject, const TriedSet& set) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < set.bought.size(); ++i) {
    if (set.bought[i]) names.push_back(subject.measures[i].name);
  }
  return names;
}

std::vector<std::string> names_where(const ReinforceSubject& subject, bool dormant) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < subject.measures.size(); ++i) {
    if (subject.dormant[i] == dormant) names.push_back(subject.measures[i].name);
  }
  return names;
}

std::string words_of(const ReinforceSubject& subject, const TriedSet& set) {
  const auto names = names_of(subject, set);
  return names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, " + "));
}

Cell saved_cell(const core::Interval& saved) {
  const bool wide = std::isfinite(saved.half_width) && saved.half_width > 0;
  return {.text = short_number(saved.mean),
          .tail = wide ? "± " + short_number(saved.half_width) : "",
          .alone = short_number(saved.mean)};
}

ordered_json finite(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

}  // namespace

std::string reinforce_table(const ReinforceSubject& subject, const Reinforced& result, const TableOptions& options) {
  std::string out = headline(subject.base, options);
  const std::size_t width = std::max(options.width, kLeastWidth);
  const auto line = [&](const std::string& text) { out += wrapped(text, width, 2); };
  const std::string money = cut_end(subject.base.currency, 8);
  line(fmt::format("{}, {}, budget {} {} over {:g} yr; seed {}, {} of each set",
                   counted(subject.measures.size(), "measure"), counted(subject.shocks.size(), "shock"),
                   short_number(subject.budget), money, subject.years, subject.seed,
                   counted(subject.replications, "replication")));
  line(result.exact ? fmt::format("all {} that the budget can buy were tried", counted(result.tried.size(), "set"))
                    : fmt::format("{} were tried: the best saving for its price first, by ones and pairs",
                                  counted(result.tried.size(), "set")));
  line(result.expected
           ? std::string("made small: the expected loss of a year, at the middle of the stated frequencies")
           : std::string("made small: the loss of the worst shock, because not every shock says how often it comes "
                         "(`per_year`); so nothing is said of expected losses"));
  const auto branched = names_where(subject, true), afresh = names_where(subject, false);
  line(branched.empty()
           ? std::string("every set was warmed up afresh")
           : fmt::format("branched from one warmed-up state: sets that differ in {} only{}", fmt::join(branched, ", "),
                         afresh.empty()
                             ? ""
                             : fmt::format("; warmed up afresh for each choice among {}", fmt::join(afresh, ", "))));
  if (result.stopped) out += warning_line("stopped early: not all sets were tried", options);

  const TriedSet &nothing = result.tried.front(), &best = result.tried[result.best];
  out += "\n";
  line(fmt::format("best: {}, for {} {}", words_of(subject, best), short_number(best.price), money));
  const auto expected = [&](const TriedSet& set) {
    double least = 0, most = 0;
    for (std::size_t k = 0; k < set.loss.size(); ++k) {
      least += subject.per_year[k].least * set.loss[k];
      most += subject.per_year[k].most * set.loss[k];
    }
    return least == most ? short_number(least) : fmt::format("{} to {}", short_number(least), short_number(most));
  };
  if (result.expected) {
    line(fmt::format("expected loss a year: {} instead of {} {}", expected(best), expected(nothing), money));
  }
  line(fmt::format("worst shock: {} with {} {}; with nothing bought {} with {}", subject.shocks[best.worst],
                   short_number(best.loss[best.worst]), money, subject.shocks[nothing.worst],
                   short_number(nothing.loss[nothing.worst])));
  if (std::isfinite(result.break_even) && result.best != 0) {
    line(fmt::format("break-even: it pays if {} comes {:.2g} times in {:g} yr or more often{}",
                     subject.shocks[nothing.worst], result.break_even, subject.years,
                     best.forgone > 0
                         ? fmt::format(" (with {} {} of usual profit forgone)", short_number(best.forgone), money)
                         : ""));
  }
  out += "\n" + bold("LOSS AGAINST MONEY", options.colour) + "\n";
  Grid curve({{.head = "bought", .number = false, .least = 24},
              {.head = "price, " + money},
              {.head = result.expected ? "loss a year" : "worst loss"},
              {.head = "saved"},
              {.head = "usual profit forgone"}});
  for (const std::size_t i : result.curve) {
    const TriedSet& set = result.tried[i];
    curve.add({{.text = words_of(subject, set)},
               {.text = short_number(set.price)},
               {.text = short_number(set.goal)},
               saved_cell(set.saved),
               {.text = short_number(set.forgone)}});
  }
  out += curve.text(width, options.colour);
  out += "\n" + bold("EACH MEASURE BY ITSELF", options.colour) + "\n";
  Grid singles({{.head = "measure", .number = false, .least = 24},
                {.head = "price, " + money},
                {.head = result.expected ? "loss a year" : "worst loss"},
                {.head = "saved"},
                {.head = "per money"}});
  for (const TriedSet& set : result.tried) {
    if (std::count(set.bought.begin(), set.bought.end(), true) != 1) continue;
    singles.add({{.text = words_of(subject, set)},
                 {.text = short_number(set.price)},
                 {.text = short_number(set.goal)},
                 saved_cell(set.saved),
                 {.text = set.price > 0 ? short_number(set.saved.mean / set.price) : "-"}});
  }
  if (!singles.empty()) out += singles.text(width, options.colour);
  out += "\n";
  line(fmt::format("{} wall, {} CPU", seconds_text(subject.wall_seconds), seconds_text(subject.cpu_seconds)));
  return out;
}

std::string reinforce_json(const ReinforceSubject& subject, const Reinforced& result) {
  const auto set_json = [&](const TriedSet& set) {
    ordered_json losses = ordered_json::object();
    for (std::size_t k = 0; k < set.loss.size(); ++k) losses[subject.shocks[k]] = finite(set.loss[k]);
    return ordered_json{{"measures", names_of(subject, set)},
                        {"price", finite(set.price)},
                        {"goal", finite(set.goal)},
                        {"saved", {{"mean", finite(set.saved.mean)}, {"half_width", finite(set.saved.half_width)}}},
                        {"usual_profit_forgone", finite(set.forgone)},
                        {"worst_shock", subject.shocks[set.worst]},
                        {"loss", losses}};
  };
  ordered_json json = {{"scenario", subject.base.scenario},
                       {"run",
                        {{"seed", subject.seed},
                         {"replications", subject.replications},
                         {"wall_seconds", subject.wall_seconds},
                         {"cpu_seconds", subject.cpu_seconds},
                         {"stopped_early", result.stopped}}},
                       {"budget", finite(subject.budget)},
                       {"years", finite(subject.years)},
                       {"goal", result.expected ? "expected_loss_per_year" : "loss_of_worst_shock"},
                       {"all_sets_tried", result.exact},
                       {"branched", names_where(subject, true)},
                       {"warmed_up_afresh", names_where(subject, false)},
                       {"best", set_json(result.tried[result.best])},
                       {"break_even_times_in_years", finite(result.break_even)}};
  ordered_json curve = ordered_json::array(), tried = ordered_json::array();
  for (const std::size_t i : result.curve) curve.push_back(set_json(result.tried[i]));
  for (const TriedSet& set : result.tried) tried.push_back(set_json(set));
  json["curve"] = std::move(curve);
  json["tried"] = std::move(tried);
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tierworks::report
