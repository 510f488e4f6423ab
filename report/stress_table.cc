#include "report/stress_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/grid.h"
#include "report/numbers.h"
#include "report/sections.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using experiments::Censored;
using experiments::ExerciseResult;
using experiments::Stressed;

std::string width_text(double half_width) {
  return half_width >= 10 ? fmt::format("{:.0f}", half_width) : fmt::format("{:.2g}", half_width);
}

// "33.1 ± 2.0 d"; "> 365 d" if no replication reached it; "≥ ..." if some did not.
Cell time_cell(const Censored& time, double window) {
  if (time.restricted_mean.n == 0) return {};
  if (time.share >= 1) return {.text = fmt::format("> {:.4g} d", window), .alone = fmt::format("> {:.4g} d", window)};
  const bool some = time.share > 0;
  const core::Interval& mean = time.restricted_mean;
  const int decimals = mean.mean < 100 ? 1 : 0;
  const std::string text = fmt::format("{}{:.{}f} d", some ? "≥ " : "", mean.mean, decimals);
  const bool wide = std::isfinite(mean.half_width) && mean.half_width > 0;
  return {.text = text, .tail = wide ? "± " + width_text(mean.half_width) : "", .alone = text};
}

Cell share_cell(const core::Interval& share) {
  if (share.n == 0) return {};
  const std::string text = fmt::format("{:.1f} %", 100 * share.mean);
  const bool wide = std::isfinite(share.half_width) && share.half_width > 0;
  return {.text = text, .tail = wide ? "± " + width_text(100 * share.half_width) : "", .alone = text};
}

Cell number_cell(const core::Interval& value) {
  if (value.n == 0) return {};
  const bool wide = std::isfinite(value.half_width) && value.half_width > 0;
  return {.text = short_number(value.mean),
          .tail = wide ? "± " + short_number(value.half_width) : "",
          .alone = short_number(value.mean)};
}

class Page {
 public:
  Page(const StressSubject& subject, const Stressed& result, const TableOptions& options)
      : subject_(subject), result_(result), options_(options), links_(weak_links(result)) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  std::string text() {
    head();
    ranking();
    all_exercises();
    targets();
    timelines();
    spread();
    concentration();
    foot();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += wrapped(text, options_.width, 2); }

  std::string name_of(const ExerciseResult& row, bool with_length) const {
    std::string name = row.exercise.shock;
    if (with_length && !row.exercise.length.empty()) name += ", " + row.exercise.length;
    return name;
  }

  // Only where there are both.
  Cell answer_cell(const ExerciseResult& row) const {
    if (!both_answers_) return {};
    return {.text = row.exercise.answers ? "yes" : "no"};
  }

  void head() {
    const auto& all = result_.exercises;
    both_answers_ = std::any_of(all.begin(), all.end(), [](const auto& e) { return e.exercise.answers; }) &&
                    std::any_of(all.begin(), all.end(), [](const auto& e) { return !e.exercise.answers; });
    out_ += headline(subject_.base, options_);
    line(
        fmt::format("{} x {}, seed {}; each branches off a warmed-up run ({}) and is measured against its undisturbed "
                    "twin over {}",
                    counted(all.size(), "exercise"), counted(result_.replications, "replication"), subject_.seed,
                    days_text(subject_.base.warm_up_days), days_text(result_.window_days)));
    line(fmt::format(
        "survives: until the units that customers get late or never exceed the twin's by {:g} % of a week's "
        "demand, counted to the end of the run where that never happens (≥); restored: until such units "
        "no longer grow and nothing more is overdue. ± at {:g} %",
        100 * subject_.band_share, 100 * result_.confidence));
    if (result_.stopped) {
      out_ += warning_line("stopped early: only what was done is shown; --resume goes on", options_);
    }
  }

  void ranking() {
    if (links_.empty()) return;
    const auto& first = result_.exercises[links_.front().exercise].exercise;
    const std::string lasts = first.length.empty() ? "" : fmt::format(" (loss of an outage of {})", first.length);
    out_ += "\n" + bold(fmt::format("WEAK LINKS, costliest first{}", lasts), options_.colour) + "\n";
    const std::string money = cut_end(subject_.base.currency, 6);
    Grid grid({{.head = "shock", .number = false, .least = 16},
               {.head = "answer", .number = false},
               {.head = "survives"},
               {.head = "worst week"},
               {.head = "restored"},
               {.head = "late"},
               {.head = "lost"},
               {.head = "loss, " + money},
               {.head = "exposure"}});
    const std::size_t shown = shown_rows(links_.size(), options_);
    for (std::size_t i = 0; i < shown; ++i) {
      const WeakLink& link = links_[i];
      const ExerciseResult& row = result_.exercises[link.exercise];
      const ExerciseResult& window = link.whole_window ? result_.exercises[*link.whole_window] : row;
      grid.add({{.text = name_of(row, false)},
                answer_cell(row),
                time_cell(window.survived, result_.window_days),
                share_cell(row.worst_service),
                time_cell(row.recovered, result_.window_days),
                {.text = short_number(row.late.mean)},
                {.text = short_number(row.lost.mean)},
                number_cell(row.loss),
                {.text = fmt::format("{:.2f}", link.exposure)}});
    }
    out_ += grid.text(options_.width, options_.colour);
    out_ += rest_line(links_.size() - shown);
  }

