#include "models/common/formula.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <muParserBase.h>

#include "core/base/math.h"
#include "models/common/diagnostics.h"

namespace tierworks::common {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Something in the evaluation that runs on this thread gave no finite number. Operators have no other way to say so.
thread_local bool faulty = false;

double checked(double x) {
  if (!std::isfinite(x)) faulty = true;
  return x;
}

double add(double a, double b) { return checked(a + b); }
double subtract(double a, double b) { return checked(a - b); }
double multiply(double a, double b) { return checked(a * b); }
double divide(double a, double b) { return checked(a / b); }
double negate(double a) { return -a; }
double same(double a) { return a; }
double negation(double a) { return a == 0 ? 1 : 0; }
double less(double a, double b) { return a < b ? 1 : 0; }
double less_equal(double a, double b) { return a <= b ? 1 : 0; }
double greater(double a, double b) { return a > b ? 1 : 0; }
double greater_equal(double a, double b) { return a >= b ? 1 : 0; }
double equal(double a, double b) { return a == b ? 1 : 0; }
double unequal(double a, double b) { return a != b ? 1 : 0; }
double both(double a, double b) { return a != 0 && b != 0 ? 1 : 0; }
double either(double a, double b) { return a != 0 || b != 0 ? 1 : 0; }

double absolute(double a) { return std::abs(a); }
double round_down(double a) { return std::floor(a); }
double round_up(double a) { return std::ceil(a); }
double round_off(double a) { return std::floor(a + 0.5); }
double root(double a) { return checked(std::sqrt(a)); }
double exponential(double a) { return checked(core::det_exp(a)); }
double logarithm(double a) { return checked(core::det_log(a)); }

// Small whole exponents by multiplication: exact where the result is.
double power(double x, double y) {
  constexpr double kMostMultiplied = 64;
  if (y == std::floor(y) && std::abs(y) <= kMostMultiplied) {
    double product = 1;
    for (double n = std::abs(y); n > 0; n -= 1) product *= x;
    return checked(y < 0 ? 1 / product : product);
  }
  if (x == 0) return checked(y > 0 ? 0.0 : kNan);
  return checked(x > 0 ? core::det_pow(x, y) : kNan);
}

double least(const double* values, int n) { return *std::min_element(values, values + n); }
double most(const double* values, int n) { return *std::max_element(values, values + n); }

constexpr std::array<std::string_view, 10> kFunctions{"abs", "ceil", "exp", "floor", "log",
                                                      "max", "min",  "pow", "round", "sqrt"};

// Decimal numbers, whatever the locale says.
int number(const char* text, int* position, double* value) {
  const bool starts = (*text >= '0' && *text <= '9') || (*text == '.' && text[1] >= '0' && text[1] <= '9');
  if (!starts) return 0;
  const auto [stop, fault] = std::from_chars(text, text + std::strlen(text), *value);
  if (fault != std::errc{}) return 0;
  *position += static_cast<int>(stop - text);
  return 1;
}

// The parser without any arithmetic of its own.
class Grammar final : public mu::ParserBase {
 public:
  Grammar() {
    EnableBuiltInOprt(false);
    InitCharSets();
    AddValIdent(number);
    InitFun();
    InitOprt();
  }

