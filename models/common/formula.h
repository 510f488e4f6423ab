// A user's own formula: arithmetic over named numbers, written once and evaluated often.
//   + - * / ^   < <= > >= == !=   && || !   CONDITION ? A : B   abs ceil exp floor log max min pow round sqrt
// `log` is natural; a condition holds if it is not 0, and of `? :` only the part that is taken is worked out.
// Invariants: the same bits on every processor (own exp, log and pow; IEEE operations in the order that is written; nothing of
// the parser's own arithmetic is used). A division by 0, a root of a negative number or anything else that is no finite number
// makes the whole result NaN, even where it would not show in it. Parsed once; evaluating allocates nothing.
// A Formula holds its names' values and a stack: it belongs to one thread at a time, so to a run's engine, never to a Model.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/common/ids.h"

namespace tierworks::common {

// As a Model holds it: what is parsed again for each engine.
struct FormulaText {
  std::string text;
  std::span<const std::string_view> names;  // constant, of the room that evaluates it
};

struct FormulaMistake {
  std::size_t at = 0;  // characters before it
  std::string message;
};

// What is wrong with it, if anything; `used` gets, for each name, whether the formula reads it.
std::optional<FormulaMistake> check_formula(const FormulaText& formula, std::vector<bool>* used = nullptr);

class Formula {
 public:
  // Of a text that was checked.
  explicit Formula(const FormulaText& formula);
  ~Formula();
  Formula(Formula&&) noexcept;

  // One value for each name, in their order. NaN if it gives no finite number.
  double operator()(std::span<const double> values);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// All formulas of a model, ready for one engine.
class Formulas {
 public:
  explicit Formulas(const core::Table<FormulaId, FormulaText>& texts) {
    formulas_.reserve(texts.size());
    for (const FormulaText& text : texts) formulas_.emplace_back(text);
  }
  double operator()(FormulaId id, std::span<const double> values) { return formulas_[id.index](values); }

 private:
  std::vector<Formula> formulas_;
};

}  // namespace tierworks::common
