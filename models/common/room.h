// How a room takes part in a run: the events that it declares, and the sender through which it sends them. `world` gives
// each room a range of kinds; a room knows its events only by type.
#pragma once
#include <type_traits>

#include "core/event/kernel.h"
#include "core/random/stream.h"

namespace tierworks::common {

template <class... Events>
struct EventList {
  static constexpr std::size_t size = sizeof...(Events);

  template <class P>
  static constexpr core::EventKind index() {
    static_assert((std::is_same_v<P, Events> || ...), "the room does not declare this event");
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

template <class List>
class Sender {
 public:
  Sender(core::Kernel& kernel, core::EventKind first_kind) : kernel_(&kernel), first_(first_kind) {}

  core::Instant now() const { return kernel_->now(); }
  // At the start of a run, before any event: the place in whose name the next events are sent.
  void act_as(core::PlaceId place) { kernel_->act_as(place); }
  template <class P>
  core::EventHandle send(core::PlaceId to, core::Instant at, core::Phase phase, const P& payload) {
    static_assert(std::has_unique_object_representations_v<P>, "padding would enter the fingerprint");
    return kernel_->send(to, at, phase, static_cast<core::EventKind>(first_ + List::template index<P>()), payload);
  }
  bool cancel(core::EventHandle handle) { return kernel_->cancel(handle); }

  // Visits the payloads of all pending events of one type; for recounts.
  template <class P, class F>
  void for_each_pending(F&& visit) const {
    const auto kind = static_cast<core::EventKind>(first_ + List::template index<P>());
    kernel_->pending().for_each([&](const core::Event& event) {
      if (event.kind == kind) visit(event.as<P>());
    });
  }

 private:
  core::Kernel* kernel_;
  core::EventKind first_;
};

// What a run is given from outside, the same for all rooms.
struct RunSettings {
  core::Randomness random;
  core::Instant measure_from;  // end of the warm-up
  core::Instant end;
};

}  // namespace tierworks::common
