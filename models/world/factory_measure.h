// The KPIs of shop floors: by product, site, work centre and machine, and of the world. Like Measure, of which it is a part:
// sums by scope first, then each KPI's formula on the sums of its scope.
#pragma once
#include <memory>
#include <vector>

#include "models/world/engine.h"
#include "models/world/result.h"

namespace tierworks::world {

class FactoryMeasure {
 public:
  explicit FactoryMeasure(const Model& model);
  ~FactoryMeasure();

  const std::vector<KpiRow>& rows() const;
  // One value for each row, of what happened since `from`.
  void append_values(const Engine& engine, core::Instant from, core::Instant end, std::vector<double>& values) const;

 private:
  struct Layout;
  std::unique_ptr<Layout> layout_;
};

// Money for what the machines of each shop floor took since measuring began, by place in factory::Model::factories.
std::vector<double> energy_costs(const Model& model, const Engine& engine, core::Instant end);

// Every KPI of shop floors with its scopes, for the reference.
void append_factory_catalogue(std::vector<KpiAtScopes>& catalogue);

}  // namespace tierworks::world
