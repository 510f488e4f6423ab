// Dispatching rules: which of the lots that wait for a work centre is taken first. Each is a pure function of what a planner
// sees of a lot; the lot with the least value goes first. Formulas as in Panwalkar & Iskander, "A survey of scheduling
// rules", Operations Research 25 (1977), and where a rule is younger, its source stands beside it.
// Rules that do not look at the clock or at other queues are static: a lot's value is computed once, when it comes to the
// queue, and a queue of n lots costs log n a dispatch. All others are computed for each waiting lot at each dispatch.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/math.h"

namespace tierworks::factory {

enum class Rule : std::uint8_t {
  fifo,   // arrival at this queue
  fasfs,  // arrival in the system
  edd,    // due date
  odd,    // operation due date: the allowance split in proportion to process times
  spt,    // shortest process time
  lpt,    // longest process time
  srpt,   // least work remaining, the imminent operation with it
  mwkr,   // most work remaining
  mopnr,  // most operations remaining
  slack,  // due date - now - work remaining
  slack_per_operation,
  cr,               // critical ratio: (due date - now) / work remaining
  cr_spt,           // p max(1, critical ratio)
  mdd,              // modified due date: max(work remaining + now, due date); Baker & Bertrand (1982)
  mod,              // modified operation due date: max(p + now, operation due date); Baker & Kanet (1983)
  wmod,             // max(p, operation due date - now) / weight
  winq,             // work waiting in the queue of the next operation
  pt_winq,          // p + WINQ; Holthaus & Rajendran (1997)
  pt_winq_sl,       // p + WINQ + min(slack, 0)
  two_pt_winq_npt,  // 2 p + WINQ + next process time
  atc,              // apparent tardiness cost; Vepsalainen & Morton (1987)
  covert,           // cost over time; Carroll (1965)
  random,           // a draw of the lot and its step
  sst,              // shortest set-up that the machine would need for the lot
  masp,             // (set-up + work of the lots that it serves) / their number: mean with set-up of a family
  wbpt,             // set-up / lots that it serves + p
  atcs,             // atc, less by the set-up; Lee, Bhaskaran & Pinedo (1997)
  batcs,            // atcs, less by the room that a batch would leave; Mason, Fowler & Carlyle (2002)
  formula,          // the user's own
};

// Names in scenarios and reports, small letters, and synonyms (`lwkr` is `srpt`); a rule's first name is the one that is shown.
struct RuleName {
  std::string_view name;
  Rule rule;
};
inline constexpr std::array kRuleNames{
    RuleName{"fifo", Rule::fifo},
    RuleName{"fasfs", Rule::fasfs},
    RuleName{"edd", Rule::edd},
    RuleName{"odd", Rule::odd},
    RuleName{"spt", Rule::spt},
    RuleName{"lpt", Rule::lpt},
    RuleName{"srpt", Rule::srpt},
    RuleName{"lwkr", Rule::srpt},
    RuleName{"mwkr", Rule::mwkr},
    RuleName{"mopnr", Rule::mopnr},
    RuleName{"slack", Rule::slack},
    RuleName{"s/opn", Rule::slack_per_operation},
    RuleName{"sopn", Rule::slack_per_operation},
    RuleName{"cr", Rule::cr},
    RuleName{"cr+spt", Rule::cr_spt},
    RuleName{"mdd", Rule::mdd},
    RuleName{"mod", Rule::mod},
    RuleName{"wmod", Rule::wmod},
    RuleName{"winq", Rule::winq},
    RuleName{"pt+winq", Rule::pt_winq},
    RuleName{"pt+winq+sl", Rule::pt_winq_sl},
    RuleName{"2pt+winq+npt", Rule::two_pt_winq_npt},
    RuleName{"atc", Rule::atc},
    RuleName{"covert", Rule::covert},
    RuleName{"random", Rule::random},
    RuleName{"sst", Rule::sst},
    RuleName{"masp", Rule::masp},
    RuleName{"wbpt", Rule::wbpt},
    RuleName{"atcs", Rule::atcs},
    RuleName{"batcs", Rule::batcs},
};
constexpr std::string_view name_of(Rule rule) {
  for (const RuleName& known : kRuleNames) {
    if (known.rule == rule) return known.name;
  }
  return {};
}
// The rules with a parameter k, and those with a second one, k2.
constexpr bool has_second_parameter(Rule rule) { return rule == Rule::atcs || rule == Rule::batcs; }
constexpr bool has_parameter(Rule rule) {
  return rule == Rule::atc || rule == Rule::covert || has_second_parameter(rule);
}
// The rules that look at the set-up or the batch that a machine would have to make: a lot's value differs by machine.
constexpr bool looks_at_machine(Rule rule) {
  return rule == Rule::sst || rule == Rule::masp || rule == Rule::wbpt || has_second_parameter(rule);
}

// The rules that look at the operation behind the imminent one.
constexpr bool looks_ahead(Rule rule) {
  return rule == Rule::winq || rule == Rule::pt_winq || rule == Rule::pt_winq_sl || rule == Rule::two_pt_winq_npt ||
         rule == Rule::formula;
}

// The value of a lot does not change while it waits, and it depends on nothing but the lot.
bool is_static(Rule rule);

// What a rule sees. Times in ticks; instants in ticks since the start.
struct LotView {
  double now = 0;
  double arrived = 0;       // at this queue
  double released = 0;      // into the factory
  double process_time = 0;  // p: of the imminent operation
  double work_left = 0;     // R: of all operations still to do, the imminent one with them
  double operations_left = 0;
  double due = 0;            // d
  double operation_due = 0;  // delta
  double weight = 1;
  double queue_mean = 0;       // p averaged over the queue
  double next_queue_work = 0;  // WINQ
  double next_process_time = 0;
  double random = 0;  // in (0, 1)
  double pieces = 1;
  // At a machine:
  double setup = 0;                         // s: that it would need
  double setup_mean = 0;                    // s averaged over the queue
  double family_lots = 1, family_work = 0;  // that wait and need the same set-up
  double batch = 1;                         // of a full one, that could start
};

// The names of a formula, in the order of their values; times in hours, instants since the start.
inline constexpr std::array<std::string_view, 17> kFormulaNames{
    "t", "p", "R", "n", "d", "delta", "w", "s", "pbar", "sbar", "WINQ", "NPT", "k", "a", "r", "pieces", "b"};
inline constexpr std::size_t kFormulaDue = 4, kFormulaOperationDue = 5, kFormulaSetup = 7, kFormulaSetupMean = 9,
                             kFormulaBatch = 16;
static_assert(kFormulaNames[kFormulaDue] == "d" && kFormulaNames[kFormulaOperationDue] == "delta" &&
              kFormulaNames[kFormulaSetup] == "s" && kFormulaNames[kFormulaSetupMean] == "sbar" &&
              kFormulaNames[kFormulaBatch] == "b");

struct RuleParameters {
  double k = 2;   // atc, covert: how far ahead lateness is felt, in mean process times, or in waits
  double k2 = 1;  // atcs, batcs: in mean set-ups
};

// Whether a rank list looks at the set-up that a lot would need: at whether it needs one, or at how long it takes.
enum class SetupKey : std::uint8_t { none, avoid, least };

// A ratio to work or time of which there may be none: a tick stands for nothing.
inline double at_least_a_tick(double ticks) { return std::max(ticks, 1.0); }

// `atc` over one queue: what all of its lots share is worked out once. A value is at least -urgency, so that the exponential
// is needed only of lots that this lets win.
struct Atc {
  double now;
  double reach;  // k times the mean process time
  Atc(double at, double k, double queue_mean) : now(at), reach(k * at_least_a_tick(queue_mean)) {}
  static double urgency(double weight, double process_time) { return weight / at_least_a_tick(process_time); }
  double value(double process_time, double operation_due, double urgency) const {
    const double ahead = std::max(operation_due - now - process_time, 0.0);
    return ahead == 0 ? -urgency : -urgency * core::det_exp(-ahead / reach);
  }
};

// The least goes first. Of `formula` there is none here.
double value_of(Rule rule, const RuleParameters& parameters, const LotView& lot);
std::array<double, kFormulaNames.size()> formula_values(const RuleParameters& parameters, const LotView& lot);

}  // namespace tierworks::factory
