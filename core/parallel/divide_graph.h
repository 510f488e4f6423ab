// Divides a weighted graph into parts of about equal load with little traffic between them. The only part of the house
// that knows METIS. The same graph gives the same parts, none is empty, and nothing is printed.
// METIS draws from std::rand: calls from several threads wait for each other, and std::rand's own sequence starts again.
// Cost: for each halving about 1 microsecond a vertex and 0.3 an edge.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tierworks::core {

// The sum of all loads and the sum of all traffic (each edge once) may be this at most: METIS computes with 32 bits, at one
// place with three times the sum.
inline constexpr std::int32_t kMostWeight = 1 << 29;

// The neighbours of vertex v are to[first[v]] .. to[first[v + 1] - 1]; each edge stands at both of its ends.
struct WeightedGraph {
  std::vector<std::int32_t> first{0};
  std::vector<std::int32_t> to;
  std::vector<std::int32_t> traffic;  // by neighbour, >= 1
  std::vector<std::int32_t> load;     // by vertex, >= 1
  std::size_t size() const { return load.size(); }
};

// The part of each vertex: exactly min(parts, vertices) parts, numbered from 0. A vertex as heavy as the mean part is alone.
std::vector<std::uint32_t> divide(WeightedGraph graph, std::uint32_t parts);

}  // namespace tierworks::core
