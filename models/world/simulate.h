// One run of a compiled model. A Simulation keeps its memory from run to run; give each thread its own.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "models/world/model.h"
#include "models/world/result.h"

namespace tierworks::world {

// The rows that every run of the model fills, in a fixed order.
std::vector<KpiRow> kpi_rows(const Model& model);

class Simulation {
 public:
  explicit Simulation(const Model& model);
  ~Simulation();
  Simulation(Simulation&&) noexcept;

  // Throws core::Broken if the run breaks one of our own laws (conservation of goods among them): our bug.
  RunResult run(std::uint64_t seed, std::uint32_t replication);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tierworks::world
