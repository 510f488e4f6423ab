#include "scenarios/reader/distribution_phrase.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/reader/count_laws.h"

namespace tierworks::reader {
namespace {

using core::DistributionKind;
using core::DistributionSpec;

struct KindName {
  std::string_view name;
  DistributionKind kind;
};

constexpr std::array<KindName, 13> kKinds{{{"constant", DistributionKind::constant},
                                           {"uniform", DistributionKind::uniform},
                                           {"triangular", DistributionKind::triangular},
                                           {"exponential", DistributionKind::exponential},
                                           {"normal", DistributionKind::normal},
                                           {"lognormal", DistributionKind::lognormal},
                                           {"gamma", DistributionKind::gamma},
                                           {"weibull", DistributionKind::weibull},
                                           {"erlang", DistributionKind::erlang},
                                           {"hyperexponential", DistributionKind::hyperexponential},
                                           {"poisson", DistributionKind::poisson},
                                           {"discrete", DistributionKind::discrete},
                                           {"empirical", DistributionKind::empirical}}};

// Laws of whole numbers that become a table.
constexpr std::string_view kGeometric = "geometric", kNegativeBinomial = "negative_binomial";

std::optional<DistributionKind> kind_named(std::string_view name) {
  for (const KindName& known : kKinds) {
    if (known.name == name) return known.kind;
  }
  return std::nullopt;
}

// A number of the phrase that carries a unit.
struct Measure {
  double number = 0;
  std::string unit;      // as written, or taken from the next one
  double in_unit = 1.0;  // ticks of the unit, or 1
};

class Reader {
 public:
  Reader(Words& words, Dimension dimension, const ColumnOfFile& column_of_file)
      : words_(words), dimension_(dimension), column_of_file_(column_of_file) {}

  std::optional<DistributionPhrase> read() {
    if (words_.done()) return words_.complain("it is empty");
    if (!words_.number_follows()) {
      const std::string_view name = words_.next();
      if (name == kGeometric || name == kNegativeBinomial) return count_law(name);
      const auto kind = kind_named(name);
      if (!kind) return unknown(name);
      kind_ = *kind;
    }
    if (kind_ == DistributionKind::poisson && dimension_ == Dimension::time) {
      return words_.complain("`poisson` counts things and is no time; `exponential` is the time between them");
    }
    if (kind_ == DistributionKind::empirical) return empirical();
    if (!grammar() || !settle_units()) return std::nullopt;
    return finish();
  }

 private:
  std::nullopt_t unknown(std::string_view name) {
    std::vector<std::string> names;
    std::string all;
    for (const KindName& known : kKinds) {
      names.emplace_back(known.name);
      all += (all.empty() ? "" : ", ") + std::string(known.name);
    }
    for (const std::string_view law : {kGeometric, kNegativeBinomial}) {
      names.emplace_back(law);
      all += ", " + std::string(law);
    }
    std::string guess = common::did_you_mean(name, names);
    if (guess.empty()) guess = "; known are " + all;
    return words_.complain(fmt::format("unknown distribution \"{}\"{}", name, guess));
  }

  bool missing(std::string_view what) {
    if (words_.done()) {
      words_.complain(fmt::format("{} is missing at the end", what));
    } else {
      words_.complain(fmt::format("\"{}\" stands where {} should be", words_.peek(), what));
    }
    return false;
  }

  bool word(std::string_view text, std::string_view example) {
    return words_.take(text) || missing(fmt::format("`{}` (as in `{}`)", text, example));
  }

  bool measure() {
    Measure m;
    const auto number = words_.number();
    if (!number) return false;
    m.number = *number;
    if (dimension_ == Dimension::time) {
      const std::string_view follower = words_.peek();
      const bool unit_follows = words_.quantity_unit().has_value();
      if (unit_follows) {
        Words one(follower);
        const auto ticks = one.time_unit();
        if (!ticks) {
          words_.complain(one.remedy());
          return false;
        }
        m.unit = follower;
        m.in_unit = *ticks;
      }
    } else if (auto unit = words_.quantity_unit()) {
      m.unit = std::move(*unit);
    }
    measures_.push_back(std::move(m));
    return true;
  }

  bool factor() {
    const auto number = words_.number();
    if (number) factor_ = *number;
    return number.has_value();
  }

