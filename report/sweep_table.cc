#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "report/grid.h"
#include "report/kpi_cells.h"
#include "report/numbers.h"
#include "report/sections.h"
#include "report/sweep_page.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using experiments::Swept;
using experiments::SweptPoint;

class Page {
 public:
  Page(const SweepSubject& subject, const Swept& result, const TableOptions& options)
      : subject_(subject),
        result_(result),
        options_(options),
        decisive_(result.rows[result.decisive]),
        currency_(cut_end(subject.base.currency, 8)) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  std::string text() {
    head();
    points();
    rank();
    effects();
    foot();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += wrapped(text, options_.width, 2); }

  std::string design_words() const {
    if (subject_.design == "grid") return "a full grid";
    const std::string kind = subject_.design == "sobol" ? "a Sobol sequence" : "a Latin hypercube";
    if (subject_.wanted == result_.asked) return kind;
    return fmt::format("{} of {}, of which some fell together", kind, counted(subject_.wanted, "point"));
  }

  void head() {
    out_ += headline(subject_.base, options_);
    line(fmt::format("{} ({}), {} each, all of seed {} and with the same random numbers; {}",
                     counted(result_.asked, "point"), design_words(), counted(result_.replications, "replication"),
                     result_.seed, measured_text(subject_.base)));
    line(fmt::format("varied: {}", fmt::join(subject_.paths, ", ")));
    line(fmt::format("looked at: {} ({} is better), ± at {:g} %", row_words(decisive_),
                     decisive_.kpi->more_is_better ? "more" : "less", 100 * result_.confidence));
    std::size_t incomplete = 0;
    for (const SweptPoint& point : result_.points) incomplete += point.outcomes.empty() ? 0 : 1;
    if (incomplete > 0) {
      warning(fmt::format("at {} some replications did not come to their end; --json says which",
                          counted(incomplete, "point")));
    }
    if (result_.refused > 0) {
      const auto first = std::find_if(result_.points.begin(), result_.points.end(),
                                      [](const SweptPoint& p) { return !p.refused.empty(); });
      warning(fmt::format("the scenario does not take {} of {}, which are left out; the first one: {}", result_.refused,
                          counted(result_.asked, "point"), first->refused));
    }
    if (result_.stopped) {
      warning(fmt::format("ended early: {} of {} ran, whole ones only", result_.points.size(),
                          counted(result_.asked, "point")));
    }
    out_ += "\n";
  }

  void warning(const std::string& text) { out_ += warning_line(text, options_); }

  // As they were run; if that is more than a section shows, the best ones.
  std::vector<std::size_t> shown_points(std::size_t& left) const {
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < result_.points.size(); ++p) {
      if (result_.points[p].refused.empty()) order.push_back(p);
    }
    const std::size_t most = shown_rows(order.size(), options_);
    left = order.size() - most;
    if (left == 0) return order;
    const auto key = [&](std::size_t p) {
      const double mean = result_.points[p].kpis[result_.decisive].mean;
      return std::isnan(mean) ? INFINITY : decisive_.kpi->more_is_better ? -mean : mean;
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    order.resize(most);
    return order;
  }

  void points() {
    std::vector<std::size_t> rows{result_.decisive};
    for (const experiments::KpiAt& kpi : subject_.shown) {
      const std::size_t row = experiments::row_of(result_.rows, kpi);
      if (row < result_.rows.size() && row != result_.decisive) rows.push_back(row);
    }
    std::vector<Column> columns;
    for (const std::string& name : subject_.parameters) columns.push_back({name, false, 8});
    for (const std::size_t row : rows) {
      columns.push_back({row_words(result_.rows[row]) + unit_in_head(result_.rows[row], currency_)});
    }
    Grid grid(std::move(columns));
    std::size_t left = 0;
    for (const std::size_t p : shown_points(left)) {
      const SweptPoint& point = result_.points[p];
      std::vector<Cell> cells;
      for (const std::string& value : point.values) cells.push_back({value});
      for (const std::size_t row : rows) {
        // Beside the KPI that is looked at, the others are there to be glanced at.
        cells.push_back(row == result_.decisive ? measured_cell(point.kpis[row], result_.rows[row], currency_)
                                                : Cell{cell_text(point.kpis[row].mean, result_.rows[row].kpi->unit)});
      }
      grid.add(std::move(cells));
    }
    if (left > 0) line("the best ones:");
    out_ += grid.text(options_.width, options_.colour) + rest_line(left) + "\n";
  }

  void rank() {
    if (result_.effects.empty()) {
      line(fmt::format("no effects: {} has a value at fewer than two points", row_words(decisive_)));
      return;
    }
    if (std::all_of(result_.effects.begin(), result_.effects.end(),
                    [](const experiments::ParameterEffect& e) { return std::isnan(e.share); })) {
      line(fmt::format(
          "too few points to rank parameters by, or nothing that was varied changes {}: --points, or another KPI "
          "by --decide-on",
          row_words(decisive_)));
    }
    Grid grid(
        {{"RANK", false, 12}, {"of the variance"}, {"lowest at", false}, {"highest at", false}, {"highest - lowest"}});
    double sum = 0;
    for (const std::size_t axis : result_.rank) {
      const experiments::ParameterEffect& effect = result_.effects[axis];
      const bool known = !std::isnan(effect.share);
      sum += known ? effect.share : 0;
      grid.add({{subject_.parameters[axis]},
                {known ? fmt::format("{:.1f} %", 100 * effect.share) : "-"},
                {effect.classes[effect.lowest].label},
                {effect.classes[effect.highest].label},
                difference_cell(effect.range, decisive_, currency_)});
    }
    out_ += grid.text(options_.width, options_.colour);
    if (result_.exact) {
      line(
          fmt::format("share of the variance between the points that a parameter explains by itself (correlation "
                      "ratio of a full grid); what parameters do only together: {:.1f} %",
                      100 * std::max(0.0, 1 - sum)));
    } else {
      line(
          "share of the variance between the points that a parameter explains by itself (correlation ratio of classes "
          "of its values, corrected for their number: epsilon squared)");
    }
  }

  void effects() {
    if (result_.effects.empty()) return;
    Grid grid({{"EFFECT OF", false, 12}, {"value", false, 8}, {"mean " + row_words(decisive_)}, {"less mean of all"}});
    for (const std::size_t axis : result_.rank) {
      bool first = true;
      for (const experiments::ClassEffect& c : result_.effects[axis].classes) {
        grid.add({{first ? subject_.parameters[axis] : ""},
                  {c.label},
                  measured_cell(c.mean, decisive_, currency_),
                  difference_cell(c.effect, decisive_, currency_)});
        first = false;
      }
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
    line(fmt::format("± at {:g} %, each by itself, replication by replication", 100 * result_.confidence));
  }

  void foot() {
    std::uint64_t events = 0;
    for (const SweptPoint& point : result_.points) events += point.events;
    out_ += "\n";
    line(fmt::format("{} events, {} wall, {} CPU, fingerprint {:016x}", short_number(static_cast<double>(events)),
                     seconds_text(result_.wall_seconds), seconds_text(result_.cpu_seconds), result_.fingerprint));
  }

  const SweepSubject& subject_;
  const Swept& result_;
  TableOptions options_;
  const world::KpiRow& decisive_;
  std::string currency_;
  std::string out_;
};

}  // namespace

std::string sweep_table(const SweepSubject& subject, const Swept& result, const TableOptions& options) {
  return Page(subject, result, options).text();
}

}  // namespace tierworks::report
