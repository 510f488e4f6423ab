// The words of one phrase (`lognormal 3 d cv 0.4`), read from left to right. Blanks part words; `/` is always a word of
// its own; `8h`, `98%` and `3M` are read as two. What went wrong is kept in `remedy`, ready to follow "expected ...".
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tierworks::reader {

// One unit of time in ticks, or nothing. `month` is none: it has no fixed length.
std::optional<double> ticks_in_unit(std::string_view unit);

class Words {
 public:
  explicit Words(std::string_view text);

  bool done() const { return at_ == words_.size(); }
  std::string_view peek() const { return done() ? std::string_view{} : words_[at_]; }
  std::string_view next() { return done() ? std::string_view{} : words_[at_++]; }
  bool take(std::string_view word);

  // A finite decimal number, with an optional multiplier `k` or `M` behind it. No hexadecimal, no leading zeros, no
  // grouping of digits, no inf or nan.
  std::optional<double> number();
  bool number_follows() const;
  // A share: `40 %` or `0.4`; `percent` says which.
  std::optional<double> share(bool& percent);
  // A unit of time, in ticks.
  std::optional<double> time_unit();
  // A word that may name a unit of quantity: no number, no sign, no word of the language.
  std::optional<std::string> quantity_unit();
  // `8 h`, or `0` alone; in ticks, neither rounded nor limited.
  std::optional<double> time();

  // Keeps the first complaint only: what follows it is a consequence. Gives nullopt, so that it can be returned.
  std::nullopt_t complain(std::string remedy);
  const std::string& remedy() const { return remedy_; }

 private:
  void add(std::string_view word);

  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  std::string remedy_;
};

// The end of every failed reading: what was wanted, and why it was not that.
std::nullopt_t refuse(std::string& expected, std::string_view wanted, const Words& words);

}  // namespace tierworks::reader
