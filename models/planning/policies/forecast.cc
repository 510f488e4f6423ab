#include "models/planning/policies/forecast.h"

#include <algorithm>
#include <cstdint>

namespace tierworks::planning {

namespace {

// An index that lies in memory beside what it points at.
std::size_t index_in(double slot) { return static_cast<std::size_t>(static_cast<std::int64_t>(slot)); }

}  // namespace

// memory: the oldest one's index, then the window.
void MovingAverage::start(Memory memory, const FirstGuess& first) const {
  std::fill(memory.begin(), memory.end(), first.per_period);
  memory[0] = 0;
}

void MovingAverage::observe(Memory memory, double demand) const {
  const std::size_t oldest = index_in(memory[0]);
  memory[1 + oldest] = demand;
  memory[0] = static_cast<double>((oldest + 1) % window);
}

double MovingAverage::ahead(ConstMemory memory, double periods) const {
  double sum = 0;
  for (std::size_t i = 1; i <= window; ++i) sum += memory[i];
  return periods * sum / static_cast<double>(window);
}

// memory: level, trend, index of the season's next period, then the season.
void HoltWinters::start(Memory memory, const FirstGuess& first) const {
  std::fill(memory.begin(), memory.end(), 0.0);
  memory[0] = first.per_period;
}

void HoltWinters::observe(Memory memory, double demand) const {
  const std::size_t next = index_in(memory[2]);
  double& seasonal = memory[3 + next];
  const double before = memory[0];
  memory[0] = level * (demand - seasonal) + (1 - level) * (before + memory[1]);
  memory[1] = trend * (memory[0] - before) + (1 - trend) * memory[1];
  seasonal = season * (demand - memory[0]) + (1 - season) * seasonal;
  memory[2] = static_cast<double>((next + 1) % periods);
}

double HoltWinters::ahead(ConstMemory memory, double periods_ahead) const {
  const std::size_t next = index_in(memory[2]);
  double sum = 0;
  for (std::size_t j = 0; static_cast<double>(j) < periods_ahead; ++j) {
    const double part = std::min(1.0, periods_ahead - static_cast<double>(j));
    const double forecast = memory[0] + static_cast<double>(j + 1) * memory[1] + memory[3 + (next + j) % periods];
    sum += part * std::max(0.0, forecast);
  }
  return sum;
}

// memory: size, interval, periods since the last demand.
void Croston::start(Memory memory, const FirstGuess& first) const {
  memory[1] = std::max(1.0, first.orders_per_period > 0 ? 1 / first.orders_per_period : 1.0);
  memory[0] = first.per_period * memory[1];
  memory[2] = 1;
}

void Croston::observe(Memory memory, double demand) const {
  if (!(demand > 0)) {
    memory[2] += 1;
    return;
  }
  memory[0] += level * (demand - memory[0]);
  memory[1] += level * (memory[2] - memory[1]);
  memory[2] = 1;
}

double Croston::ahead(ConstMemory memory, double periods) const {
  return periods * (corrected ? 1 - level / 2 : 1.0) * memory[0] / memory[1];
}

// memory: size, chance.
void Tsb::start(Memory memory, const FirstGuess& first) const {
  memory[1] = std::min(1.0, first.orders_per_period);
  memory[0] = memory[1] > 0 ? first.per_period / memory[1] : 0;
}

void Tsb::observe(Memory memory, double demand) const {
  const bool asked = demand > 0;
  if (asked) memory[0] += size * (demand - memory[0]);
  memory[1] += chance * ((asked ? 1.0 : 0.0) - memory[1]);
}

// memory: the rest, then what each of the others says.
void Told::start(Memory memory, const FirstGuess& first) const {
  std::fill(memory.begin(), memory.end(), 0.0);
  memory[0] = first.per_period;
}

double Told::ahead(ConstMemory memory, double periods) const {
  double sum = 0;
  for (const double part : memory) sum += part;
  return periods * sum;
}

}  // namespace tierworks::planning
