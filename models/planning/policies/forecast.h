// Forecasts of demand per period (a bucket: one review): small pure values that hold the method's constants. What a method
// remembers lies in a flat span of doubles that its caller keeps, `memory_size()` of them, and nothing is allocated.
//   start(memory, first)        before any demand; `first` says what is expected
//   observe(memory, demand)     the demand of the period that has just ended
//   ahead(memory, periods)      forecast of all demand in the next `periods`, which may be a fraction: of its last period
//                               that part
// Sources: Silver, Pyke & Thomas (2017), Inventory and Production Management in Supply Chains, 4th ed., ch. 3; Croston
// (1972), Operational Research Quarterly 23; Syntetos & Boylan (2005), Int. J. of Forecasting 21; Teunter, Syntetos & Babai
// (2011), European J. of Operational Research 214; Winters (1960), Management Science 6.
// Deterministic: IEEE operations only. Cost: constant, but `ahead` of Holt-Winters is linear in the periods.
#pragma once
#include <concepts>
#include <cstddef>
#include <span>
#include <variant>

namespace tierworks::planning {

using Memory = std::span<double>;
using ConstMemory = std::span<const double>;

// What is expected before there is any history.
struct FirstGuess {
  double per_period = 0;         // mean demand
  double orders_per_period = 1;  // how often something is asked for
};

// F = (d_t + ... + d_{t-n+1}) / n
struct MovingAverage {
  std::size_t window = 1;  // n
  std::size_t memory_size() const { return window + 1; }
  void start(Memory memory, const FirstGuess& first) const;
  void observe(Memory memory, double demand) const;
  double ahead(ConstMemory memory, double periods) const;
};

// F_t = a d_t + (1 - a) F_{t-1}
struct Smoothing {
  double level = 0.1;  // a
  std::size_t memory_size() const { return 1; }
  void start(Memory memory, const FirstGuess& first) const { memory[0] = first.per_period; }
  void observe(Memory memory, double demand) const { memory[0] += level * (demand - memory[0]); }
  double ahead(ConstMemory memory, double periods) const { return periods * memory[0]; }
};

// Additive Holt-Winters, a season of m periods:
//   l_t = a (d_t - s_{t-m}) + (1 - a) (l_{t-1} + b_{t-1})
//   b_t = b (l_t - l_{t-1}) + (1 - b) b_{t-1}
//   s_t = c (d_t - l_t) + (1 - c) s_{t-m}
//   forecast j periods ahead: l_t + j b_t + s_{t-m+j}, not below 0
struct HoltWinters {
  double level = 0.1, trend = 0.1, season = 0.1;
  std::size_t periods = 1;  // m
  std::size_t memory_size() const { return periods + 3; }
  void start(Memory memory, const FirstGuess& first) const;
  void observe(Memory memory, double demand) const;
  double ahead(ConstMemory memory, double periods_ahead) const;
};

// Croston: sizes z and intervals p of the periods with demand are smoothed apart; F = z / p.
//   if d_t > 0: z = z + a (d_t - z), p = p + a (q - p), q periods since the last demand
// Unbiased to first order with the factor 1 - a / 2 of Syntetos & Boylan (SBA).
struct Croston {
  double level = 0.1;  // a
  bool corrected = false;
  std::size_t memory_size() const { return 3; }
  void start(Memory memory, const FirstGuess& first) const;
  void observe(Memory memory, double demand) const;
  double ahead(ConstMemory memory, double periods) const;
};

// Teunter, Syntetos & Babai: the chance p of a demand is smoothed every period, so that what nobody orders fades; F = p z.
//   p = p + b ([d_t > 0] - p); if d_t > 0: z = z + a (d_t - z)
struct Tsb {
  double size = 0.1, chance = 0.1;  // a, b
  std::size_t memory_size() const { return 2; }
  void start(Memory memory, const FirstGuess& first) const;
  void observe(Memory memory, double demand) const;
  double ahead(ConstMemory memory, double periods) const { return periods * memory[0] * memory[1]; }
};

// What others say that they expect, instead of a history of one's own: of each of them the latest, and the rest at its mean.
struct Told {
  std::size_t by = 0;  // others
  std::size_t memory_size() const { return by + 1; }
  void start(Memory memory, const FirstGuess& first) const;
  void observe(Memory, double) const {}
  double ahead(ConstMemory memory, double periods) const;
};

template <class M>
concept ForecastMethod = requires(const M m, Memory memory, ConstMemory read, const FirstGuess& first) {
  { m.memory_size() } -> std::same_as<std::size_t>;
  m.start(memory, first);
  m.observe(memory, 1.0);
  { m.ahead(read, 1.0) } -> std::same_as<double>;
};
static_assert(ForecastMethod<MovingAverage> && ForecastMethod<Smoothing> && ForecastMethod<HoltWinters> &&
              ForecastMethod<Croston> && ForecastMethod<Tsb> && ForecastMethod<Told>);

using Forecast = std::variant<MovingAverage, Smoothing, HoltWinters, Croston, Tsb, Told>;

}  // namespace tierworks::planning
