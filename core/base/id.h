// Typed indices: an id is a type, and a table is indexed by it.
// Invariant: `index` is a position in the table of the same tag, or `none`. Cost: four bytes, no indirection.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tierworks::core {

template <class Tag>
struct Id {
  static constexpr std::uint32_t none_index = 0xffffffffU;
  std::uint32_t index = none_index;

  static constexpr Id none() { return {}; }
  constexpr bool is_none() const { return index == none_index; }
  constexpr auto operator<=>(const Id&) const = default;
};

// A vector that can be indexed by one kind of id only.
template <class IdType, class T>
class Table {
 public:
  Table() = default;
  explicit Table(std::size_t n, const T& value = T{}) : rows_(n, value) {}

  T& operator[](IdType id) { return rows_[id.index]; }
  const T& operator[](IdType id) const { return rows_[id.index]; }
  IdType add(T row) {
    rows_.push_back(std::move(row));
    return IdType{static_cast<std::uint32_t>(rows_.size() - 1)};
  }
  void assign(std::size_t n, const T& value) { rows_.assign(n, value); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  std::vector<T>& vector() { return rows_; }
  static IdType id_at(std::size_t i) { return IdType{static_cast<std::uint32_t>(i)}; }

 private:
  std::vector<T> rows_;
};

// A half-open range of rows of some flat array: the links of a compiled model.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  constexpr std::uint32_t size() const { return last - first; }
  constexpr bool empty() const { return first == last; }
};

}  // namespace tierworks::core
