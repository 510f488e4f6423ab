// Moves the contents of a value to bytes or back: one description of what a value holds serves both directions.
// A value offers `transfer(Transfer&)`, which names its members in a fixed order. Reading never trusts a length: it is held
// against the bytes that are there, and after the first fault nothing more is read.
#pragma once
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "core/base/id.h"

namespace tierworks::core {

class Transfer {
 public:
  // `head_bytes` zero bytes come first, for whoever puts something in front.
  static Transfer writer(std::size_t expected_bytes = 0, std::size_t head_bytes = 0) {
    Transfer t;
    t.out_.reserve(head_bytes + expected_bytes);
    t.out_.resize(head_bytes);
    return t;
  }
  static Transfer reader(std::string_view from) {
    Transfer t;
    t.from_ = from;
    t.reading_ = true;
    return t;
  }

  bool reading() const { return reading_; }
  bool failed() const { return failed_; }
  void fail() { failed_ = true; }
  // A reader has read all and found no fault.
  bool finished() const { return reading_ && !failed_ && at_ == from_.size(); }
  const std::string& written() const { return out_; }
  std::string take() { return std::move(out_); }
  // A reader has no more than that to come.
  std::size_t left() const { return from_.size() - at_; }

  void bytes(void* data, std::size_t n) {
    if (failed_ || n == 0) return;
    if (!reading_) {
      out_.append(static_cast<const char*>(data), n);
      return;
    }
    if (n > left()) return fail();
    std::memcpy(data, from_.data() + at_, n);
    at_ += n;
  }

  template <class T>
  void value(T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(&v, sizeof(T));
  }

  template <class T>
  void rows(std::vector<T>& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::uint64_t n = v.size();
    value(n);
    if (reading_) {
      if (failed_ || n > left() / sizeof(T)) return fail();
      v.resize(n);
    }
    bytes(v.data(), n * sizeof(T));
  }
  template <class IdType, class T>
  void rows(Table<IdType, T>& table) {
    rows(table.vector());
  }

 private:
  std::string_view from_;
  std::string out_;
  std::size_t at_ = 0;
  bool reading_ = false;
  bool failed_ = false;
};

// What a State is made of: `members()` ties together its tables, pools and values in a fixed order.
template <class Member>
void transfer_member(Transfer& transfer, Member& member) {
  if constexpr (requires { member.transfer(transfer); }) {
    member.transfer(transfer);
  } else {
    transfer.rows(member);
  }
}
template <class State>
void transfer_state(Transfer& transfer, State& state) {
  std::apply([&](auto&... member) { (transfer_member(transfer, member), ...); }, state.members());
}

template <class Member>
void copy_member(Member& to, const Member& from) {
  if constexpr (requires { to.copy_from(from); }) {
    to.copy_from(from);
  } else {
    to = from;
  }
}
template <class State>
void copy_state(State& to, const State& from) {
  const auto members = from.members();
  std::apply(
      [&](auto&... member) { std::apply([&](const auto&... source) { (copy_member(member, source), ...); }, members); },
      to.members());
}

}  // namespace tierworks::core
