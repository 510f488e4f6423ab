// Reads a distribution out of the words of a phrase, of time (parameters in ticks) or of quantity (in one unit).
#pragma once
#include <optional>
#include <string>

#include "core/random/distribution.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {

enum class Dimension { time, quantity };

struct DistributionPhrase {
  core::DistributionSpec spec;
  std::string unit;  // of a quantity, as written; "" if none was
};

// Takes the words that belong to the distribution and leaves the rest. What is wrong stands in `words.remedy()`.
std::optional<DistributionPhrase> read_distribution(Words& words, Dimension dimension,
                                                    const ColumnOfFile& column_of_file);

// Ticks as a length of time: a whole number up to rounding, not negative, before the last instant.
std::optional<core::Duration> whole_duration(double ticks, Words& words);
// A time that must be a length of the clock, `8 h`; 0 alone is one.
std::optional<core::Duration> duration_in(Words& words);

}  // namespace tierworks::reader