  // Every length, if there are several.
  void all_exercises() {
    if (!options_.all || result_.exercises.size() == links_.size()) return;
    out_ += "\n" + bold("EXERCISES", options_.colour) + "\n";
    Grid grid({{.head = "exercise", .number = false, .least = 20},
               {.head = "answer", .number = false},
               {.head = "survives"},
               {.head = "worst week"},
               {.head = "restored"},
               {.head = "late"},
               {.head = "lost"},
               {.head = "unit-days"},
               {.head = "loss, " + cut_end(subject_.base.currency, 6)}});
    for (const ExerciseResult& row : result_.exercises) {
      grid.add({{.text = name_of(row, true)},
                answer_cell(row),
                time_cell(row.survived, result_.window_days),
                share_cell(row.worst_service),
                row.exercise.whole_window ? Cell{} : time_cell(row.recovered, result_.window_days),
                {.text = short_number(row.late.mean)},
                {.text = short_number(row.lost.mean)},
                {.text = short_number(row.area.mean)},
                number_cell(row.loss)});
    }
    out_ += grid.text(options_.width, options_.colour);
  }

  void targets() {
    if (!subject_.targets.any()) return;
    const StressTargets& t = subject_.targets;
    std::vector<std::string> words;
    if (t.weekly_service) words.push_back(fmt::format("worst week at least {:g} %", 100 * *t.weekly_service));
    if (t.recovery_days) words.push_back(fmt::format("restored within {:g} d", *t.recovery_days));
    out_ += "\n" +
            bold(fmt::format("TARGETS: {}; in at least {:g} % of the replications", fmt::join(words, ", "),
                             100 * t.probability),
                 options_.colour) +
            "\n";
    Grid grid({{.head = "exercise", .number = false, .least = 20},
               {.head = "answer", .number = false},
               {.head = "P(worst week)"},
               {.head = "P(restored)"},
               {.head = "P(all)"},
               {.head = "verdict", .number = false}});
    const auto text = [](const std::optional<double>& p) { return p ? fmt::format("{:.2f}", *p) : std::string("-"); };
    for (const ExerciseResult& row : result_.exercises) {
      if (row.exercise.whole_window) continue;
      const TargetsMet met = targets_met(t, row);
      const bool missed = met.all < t.probability;
      grid.add({{.text = name_of(row, true)},
                answer_cell(row),
                {.text = text(met.weekly_service)},
                {.text = text(met.recovery)},
                {.text = fmt::format("{:.2f}", met.all), .weak = missed},
                {.text = missed ? "missed" : "met", .weak = missed}});
    }
    out_ += grid.text(options_.width, options_.colour);
  }

  void timelines() {
    bool any = false;
    for (std::size_t e = 0; e < subject_.timelines.size(); ++e) {
      const auto& moments = subject_.timelines[e];
      if (moments.empty()) continue;
      if (!any) out_ += "\n" + bold("TIMELINES, days from the strike", options_.colour) + "\n";
      any = true;
      std::vector<std::string> words;
      for (const experiments::Moment& m : moments) {
        words.push_back(fmt::format("day {:.3g}{} {}", m.day, m.date.empty() ? "" : " (" + m.date + ")", m.words));
      }
      const ExerciseResult& row = result_.exercises[e];
      const char* answer = !both_answers_ ? "" : row.exercise.answers ? ", answered" : ", no answer";
      line(fmt::format("{}{}: {}", name_of(row, true), answer, fmt::join(words, "; ")));
    }
  }

  // How far the costliest shocks spread.
  void spread() {
    if (links_.empty() || !subject_.timelines.empty()) return;
    out_ += "\n" + bold("WHO RUNS SHORT, and after how many days", options_.colour) + "\n";
    const std::size_t shown = std::min<std::size_t>(5, links_.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const ExerciseResult& row = result_.exercises[links_[i].exercise];
      std::vector<std::string> words;
      for (const experiments::SiteEffect& site : row.sites) {
        if (words.size() == 8) break;
        words.push_back(fmt::format("{} {:.3g}{}", subject_.sites[site.site], site.after_days,
                                    site.share < 1 ? fmt::format(" ({:.0f} %)", 100 * site.share) : ""));
      }
      const std::size_t more = row.sites.size() - words.size();
      std::vector<std::string> tiers;
      for (const experiments::TierEffect& tier : row.tiers) {
        tiers.push_back(fmt::format("tier {} after {:.3g}", tier.tier, tier.after_days));
      }
      line(fmt::format("{}: {}{}{}", name_of(row, false),
                       words.empty() ? "nobody" : fmt::format("{}", fmt::join(words, ", ")),
                       more > 0 ? fmt::format(", and {} more", more) : "",
                       tiers.size() > 1 ? fmt::format("; {}", fmt::join(tiers, ", ")) : ""));
    }
  }

  void concentration() {
    std::vector<std::string> single;
    for (const auto& row : subject_.concentration) {
      if (row.suppliers == 1) single.push_back(subject_.items[row.item]);
    }
    if (subject_.concentration.empty()) return;
    const std::size_t all = subject_.concentration.size(), n = single.size();
    if (single.size() > 8) {
      single.resize(8);
      single.push_back("...");
    }
    out_ += "\n";
    line(fmt::format("single sources: {} of {} bought items{}{}", n, all, n > 0 ? ": " : "", fmt::join(single, ", ")));
  }

  void foot() {
    out_ += "\n";
    line(fmt::format("{} events, {} wall, {} CPU", short_number(static_cast<double>(result_.events)),
                     seconds_text(result_.wall_seconds), seconds_text(result_.cpu_seconds)));
  }

  const StressSubject& subject_;
  const Stressed& result_;
  TableOptions options_;
  std::vector<WeakLink> links_;
  bool both_answers_ = false;
  std::string out_;
};

}  // namespace

std::string stress_table(const StressSubject& subject, const Stressed& result, const TableOptions& options) {
  return Page(subject, result, options).text();
}

}  // namespace tierworks::report
