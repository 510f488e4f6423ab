// Events: facts with a time. A record is trivially copyable and one cache line: key, destination, kind, payload.
//
// The contract. Events happen in the order of their keys, which is total and depends neither on threads nor on
// partitions: (time, phase, depth, sending place, that place's own sequence number).
// - Phases settle what comes first at one instant; within an instant they never go back: an event for the present whose
//   phase is over happens in the present phase.
// - Depth is that of the causing event + 1 if time and phase are the same, else 0: causes come before effects.
// - A rescheduled event takes a new sequence number.
// A key is unique: of one place's events each has another sequence number.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "core/base/id.h"
#include "core/base/int128.h"
#include "core/time/time.h"

namespace tierworks::core {

// The unit of state, of event order and of partitioning.
using PlaceId = Id<struct PlaceTag>;

using EventKind = std::uint16_t;
using Phase = std::uint8_t;  // 0..15, named by the models

// 128 bits: time 54, phase 4, depth 15, place 22, sequence 33.
class EventKey {
 public:
  static constexpr int kTimeBits = 54, kPhaseBits = 4, kDepthBits = 15, kPlaceBits = 22, kSequenceBits = 33;
  static constexpr std::uint32_t kMaxDepth = (1U << kDepthBits) - 1;
  static constexpr std::uint32_t kMaxPlaces = 1U << kPlaceBits;
  static constexpr std::uint64_t kMaxSequence = (std::uint64_t{1} << kSequenceBits) - 1;

  static_assert(kTimeBits + kPhaseBits + kDepthBits + kPlaceBits + kSequenceBits == 128);
  // The depth lies across the two halves.
  static constexpr int kUpperDepthBits = 64 - kTimeBits - kPhaseBits, kLowerDepthBits = kDepthBits - kUpperDepthBits;

  EventKey() = default;
  EventKey(Instant at, Phase phase, std::uint32_t depth, PlaceId sender, std::uint64_t sequence)
      : EventKey(of_halves((((static_cast<std::uint64_t>(at.ticks) << kPhaseBits) | phase) << kUpperDepthBits) |
                               (depth >> kLowerDepthBits),
                           (static_cast<std::uint64_t>(depth) << (kPlaceBits + kSequenceBits)) |
                               (static_cast<std::uint64_t>(sender.index) << kSequenceBits) | sequence)) {}

  Instant at() const { return {static_cast<std::int64_t>(bits_ >> (128 - kTimeBits))}; }
  Phase phase() const { return static_cast<Phase>(field(kDepthBits + kPlaceBits + kSequenceBits, kPhaseBits)); }
  std::uint32_t depth() const { return static_cast<std::uint32_t>(field(kPlaceBits + kSequenceBits, kDepthBits)); }
  PlaceId sender() const { return {static_cast<std::uint32_t>(field(kSequenceBits, kPlaceBits))}; }
  std::uint64_t sequence() const { return field(0, kSequenceBits); }

  // The two halves: almost always the upper one alone settles which of two events comes first.
  std::uint64_t upper() const { return static_cast<std::uint64_t>(bits_ >> 64); }
  std::uint64_t lower() const { return static_cast<std::uint64_t>(bits_); }
  static EventKey of_halves(std::uint64_t upper, std::uint64_t lower) {
    EventKey key;
    key.bits_ = (static_cast<UInt128>(upper) << 64) | lower;
    return key;
  }
  // All keys of earlier instants have a lesser upper half, all others have not.
  static std::uint64_t upper_at(Instant at) { return static_cast<std::uint64_t>(at.ticks) << (64 - kTimeBits); }

  auto operator<=>(const EventKey&) const = default;

 private:
  std::uint64_t field(int shift, int bits) const {
    return static_cast<std::uint64_t>(bits_ >> shift) & ((std::uint64_t{1} << bits) - 1);
  }

  UInt128 bits_ = 0;
};

struct Event {
  static constexpr std::size_t kPayloadBytes = 40;
  EventKey key;
  PlaceId to;
  EventKind kind = 0;
  std::uint16_t reserved = 0;
  std::array<std::uint64_t, kPayloadBytes / 8> payload{};

  template <class P>
  P as() const {
    P p;
    std::memcpy(static_cast<void*>(&p), payload.data(), sizeof(P));
    return p;
  }
};
static_assert(sizeof(Event) == 64 && std::is_trivially_copyable_v<Event>);

// A payload says how many of its first bytes are facts; what follows (references into pools) is memory, not fact, and
// stays out of the fingerprint. Without a `kFactBytes` of its own the whole payload counts.
template <class P>
constexpr std::size_t fact_bytes() {
  if constexpr (requires { P::kFactBytes; }) {
    return P::kFactBytes;
  } else {
    return sizeof(P);
  }
}

// Names an event that is still to come; stale once the event has happened or was cancelled.
struct EventHandle {
  std::uint32_t slot = 0xffffffffU;
  std::uint32_t generation = 0;
  bool is_none() const { return slot == 0xffffffffU; }
};

}  // namespace tierworks::core
