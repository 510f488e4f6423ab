#include "report/compare_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "report/grid.h"
#include "report/kpi_cells.h"
#include "report/numbers.h"
#include "report/sections.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using experiments::Compared;
using experiments::ComparedVariant;
using experiments::Race;

// 41,200
std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

class Page {
 public:
  Page(const ComparisonSubject& subject, const Compared& result, const TableOptions& options)
      : subject_(subject), result_(result), options_(options), decisive_(result.rows[result.decisive]) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  std::string text() {
    head();
    variants();
    verdict();
    shared();
    others();
    front();
    effects();
    foot();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += wrapped(text, options_.width, 2); }
  std::string currency() const { return cut_end(subject_.base.currency, 8); }
  const ComparedVariant& base() const { return result_.variants[result_.base]; }

  void head() {
    out_ += headline(subject_.base, options_);
    std::size_t least = base().replications, most = least;
    for (const ComparedVariant& v : result_.variants) {
      least = std::min(least, v.replications);
      most = std::max(most, v.replications);
    }
    line(fmt::format("{}, {} each, all of seed {} and with the same random numbers; {}",
                     counted(result_.variants.size(), "variant"),
                     least == most ? counted(most, "replication") : fmt::format("{} to {} replications", least, most),
                     result_.seed, measured_text(subject_.base)));
    if (!subject_.varied.empty()) line(fmt::format("varied: {}", fmt::join(subject_.varied, ", ")));
    const std::size_t differences = result_.variants.size() - 1;
    line(
        fmt::format("decides: {} ({} is better). ± of a mean at {:g} %; of a difference from {}, taken replication by "
                    "replication, at {:g} %{}",
                    row_words(decisive_), decisive_.kpi->more_is_better ? "more" : "less", 100 * result_.confidence,
                    base().name, 100 * result_.confidence,
                    differences < 2 ? std::string()
                                    : fmt::format(" for all {} together (Bonferroni: {:.4g} % each)", differences,
                                                  100 * result_.each_confidence)));
    if (!base().plain.empty()) line(controls_text(result_.controls));
    for (const ComparedVariant& v : result_.variants) {
      for (const auto& [outcome, count] : v.outcomes) {
        warning(fmt::format("{}: {} of {} {}", v.name, count, counted(v.replications, "replication"),
                            world::in_words(outcome)));
      }
    }
    if (result_.stopped && result_.budget > 0) {
      std::size_t ran = 0;
      for (const ComparedVariant& v : result_.variants) ran += v.replications;
      warning(fmt::format("ended early: {} of {} ran", ran, counted(result_.budget, "replication")));
    } else if (result_.stopped) {
      warning(fmt::format("ended early: {} of {} ran, whole ones only", most, counted(result_.asked, "replication")));
    }
    if (!result_.precise) warning(fmt::format("the precision asked for was not reached in {} replications", most));
    out_ += "\n";
  }

  void warning(const std::string& text) { out_ += warning_line(text, options_); }

  // A column for each thing that varies, if there are several; else one of names.
  bool by_level() const { return result_.factors.size() > 1; }
  std::vector<Column> name_columns() const {
    if (!by_level()) return {{subject_.head, false, 12}};
    std::vector<Column> columns;
    for (const std::string& factor : result_.factors) columns.push_back({factor, false, 8});
    return columns;
  }
  std::vector<Cell> name_cells(std::size_t v) const {
    if (!by_level()) return {{result_.variants[v].name}};
    std::vector<Cell> cells;
    for (const std::string& level : result_.variants[v].levels) cells.push_back({level});
    return cells;
  }

  Cell measured_cell(const core::Interval& interval, const world::KpiRow& row) const {
    return report::measured_cell(interval, row, currency());
  }
  Cell difference_cell(const core::Interval& interval, const world::KpiRow& row) const {
    return report::difference_cell(interval, row, currency());
  }

