// What a shock did, from two runs under the same randomness: one with it and its undisturbed twin.
#pragma once
#include <vector>

#include "models/world/model.h"
#include "models/world/service.h"

namespace tierworks::experiments {

// A change of running sums of a run: units that were late or lost so far, units overdue, and what those are sold for.
struct Change {
  core::Instant at;
  double harm = 0;
  double overdue = 0;
  double value = 0;
};

struct OutcomeRules {
  core::Instant struck;
  core::Instant end;                // of the run
  double band_share = 0.01;         // of a week's demand of the twin
  std::vector<double> short_units;  // by stock: when so many more wait for it than in the twin, its site runs short
  std::vector<double> prices;       // by stream: money a unit, as without any disruption
};

// What one run leaves for its outcome; its memory serves one run after the other.
struct Trace {
  std::vector<Change> changes;  // by rising time
  double late = 0, lost = 0;    // units
  std::vector<double>
      harmed;  // units late or lost of what was due in each whole week after the strike, or the last part
  std::vector<double> demanded;  // units, all together, at the strike and at the end of each week after it
  std::vector<double> waiting;  // at the strike and at the end of each day after it, by stock, one day behind the other
  double profit = 0;            // money, of the measured run

  void clear();
  // Once `demanded` is whole.
  void add(const std::vector<world::Unserved>& rows, const OutcomeRules& rules);
};

struct SiteHit {
  std::uint32_t site = 0;
  double after_days = 0;  // from the strike, when it first ran short of something there
};

// Times in days from the strike, NaN if not before the end of the run.
struct Outcome {
  double survived = 0;   // until late and lost units exceed the twin's by the band
  double recovered = 0;  // until the last instant at which they still grew beyond the band, or extra units were overdue
  double service_drop = 0;     // of the worst week, share of its demand
  double worst_service = 0;    // share of the demand of the worst week that came in time
  double late = 0, lost = 0;   // units more than the twin's
  double area = 0;             // unit-days overdue more than the twin's
  double area_value = 0;       // the same in money-days, at the price of each unit
  double loss = 0;             // money: profit of the twin - profit, and the price of answers
  double usual_profit = 0;     // money: of the twin, in the measured run
  std::vector<SiteHit> sites;  // by rising delay
};

Outcome outcome_of(const world::Model& model, const Trace& shaken, const Trace& twin, const OutcomeRules& rules);

}  // namespace tierworks::experiments
