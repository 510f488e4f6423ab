#include "experiments/sweep/design.h"

#include <numeric>
#include <string>

#include <boost/random/sobol.hpp>

#include "core/base/check.h"
#include "core/random/counted_stream.h"

namespace tierworks::experiments {

namespace {

using Words = std::vector<std::vector<std::uint64_t>>;

Words sobol_words(std::size_t points, std::size_t axes) {
  TIERWORKS_CHECK(axes >= 1 && axes <= kMostSobolAxes, "a Sobol sequence of no axis or of too many");
  Words words(points, std::vector<std::uint64_t>(axes, 0));
  boost::random::sobol sequence(axes);  // starts behind the origin
  for (std::size_t p = 1; p < points; ++p) {
    for (std::uint64_t& word : words[p]) word = sequence();
  }
  return words;
}

}  // namespace

UnitPoints latin_hypercube(std::size_t points, std::size_t axes, std::uint64_t seed) {
  UnitPoints out(points, std::vector<double>(axes));
  std::vector<std::size_t> cell(points);
  for (std::size_t a = 0; a < axes; ++a) {
    core::CountedStream stream({seed, 0}, core::stream_name("", std::to_string(a), "latin hypercube"));
    std::iota(cell.begin(), cell.end(), std::size_t{0});
    for (std::size_t p = points; p > 1; --p) {
      std::swap(cell[p - 1], cell[static_cast<std::size_t>(stream.uniform() * static_cast<double>(p))]);
    }
    for (std::size_t p = 0; p < points; ++p) {
      out[p][a] = (static_cast<double>(cell[p]) + stream.uniform()) / static_cast<double>(points);
    }
  }
  return out;
}

UnitPoints sobol(std::size_t points, std::size_t axes, std::uint64_t seed) {
  const Words words = sobol_words(points, axes);
  UnitPoints out(points, std::vector<double>(axes));
  const core::Randomness randomness{seed, 0};
  for (std::size_t a = 0; a < axes; ++a) {
    const std::uint64_t key = randomness.key(core::stream_name("", std::to_string(a), "sobol shift"));
    const std::uint64_t shift = core::Draw(key, 0, 0, 0).word();
    for (std::size_t p = 0; p < points; ++p) out[p][a] = core::unit_interval(words[p][a] ^ shift);
  }
  return out;
}

UnitPoints sobol_sequence(std::size_t points, std::size_t axes) {
  UnitPoints out;
  for (const auto& words : sobol_words(points, axes)) {
    out.emplace_back();
    for (const std::uint64_t word : words) out.back().push_back(static_cast<double>(word >> 11) * 0x1p-53);
  }
  return out;
}

}  // namespace tierworks::experiments
