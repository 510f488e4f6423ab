// Selecting the best of several systems: the sequential procedure KN (Kim and Nelson, "A fully sequential procedure for
// indifference-zone selection in simulation", ACM TOMACS 11(3), 2001, with c = 1). Replications come one by one, and a system
// leaves the race as soon as another one is sure to be better. With at least the stated confidence the one that is left is
// the best, if the best is better than the second by at least the indifference; else it is within the indifference of the best.
// Holds for samples that are normal and independent from replication to replication; between systems they may share their
// randomness, and then it ends sooner.
// For results, never for state. Cost: systems^2 numbers, and as many comparisons a replication.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace tierworks::core {

class KimNelson {
 public:
  // Requires 1 - confidence < (systems - 1) / 2, indifference > 0 and first >= 2, the replications after which systems may leave.
  KimNelson(std::size_t systems, double confidence, double indifference, std::size_t first, bool more_is_better);

  // One value for each system, of the next replication; those of systems that have left are not looked at.
  void add(std::span<const double> values);

  bool decided() const { return decided_; }
  bool in_race(std::size_t system) const { return in_race_[system]; }
  std::size_t left() const;  // in the race
  // Once it is decided; before, the best so far.
  std::size_t best() const;
  std::size_t replications() const { return replications_; }
  // The constant h^2 = 2 eta (first - 1) of the procedure.
  double h_squared() const { return h_squared_; }

 private:
  void screen();
  double& variance(std::size_t a, std::size_t b) { return variances_[a * sums_.size() + b]; }

  double indifference_;
  double h_squared_;
  std::size_t first_;
  double sign_;
  std::size_t replications_ = 0;
  std::size_t last_ = 0;  // the replication that decides at the latest
  bool decided_ = false;
  std::vector<double> sums_;
  std::vector<double> first_values_;  // replication by replication
  std::vector<double> variances_;     // of the differences of two systems, from the first replications
  std::vector<bool> in_race_;
};

}  // namespace tierworks::core
