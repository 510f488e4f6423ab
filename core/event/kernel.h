// The event loop of one run: clock, pending events, each place's sequence number and fingerprint.
//
// A run may be split into partitions, each with an event loop of its own over the same state; places of different
// partitions meet only through messages that take at least the lookahead, so all loops can run up to the same later
// instant, one after the other or at once (core/parallel/windows.h), and the messages are handed over in between. The
// result does not depend on the partitions: the order of events at a place is that of their keys.
//
// Between two windows a kernel can be copied (a fork), moved to bytes and back (a snapshot) and split differently. There
// is no global clock; handlers ask the loop that they were given. Nothing is allocated once the greatest number of pending
// events was reached.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/check.h"
#include "core/base/transfer.h"
#include "core/event/event_queue.h"

namespace tierworks::core {

// What happens when an event of a kind happens; one row per kind, filled once by whoever joins the models.
template <class World>
struct Dispatch {
  using Handler = void (*)(World&, const Event&);
  // Told of an event a few before its turn, where the next ones are known: may fetch what it will touch, and changes nothing.
  using Expecter = void (*)(const World&, const std::uint64_t* payload);
  struct Row {
    Handler handle = nullptr;
    std::uint32_t fact_words = 0;
    Expecter expect = nullptr;
  };
  std::vector<Row> rows;
};

enum class RunStatus : std::uint8_t {
  running,
  loop_without_delay,  // more events cause each other at one instant than EventKey::kMaxDepth: for ever, as far as we can tell
};

struct PlaceClock {
  std::uint64_t sequence = 0;
  std::uint64_t hash = 0;
};

// What the loops of one run share. A place's row is touched only by the loop of its partition.
struct Places {
  EventRecords records{std::size_t{1} << 34};
  std::vector<PlaceClock> clocks;
  std::vector<std::uint16_t> part_of;
};

// Loops of different threads share no cache line.
class alignas(64) EventLoop {
 public:
  EventLoop(Places& places, std::uint32_t part, std::uint32_t parts, EventSet set);

  Instant now() const { return now_; }
  RunStatus status() const { return status_; }
  std::uint64_t events() const { return events_; }
  const EventQueue& pending() const { return queue_; }
  // In which lane of a pool this loop's handlers allocate.
  Lane lane() const { return Lane{part_}; }

  // The place in whose name events are sent; the loop sets it, start-up code does so by hand.
  void act_as(PlaceId place) { active_ = place; }

  // The handle is none if the receiver is in another partition: only an event's owner cancels it.
  template <class P>
  EventHandle send(PlaceId to, Instant at, Phase phase, EventKind kind, const P& payload) {
    const EventKey key = next_key(at, phase);
    if (parts_ > 1 && places_.part_of[to.index] != part_) [[unlikely]] {
      post(key, to, kind, payload);
      return {};
    }
    return queue_.push(key, to, kind, payload);
  }
  // For the present instant, at a place of this partition, and never to be cancelled. What comes before all that is pending,
  // as a decision that waited for nothing else does, happens without a way through the event set; nothing else differs.
  template <class P>
  void send_now(PlaceId to, Phase phase, EventKind kind, const P& payload) {
    put_soon(next_key(now_, phase), to, kind, payload);
  }
  // The last words of a handler: if the next event of all is one of this kind that was just sent for the present, it happens
  // now, and whoever asks handles it. Without a way back through the loop; nothing else differs.
  template <class P>
  bool take_now(EventKind kind, P& payload) {
    if (soon_size_ - soon_next_ != 1 || status_ != RunStatus::running) return false;
    const Event& event = soon_[soon_next_];
    if (event.kind != kind || !queue_.all_after(event.key.upper())) return false;
    soon_next_ = soon_size_ = 0;
    begin(event.key, event.to, kind, event.payload.data(), kFactWords<P>);
    payload = event.as<P>();
    return true;
  }
  // Both in one: sends it, and true if it happens now.
  template <class P>
  bool send_and_take_now(PlaceId to, Phase phase, EventKind kind, const P& payload) {
    const EventKey key = next_key(now_, phase);
    if (soon_size_ != 0 || soon_room_ == 0 || status_ != RunStatus::running || !queue_.all_after(key.upper())) {
      put_soon(key, to, kind, payload);
      return false;
    }
    std::array<std::uint64_t, Event::kPayloadBytes / 8> words;
    std::memcpy(words.data(), &payload, sizeof(P));
    begin(key, to, kind, words.data(), kFactWords<P>);
    return true;
  }
  bool cancel(EventHandle handle) { return queue_.cancel(handle); }
  // The event's new handle; none if it has happened already or was cancelled.
  EventHandle reschedule(EventHandle handle, Instant at, Phase phase) {
    return queue_.pending(handle) ? queue_.reschedule(handle, next_key(at, phase)) : EventHandle{};
  }

