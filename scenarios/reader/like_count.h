// Repetition spared: `like: NAME` in an entry takes everything from a sibling and lays the entry's own keys over it;
// `count: N` in a site makes N sites NAME_1 ... NAME_N of it. A sibling's `count` is not taken over.
#pragma once
#include <cstdint>

#include "scenarios/reader/context.h"

namespace tierworks::reader {

inline constexpr std::int64_t kMostCount = 1'000'000;

void expand_likes(Context& context, NodeId root);
void expand_counts(Context& context, NodeId root);

}  // namespace tierworks::reader
