// Which measures to buy within a budget, so that the shocks of a stress test cost least: all affordable sets if they are few,
// else greedily, the best saving per money first, looking at single measures and at pairs of them, because a second source may be
// worth nothing without the stock that bridges the time until it delivers. Sets are worked out once each.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/stats/interval.h"

namespace tierworks::experiments {

struct Measure {
  std::string name;
  double price = 0;  // money, for the years that count
};

// By measure: bought or not.
using MeasureSet = std::vector<bool>;

// What the shocks cost with a set of measures.
struct SetLoss {
  std::vector<std::vector<double>> loss;  // money, by shock and replication
  std::vector<double> usual_profit;       // money in the measured run without a shock, by replication
};

// How often a shock is expected in a year; both 0: nobody says.
struct ShockFrequency {
  double least = 0, most = 0;
};

struct ReinforceOptions {
  std::vector<Measure> measures;
  std::vector<ShockFrequency> per_year;  // by shock
  double budget = 0;
  double confidence = 0.95;
  std::size_t most_sets = 128;  // up to so many affordable sets all of them are tried
  // Of sets that are tried together, so that they can share what they have in common; fewer if it was stopped.
  std::function<std::vector<SetLoss>(const std::vector<MeasureSet>&)> evaluate;
  std::function<bool()> stopped;
};

struct TriedSet {
  MeasureSet bought;
  double price = 0;
  double goal = 0;           // what is made small: expected loss a year, else the loss of the worst shock
  std::vector<double> loss;  // mean, by shock
  std::size_t worst = 0;     // shock of the greatest mean loss
  core::Interval saved;      // goal of buying nothing - goal, replication by replication
  double forgone = 0;        // money in the measured run: usual profit of buying nothing - of this set
};

struct Reinforced {
  bool expected = false;  // every shock says how often: the goal is an expected loss a year, at the middle of its range
  bool exact = false;     // all affordable sets were tried
  bool stopped = false;
  std::vector<TriedSet> tried;     // first: nothing
  std::vector<std::size_t> curve;  // of `tried`: each better than all that cost no more, by rising price
  std::size_t best = 0;            // of `tried`
  // Times a year that the worst shock of buying nothing would have to strike for the best set to pay; NaN if it saves nothing.
  double break_even = 0;
};

// Requires a measure that the budget can buy.
Reinforced reinforce(const ReinforceOptions& options);

}  // namespace tierworks::experiments
