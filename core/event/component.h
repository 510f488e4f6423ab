// Writing a model with the kernel alone: a component is a struct with one `on(at, event)` for each of its events.
//
//   struct Ring { std::int64_t left; };                                // an event: plain data, of whole 8-byte words
//   struct Bells {                                                     // the component: the state of all places
//     void on(auto& at, const Ring& e) {
//       if (e.left > 0) at.send_in(kMinute, Ring{e.left - 1});         // to the same place; or at.send_in(place, ...)
//     }
//   };
//   Bells bells;
//   Runner<Bells, Ring> run(bells);
//   run.send_in(PlaceId{0}, kHour, Ring{3});
//   run.until(Instant{0} + kDay);
//
// A handler touches only what belongs to `at.place()`: then a run may be split (core/parallel/run_component.h).
#pragma once
#include <memory>
#include <tuple>
#include <type_traits>
#include <vector>

#include "core/event/kernel.h"

namespace tierworks::core {

// What a handler gets: where and when it is, and how it sends.
template <class... Events>
class At {
 public:
  At(EventLoop& loop, PlaceId place) : loop_(loop), place_(place) {}

  Instant now() const { return loop_.now(); }
  PlaceId place() const { return place_; }
  template <class E>
  EventHandle send_in(Duration delay, const E& event, Phase phase = 0) {
    return send_in(place_, delay, event, phase);
  }
  // The handle is none if the other place is in another partition.
  template <class E>
  EventHandle send_in(PlaceId to, Duration delay, const E& event, Phase phase = 0) {
    return loop_.send(to, loop_.now() + delay, phase, kind_of<E>(), event);
  }
  bool cancel(EventHandle handle) { return loop_.cancel(handle); }
  EventHandle reschedule(EventHandle handle, Duration delay, Phase phase = 0) {
    return loop_.reschedule(handle, loop_.now() + delay, phase);
  }

  template <class E>
  static constexpr EventKind kind_of() {
    static_assert((std::is_same_v<E, Events> || ...), "the component does not declare this event");
    EventKind kind = 0;
    bool found = false;
    ((found = found || std::is_same_v<E, Events>, kind = static_cast<EventKind>(kind + (found ? 0 : 1))), ...);
    return kind;
  }

 private:
  EventLoop& loop_;
  PlaceId place_;
};

template <class Component, class... Events>
class Runner {
 public:
  explicit Runner(Component& component, std::size_t places = 1) : component_(component) {
    kernel_.reset(places);
    worlds_.resize(1);
    attach();
  }

  Instant now() const { return kernel_.now(); }
  std::uint64_t events() const { return kernel_.events(); }
  std::uint64_t fingerprint() const { return kernel_.fingerprint(); }
  Kernel& kernel() { return kernel_; }

  // From outside, between two calls of `until`.
  template <class E>
  void send_in(PlaceId to, Duration delay, const E& event, Phase phase = 0) {
    EventLoop& loop = kernel_.loop_of(to);
    loop.act_as(to);
    loop.send(to, loop.now() + delay, phase, At<Events...>::template kind_of<E>(), event);
  }
  // Handles all events before `end`. False if events cause each other for ever at one instant.
  bool until(Instant end) {
    kernel_.run_before(end, worlds_.front(), dispatch());
    return kernel_.status() == RunStatus::running;
  }

  // For core/parallel: the places in partitions, and the events of one of them.
  void split(std::span<const std::uint32_t> part_of, std::uint32_t parts) {
    kernel_.change_partitions(part_of, parts);
    worlds_.resize(parts);
    attach();
  }
  void run_part(std::uint32_t part, Instant end) { kernel_.loop(part).run_before(end, worlds_[part], dispatch()); }

 private:
  struct World {
    Component* component = nullptr;
    EventLoop* loop = nullptr;
  };

  void attach() {
    for (std::uint32_t part = 0; part < worlds_.size(); ++part) worlds_[part] = {&component_, &kernel_.loop(part)};
  }
  template <class E>
  static typename Dispatch<World>::Row row() {
    static_assert(std::is_empty_v<E> || sizeof(E) % 8 == 0, "an event is of whole 8-byte words");
    return {[](World& world, const Event& event) {
              At<Events...> at(*world.loop, event.to);
              world.component->on(at, event.as<E>());
            },
            std::is_empty_v<E> ? 0 : static_cast<std::uint32_t>(fact_bytes<E>() / 8)};
  }
  static const Dispatch<World>& dispatch() {
    static const Dispatch<World> table{{row<Events>()...}};
    return table;
  }

  Component& component_;
  Kernel kernel_;
  std::vector<World> worlds_;
};

}  // namespace tierworks::core
