#include "core/parallel/divide_graph.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <new>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>

#include <metis.h>

#include "core/base/check.h"

namespace tierworks::core {
namespace {

static_assert(std::is_same_v<idx_t, std::int32_t>, "METIS is built with other integers than ours");

// A graph, and which vertex of the whole each of its own is.
struct Piece : WeightedGraph {
  std::vector<std::uint32_t> vertex;
};

// The vertices with side[v] == wanted and the edges among them.
Piece part_of_graph(const Piece& graph, const std::vector<std::int32_t>& side, std::int32_t wanted) {
  Piece part;
  std::vector<std::int32_t> renamed(graph.size(), -1);
  std::int32_t count = 0;
  for (std::size_t v = 0; v < graph.size(); ++v) {
    if (side[v] == wanted) renamed[v] = count++;
  }
  for (std::size_t v = 0; v < graph.size(); ++v) {
    if (side[v] != wanted) continue;
    for (std::int32_t e = graph.first[v]; e < graph.first[v + 1]; ++e) {
      if (side[graph.to[e]] != wanted) continue;
      part.to.push_back(renamed[graph.to[e]]);
      part.traffic.push_back(graph.traffic[e]);
    }
    part.first.push_back(static_cast<std::int32_t>(part.to.size()));
    part.load.push_back(graph.load[v]);
    part.vertex.push_back(graph.vertex[v]);
  }
  return part;
}

// METIS's two sides, the first with `share` of the load.
std::vector<std::int32_t> sides_by_metis(Piece& graph, double share) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  auto vertices = static_cast<std::int32_t>(graph.size());
  std::int32_t constraints = 1, sides = 2, cut = 0;
  std::vector<real_t> targets = {static_cast<real_t>(share), static_cast<real_t>(1 - share)};
  std::vector<std::int32_t> side(graph.size(), 0);
  // METIS demands addresses even where there is nothing.
  graph.to.reserve(1);
  graph.traffic.reserve(1);
  std::vector<std::int32_t> options(METIS_NOPTIONS);
  METIS_SetDefaultOptions(options.data());
  options[METIS_OPTION_SEED] = 1;
  options[METIS_OPTION_NUMBERING] = 0;
  options[METIS_OPTION_UFACTOR] = 10;                          // a side exceeds its share by at most 1 %
  options[METIS_OPTION_NCUTS] = graph.size() < 1'000 ? 8 : 1;  // the best of eight where it costs nothing
  const int status = METIS_PartGraphRecursive(&vertices, &constraints, graph.first.data(), graph.to.data(),
                                              graph.load.data(), nullptr, graph.traffic.data(), &sides, targets.data(),
                                              nullptr, options.data(), &cut, side.data());
  if (status == METIS_ERROR_MEMORY) throw std::bad_alloc();
  TIERWORKS_CHECK(status == METIS_OK, "METIS refuses a graph", status, vertices);
  return side;
}

// METIS leaves small and unconnected graphs out of balance. Moves vertices, those that cost least traffic first, until
// the first side is within 1 % of its target or no move helps, and each side has as many vertices as it will have parts.
void balance_sides(const Piece& graph, std::vector<std::int32_t>& side, std::int64_t target,
                   const std::array<std::int64_t, 2>& least_vertices) {
  std::array<std::int64_t, 2> load{0, 0}, vertices{0, 0};
  for (std::size_t v = 0; v < graph.size(); ++v) {
    load[side[v]] += graph.load[v];
    ++vertices[side[v]];
  }
  const std::int64_t tolerance = std::min(target, load[0] + load[1] - target) / 100;
  // Each move looks at the whole graph; a big one comes nearly balanced from METIS.
  const std::size_t most_moves = 100'000'000 / (graph.size() + graph.to.size());
  for (std::size_t moves = 0;; ++moves) {
    const std::int64_t excess = load[0] - target;
    std::int32_t from = excess > 0 ? 0 : 1;
    bool must = false;
    for (const std::int32_t poor : {0, 1}) {
      if (vertices[poor] < least_vertices[poor]) {
        from = 1 - poor;
        must = true;
      }
    }
    const bool balanced = std::abs(excess) <= tolerance || vertices[from] <= least_vertices[from];
    if (!must && (balanced || moves >= most_moves)) return;

    std::size_t best = graph.size();
    std::pair<std::int64_t, std::int64_t> least_cost;
    for (std::size_t v = 0; v < graph.size(); ++v) {
      if (side[v] != from) continue;
      const std::int64_t left = std::abs(from == 0 ? excess - graph.load[v] : excess + graph.load[v]);
      if (!must && left >= std::abs(excess)) continue;
      std::int64_t traffic = 0;
      for (std::int32_t e = graph.first[v]; e < graph.first[v + 1]; ++e) {
        traffic += side[graph.to[e]] == from ? graph.traffic[e] : -graph.traffic[e];
      }
      const std::pair cost{traffic, left};
      if (best == graph.size() || cost < least_cost) {
        best = v;
        least_cost = cost;
      }
    }
    if (best == graph.size()) return;
    side[best] = 1 - from;
    load[from] -= graph.load[best];
    load[1 - from] += graph.load[best];
    --vertices[from];
    ++vertices[1 - from];
  }
}

// Numbers the parts of the graph from `first_part` on. Halves again and again with METIS rather than asking it for all
// parts at once: then it prints nothing when it runs out of vertices, and no part is empty.
void divide_piece(Piece graph, std::uint32_t parts, std::uint32_t first_part, std::span<std::uint32_t> part_of) {
  // Heavy ones first; in a big graph only the heaviest matter.
  std::vector<std::uint32_t> heaviest(graph.size());
  std::iota(heaviest.begin(), heaviest.end(), std::uint32_t{0});
  const std::size_t shown = std::min<std::size_t>(parts, graph.size());
  std::partial_sort(heaviest.begin(), heaviest.begin() + static_cast<std::ptrdiff_t>(shown), heaviest.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return graph.load[a] != graph.load[b] ? graph.load[a] > graph.load[b] : a < b;
                    });
  std::int64_t total = std::accumulate(graph.load.begin(), graph.load.end(), std::int64_t{0});

