// Hold: take the earliest event out, send it again an exponential time later; n events are pending all the time. Both
// sides copy a record of one cache line out and write it again, read and write its payload, and draw from the same stream.
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

#include <boost/intrusive/set.hpp>

#include "bench/common/variates.h"
#include "bench/common/yardstick.h"
#include "bench/kernel/suite.h"
#include "core/event/event_queue.h"

namespace tierworks::bench {

namespace {

using core::EventKey;
using core::Instant;
using core::PlaceId;

constexpr double kMeanTicks = static_cast<double>(core::kHour.ticks);
constexpr std::size_t kMostForTree = 1'000'000;

struct Payload {
  std::array<std::uint64_t, 5> words{};
};
static_assert(sizeof(Payload) == core::Event::kPayloadBytes);

// The order of events, their times and what they carry: the same for all event sets.
class Model {
 public:
  EventKey next(Instant now) {
    return {now + core::rounded(words_.exponential(kMeanTicks)), 0, 0, PlaceId{0}, sequence_++};
  }
  static void use(Payload& payload) {
    payload.words[0] += payload.words[4];
    ++payload.words[4];
  }

 private:
  FastWords words_{1};
  std::uint64_t sequence_ = 0;
};

class OurQueue {
 public:
  explicit OurQueue(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) queue_.push(model_.next({}), PlaceId{0}, 0, Payload{});
  }
  std::uint64_t hold(std::uint64_t times) {
    std::uint64_t check = 0;
    core::Event event;
    for (std::uint64_t i = 0; i < times; ++i) {
      queue_.pop_before(~std::uint64_t{0}, event);
      auto payload = event.as<Payload>();
      Model::use(payload);
      check += queue_.push(model_.next(event.key.at()), event.to, event.kind, payload).slot;
    }
    return check + static_cast<std::uint64_t>(event.key.at().ticks);
  }
  std::uint64_t now() {
    core::Event event;
    queue_.pop_before(~std::uint64_t{0}, event);
    return static_cast<std::uint64_t>(event.key.at().ticks);
  }

 private:
  core::EventRecords records_{std::size_t{1} << 34};
  core::EventQueue queue_{records_, core::Lane{}};
  Model model_;
};

class BinaryHeap {
 public:
  explicit BinaryHeap(std::size_t n) {
    std::vector<Entry> room;
    room.reserve(n + 1);
    queue_ = Queue(Later{}, std::move(room));
    records_.resize(n + 1);
    for (std::size_t i = 0; i <= n; ++i) records_[i].next_free = i < n ? static_cast<std::uint32_t>(i + 1) : kNone;
    for (std::size_t i = 0; i < n; ++i) push(model_.next({}), Payload{});
  }
  std::uint64_t hold(std::uint64_t times) {
    Instant now{};
    for (std::uint64_t i = 0; i < times; ++i) {
      Payload payload = pop(now);
      Model::use(payload);
      push(model_.next(now), payload);
    }
    return static_cast<std::uint64_t>(now.ticks);
  }
  std::uint64_t now() const { return static_cast<std::uint64_t>(queue_.top().key.at().ticks); }

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;
  struct Entry {
    EventKey key;
    std::uint32_t record;
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const { return b.key < a.key; }
  };
  using Queue = std::priority_queue<Entry, std::vector<Entry>, Later>;
  struct alignas(64) Record {
    std::uint32_t next_free = kNone;
    std::uint32_t to = 0, kind = 0, generation = 0;
    Payload payload;
  };

  Payload pop(Instant& now) {
    const Entry first = queue_.top();
    queue_.pop();
    now = first.key.at();
    Record& record = records_[first.record];
    ++record.generation;
    const Payload payload = record.payload;
    record.next_free = free_;
    free_ = first.record;
    return payload;
  }
  void push(const EventKey& key, const Payload& payload) {
    const std::uint32_t at = free_;
    Record& record = records_[at];
    free_ = record.next_free;
    record.to = 0;
    record.kind = 0;
    record.payload = payload;
    queue_.push({key, at});
  }

