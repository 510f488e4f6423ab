#include "core/random/counted_stream.h"

#include "core/random/philox_lanes.h"

namespace tierworks::core {
namespace {

// Whether a variate takes exactly one word as a rule. Others gain nothing from a first word computed before.
bool takes_one_word(DistributionKind kind) {
  using enum DistributionKind;
  switch (kind) {
    case uniform:
    case triangular:
    case exponential:
    case normal:
    case lognormal:
    case weibull:
    case poisson:
    case discrete:
    case empirical:
      return true;
    case constant:
    case gamma:
    case erlang:
    case hyperexponential:
      return false;
  }
  return false;
}

}  // namespace

double CountedStream::sample(const Distribution& distribution, const DistributionTables& tables) {
  if (distribution.kind == DistributionKind::exponential) return exponential(distribution.p);
  if (takes_one_word(distribution.kind)) {
    const std::uint64_t word = next_word();
    Draw draw = Draw::with_first_word(key_, index_ - 1, replication_, word);
    return core::sample(distribution, tables, draw);
  }
  ++index_;
  Draw draw = last();
  return core::sample(distribution, tables, draw);
}

void CountedStream::fill() {
  static_assert(kBuffer == kPhiloxLanes);
  philox_first_words(key_, index_, replication_, words_);
  buffered_ = index_;
}

}  // namespace tierworks::core
