#include "core/event/kernel.h"

#include <algorithm>

namespace tierworks::core {

EventLoop::EventLoop(Places& places, std::uint32_t part, std::uint32_t parts, EventSet set)
    : places_(places), queue_(places.records, Lane{part}, set), part_(part), parts_(parts) {
  if (parts > 1) {
    for (auto& side : outboxes_) side.resize(parts);
  }
}

void Kernel::split(std::span<const std::uint32_t> part_of, std::uint32_t parts, EventSet set) {
  TIERWORKS_CHECK(parts >= 1 && parts <= kMostParts, "a kernel has 1 to 256 partitions", parts);
  TIERWORKS_CHECK(parts == 1 || part_of.size() == shared_.clocks.size(), "a partition is known for each place",
                  static_cast<long long>(part_of.size()));
  if (parts > 1) {
    shared_.part_of.assign(part_of.begin(), part_of.end());
  } else {
    shared_.part_of.clear();
  }
  set_ = set;
  if (loops_.size() != parts) {
    loops_.clear();
    for (std::uint32_t p = 0; p < parts; ++p) {
      loops_.push_back(std::make_unique<EventLoop>(shared_, p, parts, set));
    }
    return;
  }
  for (auto& loop : loops_) {
    loop->queue_.reset(set);
    for (auto& side : loop->outboxes_) {
      for (auto& box : side) box.messages.clear();
    }
    loop->now_ = loop->window_end_ = {0};
    loop->key_ = {};
    loop->active_ = {0};
    loop->status_ = RunStatus::running;
    loop->events_ = 0;
    loop->soon_next_ = loop->soon_size_ = loop->soon_room_ = 0;
    loop->outbox_side_ = 0;
    loop->least_sent_ = ~std::uint64_t{0};
  }
}

void Kernel::reset(std::size_t places, std::span<const std::uint32_t> part_of, std::uint32_t parts, EventSet set) {
  TIERWORKS_CHECK(places <= EventKey::kMaxPlaces, "more places than an event's key can name",
                  static_cast<long long>(places));
  shared_.clocks.assign(places, PlaceClock{});
  shared_.records.reset(parts);
  split(part_of, parts, set);
}

void Kernel::change_partitions(std::span<const std::uint32_t> part_of, std::uint32_t parts) {
  end_windows();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> nodes;
  for (auto& loop : loops_) {
    loop->queue_.tidy();
    loop->queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) { nodes.emplace_back(upper, slot); });
  }
  const Instant now = this->now();
  const std::uint64_t events = this->events();
  const RunStatus status = this->status();
  shared_.records.change_lanes(parts);
  split(part_of, parts, set_);
  for (auto& loop : loops_) loop->now_ = loop->window_end_ = now;
  loops_.front()->events_ = events;
  loops_.front()->status_ = status;
  for (const auto& [upper, slot] : nodes) loop_of(shared_.records[slot].to).queue_.adopt(upper, slot);
}

RunStatus Kernel::status() const {
  for (const auto& loop : loops_) {
    if (loop->status_ != RunStatus::running) return loop->status_;
  }
  return RunStatus::running;
}

std::uint64_t Kernel::events() const {
  std::uint64_t sum = 0;
  for (const auto& loop : loops_) sum += loop->events_;
  return sum;
}

std::size_t Kernel::pending() const {
  std::size_t sum = 0;
  for (const auto& loop : loops_) sum += loop->queue_.size();
  return sum;
}

void Kernel::collect(std::uint32_t part, std::uint32_t side) {
  EventLoop& mine = *loops_[part];
  for (auto& sender : loops_) {
    auto& box = sender->outboxes_[side];
    if (box.empty()) continue;
    for (const EventLoop::Message& m : box[part].messages) {
      mine.queue_.push(EventKey::of_halves(m.upper, m.lower), m.to, m.kind, m.payload);
    }
    box[part].messages.clear();
  }
}

void Kernel::begin_window(std::uint32_t part, Instant end) {
  EventLoop& loop = *loops_[part];
  collect(part, loop.outbox_side_);
  loop.outbox_side_ ^= 1U;
  loop.least_sent_ = ~std::uint64_t{0};
  loop.window_end_ = end;
}

Instant Kernel::least_time() const {
  std::uint64_t least = ~std::uint64_t{0};
  for (const auto& loop : loops_) least = std::min({least, loop->queue_.least_upper(), loop->least_sent_});
  return EventKey::of_halves(least, 0).at();
}

