// An array that grows in place: it lies in a reserved range of addresses, so that no growth moves a row and other threads
// may use theirs meanwhile. Memory is used as rows are touched. Copying copies the rows, never the range.
// Invariant: rows [0, size()) are valid; `data()` never changes but by a move of the whole array.
// Errors: std::bad_alloc if the range cannot be had or is exhausted. Cost: nothing while capacity lasts; it doubles, and
// doubling is counted.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace tierworks::core {

// The range itself; untyped, so that one file knows the operating system.
class ReservedRange {
 public:
  explicit ReservedRange(std::size_t bytes);  // takes what it can get, down to 1/64 of it
  ~ReservedRange();
  ReservedRange(ReservedRange&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  ReservedRange& operator=(ReservedRange&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  void* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }
  // Makes the operating system hand out the pages of [from, to) now rather than at their first use.
  void touch(std::size_t from, std::size_t to) const;
  // So many bytes will be used: if they are many, their pages are to be large ones, of which fewer addresses need be looked up.
  void expect(std::size_t bytes) const;

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

// What to keep ready for a run that may need somewhat more than `bytes`: much more of little, little more of much.
constexpr std::size_t with_room_to_spare(std::size_t bytes) {
  constexpr std::size_t kLeast = std::size_t{1} << 14, kMuch = std::size_t{1} << 20;
  return bytes + std::max({kLeast, std::min(bytes, kMuch), bytes / 4});
}

template <class T>
class StableArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit StableArray(std::size_t reserved_bytes = std::size_t{1} << 32) : range_(reserved_bytes) {}
  StableArray(StableArray&&) noexcept = default;
  StableArray& operator=(StableArray&&) noexcept = default;

  T* data() { return static_cast<T*>(range_.data()); }
  const T* data() const { return static_cast<const T*>(range_.data()); }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  T& back() { return data()[size_ - 1]; }
  const T& back() const { return data()[size_ - 1]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // One more row needs no growth.
  bool has_room() const { return size_ != capacity_; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

  void push_back(const T& value) {
    if (size_ == capacity_) [[unlikely]]
      grow(size_ + 1);
    data()[size_++] = value;
  }
  void pop_back() { --size_; }
  // New rows keep what the memory held: zero bytes, or an earlier run's rows.
  void resize(std::size_t n) {
    if (n > capacity_) [[unlikely]]
      grow(n);
    size_ = n;
  }
  void clear() { size_ = 0; }
  void copy_from(const StableArray& other) {
    resize(other.size_);
    if (size_ > 0) std::memcpy(static_cast<void*>(data()), other.data(), size_ * sizeof(T));
  }

  // How often the capacity grew.
  std::uint64_t growths() const { return growths_; }
  // Between two runs: if the last one made it grow, the next one finds some room to spare.
  void settle() {
    if (growths_ == settled_) return;
    settled_ = growths_;
    const std::size_t wanted = std::min(range_.bytes(), with_room_to_spare(capacity_ * sizeof(T))) / sizeof(T);
    range_.expect(wanted * sizeof(T));
    range_.touch(capacity_ * sizeof(T), wanted * sizeof(T));
    capacity_ = wanted;
  }

 private:
  void check_room(std::size_t n) const {
    if (n > range_.bytes() / sizeof(T)) throw std::bad_alloc();
  }
  void grow(std::size_t n) {
    check_room(n);
    std::size_t wanted = capacity_ < 64 ? 64 : 2 * capacity_;
    if (wanted < n) wanted = n;
    const std::size_t most = range_.bytes() / sizeof(T);
    capacity_ = wanted < most ? wanted : most;
    range_.expect(capacity_ * sizeof(T));
    ++growths_;
  }

  ReservedRange range_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::uint64_t growths_ = 0;
  std::uint64_t settled_ = 0;
};

}  // namespace tierworks::core
