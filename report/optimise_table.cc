#include <algorithm>

#include <fmt/format.h>

#include "report/grid.h"
#include "report/kpi_cells.h"
#include "report/numbers.h"
#include "report/optimise_page.h"
#include "report/sections.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using experiments::Found;
using experiments::Optimised;
using experiments::Race;

class Page {
 public:
  Page(const OptimiseSubject& subject, const Optimised& result, const TableOptions& options)
      : subject_(subject),
        result_(result),
        options_(options),
        best_(result.finalists[result.best]),
        currency_(cut_end(subject.base.currency, 8)) {
    options_.width = std::max(options_.width, kLeastWidth);
    goal_row_ = experiments::row_of(result.rows, subject.goal.kpi);
    for (const experiments::Constraint& c : subject.constraints) {
      constraint_rows_.push_back(experiments::row_of(result.rows, c.kpi));
    }
  }

  std::string text() {
    head();
    best();
    gain();
    finalists();
    trajectory();
    foot();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += wrapped(text, options_.width, 2); }
  void warning(const std::string& text) { out_ += warning_line(text, options_); }
  const world::KpiRow& goal() const { return result_.rows[goal_row_]; }
  std::string value(std::size_t axis, const experiments::Point& point) const {
    return subject_.axes[axis].text(point[axis]);
  }

  void head() {
    out_ += headline(subject_.base, options_);
    line(fmt::format("{} {}{}{}", subject_.goal.maximise ? "maximise" : "minimise", row_words(goal()),
                     subject_.constraint_words.empty() ? "" : ", subject to ",
                     fmt::join(subject_.constraint_words, " and ")));
    line(fmt::format("searched: {}{}, {} each, of seed {} and with the same random numbers; {}",
                     counted(result_.tried.size(), "point"),
                     result_.whole_space ? ", which are all there are" : " by DIRECT-L and CRS2",
                     counted(result_.replications, "replication"), result_.seed, measured_text(subject_.base)));
    if (result_.found == Found::no_point_meets_all) {
      warning("no point meets all constraints; below is the one that misses least");
    }
    for (const std::string& fault : result_.faults) warning(fault + "; what was found before is kept");
    if (result_.refused > 0) {
      const auto first =
          std::find_if(result_.tried.begin(), result_.tried.end(), [](const auto& t) { return !t.refused.empty(); });
      warning(fmt::format("the scenario does not take {} of {}; the first one: {}", result_.refused,
                          counted(result_.tried.size(), "point"), first->refused));
    }
    if (result_.stopped) {
      warning(result_.raced ? "ended early: the best of what was whole by then"
                            : "ended early: the best point of the search, on replications that the search saw");
    }
    out_ += "\n";
  }

  void best() {
    const experiments::Point& point = result_.tried[best_.tried].point;
    Grid grid({{result_.found == Found::best ? "BEST" : "MISSES LEAST", false, 12},
               {"value", false},
               {"from", false},
               {"to", false},
               {"", false}});
    bool at_an_end = false;
    for (std::size_t a = 0; a < subject_.axes.size(); ++a) {
      const experiments::Axis& axis = subject_.axes[a];
      const bool end = axis.size() > 1 && (point[a] == 0 || point[a] == axis.size() - 1);
      at_an_end = at_an_end || end;
      grid.add({{axis.name},
                {value(a, point)},
                {axis.text(0)},
                {axis.text(axis.size() - 1)},
                {.text = end ? "at the end" : "", .weak = end}});
    }
    out_ += grid.text(options_.width, options_.colour);
    if (at_an_end) line("a value at the end of its range: the best may lie beyond it");
    switch (result_.race) {
      case Race::decided:
        line(fmt::format(
            "the best of {} finalists at {:g} % confidence, or within {} of it (procedure KN), on "
            "replications that the search did not see",
            result_.finalists.size(), 100 * result_.confidence, cell_text(result_.indifference, goal().kpi->unit)));
        break;
      case Race::undecided:
        line(
            fmt::format("the best mean of {} finalists on replications that the search did not see; not decided by "
                        "more than {} (procedure KN): --max-replications or a larger --indifference would",
                        result_.finalists.size(), cell_text(result_.indifference, goal().kpi->unit)));
        break;
      case Race::impossible:
        line("the best mean of the finalists; no race: a share of a mean that is 0 is nothing");
        break;
      case Race::none:
        break;
    }
    out_ += "\n";
  }