  bool spread(std::string_view example) {
    if (words_.take("cv")) {
      has_cv_ = true;
      return factor();
    }
    if (words_.take("sd")) return measure();
    return missing(fmt::format("`cv` or `sd` (as in `{}`)", example));
  }

  bool grammar() {
    switch (kind_) {
      case DistributionKind::constant:
      case DistributionKind::exponential:
      case DistributionKind::poisson:
        return measure();
      case DistributionKind::uniform:
        if (!measure()) return false;
        if (words_.take("+-") || words_.take("±")) {
          around_ = true;
          return measure();
        }
        return word("to", "uniform 10 h to 14 h") && measure();
      case DistributionKind::triangular: {
        constexpr std::string_view example = "triangular 1 h to 2 h to 5 h";
        return measure() && word("to", example) && measure() && word("to", example) && measure();
      }
      case DistributionKind::normal:
        return measure() && spread("normal 50 sd 8");
      case DistributionKind::lognormal:
        return measure() && spread("lognormal 3 d cv 0.4");
      case DistributionKind::gamma:
        return measure() && spread("gamma 50 sd 8");
      case DistributionKind::hyperexponential:
        return measure() && spread("hyperexponential 1 h cv 2");
      case DistributionKind::weibull: {
        constexpr std::string_view example = "weibull scale 3 d shape 1.5";
        return word("scale", example) && measure() && word("shape", example) && factor();
      }
      case DistributionKind::erlang:
        return measure() && word("phases", "erlang 3 d phases 2") && factor();
      case DistributionKind::discrete:
        do {
          bool percent = false;
          if (!measure()) return false;
          if (!words_.number_follows()) return missing("a share (as in `discrete 20 d 40 % or 25 d 60 %`)");
          const auto weight = words_.share(percent);
          if (!weight) return false;
          weights_.push_back(*weight);
        } while (words_.take("or"));
        return true;
      case DistributionKind::empirical:
        break;
    }
    return false;
  }

  // A unit that is missing is the next one's: `uniform 10 to 14 h`.
  bool settle_units() {
    for (std::size_t i = measures_.size(); i-- > 0;) {
      Measure& m = measures_[i];
      if (m.unit.empty() && i + 1 < measures_.size()) {
        m.unit = measures_[i + 1].unit;
        m.in_unit = measures_[i + 1].in_unit;
      }
      if (dimension_ == Dimension::time && m.unit.empty() && m.number != 0.0) {
        words_.complain(
            fmt::format("the unit of {} is missing; units of time are us, ms, s, min, h, d, wk, yr", m.number));
        return false;
      }
      if (dimension_ == Dimension::quantity && i + 1 < measures_.size() && m.unit != measures_[i + 1].unit) {
        words_.complain("write one unit, behind the last number");
        return false;
      }
    }
    constexpr auto longest = static_cast<double>(core::kLastInstant.ticks);
    for (const Measure& m : measures_) {
      if (m.number < 0) {
        words_.complain(fmt::format("{} is negative", m.number));
        return false;
      }
      if (dimension_ == Dimension::time && m.number * m.in_unit > longest) {
        words_.complain("a time beyond 571 yr cannot be represented");
        return false;
      }
    }
    return true;
  }

  // The distribution with its measures in units of `unit` ticks.
  DistributionSpec build(double unit) const {
    const auto value = [&](std::size_t i) { return measures_[i].number * (measures_[i].in_unit / unit); };
    DistributionSpec spec;
    spec.kind = kind_;
    if (kind_ == DistributionKind::discrete) {
      double total = 0;
      for (const double weight : weights_) total += weight;
      for (std::size_t i = 0; i < measures_.size(); ++i) {
        spec.values.push_back(value(i));
        spec.weights.push_back(weights_[i] / total);
      }
      return spec;
    }
    spec.a = value(0);
    if (measures_.size() > 1) spec.b = value(1);
    if (measures_.size() > 2) spec.c = value(2);
    if (around_) {
      const double half = spec.b;
      spec.b = spec.a + half;
      spec.a = spec.a - half;
    }
    if (has_cv_) spec.b = factor_ * spec.a;
    if (kind_ == DistributionKind::weibull || kind_ == DistributionKind::erlang) spec.b = factor_;
    return spec;
  }

