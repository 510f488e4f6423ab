// Rows that come and go, addressed by 32-bit references; freed rows are used again, last freed first.
// Several threads may allocate and release at once, each in a lane of its own; any of them may read any row that is its to
// read, since rows never move. A row may be released in another lane than it came from.
// Invariant: no reference outlives `release`; the pool holds no pointers inward, so that copying it copies rows.
// Cost: allocate and release are a few instructions; memory follows the greatest number of rows live at once.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "core/base/check.h"
#include "core/base/stable_array.h"

namespace tierworks::core {

using Ref = std::uint32_t;
inline constexpr Ref kNoRef = 0xffffffffU;

// Who allocates: one thread at a time.
struct Lane {
  std::uint32_t index = 0;
};

template <class T>
class Pool {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) >= sizeof(Ref));

 public:
  explicit Pool(std::size_t reserved_bytes = std::size_t{1} << 32) : range_(reserved_bytes), lanes_(1) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  Ref allocate(Lane lane, const T& value) {
    const Ref ref = allocate(lane);
    rows()[ref] = value;
    return ref;
  }
  // The row holds what its memory held, but for the first four bytes.
  Ref allocate(Lane lane) {
    Ref ref;
    if (reuse(lane, ref)) return ref;
    Lot& lot = lanes_[lane.index];
    ++lot.live;
    if (lot.fresh == lot.fresh_end) [[unlikely]]
      take_chunk(lot);
    return lot.fresh++;
  }
  // Allocates a row that was used before, if one is free.
  bool reuse(Lane lane, Ref& ref) {
    Lot& lot = lanes_[lane.index];
    if (lot.free == kNoRef) return false;
    ++lot.live;
    ref = lot.free;
    std::memcpy(&lot.free, rows() + ref, sizeof(Ref));
    return true;
  }
  void release(Lane lane, Ref ref) {
    Lot& lot = lanes_[lane.index];
    --lot.live;
    std::memcpy(static_cast<void*>(rows() + ref), &lot.free, sizeof(Ref));
    lot.free = ref;
  }
  T& operator[](Ref ref) { return rows()[ref]; }
  const T& operator[](Ref ref) const { return static_cast<const T*>(range_.data())[ref]; }
  std::size_t live() const {
    std::int64_t sum = 0;
    for (const Lot& lot : lanes_) sum += lot.live;
    return static_cast<std::size_t>(sum);
  }

  // Forgets all rows and keeps the memory, with room to spare for a run that needs somewhat more than the last one.
  void reset(std::size_t lanes = 1) {
    const std::size_t used = used_.load(std::memory_order_relaxed);
    const std::size_t wanted = std::min(most(), with_room_to_spare(used * sizeof(T)) / sizeof(T));
    if (used > 0 && wanted > capacity_) {
      range_.expect(wanted * sizeof(T));
      range_.touch(used * sizeof(T), wanted * sizeof(T));
      capacity_ = wanted;
    }
    used_ = 0;
    lanes_.assign(lanes, Lot{});
  }
  // The same rows with their references, for other lanes; all free rows go to the first one.
  void change_lanes(std::size_t lanes) {
    Lot all;
    all.live = static_cast<std::int64_t>(live());
    for_each_free([&](Ref ref) {
      std::memcpy(static_cast<void*>(rows() + ref), &all.free, sizeof(Ref));
      all.free = ref;
    });
    lanes_.assign(lanes, Lot{});
    lanes_[0] = all;
  }
  void copy_from(const Pool& other) {
    const std::size_t used = other.used_.load(std::memory_order_relaxed);
    if (used > capacity_) grow(used);
    used_ = static_cast<Ref>(used);
    lanes_ = other.lanes_;
    if (used > 0) std::memcpy(range_.data(), other.range_.data(), used * sizeof(T));
  }

  // How often rows beyond the capacity were needed.
  std::uint64_t growths() const { return growths_.load(std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t bytes_used() const { return used() * sizeof(T); }

  // As one span of bytes and one list, whatever the lanes; `transfer` is a Transfer (core/base/transfer.h).
  template <class Transfer>
  void transfer(Transfer& transfer) {
    if (transfer.reading()) {
      reset();
    } else {
      change_lanes(lanes_.size());
    }
    Ref used = used_;
    transfer.value(used);
    transfer.value(lanes_[0].free);
    transfer.value(lanes_[0].live);
    if (transfer.reading()) {
      if (used > most() || used > transfer.left() / sizeof(T)) return transfer.fail();
      if (used > capacity_) grow(used);
      used_ = used;
    }
    transfer.bytes(range_.data(), used * sizeof(T));
  }

 private:
  static constexpr Ref kChunk = 64;

  // What is free in one lane: rows used before, and a chunk of fresh ones.
  struct alignas(64) Lot {
    Ref free = kNoRef;
    Ref fresh = 0, fresh_end = 0;
    std::int64_t live = 0;
  };

  T* rows() { return static_cast<T*>(range_.data()); }
  std::size_t most() const { return std::min<std::size_t>(range_.bytes() / sizeof(T), kNoRef - kChunk); }

  void take_chunk(Lot& lot) {
    const std::size_t first = used_.fetch_add(kChunk, std::memory_order_relaxed);
    if (first + kChunk > most()) throw std::bad_alloc();
    lot.fresh = static_cast<Ref>(first);
    lot.fresh_end = lot.fresh + kChunk;
    if (first + kChunk > capacity_.load(std::memory_order_relaxed)) grow(first + kChunk);
  }
  void grow(std::size_t n) {
    std::size_t now = capacity_.load(std::memory_order_relaxed);
    while (now < n && !capacity_.compare_exchange_weak(now, std::max(n, std::min(2 * now, most())))) {
    }
    range_.expect(capacity_.load(std::memory_order_relaxed) * sizeof(T));
    growths_.fetch_add(1, std::memory_order_relaxed);
  }
  template <class F>
  void for_each_free(F&& visit) {
    for (const Lot& lot : lanes_) {
      for (Ref ref = lot.free; ref != kNoRef;) {
        const Ref at = ref;
        std::memcpy(&ref, rows() + at, sizeof(Ref));
        visit(at);
      }
      for (Ref ref = lot.fresh; ref != lot.fresh_end; ++ref) visit(ref);
    }
  }

  ReservedRange range_;
  std::vector<Lot> lanes_;
  std::atomic<Ref> used_{0};  // rows ever given to a lane
  std::atomic<std::size_t> capacity_{0};
  std::atomic<std::uint64_t> growths_{0};
};

// A first-in-first-out list of pool rows, linked by their field `next`.
struct Fifo {
  Ref first = kNoRef;
  Ref last = kNoRef;
  bool empty() const { return first == kNoRef; }

  template <class T>
  void push_back(Pool<T>& pool, Ref ref) {
    pool[ref].next = kNoRef;
    if (empty()) {
      first = ref;
    } else {
      pool[last].next = ref;
    }
    last = ref;
  }
  template <class T>
  Ref pop_front(Pool<T>& pool) {
    const Ref ref = first;
    first = pool[ref].next;
    if (first == kNoRef) last = kNoRef;
    return ref;
  }
  // Takes one row out, wherever it stands. Cost: the rows before it.
  template <class T>
  void remove(Pool<T>& pool, Ref ref) {
    if (first == ref) {
      pop_front(pool);
      return;
    }
    Ref before = first;
    while (before != kNoRef && pool[before].next != ref) before = pool[before].next;
    TIERWORKS_CHECK(before != kNoRef, "a row to be removed is not in its list", static_cast<long long>(ref));
    pool[before].next = pool[ref].next;
    if (last == ref) last = before;
  }
};

}  // namespace tierworks::core
