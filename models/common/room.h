// How a room takes part in a run: the events that it declares, and the sender through which it sends them. `world` gives
// each room a range of kinds; a room knows its events only by type.
#pragma once
#include <cstring>
#include <type_traits>

#include "core/event/kernel.h"
#include "core/random/stream.h"
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/shop_watcher.h"

namespace tierworks::common {

template <class... Events>
struct EventList {
  static constexpr std::size_t size = sizeof...(Events);

  template <class P>
  static constexpr bool has = (std::is_same_v<P, Events> || ...);

  template <class P>
  static constexpr core::EventKind index() {
    static_assert(has<P>, "the room does not declare this event");
    core::EventKind i = 0;
    bool found = false;
    ((found = found || std::is_same_v<P, Events>, i = static_cast<core::EventKind>(i + (found ? 0 : 1))), ...);
    return i;
  }

  template <class F>
  static void for_each(F&& f) {
    (f.template operator()<Events>(), ...);
  }
};

// Events that a room came to declare when others stood already. Kinds are part of fingerprints: those of `More` stand behind
// the kinds of all rooms, so that no older one moves.
template <class List, class More>
struct WithLater : List {
  using Later = More;
};

template <class List>
class Sender {
 public:
  Sender(core::Kernel& kernel, std::uint32_t part, core::EventKind first_kind, core::EventKind first_later_kind = 0)
      : kernel_(&kernel), loop_(&kernel.loop(part)), first_(first_kind), first_later_(first_later_kind) {}

  core::Instant now() const { return loop_->now(); }
  // In which lane of a pool its handlers allocate.
  core::Lane lane() const { return loop_->lane(); }
  std::size_t lanes() const { return kernel_->parts(); }
  // At the start of a run, before any event: the place in whose name the next events are sent.
  void act_as(core::PlaceId place) {
    loop_ = &kernel_->loop_of(place);
    loop_->act_as(place);
  }
  template <class P>
  core::EventHandle send(core::PlaceId to, core::Instant at, core::Phase phase, const P& payload) {
    static_assert(std::has_unique_object_representations_v<P>, "padding would enter the fingerprint");
    return loop_->send(to, at, phase, kind_of<P>(), payload);
  }
  // For the present instant, to a place of the sender's own partition, and never cancelled: cheaper.
  template <class P>
  void send_now(core::PlaceId to, core::Phase phase, const P& payload) {
    static_assert(std::has_unique_object_representations_v<P>, "padding would enter the fingerprint");
    loop_->send_now(to, phase, static_cast<core::EventKind>(first_ + List::template index<P>()), payload);
  }
  // The last words of a handler: true if what was just sent by `send_now` is the next event of all; then it happens now, and
  // the caller handles it.
  template <class P>
  bool take_now(P& payload) {
    return loop_->take_now(static_cast<core::EventKind>(first_ + List::template index<P>()), payload);
  }
  // Both in one: sends it by `send_now`, and true if it happens now.
  template <class P>
  bool send_and_take_now(core::PlaceId to, core::Phase phase, const P& payload) {
    static_assert(std::has_unique_object_representations_v<P>, "padding would enter the fingerprint");
    return loop_->send_and_take_now(to, phase, static_cast<core::EventKind>(first_ + List::template index<P>()),
                                    payload);
  }
  bool cancel(core::EventHandle handle) { return loop_->cancel(handle); }

  // Visits the payloads of all pending events of one type, whatever their partition; for recounts.
  template <class P, class F>
  void for_each_pending(F&& visit) const {
    const core::EventKind kind = kind_of<P>();
    kernel_->for_each_pending([&](const core::Event& event) {
      if (event.kind == kind) visit(event.as<P>());
    });
  }

  // Between windows: `change(payload, instant)` of pending events of one type; see core::Kernel.
  template <class P, class F>
  void revise_pending(F&& change) {
    kernel_->revise_pending(kind_of<P>(), [&](core::Event& event, core::Instant& at) {
      P payload = event.as<P>();
      const bool happens = change(payload, at);
      std::memcpy(event.payload.data(), &payload, sizeof(P));
      return happens;
    });
  }

 private:
  template <class P>
  core::EventKind kind_of() const {
    if constexpr (List::template has<P>) {
      return static_cast<core::EventKind>(first_ + List::template index<P>());
    } else {
      return static_cast<core::EventKind>(first_later_ + List::Later::template index<P>());
    }
  }

  core::Kernel* kernel_;
  core::EventLoop* loop_;
  core::EventKind first_, first_later_;
};

// What a run is given from outside, the same for all rooms.
struct RunSettings {
  core::Randomness random;
  core::Instant measure_from;  // end of the warm-up
  core::Instant end;
  core::Duration period{0};  // of a run in periods; 0: everything as it happens
  Phases phases{};
  ShopWatcher* watcher = nullptr;  // of shop floors, if somebody wants to see what happens there
  bool keeps_gaps = false;         // of service, from now on; for stress tests
  bool in_periods() const { return period.ticks > 0; }
};

// What a room's handlers get: the room's own model and state, and the ways out of it. One for each partition of a run; the
// state is the same one, of which the handlers touch what belongs to the place that an event is for.
template <class RoomModel, class RoomState, class Events>
struct RoomRun {
  const RoomModel& model;
  RoomState& state;
  Sender<Events> sender;
  Ports& ports;
  const RunSettings& settings;
  core::Instant now() const { return sender.now(); }
  core::Lane lane() const { return sender.lane(); }
};

}  // namespace tierworks::common
