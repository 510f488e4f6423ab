// Counts the calls of operator new of this executable, of all threads. Not under sanitizers, which have their own.
#pragma once
#include <cstdint>

namespace tierworks::tests {

std::uint64_t allocations();  // so far
bool allocations_are_counted();

}  // namespace tierworks::tests
