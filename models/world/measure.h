// From the rooms' tallies to KPI values: sums by scope first, then each KPI's formula on the sums of its scope, so that a
// KPI means the same at every scope. Cost: one pass over the state at the end of a run.
#pragma once
#include <memory>
#include <vector>

#include "models/world/engine.h"
#include "models/world/result.h"

namespace tierworks::world {

class Measure {
 public:
  explicit Measure(const Model& model);
  ~Measure();
  Measure(Measure&&) noexcept;

  const std::vector<KpiRow>& rows() const;
  // One value for each row, from a run that has reached its end.
  std::vector<double> values(const Engine& engine, const common::RunSettings& settings) const;
  // Likewise of one row alone, that is not of a shop floor: the same number, for less.
  double value(const Engine& engine, const common::RunSettings& settings, std::size_t row) const;
  // Customers ordered in the measured time and nothing was shipped to anybody.
  bool starved(const Engine& engine) const;

 private:
  struct Layout;
  std::unique_ptr<Layout> layout_;
};

}  // namespace tierworks::world