void Kernel::end_windows() {
  for (std::uint32_t side = 0; side < 2; ++side) {
    for (std::uint32_t part = 0; part < parts(); ++part) collect(part, side);
  }
  for (auto& loop : loops_) loop->least_sent_ = ~std::uint64_t{0};
}

std::uint64_t Kernel::fingerprint() const {
  std::uint64_t sum = 0;
  for (const PlaceClock& place : shared_.clocks) sum += place.hash;
  return sum;
}

void Kernel::copy_from(const Kernel& other) {
  shared_.clocks = other.shared_.clocks;
  if (loops_.size() != other.loops_.size()) {
    const std::vector<std::uint32_t> part_of(other.shared_.part_of.begin(), other.shared_.part_of.end());
    split(part_of, other.parts(), other.set_);
  }
  shared_.part_of = other.shared_.part_of;
  shared_.records.copy_from(other.shared_.records);
  set_ = other.set_;
  for (std::size_t p = 0; p < loops_.size(); ++p) {
    EventLoop& to = *loops_[p];
    const EventLoop& from = *other.loops_[p];
    to.queue_.copy_from(from.queue_);
    to.now_ = from.now_;
    to.key_ = from.key_;
    to.status_ = from.status_;
    to.active_ = from.active_;
    to.events_ = from.events_;
    to.soon_next_ = to.soon_size_ = to.soon_room_ = 0;
    to.outboxes_ = from.outboxes_;
    to.outbox_side_ = from.outbox_side_;
    to.least_sent_ = from.least_sent_;
    to.window_end_ = from.window_end_;
  }
}

void Kernel::revise_pending(EventKind kind, const std::function<bool(Event& event, Instant& at)>& change) {
  struct Node {
    std::uint64_t upper;
    std::uint32_t slot;
  };
  std::vector<Node> nodes;
  end_windows();
  for (auto& loop : loops_) {
    nodes.clear();
    loop->queue_.tidy();
    loop->queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) { nodes.push_back({upper, slot}); });
    loop->queue_.reset(set_);
    for (const Node& node : nodes) {
      EventRecord& r = shared_.records[node.slot];
      if (r.kind != kind) {
        loop->queue_.adopt(node.upper, node.slot);
        continue;
      }
      Event event;
      event.key = EventKey::of_halves(node.upper, r.key_lower);
      event.to = r.to;
      event.kind = r.kind;
      event.payload = r.payload;
      Instant at = event.key.at();
      if (!change(event, at)) {
        ++r.generation;
        shared_.records.release(loop->lane(), node.slot);
        continue;
      }
      TIERWORKS_CHECK(!(at < loop->now_), "an event was put off into the past", at.ticks, loop->now_.ticks);
      r.payload = event.payload;
      const EventKey key(at, event.key.phase(), event.key.depth(), event.key.sender(), event.key.sequence());
      loop->queue_.adopt(key.upper(), node.slot);
    }
  }
}

void Kernel::transfer(Transfer& transfer) {
  struct Node {
    std::uint64_t upper;
    std::uint64_t slot;
  };
  std::vector<Node> nodes;
  Instant now = this->now();
  std::uint64_t events = this->events();
  RunStatus status = this->status();
  if (!transfer.reading()) {
    end_windows();
    for (auto& loop : loops_) {
      loop->queue_.tidy();
      loop->queue_.for_each([&](std::uint64_t upper, std::uint32_t slot) { nodes.push_back({upper, slot}); });
    }
  }
  transfer.rows(shared_.clocks);
  transfer.value(now);
  transfer.value(events);
  transfer.value(status);
  shared_.records.transfer(transfer);
  transfer.rows(nodes);
  if (!transfer.reading() || transfer.failed()) return;
  split({}, 1, set_);
  EventLoop& loop = *loops_.front();
  loop.now_ = loop.window_end_ = now;
  loop.events_ = events;
  loop.status_ = status;
  for (const Node& node : nodes) {
    const bool known = node.slot < shared_.records.used() &&
                       shared_.records[static_cast<Ref>(node.slot)].to.index < shared_.clocks.size();
    if (!known) return transfer.fail();
    loop.queue_.adopt(node.upper, static_cast<std::uint32_t>(node.slot));
  }
}

std::uint64_t Kernel::growths() const {
  std::uint64_t sum = shared_.records.growths();
  for (const auto& loop : loops_) sum += loop->queue_.growths();
  return sum;
}

std::size_t Kernel::bytes_used() const {
  std::size_t sum = shared_.records.bytes_used() + shared_.clocks.size() * sizeof(PlaceClock);
  for (const auto& loop : loops_) sum += loop->queue_.bytes_used();
  return sum;
}

}  // namespace tierworks::core
