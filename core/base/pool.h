// Rows that come and go, addressed by 32-bit references; freed rows are used again, last freed first.
// Invariant: no reference outlives `release`; the pool is a value (a copy is a bulk copy) and holds no pointers inward.
// Cost: allocate and release are a few instructions; memory follows the greatest number of rows live at once.
#pragma once
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/base/check.h"

namespace tierworks::core {

using Ref = std::uint32_t;
inline constexpr Ref kNoRef = 0xffffffffU;

template <class T>
class Pool {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Ref allocate(const T& value) {
    ++live_;
    if (free_ == kNoRef) {
      rows_.push_back({value, kNoRef});
      return static_cast<Ref>(rows_.size() - 1);
    }
    const Ref ref = free_;
    free_ = rows_[ref].next_free;
    rows_[ref] = {value, kNoRef};
    return ref;
  }
  void release(Ref ref) {
    --live_;
    rows_[ref].next_free = free_;
    free_ = ref;
  }
  T& operator[](Ref ref) { return rows_[ref].value; }
  const T& operator[](Ref ref) const { return rows_[ref].value; }
  std::size_t live() const { return live_; }
  // Forgets all rows and keeps the memory.
  void clear() {
    rows_.clear();
    free_ = kNoRef;
    live_ = 0;
  }

 private:
  struct Row {
    T value;
    Ref next_free;
  };
  std::vector<Row> rows_;
  Ref free_ = kNoRef;
  std::size_t live_ = 0;
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
