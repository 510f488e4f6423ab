// Searches the unit cube for the least of a function that is known at points only: DIRECT-L first, which divides the cube where
// little is known or the value is good (Gablonsky and Kelley, Journal of Global Optimization 21(1), 2001), then CRS2 with local
// mutation around the best points found (Kaelo and Ali, Journal of Optimization Theory and Applications 130(2), 2006). Both are
// NLopt's.
// Invariant: the same seed and function give the same calls. Cost: that of the function.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tierworks::experiments {

enum class SearchPhase : std::uint8_t { all, direct, crs, compass };
const char* in_words(SearchPhase phase);

struct BoxSearch {
  std::size_t axes = 1;
  std::uint64_t seed = 1;
  // The value at a point. Called as often as the phase likes: a caller that rounds gives a value that it knows for nothing.
  std::function<double(SearchPhase phase, const std::vector<double>& at)> value;
  std::function<bool(SearchPhase phase)> enough;  // asked after each call: whether the phase shall end
  // The part of the cube in which the second phase searches, asked when it begins: low and high of each axis, and where to
  // begin. False if there is none.
  struct Box {
    std::vector<double> low, high, start;
  };
  std::function<bool(Box& box)> around_the_best;
  std::size_t population = 0;  // of the second phase; 0: NLopt's own
};

// What went wrong in a phase, in words; nothing if all went well. Phases that fail leave what was found so far.
std::vector<std::string> search_box(const BoxSearch& search);

}  // namespace tierworks::experiments
