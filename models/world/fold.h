// What the rooms' tallies add up to, scope by scope, at the end of a run: the sums on which KPIs are formulas.
// Invariant: each scope adds its entities in the same order, whatever other scopes are folded. Cost: one pass over the
// entities; a row of sums for each scope, or for the one that is asked for.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "models/world/engine.h"
#include "models/world/sums.h"

namespace tierworks::world {

inline constexpr std::uint32_t kNoScope = 0xffffffffU;

// The scopes that an entity counts in.
using Scopes = std::array<std::uint32_t, 6>;
inline constexpr std::size_t kWorldOfStream = 0, kRegionOfStream = 1, kItemOfStream = 3, kClassOfStream = 5;

constexpr Scopes no_scopes() { return {kNoScope, kNoScope, kNoScope, kNoScope, kNoScope, kNoScope}; }

// What stands for customers' orders of a stream that have not ended.
struct OpenOrders {
  double overdue = 0;
  double promises_past = 0;
  demand::WaitingUnits waiting;
};

class Fold {
 public:
  // Of so many scopes; `only`: of this one alone.
  Fold(const Model& model, const Engine& engine, const common::RunSettings& settings, std::size_t scopes,
       std::optional<std::uint32_t> only = std::nullopt);

  void stock(common::StockId id, const Scopes& scopes);
  void source(common::SourceId id, const Scopes& scopes, std::uint32_t lane, common::Integral unit_ticks);
  void product(common::ProductId id, const Scopes& scopes, const Scopes& line);
  void line(common::LineId id, const Scopes& scopes);
  void stream(common::StreamId id, const Scopes& scopes, const OpenOrders& open);
  // What the energy of a site's shop floor cost: the site's, and that of the world, which is scope 0.
  void energy(double cost, std::uint32_t site);
  // What answers to disruptions cost the world.
  void answers();

  Sums& at(std::uint32_t scope) { return sums_[only_ ? 0 : scope]; }
  core::Instant end() const { return end_; }

 private:
  bool counts(std::uint32_t scope) const { return scope != kNoScope && (!only_ || *only_ == scope); }
  template <class F>
  void each(const Scopes& scopes, F&& add) {
    for (const std::uint32_t s : scopes) {
      if (counts(s)) add(at(s));
    }
  }
  double average(const core::TimeWeighted& level) const;
  void lead_times(std::uint32_t scope, const core::PagedHistogram& histogram);

  const Model& model_;
  const Engine& engine_;
  std::optional<std::uint32_t> only_;
  core::Instant end_;
  double ticks_ = 0;
  std::vector<Sums> sums_;
  std::vector<std::unique_ptr<core::LogHistogram>> lead_times_;
};

// Orders of customers that are not delivered whole at the end: those that still wait, and those that are on their way to
// the customer. They are overdue if their allowance has passed.
std::vector<OpenOrders> open_orders(const Model& model, const Engine& engine, core::Instant measure_from,
                                    core::Instant end);

// Unit-ticks on the way by source: of what has arrived, and of what is still under way.
std::vector<common::Integral> transit(const Engine& engine, core::Instant measure_from, core::Instant end);

}  // namespace tierworks::world
