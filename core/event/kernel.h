// The event loop of one run: clock, pending events, each place's sequence number and fingerprint.
// A value: a copy of the kernel together with the model's state is a fork of the run. There is no global clock; handlers
// ask the kernel that they were given. Nothing is allocated once the greatest number of pending events was reached.
#pragma once
#include <cstdint>
#include <vector>

#include "core/base/check.h"
#include "core/event/event_queue.h"

namespace tierworks::core {

// What happens when an event of a kind happens; one row per kind, filled once by whoever joins the models.
template <class World>
struct Dispatch {
  using Handler = void (*)(World&, const Event&);
  struct Row {
    Handler handle = nullptr;
    std::uint32_t fact_words = 0;
  };
  std::vector<Row> rows;
};

enum class RunStatus : std::uint8_t {
  running,
  loop_without_delay,  // events cause each other for ever at one instant
};

class Kernel {
 public:
  // A fresh run with `places` places; keeps memory of an earlier run.
  void reset(std::size_t places);

  Instant now() const { return now_; }
  RunStatus status() const { return status_; }
  std::uint64_t events() const { return events_; }
  const EventQueue& pending() const { return queue_; }

  // The place in whose name events are sent; the loop sets it, start-up code does so by hand.
  void act_as(PlaceId place) { active_ = place; }

  template <class P>
  EventHandle send(PlaceId to, Instant at, Phase phase, EventKind kind, const P& payload) {
    static_assert(std::is_trivially_copyable_v<P> && sizeof(P) <= Event::kPayloadBytes);
    Event event;
    event.key = next_key(at, phase);
    event.to = to;
    event.kind = kind;
    std::memcpy(event.payload.data(), &payload, sizeof(P));
    return queue_.push(event);
  }
  bool cancel(EventHandle handle) { return queue_.cancel(handle); }
  bool reschedule(EventHandle handle, Instant at, Phase phase) {
    return queue_.pending(handle) && queue_.reschedule(handle, next_key(at, phase));
  }

  // Handles all events before `end`, then the clock stands at `end`; stops early if the status is no longer running.
  template <class World>
  void run_before(Instant end, World& world, const Dispatch<World>& dispatch) {
    Event event;
    try {
      while (!queue_.empty() && status_ == RunStatus::running && queue_.first_key().at() < end) {
        event = queue_.pop();
        now_ = event.key.at();
        phase_ = event.key.phase();
        depth_ = event.key.depth();
        active_ = event.to;
        ++events_;
        const auto& row = dispatch.rows[event.kind];
        fold(event, row.fact_words);
        row.handle(world, event);
      }
    } catch (const Broken& broken) {
      rethrow_with_event(broken, event.key.at().ticks, event.key.phase(), event.kind, event.to.index);
    }
    if (status_ == RunStatus::running) {
      now_ = end;
      phase_ = 0;
      depth_ = 0;
    }
  }

  // Sum over places of each place's chained hash of (time, phase, kind, facts of the payload).
  std::uint64_t fingerprint() const;

 private:
  struct PlaceClock {
    std::uint64_t sequence = 0;
    std::uint64_t hash = 0;
  };

  EventKey next_key(Instant at, Phase phase) {
    TIERWORKS_CHECK(!(at < now_), "an event was sent into the past", at.ticks, now_.ticks);
    std::uint32_t depth = 0;
    if (at == now_ && phase <= phase_) {
      phase = phase_;
      depth = depth_ + 1;
      if (depth > EventKey::kMaxDepth) {
        status_ = RunStatus::loop_without_delay;
        depth = EventKey::kMaxDepth;
      }
    }
    if (kLastInstant < at) at = kLastInstant;  // beyond all time: it will not happen
    return {at, phase, depth, active_, places_[active_.index].sequence++};
  }

  void fold(const Event& event, std::uint32_t words) {
    std::uint64_t h = places_[event.to.index].hash;
    const auto mix = [&h](std::uint64_t word) {
      h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
      h ^= h >> 29;
    };
    mix((static_cast<std::uint64_t>(event.key.at().ticks) << 4) | event.key.phase());
    mix(event.kind);
    for (std::uint32_t i = 0; i < words; ++i) mix(event.payload[i]);
    places_[event.to.index].hash = h;
  }

  EventQueue queue_;
  std::vector<PlaceClock> places_;
  Instant now_{0};
  Phase phase_ = 0;
  std::uint32_t depth_ = 0;
  PlaceId active_{0};
  RunStatus status_ = RunStatus::running;
  std::uint64_t events_ = 0;
};

}  // namespace tierworks::core