  bool weights_make_sense() {
    double total = 0;
    for (const double weight : weights_) {
      total += weight;
      if (weight <= 0) {
        words_.complain(fmt::format("a share of {} is not positive", weight));
        return false;
      }
    }
    if (!weights_.empty() && std::abs(total - 1.0) > 1e-6) {
      words_.complain(fmt::format("the shares add up to {:.6g}, expected 1 (100 %)", total));
      return false;
    }
    return true;
  }

  std::optional<DistributionPhrase> finish() {
    if (!weights_make_sense()) return std::nullopt;
    // Faults are put in words in the unit that was written, not in ticks.
    const std::string fault = core::fault_of(build(measures_.back().in_unit));
    if (!fault.empty()) return words_.complain(fault);
    DistributionPhrase phrase{build(1.0), {}};
    if (const std::string fault_in_ticks = core::fault_of(phrase.spec); !fault_in_ticks.empty()) {
      return words_.complain(fault_in_ticks);
    }
    if (dimension_ == Dimension::quantity) phrase.unit = measures_.back().unit;
    return phrase;
  }

  std::optional<DistributionPhrase> count_law(std::string_view name) {
    if (dimension_ == Dimension::time) {
      return words_.complain(fmt::format("`{}` counts things and is no time", name));
    }
    const bool is_geometric = name == kGeometric;
    if (!measure() || (!is_geometric && !spread("negative_binomial 4 sd 3")) || !settle_units()) return std::nullopt;
    const double mean = measures_.front().number;
    const double deviation = has_cv_ ? factor_ * mean : measures_.back().number;
    std::string fault;
    auto spec = is_geometric ? geometric(mean, fault) : negative_binomial(mean, deviation, fault);
    if (!spec) return words_.complain(fault);
    return DistributionPhrase{std::move(*spec), measures_.back().unit};
  }

  std::optional<DistributionPhrase> empirical() {
    const std::string file(words_.next());
    if (file.empty()) return words_.complain("the file is missing (as in `empirical repair.csv column hours in h`)");
    if (!word("column", "empirical repair.csv column hours in h")) return std::nullopt;
    const std::string column(words_.next());
    if (column.empty()) return words_.complain("the name of the column is missing at the end");
    double unit = static_cast<double>(core::kHour.ticks);
    DistributionPhrase phrase;
    if (words_.take("in")) {
      if (dimension_ == Dimension::time) {
        const auto stated = words_.time_unit();
        if (!stated) return std::nullopt;
        unit = *stated;
      } else {
        phrase.unit = words_.next();
      }
    }
    if (!column_of_file_) return words_.complain("a file cannot be read here");
    std::string remedy;
    auto values = column_of_file_(file, column, remedy);
    if (!values) return words_.complain(remedy);
    phrase.spec.kind = DistributionKind::empirical;
    phrase.spec.values = std::move(*values);
    if (const std::string fault = core::fault_of(phrase.spec); !fault.empty()) return words_.complain(fault);
    if (dimension_ == Dimension::time) {
      for (double& value : phrase.spec.values) {
        value *= unit;
        if (value > static_cast<double>(core::kLastInstant.ticks)) {
          return words_.complain("a time beyond 571 yr cannot be represented");
        }
      }
    }
    return phrase;
  }

  Words& words_;
  Dimension dimension_;
  const ColumnOfFile& column_of_file_;
  DistributionKind kind_ = DistributionKind::constant;
  std::vector<Measure> measures_;
  std::vector<double> weights_;
  double factor_ = 0;
  bool has_cv_ = false;
  bool around_ = false;
};

}  // namespace

std::optional<DistributionPhrase> read_distribution(Words& words, Dimension dimension,
                                                    const ColumnOfFile& column_of_file) {
  return Reader(words, dimension, column_of_file).read();
}

std::optional<core::Duration> whole_duration(double ticks, Words& words) {
  if (ticks < 0) return words.complain("a duration is never negative");
  if (ticks > static_cast<double>(core::kLastInstant.ticks)) {
    return words.complain("a time beyond 571 yr cannot be represented");
  }
  const double rounded = std::round(ticks);
  // Rounding may change a value by a millionth of itself; more would be a value finer than the clock.
  if (std::abs(ticks - rounded) > 1e-6 * ticks) return words.complain("the clock counts whole microseconds");
  return core::Duration{static_cast<std::int64_t>(rounded)};
}

}  // namespace tierworks::reader