  // As given; if that is more than a section shows, the best ones and the base.
  std::vector<std::size_t> shown_variants() const {
    std::vector<std::size_t> order(result_.variants.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t most = shown_rows(order.size(), options_);
    if (most == order.size()) return order;
    const auto key = [&](std::size_t v) {
      const double mean = result_.variants[v].kpis[result_.decisive].mean;
      return std::isnan(mean) ? INFINITY : decisive_.kpi->more_is_better ? -mean : mean;
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    order.resize(most);
    if (std::find(order.begin(), order.end(), result_.base) == order.end()) order.back() = result_.base;
    return order;
  }

  void variants() {
    const bool same_length = std::all_of(result_.variants.begin(), result_.variants.end(),
                                         [&](const auto& v) { return v.replications == base().replications; });
    std::vector<Column> columns = name_columns();
    columns.push_back({row_words(decisive_) + unit_in_head(decisive_, currency())});
    columns.push_back({"difference, paired"});
    columns.push_back({"", false});
    columns.push_back({"P(best)"});
    if (!same_length) columns.push_back({"runs"});
    Grid grid(std::move(columns));
    const std::vector<std::size_t> shown = shown_variants();
    for (const std::size_t v : shown) {
      const ComparedVariant& variant = result_.variants[v];
      const bool is_base = v == result_.base;
      std::vector<Cell> cells = name_cells(v);
      cells.push_back(measured_cell(variant.kpis[result_.decisive], decisive_));
      const core::Interval& difference = variant.differences[result_.decisive];
      cells.push_back(is_base ? Cell{"base"} : difference_cell(difference, decisive_));
      const std::string verdict = is_base ? "" : verdict_of(difference, decisive_);
      cells.push_back({.text = verdict, .weak = verdict == "worse"});
      cells.push_back({std::isnan(variant.probability_best) ? "-" : fmt::format("{:.2f}", variant.probability_best)});
      if (!same_length) cells.push_back({std::to_string(variant.replications)});
      grid.add(std::move(cells));
    }
    out_ += grid.text(options_.width, options_.colour) + rest_line(result_.variants.size() - shown.size()) + "\n";
  }

  // What else a planner looks at: mean and difference of each KPI.
  void others() {
    std::vector<std::size_t> rows;
    std::vector<Column> columns = name_columns();
    for (const experiments::KpiAt& kpi : subject_.shown) {
      const std::size_t row = experiments::row_of(result_.rows, kpi);
      if (row == result_.rows.size() || row == result_.decisive) continue;
      rows.push_back(row);
      columns.push_back({row_words(result_.rows[row])});
      columns.push_back({"difference"});
    }
    if (rows.empty()) return;
    Grid grid(std::move(columns));
    for (const std::size_t v : shown_variants()) {
      const ComparedVariant& variant = result_.variants[v];
      std::vector<Cell> cells = name_cells(v);
      for (const std::size_t row : rows) {
        cells.push_back({cell_text(variant.kpis[row].mean, result_.rows[row].kpi->unit)});
        cells.push_back(v == result_.base ? Cell{"base"}
                                          : difference_cell(variant.differences[row], result_.rows[row]));
        cells.back().weak = v != result_.base && verdict_of(variant.differences[row], result_.rows[row]) == "worse";
      }
      grid.add(std::move(cells));
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
  }

  std::string amount(double value) const {
    if (decisive_.kpi->unit == common::Unit::share) return fmt::format("{:.3g} pp", 100 * value);
    if (decisive_.kpi->unit == common::Unit::hours) return hours_text(value);
    return cell_text(value, decisive_.kpi->unit) + " " + unit_name(decisive_.kpi->unit, currency());
  }

  void verdict() {
    const ComparedVariant& best = result_.variants[result_.best];
    const auto racing = std::count_if(result_.variants.begin(), result_.variants.end(),
                                      [](const ComparedVariant& v) { return v.in_race; });
    switch (result_.race) {
      case Race::decided:
        line(fmt::format("best: {}, at {:g} % confidence, or within {} of the best (procedure KN of Kim and Nelson)",
                         best.name, 100 * result_.confidence, amount(result_.indifference)));
        break;
      case Race::undecided:
        line(
            fmt::format("best mean: {}; not decided: {} variants may be the best by more than {} (procedure KN); more "
                        "replications (--max-replications) or a larger --indifference would",
                        best.name, racing, amount(result_.indifference)));
        break;
      case Race::impossible:
        line(fmt::format("best mean: {}; no race for the best: {}", best.name,
                         result_.indifference > 0 ? "the deciding KPI has no value in any replication"
                                                  : "a share of the base's mean, which is 0, is nothing; state the "
                                                    "indifference as a number: --indifference 0.5"));
        break;
      case Race::none:
        if (!std::isnan(best.probability_best)) {
          line(fmt::format("best mean: {}, the best in {:.3g} % of all resamples of the replications (bootstrap)",
                           best.name, 100 * best.probability_best));
        }
        break;
    }
    if (result_.budget > 0) {
      line(
          fmt::format("a budget of {}, shared out by what they decide (OCBA)", counted(result_.budget, "replication")));
    }
    for (const auto& tuned : subject_.tuned) {
      line(fmt::format("tuned: {} by {}, the best of those asked for in {} other than those above",
                       result_.variants[tuned.variant].name, tuned.words,
                       counted(subject_.tuning_replications, "replication")));
    }
  }

  // Measured from what the runs saw, not from how they were set up.
  void shared() {
    experiments::SharedOrders all;
    double least = INFINITY, most = 0;
    std::size_t least_of = result_.base;
    for (std::size_t v = 0; v < result_.variants.size(); ++v) {
      if (v == result_.base) continue;
      const ComparedVariant& variant = result_.variants[v];
      all.orders += variant.shared.orders;
      all.same_instants += variant.shared.same_instants;
      all.identical += variant.shared.identical;
      if (std::isnan(variant.variance_ratio)) continue;
      if (variant.variance_ratio <= least) {
        least = variant.variance_ratio;
        least_of = v;
      }
      most = std::max(most, variant.variance_ratio);
    }
    std::string text = fmt::format("orders and arrivals identical to the base's: {} of {}", grouped(all.identical),
                                   grouped(all.orders));
    if (all.same_instants != all.identical) {
      text += fmt::format("; {} came at the same instants, in other sizes", grouped(all.same_instants - all.identical));
    }
    line(text);
    if (least_of == result_.base) return;
    const auto times = [](double ratio) { return std::isinf(ratio) ? "infinitely many" : short_number(ratio); };
    line(fmt::format("independent runs would give these differences {} times the variance",
                     least == most
                         ? times(least)
                         : fmt::format("{} ({}) to {}", times(least), result_.variants[least_of].name, times(most))));
  }

  void front() {
    if (!result_.pareto) return;
    const auto [first, second] = *result_.pareto;
    std::vector<std::size_t> on;
    for (std::size_t v = 0; v < result_.variants.size(); ++v) {
      if (result_.variants[v].on_front) on.push_back(v);
    }
    std::stable_sort(on.begin(), on.end(), [&, row = first](std::size_t a, std::size_t b) {
      const bool more = result_.rows[row].kpi->more_is_better;
      const double x = result_.variants[a].kpis[row].mean, y = result_.variants[b].kpis[row].mean;
      return more ? x > y : x < y;
    });
    Grid grid(
        {{"PARETO FRONT, " + std::to_string(on.size()) + " of " + std::to_string(result_.variants.size()), false, 12},
         {row_words(result_.rows[first])},
         {row_words(result_.rows[second])}});
    for (const std::size_t v : on) {
      const ComparedVariant& variant = result_.variants[v];
      grid.add({{variant.name},
                measured_cell(variant.kpis[first], result_.rows[first]),
                measured_cell(variant.kpis[second], result_.rows[second])});
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
  }

  void effects() {
    if (result_.factors.size() < 2 || result_.effects.empty()) return;
    Grid grid({{"EFFECT OF", false, 12}, {"value", false, 8}, {"mean " + row_words(decisive_)}, {"less mean of all"}});
    std::size_t last = result_.factors.size();
    for (const experiments::Effect& effect : result_.effects) {
      grid.add({{effect.factor == last ? "" : result_.factors[effect.factor]},
                {effect.level},
                measured_cell(effect.mean, decisive_),
                difference_cell(effect.effect, decisive_)});
      last = effect.factor;
    }
    out_ += "\n" + grid.text(options_.width, options_.colour);
    line(fmt::format("± at {:g} %, each by itself", 100 * result_.confidence));
  }

  void foot() {
    std::uint64_t events = 0;
    for (const ComparedVariant& v : result_.variants) events += v.events;
    out_ += "\n";
    line(fmt::format("{} events, {} wall, {} CPU, fingerprint {:016x}", short_number(static_cast<double>(events)),
                     seconds_text(result_.wall_seconds), seconds_text(result_.cpu_seconds), result_.fingerprint));
  }

  const ComparisonSubject& subject_;
  const Compared& result_;
  TableOptions options_;
  const world::KpiRow& decisive_;
  std::string out_;
};

}  // namespace

std::string comparison_table(const ComparisonSubject& subject, const Compared& result, const TableOptions& options) {
  return Page(subject, result, options).text();
}

}  // namespace tierworks::report
