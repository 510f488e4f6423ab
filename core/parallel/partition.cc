#include "core/parallel/partition.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/check.h"
#include "core/parallel/divide_graph.h"
#include "core/time/time.h"

namespace tierworks::core {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

void check(const PlaceGraph& graph) {
  constexpr std::size_t most = kMostWeight / 2;  // each weighs at least 1
  TIERWORKS_CHECK(graph.places < most && graph.links.size() < most, "more places or links than 2^28");
  TIERWORKS_CHECK(graph.load.size() == graph.places, "not one load for each place");
  for (const double load : graph.load) TIERWORKS_CHECK(load >= 0 && std::isfinite(load), "a load is not a number >= 0");
  for (const PlaceGraph::Link& link : graph.links) {
    TIERWORKS_CHECK(link.a < graph.places && link.b < graph.places, "a link of an unknown place", link.a, link.b);
    TIERWORKS_CHECK(link.lookahead >= 0, "a negative lookahead", link.lookahead);
    TIERWORKS_CHECK(link.traffic >= 0 && std::isfinite(link.traffic), "a traffic is not a number >= 0");
  }
}

// Groups of places that stay together, each named by its first place.
class Groups {
 public:
  explicit Groups(std::size_t places) : parent_(places) { std::iota(parent_.begin(), parent_.end(), std::uint32_t{0}); }
  std::uint32_t of(std::uint32_t place) {
    while (parent_[place] != place) place = parent_[place] = parent_[parent_[place]];
    return place;
  }
  // The names of the group that stays and of the one that ends; equal if it was one already.
  std::pair<std::uint32_t, std::uint32_t> join(std::uint32_t a, std::uint32_t b) {
    const auto [stays, ends] = std::minmax({of(a), of(b)});
    parent_[ends] = stays;
    return {stays, ends};
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Whole numbers >= 1 in proportion to the values, and at most kMostWeight in all.
std::vector<std::int32_t> weights(const std::vector<double>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::vector<std::int32_t> whole(values.size(), 1);
  for (std::size_t i = 0; i < values.size() && sum > 0; ++i) {
    whole[i] += static_cast<std::int32_t>(values[i] / sum * (kMostWeight / 2));
  }
  return whole;
}

WeightedGraph graph_of_groups(const PlaceGraph& graph, const std::vector<std::uint32_t>& group_of, std::size_t groups) {
  WeightedGraph contracted;
  std::vector<double> load(groups, 0.0);
  for (std::size_t place = 0; place < graph.places; ++place) load[group_of[place]] += graph.load[place];
  contracted.load = weights(load);

  struct Edge {
    std::uint32_t a, b;
    double traffic;
  };
  std::vector<Edge> edges;
  for (const PlaceGraph::Link& link : graph.links) {
    const auto [a, b] = std::minmax({group_of[link.a], group_of[link.b]});
    if (a != b) edges.push_back({a, b, link.traffic});
  }
  // Stable, so that the traffic of one pair is always summed in the same order.
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& x, const Edge& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
  std::vector<double> traffic;
  std::size_t kept = 0;
  for (const Edge& edge : edges) {
    if (kept > 0 && edges[kept - 1].a == edge.a && edges[kept - 1].b == edge.b) {
      traffic.back() += edge.traffic;
    } else {
      edges[kept++] = edge;
      traffic.push_back(edge.traffic);
    }
  }
  edges.resize(kept);

  const std::vector<std::int32_t> weight = weights(traffic);
  contracted.first.assign(groups + 1, 0);
  for (const Edge& edge : edges) {
    ++contracted.first[edge.a + 1];
    ++contracted.first[edge.b + 1];
  }
  std::partial_sum(contracted.first.begin(), contracted.first.end(), contracted.first.begin());
  contracted.to.resize(2 * edges.size());
  contracted.traffic.resize(2 * edges.size());
  std::vector<std::int32_t> next(contracted.first.begin(), contracted.first.end() - 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const auto& [from, to] : {std::pair(edges[i].a, edges[i].b), std::pair(edges[i].b, edges[i].a)}) {
      const auto slot = static_cast<std::size_t>(next[from]++);
      contracted.to[slot] = static_cast<std::int32_t>(to);
      contracted.traffic[slot] = weight[i];
    }
  }
  return contracted;
}

// Numbers in the order of their first places, without gaps.
std::uint32_t renumber(std::vector<std::uint32_t>& number_of) {
  std::vector<std::uint32_t> new_number;
  std::uint32_t count = 0;
  for (std::uint32_t& number : number_of) {
    if (number >= new_number.size()) new_number.resize(number + 1, kNone);
    if (new_number[number] == kNone) new_number[number] = count++;
    number = new_number[number];
  }
  return count;
}

std::vector<double> load_of_parts(const Partitioning& partitioning, const PlaceGraph& graph) {
  std::vector<double> load(partitioning.parts, 0.0);
  for (std::size_t place = 0; place < graph.places; ++place) load[partitioning.part_of[place]] += graph.load[place];
  return load;
}

void measure(Partitioning& partitioning, const PlaceGraph& graph) {
  const std::vector<double> load = load_of_parts(partitioning, graph);
  const double total = std::accumulate(load.begin(), load.end(), 0.0);
  if (total > 0) partitioning.balance = *std::max_element(load.begin(), load.end()) / total * partitioning.parts;
  double traffic = 0, crossing = 0;
  for (const PlaceGraph::Link& link : graph.links) {
    traffic += link.traffic;
    if (partitioning.part_of[link.a] == partitioning.part_of[link.b]) continue;
    crossing += link.traffic;
    partitioning.lookahead = std::min(partitioning.lookahead, link.lookahead);
  }
  if (traffic > 0) partitioning.cut = crossing / traffic;
}

// The formula of estimated_speedup, for one simulated day.
double speedup(double load, double heaviest, std::int64_t lookahead) {
  const double meetings = lookahead == kNoLimit ? 0 : static_cast<double>(kDay.ticks) / static_cast<double>(lookahead);
  return load * kSecondsPerEvent / (heaviest * kSecondsPerEvent + meetings * kSecondsPerBarrier);
}

struct Threshold {
  std::int64_t lookahead;
  double at_best;  // no partitioning with this lookahead has a better estimate
};

// One for each different set of groups that can be parted, the most promising first.
std::vector<Threshold> thresholds(const PlaceGraph& graph, std::uint32_t parts) {
  std::vector<std::uint32_t> order(graph.links.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    return std::pair(graph.links[x].lookahead, x) < std::pair(graph.links[y].lookahead, y);
  });