  Queue queue_;
  std::vector<Record> records_;
  std::uint32_t free_ = 0;
  Model model_;
};

class RedBlackTree {
 public:
  explicit RedBlackTree(std::size_t n) : records_(n + 1) {
    for (Record& record : records_) free_.push_back(&record);
    for (std::size_t i = 0; i < n; ++i) push(model_.next({}), Payload{});
  }
  ~RedBlackTree() { tree_.clear(); }
  RedBlackTree(const RedBlackTree&) = delete;
  RedBlackTree& operator=(const RedBlackTree&) = delete;

  std::uint64_t hold(std::uint64_t times) {
    Instant now{};
    for (std::uint64_t i = 0; i < times; ++i) {
      Record& first = *tree_.begin();
      tree_.erase(tree_.begin());
      now = first.key.at();
      Payload payload = first.payload;
      free_.push_back(&first);
      Model::use(payload);
      push(model_.next(now), payload);
    }
    return static_cast<std::uint64_t>(now.ticks);
  }

 private:
  using Hook = boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>,
                                               boost::intrusive::optimize_size<true>>;
  struct Record : Hook {
    EventKey key;
    std::uint32_t to = 0, kind = 0;
    Payload payload;
    bool operator<(const Record& other) const { return key < other.key; }
  };

  void push(const EventKey& key, const Payload& payload) {
    Record& record = *free_.back();
    free_.pop_back();
    record.key = key;
    record.to = 0;
    record.kind = 0;
    record.payload = payload;
    tree_.insert(record);
  }

  std::vector<Record> records_;
  std::vector<Record*> free_;
  boost::intrusive::set<Record, boost::intrusive::constant_time_size<false>> tree_;
  Model model_;
};

template <class Queue>
double nanoseconds(Queue& queue, std::uint64_t holds) {
  return 1e9 * cpu_seconds_of([&] { sink(queue.hold(holds)); }) / static_cast<double>(holds);
}

Figure measure(const std::string& key, std::size_t n, std::size_t pairs) {
  const double start = thread_cpu_seconds();
  const std::uint64_t warm_up = n < 10'000'000 ? 3 * n : n;
  // Enough for a stable figure, and a good part of all events where many are pending.
  const std::uint64_t holds = n < 1'000'000 ? 1'000'000 : std::max<std::uint64_t>(1'000'000, n / 2);
  const auto ours = std::make_unique<OurQueue>(n);
  const auto heap = std::make_unique<BinaryHeap>(n);
  const auto tree = n <= kMostForTree ? std::make_unique<RedBlackTree>(n) : nullptr;
  sink(ours->hold(warm_up));
  sink(heap->hold(warm_up));
  if (tree) sink(tree->hold(warm_up));
  std::vector<double> own, other, over_heap, over_tree;
  Yardstick yardstick;
  for (std::size_t i = 0; i < pairs; ++i) {
    own.push_back(nanoseconds(*ours, holds));
    yardstick.beside(1e-9 * own.back());
    other.push_back(nanoseconds(*heap, holds));
    over_heap.push_back(own.back() / other.back());
    if (tree) over_tree.push_back(own.back() / nanoseconds(*tree, holds));
  }
  if (ours->now() != heap->now()) throw WrongResult(key + ": the two event sets do not hold the same events");

  Figure figure{.key = key, .value = median(own), .unit = "ns CPU per hold", .ratio = median(over_heap)};
  figure.against = "std::priority_queue";
  figure.more.emplace_back("priority_queue_ns", median(other));
  if (tree) figure.more.emplace_back("over_rbtree", median(over_tree));
  yardstick.add_to(figure);
  figure.cpu_seconds = thread_cpu_seconds() - start;
  return figure;
}

}  // namespace

void measure_hold(const Options& options, Figures& figures) {
  const std::pair<const char*, std::size_t> sizes[] = {
      {"hold_1e2", 100}, {"hold_1e4", 10'000}, {"hold_1e6", 1'000'000}, {"hold_1e7", 10'000'000}};
  for (const auto& [key, n] : sizes) {
    if (options.wants(key)) figures.push_back(measure(key, n, options.pairs));
  }
}

}  // namespace tierworks::bench
