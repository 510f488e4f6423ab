#include "experiments/replicate/plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/event/kernel.h"
#include "models/world/message_links.h"

namespace tierworks::experiments {

namespace {

// What a partitioned run must be expected to gain before it is chosen: the estimate is a rough one.
constexpr double kWorthwhile = 1.2;

std::string duration_words(std::int64_t ticks) {
  const double seconds = static_cast<double>(ticks) / static_cast<double>(core::kSecond.ticks);
  if (seconds >= 86400) return fmt::format("{:.3g} d", seconds / 86400);
  if (seconds >= 3600) return fmt::format("{:.3g} h", seconds / 3600);
  if (seconds >= 60) return fmt::format("{:.3g} min", seconds / 60);
  return fmt::format("{:.3g} s", seconds);
}

std::string split_words(const core::Partitioning& split, const core::PlaceGraph& graph) {
  if (split.lookahead == core::kNoLimit) return fmt::format("{} partitions that exchange nothing", split.parts);
  double load = 0;
  for (const double l : graph.load) load += l;
  const double window = load * static_cast<double>(split.lookahead) / static_cast<double>(core::kDay.ticks);
  return fmt::format(
      "{} partitions with a lookahead of {} ({:.3g} events expected in such a window, the heaviest {:.2f} times the "
      "mean, "
      "{:.0f} % of the messages cross)",
      split.parts, duration_words(split.lookahead), window, split.balance, 100 * split.cut);
}

void use(Plan& plan, const core::Partitioning& split) {
  plan.run.parts = split.parts;
  plan.run.part_of = split.part_of;
  plan.run.lookahead = {std::min(split.lookahead, core::kLastInstant.ticks)};
}

const char* are(std::size_t n) { return n == 1 ? "" : "s"; }

}  // namespace

Plan plan(const world::Model& model, const PlanWish& wish) {
  Plan plan;
  plan.side_by_side = std::max<std::size_t>(1, std::min(wish.threads, wish.replications));
  plan.run.event_set = wish.event_set;
  const std::size_t threads_each = std::max<std::size_t>(1, wish.threads / plan.side_by_side);
  const std::string shared = fmt::format("{} replication{} on {} thread{}", wish.replications, are(wish.replications),
                                         wish.threads, are(wish.threads));
  if (wish.partitions == 1 || (wish.partitions == 0 && threads_each == 1)) {
    plan.words = fmt::format("{}, each in one partition", shared);
    return plan;
  }
  const core::PlaceGraph graph = world::place_graph(model);
  if (wish.partitions > 1) {
    const std::uint32_t wanted = std::min(wish.partitions, core::Kernel::kMostParts);
    core::Partitioning split = core::best_partition(graph, wanted);
    if (split.parts < wanted) split = core::partition(graph, wanted);
    if (split.parts <= 1) {
      plan.words = fmt::format("{}, each in one partition: no place can be parted from the others", shared);
      return plan;
    }
    use(plan, split);
    plan.run.threads = std::min<std::size_t>(threads_each, split.parts);
    plan.words = fmt::format("{}, each in {}", shared, split_words(split, graph));
    return plan;
  }
  const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(threads_each, core::Kernel::kMostParts));
  const core::Partitioning split = core::best_partition(graph, most);
  const double gain = std::min(core::estimated_speedup(split, graph), static_cast<double>(most));
  if (split.parts <= 1 || gain < kWorthwhile) {
    plan.words = split.parts <= 1
                     ? fmt::format("{}, each in one partition: no place can be parted from the others", shared)
                     : fmt::format("{}, each in one partition: {:.2f} times the speed expected of {}", shared, gain,
                                   split_words(split, graph));
    return plan;
  }
  use(plan, split);
  plan.run.threads = std::min<std::size_t>(threads_each, split.parts);
  plan.words = fmt::format("{}, each in {}: {:.2f} times the speed expected", shared, split_words(split, graph), gain);
  return plan;
}

}  // namespace tierworks::experiments