  Groups groups(graph.places);
  std::vector<double> load = graph.load;
  const double total = std::accumulate(load.begin(), load.end(), 0.0);
  double heaviest = total / parts;
  for (const double alone : load) heaviest = std::max(heaviest, alone);
  std::size_t count = graph.places;
  std::vector<Threshold> found;
  std::size_t count_before = 0;
  for (std::size_t i = 0; count > 1;) {
    const std::int64_t lookahead = i < order.size() ? graph.links[order[i]].lookahead : kNoLimit;
    if (lookahead > 0) {
      // The same groups with more lookahead are better.
      if (!found.empty() && count == count_before) found.pop_back();
      found.push_back({lookahead, total > 0 ? speedup(total, heaviest, lookahead) : 1});
      count_before = count;
    }
    if (lookahead == kNoLimit) break;
    for (; i < order.size() && graph.links[order[i]].lookahead == lookahead; ++i) {
      const auto [stays, ends] = groups.join(graph.links[order[i]].a, graph.links[order[i]].b);
      if (stays == ends) continue;
      load[stays] += load[ends];
      heaviest = std::max(heaviest, load[stays]);
      --count;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Threshold& x, const Threshold& y) { return x.at_best > y.at_best; });
  return found;
}

}  // namespace

Partitioning partition(const PlaceGraph& graph, std::uint32_t parts, std::int64_t least_lookahead) {
  check(graph);
  TIERWORKS_CHECK(parts >= 1, "no part to put places into");
  Groups groups(graph.places);
  for (const PlaceGraph::Link& link : graph.links) {
    if (link.lookahead == 0 || link.lookahead < least_lookahead) groups.join(link.a, link.b);
  }
  std::vector<std::uint32_t> group_of(graph.places);
  for (std::size_t place = 0; place < graph.places; ++place) {
    group_of[place] = groups.of(static_cast<std::uint32_t>(place));
  }
  const std::uint32_t count = renumber(group_of);

  Partitioning result;
  std::vector<std::uint32_t> part_of_group(count, 0);
  if (parts > 1 && count > 1) part_of_group = divide(graph_of_groups(graph, group_of, count), parts);
  result.part_of = std::move(group_of);
  for (std::uint32_t& number : result.part_of) number = part_of_group[number];
  result.parts = renumber(result.part_of);
  measure(result, graph);
  return result;
}

double estimated_speedup(const Partitioning& partitioning, const PlaceGraph& graph) {
  TIERWORKS_CHECK(partitioning.part_of.size() == graph.places, "a partitioning of another graph");
  const std::vector<double> load = load_of_parts(partitioning, graph);
  const double total = std::accumulate(load.begin(), load.end(), 0.0);
  if (partitioning.parts <= 1 || total <= 0) return 1;
  return speedup(total, *std::max_element(load.begin(), load.end()), partitioning.lookahead);
}

Partitioning best_partition(const PlaceGraph& graph, std::uint32_t parts) {
  const std::size_t most_tries = graph.places < 1'000 ? 64 : 8;
  constexpr double worth_a_try = 1.01;
  check(graph);
  std::optional<Partitioning> best;
  double best_estimate = 0;
  const auto promises_more = [&](const Threshold& t) { return t.at_best > worth_a_try * best_estimate; };
  const auto attempt = [&](const Threshold& threshold) {
    Partitioning next = partition(graph, parts, threshold.lookahead);
    const double estimate = estimated_speedup(next, graph);
    if (estimate <= best_estimate) return;
    best_estimate = estimate;
    best = std::move(next);
  };

  std::vector<Threshold> left = parts > 1 ? thresholds(graph, parts) : std::vector<Threshold>{};
  if (!left.empty()) {
    // Of those that promise about the most, the one with the smallest groups is the easiest to balance.
    const double most = left.front().at_best;
    const auto end =
        std::find_if(left.begin(), left.end(), [&](const Threshold& t) { return t.at_best * worth_a_try < most; });
    attempt(*std::min_element(left.begin(), end,
                              [](const Threshold& x, const Threshold& y) { return x.lookahead < y.lookahead; }));
    std::erase_if(left, [&](const Threshold& t) { return !promises_more(t); });
    const std::size_t step = (left.size() + most_tries - 2) / (most_tries - 1);
    for (std::size_t i = 0; i < left.size() && promises_more(left[i]); i += step) attempt(left[i]);
  }
  return best ? *std::move(best) : partition(graph, parts);
}

}  // namespace tierworks::core