  // The goal, the constraints and what else a planner looks at, beside the scenario as it is written.
  void gain() {
    std::vector<std::size_t> rows{goal_row_};
    const auto add = [&](std::size_t row) {
      if (row < result_.rows.size() && std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    };
    for (const std::size_t row : constraint_rows_) add(row);
    for (const experiments::KpiAt& kpi : subject_.shown) add(experiments::row_of(result_.rows, kpi));
    const bool compared = !result_.differences.empty();
    Grid grid(
        {{fmt::format("{} {}", best_.replications, result_.raced ? "MORE REPLICATIONS" : "REPLICATIONS"), false, 20},
         {"here"},
         {compared ? "as written" : ""},
         {compared ? "difference, paired" : ""},
         {"", false},
         {"", false}});
    for (const std::size_t row : rows) {
      const world::KpiRow& kpi = result_.rows[row];
      std::string bound;
      bool missed = false;
      for (std::size_t c = 0; c < constraint_rows_.size(); ++c) {
        if (constraint_rows_[c] != row) continue;
        const experiments::Constraint& constraint = subject_.constraints[c];
        const double mean = result_.kpis[row].mean;
        const bool kept = constraint.at_least ? mean >= constraint.bound : mean <= constraint.bound;
        missed = missed || !kept;
        bound += fmt::format("{}{} {}: {}", bound.empty() ? "" : " ",
                             constraint.at_least ? ">=" : "<=", cell_text(constraint.bound, kpi.kpi->unit),
                             kept ? "kept" : "missed");
      }
      grid.add({{row_words(kpi) + unit_in_head(kpi, currency_)},
                measured_cell(result_.kpis[row], kpi, currency_),
                compared ? measured_cell(result_.as_written[row], kpi, currency_) : Cell{},
                compared ? difference_cell(result_.differences[row], kpi, currency_) : Cell{},
                {compared ? verdict_of(result_.differences[row], kpi) : ""},
                {.text = bound, .weak = missed}});
    }
    out_ += grid.text(options_.width, options_.colour);
    line(fmt::format("± at {:g} %, each by itself; a constraint is judged by its mean", 100 * result_.confidence));
  }

  std::vector<Column> columns(std::vector<Column> before) const {
    for (const experiments::Axis& axis : subject_.axes) before.push_back({axis.name, false, 8});
    before.push_back({row_words(goal()) + unit_in_head(goal(), currency_)});
    for (const std::size_t row : constraint_rows_) before.push_back({row_words(result_.rows[row])});
    return before;
  }
  void add_judged(std::vector<Cell>& cells, const experiments::Judged& judged) const {
    cells.push_back(measured_cell(judged.goal, goal(), currency_));
    for (std::size_t c = 0; c < constraint_rows_.size(); ++c) {
      cells.push_back(measured_cell(judged.constraints[c], result_.rows[constraint_rows_[c]], currency_));
    }
  }

  void finalists() {
    if (result_.finalists.size() < 2) return;
    std::vector<Column> all = columns({{"FINALIST", false}, {"", false}});
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(subject_.axes.size()) + 3, {"less the best"});
    all.push_back({"runs"});
    Grid grid(std::move(all));
    for (std::size_t f = 0; f < result_.finalists.size(); ++f) {
      const experiments::Finalist& finalist = result_.finalists[f];
      const bool misses = !finalist.judged.feasible;
      const char* const state = misses                       ? "misses"
                                : f == result_.best          ? "best"
                                : finalist.in_race           ? "in race"
                                : result_.race == Race::none ? ""
                                                             : "out";
      std::vector<Cell> cells{{fmt::format("point {}", finalist.tried + 1)}, {.text = state, .weak = misses}};
      for (std::size_t a = 0; a < subject_.axes.size(); ++a) {
        cells.push_back({value(a, result_.tried[finalist.tried].point)});
      }
      cells.push_back({cell_text(finalist.judged.goal.mean, goal().kpi->unit)});
      cells.push_back(f == result_.best ? Cell{"0"} : difference_cell(finalist.difference, goal(), currency_));
      for (std::size_t c = 0; c < constraint_rows_.size(); ++c) {
        const world::KpiRow& row = result_.rows[constraint_rows_[c]];
        cells.push_back({cell_text(finalist.judged.constraints[c].mean, row.kpi->unit)});
      }
      cells.push_back({std::to_string(finalist.replications)});
      grid.add(std::move(cells));
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
  }

  // The points that were the best ones when they were found.
  void trajectory() {
    if (result_.whole_space) return;  // there was nothing to choose
    std::vector<std::size_t> steps;
    for (std::size_t t = 0; t < result_.tried.size(); ++t) {
      if (result_.tried[t].best_so_far) steps.push_back(t);
    }
    const std::size_t most = shown_rows(steps.size(), options_);
    Grid grid(columns({{"BEST SO FAR", false}, {"by", false}}));
    for (std::size_t i = steps.size() - most; i < steps.size(); ++i) {
      const experiments::Tried& tried = result_.tried[steps[i]];
      std::vector<Cell> cells{{fmt::format("point {}", steps[i] + 1)}, {experiments::in_words(tried.phase)}};
      for (std::size_t a = 0; a < subject_.axes.size(); ++a) cells.push_back({value(a, tried.point)});
      add_judged(cells, tried.judged);
      grid.add(std::move(cells));
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
    if (most < steps.size()) line(fmt::format("... after {} earlier ones (--all shows them)", steps.size() - most));
  }

  void foot() {
    out_ += "\n";
    line(fmt::format("{} events, {} wall, {} CPU, fingerprint {:016x}",
                     short_number(static_cast<double>(result_.events)), seconds_text(result_.wall_seconds),
                     seconds_text(result_.cpu_seconds), result_.fingerprint));
  }

  const OptimiseSubject& subject_;
  const Optimised& result_;
  TableOptions options_;
  const experiments::Finalist& best_;
  std::string currency_;
  std::size_t goal_row_ = 0;
  std::vector<std::size_t> constraint_rows_;
  std::string out_;
};

}  // namespace

std::string optimise_table(const OptimiseSubject& subject, const Optimised& result, const TableOptions& options) {
  return Page(subject, result, options).text();
}

}  // namespace tierworks::report
