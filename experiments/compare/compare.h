// Several scenarios or policies under common random numbers: all variants run the same replications of the same seed, so that
// their differences, taken pair by pair, are known better than their means.
// Replications are shared out over (variant, replication) and folded in order; the numbers do not depend on the threads.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/stats/interval.h"
#include "experiments/compare/effects.h"
#include "models/world/result.h"
#include "models/world/simulate.h"

namespace tierworks::experiments {

struct KpiAt {
  std::string kpi;
  std::string scope = "world";
};

struct Variant {
  std::string name;
  const world::Model* model = nullptr;
  std::vector<std::string> levels{};  // by CompareOptions::factors: what it takes of each
};

// The smallest difference of the deciding KPI that matters: so much, or such a share of the base's mean after the first stage.
struct Indifference {
  double amount = 0;
  bool of_base = false;
};

struct CompareOptions {
  KpiAt decide_on{"total_cost"};
  std::size_t base = 0;
  std::size_t replications = 10;  // of each variant; with a precision or an indifference: the first stage, at least 2
  std::size_t most = 1000;        // with either of them
  // With a precision, a variant goes on until its difference from the base is known to this share of the base's mean. With an
  // indifference, it goes on until it has left the race for the best (KN), or has won it. With both, until either.
  std::optional<double> precision;
  std::optional<Indifference> indifference;
  // Instead of both: so many replications of all variants together, at least the first stage of each, shared out by OCBA.
  std::optional<std::size_t> budget;
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;
  std::size_t threads = 1;
  double confidence = 0.95;
  // Means and differences are those left when what chance brought is taken off (core/stats/control_variates.h). Not with an
  // indifference or a budget, whose procedures count on samples as they are drawn.
  bool control_variates = false;
  std::vector<std::string> factors;            // of a full grid: what was varied
  std::optional<std::array<KpiAt, 2>> pareto;  // mark the variants that no other one beats on both
  std::vector<KpiAt> keep;                     // KPIs of other scopes than the whole world that the result shall hold
  bool all_scopes = false;  // keep every KPI that all variants have, not only those of the whole world
  std::function<void(std::size_t done, std::size_t planned)> progress;  // runs; called from any thread, one at a time
  const std::atomic<bool>* stop = nullptr;                              // ends the experiment at the next run
};

// What two variants saw of their customers in the same replications, counted by whole streams: the orders of a stream count
// as identical only if all of that stream are.
struct SharedOrders {
  std::uint64_t orders = 0;         // that one or the other saw (the larger number, stream by stream)
  std::uint64_t same_instants = 0;  // of them, in streams whose orders all came at the same instants
  std::uint64_t identical = 0;      // of them, in streams whose orders all had the same sizes, too
};

struct ComparedVariant {
  std::string name;
  std::vector<std::string> levels;
  std::size_t replications = 0;
  std::vector<core::Interval> kpis;         // by Compared::rows
  std::vector<core::Interval> plain;        // likewise, without control variates; empty if they were not asked for
  std::vector<core::Interval> differences;  // from the base, pair by pair, each at Compared::each_confidence
  double probability_best = 0;              // on the deciding KPI, by bootstrap over replications
  double variance_ratio = 0;                // of the deciding KPI: apart / paired, from the base
  SharedOrders shared;                      // with the base
  bool in_race = true;                      // not known to be worse than another one
  bool on_front = false;                    // no other one beats it on both KPIs, by their means
  std::uint64_t events = 0;
  std::vector<std::pair<world::Outcome, std::size_t>> outcomes;  // only those not complete
};

enum class Race : std::uint8_t {
  none,        // no indifference was given
  decided,     // the one in the race is the best, at the confidence asked for
  undecided,   // ended before that was known
  impossible,  // the indifference is a share of a mean that is 0, or the deciding KPI has no value
};

struct Compared {
  std::vector<world::KpiRow> rows;                   // that all variants have
  std::size_t decisive = 0;                          // the row that decides
  std::optional<std::array<std::size_t, 2>> pareto;  // rows
  std::vector<ComparedVariant> variants;
  std::size_t base = 0;
  std::size_t best = 0;           // the one left in the race, else the one of the best mean
  double confidence = 0.95;       // of each mean, and of all differences of one KPI together
  double each_confidence = 0.95;  // of each difference (Bonferroni)
  Race race = Race::none;
  double indifference = 0;  // in the unit of the KPI
  std::size_t budget = 0;   // replications of all variants, shared out by OCBA; 0: not asked for
  bool precise = true;      // false if a precision was asked for and not reached
  std::vector<Effect> effects;
  std::vector<std::string> factors;
  std::vector<std::string> controls;  // control variates that vary in some variant, in words
  std::uint64_t seed = 1;
  std::size_t asked = 0;  // replications planned for those that ran the most
  bool stopped = false;
  std::size_t threads = 1;
  std::uint64_t fingerprint = 0;
  double wall_seconds = 0, cpu_seconds = 0;
};

// Why these variants cannot be compared, in words with a remedy; "" if they can.
std::string why_not(const std::vector<Variant>& variants, const CompareOptions& options);

// The rows of the base that all others have, and that are wanted; `index` gets where each variant keeps them.
std::vector<world::KpiRow> common_rows(const std::vector<const std::vector<world::KpiRow>*>& own,
                                       const CompareOptions& options, std::vector<std::vector<std::size_t>>& index);

// The row of a KPI; rows.size() if there is none.
std::size_t row_of(const std::vector<world::KpiRow>& rows, const KpiAt& wanted);

// Requires that they can. `variants` of the result is empty if not one replication of all of them came to its end.
Compared compare(const std::vector<Variant>& variants, const CompareOptions& options);

}  // namespace tierworks::experiments
