// Where to look: points of the unit cube that fill it more evenly than chance.
// Latin hypercube: each axis is cut into as many cells as there are points, and each cell holds one (McKay, Beckman and
// Conover, Technometrics 21(2), 1979). Sobol: the first points of the sequence with the direction numbers of Joe and Kuo (SIAM
// Journal on Scientific Computing 30(5), 2008), shifted digit by digit by random bits, so that no point is a corner and
// another seed is another design. A power of two of points is best.
// Invariant: every coordinate is in (0, 1) and depends on seed and arguments alone. Cost: one pass.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tierworks::experiments {

using UnitPoints = std::vector<std::vector<double>>;  // point, axis

UnitPoints latin_hypercube(std::size_t points, std::size_t axes, std::uint64_t seed);
// At most kMostSobolAxes.
UnitPoints sobol(std::size_t points, std::size_t axes, std::uint64_t seed);

// The sequence itself, from its origin on, without a shift.
UnitPoints sobol_sequence(std::size_t points, std::size_t axes);

inline constexpr std::size_t kMostSobolAxes = 3667;

}  // namespace tierworks::experiments