  // As heavy as the mean of what is left to divide: alone in its part.
  std::vector<std::int32_t> side(graph.size(), 0);
  std::size_t alone = 0;
  while (alone < shown && parts > 1 && std::int64_t{graph.load[heaviest[alone]]} * parts >= total) {
    const std::uint32_t v = heaviest[alone++];
    side[v] = 1;
    part_of[graph.vertex[v]] = first_part++;
    total -= graph.load[v];
    --parts;
  }
  if (alone > 0) graph = part_of_graph(graph, side, 0);
  if (graph.size() <= parts || parts == 1) {
    for (const std::uint32_t v : graph.vertex) {
      part_of[v] = first_part;
      if (parts > 1) ++first_part;
    }
    return;
  }

  const std::uint32_t left = parts / 2;
  const double share = static_cast<double>(left) / parts;
  side = sides_by_metis(graph, share);
  balance_sides(graph, side, static_cast<std::int64_t>(static_cast<double>(total) * share),
                {std::int64_t{left}, std::int64_t{parts - left}});
  Piece one = part_of_graph(graph, side, 0);
  Piece other = part_of_graph(graph, side, 1);
  graph = {};
  divide_piece(std::move(one), left, first_part, part_of);
  divide_piece(std::move(other), parts - left, first_part + left, part_of);
}

}  // namespace

std::vector<std::uint32_t> divide(WeightedGraph graph, std::uint32_t parts) {
  TIERWORKS_CHECK(parts >= 1, "no part to put vertices into");
  std::vector<std::uint32_t> part_of(graph.size(), 0);
  Piece whole{std::move(graph), std::vector<std::uint32_t>(part_of.size())};
  std::iota(whole.vertex.begin(), whole.vertex.end(), std::uint32_t{0});
  divide_piece(std::move(whole), parts, 0, part_of);
  return part_of;
}

}  // namespace tierworks::core