  // Handles all events before `end`, then the clock stands at `end`; stops early if the status is no longer running.
  template <class World>
  void run_before(Instant end, World& world, const Dispatch<World>& dispatch) {
    const std::uint64_t end_upper = EventKey::upper_at(end);
    const auto* const rows = dispatch.rows.data();
    Event event;
    const bool instants = queue_.keeps_instants();
    const bool foresees = instants && places_.clocks.size() > kPlacesInCache;
    soon_room_ = instants ? 0 : kSoon;
    try {
      while (take_next(end_upper, event)) {
        const auto& row = rows[event.kind];
        begin(event.key, event.to, event.kind, event.payload.data(), row.fact_words);
        if (foresees) {
          queue_.foresee([&](EventKind kind, const std::uint64_t* payload) {
            if (rows[kind].expect != nullptr) rows[kind].expect(world, payload);
          });
        }
        row.handle(world, event);
        if (status_ != RunStatus::running) [[unlikely]] {
          hand_over();
          soon_room_ = 0;
          return;
        }
      }
    } catch (const Broken& broken) {
      rethrow_with_event(broken, event.key.at().ticks, event.key.phase(), event.kind, event.to.index);
    }
    soon_room_ = 0;
    now_ = end;
    key_ = EventKey::of_halves(end_upper, 0);
  }

 private:
  friend class Kernel;
  static constexpr std::uint32_t kSoon = 4;
  static constexpr std::size_t kPlacesInCache = 512;  // fewer have little that would be worth fetching ahead

  bool take_next(std::uint64_t end_upper, Event& event) {
    if (soon_next_ == soon_size_) return queue_.pop_before(end_upper, event);
    if (queue_.all_after(soon_[soon_next_].key.upper())) {
      event = soon_[soon_next_++];
      if (soon_next_ == soon_size_) soon_next_ = soon_size_ = 0;
      return true;
    }
    hand_over();
    return queue_.pop_before(end_upper, event);
  }
  // Something else may come before it.
  void hand_over() {
    for (; soon_next_ != soon_size_; ++soon_next_) {
      const Event& event = soon_[soon_next_];
      queue_.push(event.key, event.to, event.kind, event.payload);
    }
    soon_next_ = soon_size_ = 0;
  }

  struct Message {
    std::uint64_t upper;
    std::uint64_t lower;
    PlaceId to;
    EventKind kind;
    std::array<std::uint64_t, Event::kPayloadBytes / 8> payload;
  };
  struct alignas(64) Outbox {
    std::vector<Message> messages;
  };

  EventKey next_key(Instant at, Phase phase) {
    TIERWORKS_CHECK(!(at < now_), "an event was sent into the past", at.ticks, now_.ticks);
    std::uint32_t depth = 0;
    if (at == now_ && phase <= key_.phase()) {
      phase = key_.phase();
      depth = key_.depth() + 1;
      if (depth > EventKey::kMaxDepth) {
        status_ = RunStatus::loop_without_delay;
        depth = EventKey::kMaxDepth;
      }
    }
    if (kLastInstant < at) at = kLastInstant;  // beyond all time: it will not happen
    const std::uint64_t sequence = places_.clocks[active_.index].sequence++;
    TIERWORKS_CHECK(sequence < EventKey::kMaxSequence, "one place has sent more events than it can number",
                    active_.index);
    return {at, phase, depth, active_, sequence};
  }

  template <class P>
  static constexpr std::uint32_t kFactWords = std::is_empty_v<P> ? 0 : static_cast<std::uint32_t>(fact_bytes<P>() / 8);

  template <class P>
  void put_soon(const EventKey& key, PlaceId to, EventKind kind, const P& payload) {
    if (soon_size_ < soon_room_ && (soon_size_ == 0 || soon_[soon_size_ - 1].key < key)) {
      Event& event = soon_[soon_size_++];
      event.key = key;
      event.to = to;
      event.kind = kind;
      static_assert(std::is_trivially_copyable_v<P> && sizeof(P) <= Event::kPayloadBytes);
      std::memcpy(event.payload.data(), &payload, sizeof(P));
      return;
    }
    queue_.push(key, to, kind, payload);
  }
  void begin(const EventKey& key, PlaceId to, EventKind kind, const std::uint64_t* facts, std::uint32_t words) {
    now_ = key.at();
    key_ =
        EventKey::of_halves(key.upper(), key.lower());  // written in halves just now: as a whole it would wait for them
    active_ = to;
    ++events_;
    fold(key, to, kind, facts, words);
  }
  void fold(const EventKey& key, PlaceId to, EventKind kind, const std::uint64_t* facts, std::uint32_t words) {
    std::uint64_t h = places_.clocks[to.index].hash;
    const auto mix = [&h](std::uint64_t word) {
      h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
      h ^= h >> 29;
    };
    mix((static_cast<std::uint64_t>(key.at().ticks) << 4) | key.phase());
    mix(kind);
    for (std::uint32_t i = 0; i < words; ++i) mix(facts[i]);
    places_.clocks[to.index].hash = h;
  }

