// A token goes round twelve places, on one thread and in three partitions on two threads: the same events in the same order.
#include <cstdio>

#include "core/parallel/run_component.h"

using namespace tierworks::core;

struct Token {
  std::uint64_t hops = 0;
};

struct Ring {
  std::vector<std::uint64_t> seen = std::vector<std::uint64_t>(12);

  void on(auto& at, const Token& token) {
    seen[at.place().index] += token.hops;
    at.send_in(PlaceId{(at.place().index + 1) % 12}, kMinute, Token{token.hops + 1});
  }
};

int main() {
  Ring alone, together;
  Runner<Ring, Token> one(alone, 12), three(together, 12);
  for (std::uint32_t place : {0U, 5U}) {
    one.send_in(PlaceId{place}, kMinute, Token{});
    three.send_in(PlaceId{place}, kMinute, Token{});
  }
  one.until(Instant{0} + kDay);
  const std::vector<std::uint32_t> part_of{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
  three.split(part_of, 3);
  run_until(three, Instant{0} + kDay, kMinute, 2);
  const bool same = one.fingerprint() == three.fingerprint() && alone.seen == together.seen && one.events() == 2878;
  std::printf("%s: %llu events\n", same ? "same" : "different", static_cast<unsigned long long>(one.events()));
  return same ? 0 : 1;
}
