// Our own bugs stop the run: CHECK throws Broken, which the event loop completes with clock and event and nobody below
// apps/ catches. It is never used for a user's mistake. Cost when it holds: one compare and a predicted branch.
#pragma once
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace tierworks::core {

struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void check_failed(const char* condition, const char* message, std::initializer_list<long long> values);

// The same, with the clock and the event in front; thrown by the event loop around a handler.
[[noreturn]] void rethrow_with_event(const Broken& broken, long long ticks, int phase, unsigned kind, unsigned place);

}  // namespace tierworks::core

#define TIERWORKS_CHECK(condition, message, ...)                           \
  do {                                                                     \
    if (!(condition)) [[unlikely]]                                         \
      ::tierworks::core::check_failed(#condition, message, {__VA_ARGS__}); \
  } while (false)