  template <class P>
  void post(const EventKey& key, PlaceId to, EventKind kind, const P& payload) {
    static_assert(std::is_trivially_copyable_v<P> && sizeof(P) <= Event::kPayloadBytes);
    TIERWORKS_CHECK(!(key.at() < window_end_), "a message between partitions takes less than the lookahead",
                    key.at().ticks, window_end_.ticks);
    Message message{.upper = key.upper(), .lower = key.lower(), .to = to, .kind = kind, .payload = {}};
    std::memcpy(message.payload.data(), &payload, sizeof(P));
    outboxes_[outbox_side_][places_.part_of[to.index]].messages.push_back(message);
    least_sent_ = std::min(least_sent_, message.upper);
  }

  Places& places_;
  EventQueue queue_;
  std::uint32_t part_;
  std::uint32_t parts_;
  Instant now_{0};
  RunStatus status_ = RunStatus::running;
  EventKey key_;  // of the event that happens; its phase and depth are 0 between two windows
  PlaceId active_{0};
  std::uint64_t events_ = 0;
  // Sent for the present instant while events are handled, in order; empty between two windows.
  std::array<Event, kSoon> soon_{};
  std::uint32_t soon_next_ = 0, soon_size_ = 0;
  std::uint32_t soon_room_ = 0;  // none outside the loop
  // Messages to other partitions, by receiver. While one side is filled the other is emptied by the receivers.
  std::array<std::vector<Outbox>, 2> outboxes_;
  std::uint32_t outbox_side_ = 0;
  std::uint64_t least_sent_ = ~std::uint64_t{0};
  Instant window_end_{0};
};

class Kernel {
 public:
  static constexpr std::uint32_t kMostParts = 256;

  Kernel() { reset(0); }
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  // A fresh run with `places` places in `parts` partitions; `part_of` (by place) may be empty for a single one. Keeps the
  // memory of an earlier run.
  void reset(std::size_t places, std::span<const std::uint32_t> part_of = {}, std::uint32_t parts = 1,
             EventSet set = EventSet::automatic);
  // The same run, split differently. Only between windows.
  void change_partitions(std::span<const std::uint32_t> part_of, std::uint32_t parts);

  std::uint32_t parts() const { return static_cast<std::uint32_t>(loops_.size()); }
  EventLoop& loop(std::uint32_t part) { return *loops_[part]; }
  const EventLoop& loop(std::uint32_t part) const { return *loops_[part]; }
  EventLoop& loop_of(PlaceId place) { return *loops_[parts() == 1 ? 0 : shared_.part_of[place.index]]; }
  std::uint32_t part_of(PlaceId place) const { return parts() == 1 ? 0 : shared_.part_of[place.index]; }

  Instant now() const { return loops_.front()->now(); }
  RunStatus status() const;
  std::uint64_t events() const;
  std::size_t pending() const;
  // Visits all pending events, in no particular order. Only between windows.
  template <class F>
  void for_each_pending(F&& visit) const {
    for (const auto& loop : loops_) {
      loop->queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) {
        const EventRecord& r = shared_.records[slot];
        Event event;
        event.key = EventKey::of_halves(upper, r.key_lower);
        event.to = r.to;
        event.kind = r.kind;
        event.payload = r.payload;
        visit(event);
      });
    }
  }

  // Of the pending events of one kind, in no particular order, `change` may alter the payload and the instant, which is not past;
  // each keeps its turn among those of an instant. False: it will not happen. Only between windows.
  void revise_pending(EventKind kind, const std::function<bool(Event& event, Instant& at)>& change);

  // A run of one partition.
  template <class World>
  void run_before(Instant end, World& world, const Dispatch<World>& dispatch) {
    TIERWORKS_CHECK(parts() == 1, "several partitions run in windows", parts());
    loops_.front()->run_before(end, world, dispatch);
  }

  // The steps of a window, for core/parallel/windows.h. Each partition collects what others sent it in the window before,
  // then runs; `least_time` is then the earliest instant at which anything may be pending or under way.
  void begin_window(std::uint32_t part, Instant end);
  Instant least_time() const;
  // Hands over all messages; afterwards none is under way.
  void end_windows();

  // Sum over places of each place's chained hash of (time, phase, kind, facts of the payload).
  std::uint64_t fingerprint() const;

  // Only between windows. `other` may be split in any way; this kernel is then split likewise.
  void copy_from(const Kernel& other);
  void transfer(Transfer& transfer);
  std::uint64_t growths() const;
  std::size_t bytes_used() const;

 private:
  void split(std::span<const std::uint32_t> part_of, std::uint32_t parts, EventSet set);
  void collect(std::uint32_t part, std::uint32_t side);

  Places shared_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
  EventSet set_ = EventSet::automatic;
};

}  // namespace tierworks::core