 private:
  void InitCharSets() override {
    DefineNameChars("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    DefineOprtChars("+-*/^<>=!&|");
    DefineInfixOprtChars("+-!");
  }
  void InitFun() override {
    DefineFun("abs", absolute, false);
    DefineFun("ceil", round_up, false);
    DefineFun("exp", exponential, false);
    DefineFun("floor", round_down, false);
    DefineFun("log", logarithm, false);
    DefineFun("max", most, false);
    DefineFun("min", least, false);
    DefineFun("pow", power, false);
    DefineFun("round", round_off, false);
    DefineFun("sqrt", root, false);
  }
  void InitConst() override {}
  void InitOprt() override {
    DefineInfixOprt("-", negate, mu::prINFIX, false);
    DefineInfixOprt("+", same, mu::prINFIX, false);
    DefineInfixOprt("!", negation, mu::prINFIX, false);
    DefineOprt("||", either, mu::prLOR);
    DefineOprt("&&", both, mu::prLAND);
    DefineOprt("<", less, mu::prCMP);
    DefineOprt("<=", less_equal, mu::prCMP);
    DefineOprt(">", greater, mu::prCMP);
    DefineOprt(">=", greater_equal, mu::prCMP);
    DefineOprt("==", equal, mu::prCMP);
    DefineOprt("!=", unequal, mu::prCMP);
    DefineOprt("+", add, mu::prADD_SUB);
    DefineOprt("-", subtract, mu::prADD_SUB);
    DefineOprt("*", multiply, mu::prMUL_DIV);
    DefineOprt("/", divide, mu::prMUL_DIV);
    DefineOprt("^", power, mu::prPOW, mu::oaRIGHT);
  }
};

bool is_name(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string word_at(const std::string& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_name(text[end])) ++end;
  return text.substr(at, std::max<std::size_t>(1, end - at));
}

std::string in_words(const mu::ParserError& error, const FormulaText& formula, std::size_t at) {
  const bool at_end = at >= formula.text.size();
  const std::string word = at_end ? std::string() : word_at(formula.text, at);
  switch (error.GetCode()) {
    case mu::ecUNASSIGNABLE_TOKEN: {
      if (at_end) break;
      if (!is_name(word.front())) return fmt::format("\"{}\" means nothing here", word);
      std::vector<std::string> known(formula.names.begin(), formula.names.end());
      known.insert(known.end(), kFunctions.begin(), kFunctions.end());
      if (std::find(known.begin(), known.end(), word) != known.end()) {
        return fmt::format("\"{}\" needs its arguments in parentheses", word);
      }
      const std::string guess = did_you_mean(word, known);
      return fmt::format("unknown name \"{}\"{}", word,
                         guess.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : guess);
    }
    case mu::ecUNEXPECTED_EOF:
      return "something is missing at the end";
    case mu::ecMISSING_PARENS:
      return "a closing parenthesis is missing";
    case mu::ecEMPTY_EXPRESSION:
      return "it is empty";
    case mu::ecTOO_MANY_PARAMS:
      return "too many arguments";
    case mu::ecTOO_FEW_PARAMS:
      return "too few arguments";
    case mu::ecMISSING_ELSE_CLAUSE:
      return "`: B` is missing behind `? A`";
    case mu::ecMISPLACED_COLON:
      return "a colon without its `?`";
    default:
      break;
  }
  return at_end ? "it ends too early" : fmt::format("\"{}\" cannot stand here", word);
}

// Behind the operand that begins at `at`, signs and powers with it: a number, a name, or what stands in parentheses.
std::size_t behind_operand(const std::string& text, std::size_t at) {
  at = text.find_first_not_of(" +-!", at);
  if (at == std::string::npos) return text.size();
  int read = 0;
  double value = 0;
  if (number(text.c_str() + at, &read, &value) == 1) {
    at += static_cast<std::size_t>(read);
  } else {
    while (at < text.size() && is_name(text[at])) ++at;
    const std::size_t open = text.find_first_not_of(' ', at);
    if (open != std::string::npos && text[open] == '(') {
      int depth = 0;
      at = open;
      do {
        depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        ++at;
      } while (depth > 0 && at < text.size());
    }
  }
  const std::size_t next = text.find_first_not_of(' ', at);
  return next != std::string::npos && text[next] == '^' ? behind_operand(text, next + 1) : at;
}

// A divisor of numbers alone that is 0 divides by 0 whatever the state; others show when they are worked out.
std::optional<std::size_t> constant_division_by_zero(const std::string& text) {
  for (std::size_t i = text.find('/'); i != std::string::npos; i = text.find('/', i + 1)) {
    try {
      Grammar grammar;  // knows no names
      grammar.SetExpr(text.substr(i + 1, behind_operand(text, i + 1) - i - 1));
      if (grammar.Eval() == 0) return i;
    } catch (const mu::ParserError&) {
      // The state has a say in it.
    }
  }
  return std::nullopt;
}

struct Program {
  std::vector<double> values;  // never grows: the parser points at them
  Grammar grammar;

  explicit Program(const FormulaText& formula) : values(formula.names.size(), 1.0) {
    for (std::size_t i = 0; i < values.size(); ++i) grammar.DefineVar(std::string(formula.names[i]), &values[i]);
    grammar.SetExpr(formula.text);
  }
};

}  // namespace

struct Formula::Parts : Program {
  using Program::Program;
};

std::optional<FormulaMistake> check_formula(const FormulaText& formula, std::vector<bool>* used) {
  try {
    Program program(formula);
    int results = 0;
    program.grammar.Eval(results);
    if (results != 1) return FormulaMistake{formula.text.find(','), "it gives several numbers, expected one"};
    if (used != nullptr) {
      const auto& reads = program.grammar.GetUsedVar();
      used->clear();
      for (const std::string_view name : formula.names) used->push_back(reads.contains(std::string(name)));
    }
  } catch (const mu::ParserError& error) {
    const std::size_t end = formula.text.size();
    const bool nowhere = error.GetPos() < 0;
    std::size_t at = nowhere ? end : std::min(static_cast<std::size_t>(error.GetPos()), end);
    at = std::min(formula.text.find_first_not_of(' ', at), end);
    return FormulaMistake{at, in_words(error, formula, at)};
  }
  if (const auto at = constant_division_by_zero(formula.text)) return FormulaMistake{*at, "a division by 0"};
  return std::nullopt;
}

Formula::Formula(const FormulaText& formula) : parts_(std::make_unique<Parts>(formula)) {
  parts_->grammar.Eval();  // parses now, so that later evaluations allocate nothing
}
Formula::~Formula() = default;
Formula::Formula(Formula&&) noexcept = default;

double Formula::operator()(std::span<const double> values) {
  std::copy(values.begin(), values.end(), parts_->values.begin());
  faulty = false;
  const double result = parts_->grammar.Eval();
  return faulty || !std::isfinite(result) ? kNan : result;
}

}  // namespace tierworks::common
