// What the structures that order events hand about: 16-byte nodes, each the upper half of an event's key and the number of
// its record, which stays where it is while it waits.
#pragma once
#include <array>
#include <cstdint>

#include "core/base/pool.h"
#include "core/event/event.h"

namespace tierworks::core {

// An event that waits. One cache line; the upper half of its key lies in its node.
struct EventRecord {
  std::uint64_t key_lower;
  PlaceId to;
  EventKind kind;
  bool cancelled;
  std::uint8_t unused;
  std::uint32_t generation;  // counts the events that this row has held and lost
  std::uint32_t unused_too;
  std::array<std::uint64_t, Event::kPayloadBytes / 8> payload;
};
static_assert(sizeof(EventRecord) == 64);

using EventRecords = Pool<EventRecord>;

struct EventNode {
  std::uint64_t upper;
  std::uint32_t slot;
  std::uint32_t tie;  // the first bits of the lower half

  static std::uint32_t tie_of(std::uint64_t lower) { return static_cast<std::uint32_t>(lower >> 32); }
};
static_assert(sizeof(EventNode) == 16);

// The order of keys: almost always told by the nodes alone.
class EventOrder {
 public:
  explicit EventOrder(const EventRecords& records) : records_(records) {}
  bool operator()(const EventNode& a, const EventNode& b) const {
    if (a.upper < b.upper) return true;
    if (a.upper > b.upper) [[likely]]
      return false;
    if (a.tie != b.tie) return a.tie < b.tie;
    return records_[a.slot].key_lower < records_[b.slot].key_lower;
  }

 private:
  const EventRecords& records_;
};

}  // namespace tierworks::core
