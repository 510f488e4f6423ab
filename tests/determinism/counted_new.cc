#include "tests/determinism/counted_new.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TIERWORKS_OWN_NEW 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define TIERWORKS_OWN_NEW 0
#endif
#endif
#ifndef TIERWORKS_OWN_NEW
#define TIERWORKS_OWN_NEW 1
#endif

namespace {
std::atomic<std::uint64_t> counted{0};
}

namespace tierworks::tests {
std::uint64_t allocations() { return counted.load(); }
bool allocations_are_counted() { return TIERWORKS_OWN_NEW != 0; }
}  // namespace tierworks::tests

#if TIERWORKS_OWN_NEW

// All other forms of new come down to these two, those of delete to free().
void* operator new(std::size_t bytes) {
  counted.fetch_add(1, std::memory_order_relaxed);
  if (void* const got = std::malloc(std::max<std::size_t>(bytes, 1))) return got;
  throw std::bad_alloc();
}
void* operator new(std::size_t bytes, std::align_val_t align) {
  counted.fetch_add(1, std::memory_order_relaxed);
  const auto to = static_cast<std::size_t>(align);
  if (void* const got = std::aligned_alloc(to, (std::max<std::size_t>(bytes, 1) + to - 1) / to * to)) return got;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
