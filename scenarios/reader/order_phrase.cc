// When customers order: `poisson 40 / d`, `every 1 d from 8 h`, `ar1 mean 50 sd 8 rho 0.6`, `intermittent 20 % every 1 d`.
#include <cmath>

#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {
namespace {

using common::OrderPattern;

constexpr std::string_view kWanted =
    "orders like `poisson 40 / d`, `every 1 d`, `every 1 d from 8 h`, `every exponential 2 h`, `ar1 mean 50 sd 8 rho "
    "0.6 "
    "every 1 d`, `intermittent 20 % every 1 d`, or a CSV file";

class OrderPhrase {
 public:
  OrderPhrase(std::string_view text, const ColumnOfFile& column_of_file)
      : words_(text), column_of_file_(column_of_file) {}

  std::optional<OrderPattern> read() {
    bool good = false;
    if (words_.take("poisson")) {
      good = poisson();
    } else if (words_.take("every")) {
      good = interval();
    } else if (words_.take("ar1")) {
      good = ar1();
    } else if (words_.take("intermittent")) {
      good = intermittent();
    } else {
      fail("it starts with `poisson`, `every`, `ar1` or `intermittent`, or ends in `.csv`");
    }
    if (!good || !words_.remedy().empty() || !words_.done()) return std::nullopt;
    return std::move(pattern_);
  }

  std::string expected() const {
    std::string text(kWanted);
    if (!words_.remedy().empty()) {
      text += "; " + words_.remedy();
    } else if (!words_.done()) {
      text += "; \"" + std::string(words_.peek()) + "\" is too much";
    }
    return text;
  }

 private:
  bool fail(std::string remedy) {
    words_.complain(std::move(remedy));
    return false;
  }

  bool poisson() {
    const auto number = words_.number();
    if (!number) return false;
    if (*number <= 0) return fail("a rate is positive; leave the stream out if nothing is ordered");
    if (!words_.take("/")) return fail("`/` and a unit of time are missing at the end");
    const auto unit = words_.time_unit();
    if (!unit) return false;
    pattern_.per_day = *number * (static_cast<double>(core::kDay.ticks) / *unit);
    return true;
  }

  // Behind `every`.
  bool interval() {
    pattern_.kind = OrderPattern::Kind::every;
    auto interval = read_distribution(words_, Dimension::time, column_of_file_);
    if (!interval) return false;
    pattern_.interval = std::move(interval->spec);
    const bool fixed = pattern_.interval.kind == core::DistributionKind::constant;
    if (fixed && std::llround(pattern_.interval.a) < 1) return fail("the time between two orders is positive");
    return first(fixed);
  }

  bool first(bool fixed) {
    if (!words_.take("from")) return true;
    if (!fixed) return fail("`from` goes with a fixed interval only");
    const auto ticks = words_.time();
    if (!ticks) return false;
    const auto from = whole_duration(*ticks, words_);
    if (from) pattern_.from = *from;
    return from.has_value();
  }

  // `every 1 d from 8 h`; a day if left out.
  bool periods(OrderPattern::Kind kind) {
    pattern_.interval = core::DistributionSpec::constant(static_cast<double>(core::kDay.ticks));
    if (words_.take("every") && !interval()) return false;
    pattern_.kind = kind;
    if (pattern_.interval.kind != core::DistributionKind::constant) return fail("its periods have a fixed length");
    return true;
  }

  bool ar1() {
    words_.take("mean");
    const auto mean = words_.number();
    if (!mean) return false;
    const auto unit = words_.quantity_unit();
    const bool by_cv = words_.take("cv");
    if (!by_cv && !words_.take("sd")) return fail("`sd` is missing (as in `ar1 mean 50 sd 8 rho 0.6`)");
    const auto spread = words_.number();
    if (!spread) return false;
    const auto unit_behind = by_cv ? std::nullopt : words_.quantity_unit();
    if (unit && unit_behind && *unit != *unit_behind) return fail("write one unit, behind the last number");
    if (!words_.take("rho")) return fail("`rho` is missing (as in `ar1 mean 50 sd 8 rho 0.6`)");
    const auto rho = words_.number();
    if (!rho) return false;
    if (*mean <= 0) return fail("the mean is positive; leave the stream out if nothing is ordered");
    if (*spread < 0) return fail("the spread is not negative");
    if (!(*rho > -1 && *rho < 1))
      return fail("rho lies between -1 and 1, both excluded: else demand has no spread of its own");
    pattern_.per_period.distribution.kind = core::DistributionKind::normal;
    pattern_.per_period.distribution.a = *mean;
    pattern_.per_period.distribution.b = by_cv ? *spread * *mean : *spread;
    pattern_.per_period.unit = unit ? *unit : unit_behind.value_or("");
    pattern_.rho = *rho;
    return periods(OrderPattern::Kind::ar1);
  }

  bool intermittent() {
    bool percent = false;
    const auto chance = words_.share(percent);
    if (!chance) return false;
    if (!(*chance > 0 && *chance <= 1))
      return fail("the chance of an order in a period lies above 0 and at most at 100 %");
    pattern_.chance = *chance;
    return periods(OrderPattern::Kind::intermittent);
  }

  Words words_;
  const ColumnOfFile& column_of_file_;
  OrderPattern pattern_;
};

}  // namespace

std::optional<OrderPattern> parse_order_pattern(std::string_view text, std::string& expected,
                                                const ColumnOfFile& column_of_file) {
  if (text.size() > 4 && text.substr(text.size() - 4) == ".csv") {
    OrderPattern pattern;
    pattern.kind = OrderPattern::Kind::trace;
    pattern.file = text;
    return pattern;
  }
  OrderPhrase phrase(text, column_of_file);
  auto pattern = phrase.read();
  if (!pattern) expected = phrase.expected();
  return pattern;
}

}  // namespace tierworks::reader
