// Distributions of whole numbers that are written as a phrase and become a table of values and shares, as `discrete` is:
// `geometric 3` (1, 2, ..., by its mean) and `negative_binomial 4 sd 3` (0, 1, ...). Tails of less than 10^-18 are left out.
// Built by products and quotients alone, so that the same bits come out on every machine.
// Source: Johnson, Kemp & Kotz, Univariate Discrete Distributions, 3rd ed. (2005), ch. 5.
#pragma once
#include <optional>
#include <string>

#include "core/random/distribution.h"

namespace tierworks::reader {

// Values 1, 2, ... with P(k) = p (1 - p)^(k - 1), p = 1 / mean. Nothing, and what is wrong in words, if the mean is below 1 or
// the table would be too long.
std::optional<core::DistributionSpec> geometric(double mean, std::string& fault);

// Values 0, 1, ... with P(k + 1) / P(k) = (k + r) / (k + 1) (1 - p), p = mean / variance, r = mean p / (1 - p). The variance
// must exceed the mean.
std::optional<core::DistributionSpec> negative_binomial(double mean, double deviation, std::string& fault);

}  // namespace tierworks::reader
