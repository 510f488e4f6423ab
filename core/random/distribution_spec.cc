// What a specification says, for diagnostics and reports: nothing here affects state, so libm is allowed.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <string>

#include "core/random/distribution.h"

namespace tierworks::core {
namespace {

using enum DistributionKind;

constexpr double kGreatestPoissonMean = 1e6;
// Beyond it the bulk of the mass lies where doubles and uniforms cannot tell, and samples no longer show the mean.
constexpr double kGreatestVariation = 1000;

struct Moments {
  double mean = 0;
  double deviation = 0;
};

// Normal (m, s) conditional on >= 0: with a = -m / s and hazard h = phi(a) / (1 - Phi(a)),
// mean = m + s h and variance = s^2 (1 + a h - h^2).
Moments moments_of_truncated_normal(double m, double s) {
  if (s == 0) return {m, 0};
  const double a = -m / s;
  const double density = std::exp(-0.5 * a * a) / std::sqrt(2.0 * std::acos(-1.0));
  const double hazard = density / (0.5 * std::erfc(a / std::sqrt(2.0)));
  return {m + s * hazard, s * std::sqrt(1.0 + a * hazard - hazard * hazard)};
}

Moments moments_of_weibull(double scale, double shape) {
  const double first = std::tgamma(1.0 + 1.0 / shape);
  const double second = std::tgamma(1.0 + 2.0 / shape);
  return {scale * first, scale * std::sqrt(std::max(0.0, second - first * first))};
}

Moments moments_of_table(const std::vector<double>& values, const std::vector<double>& weights) {
  const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
  double total = 0, mean = 0, square = 0;
  for (std::size_t i = 0; i < values.size(); ++i) total += weight(i);
  for (std::size_t i = 0; i < values.size(); ++i) mean += weight(i) / total * values[i];
  for (std::size_t i = 0; i < values.size(); ++i) square += weight(i) / total * (values[i] - mean) * (values[i] - mean);
  return {mean, std::sqrt(square)};
}

Moments moments_of(const DistributionSpec& s) {
  const double a = s.a, b = s.b, c = s.c;
  switch (s.kind) {
    case constant:
      return {a, 0};
    case uniform:
      return {a + (b - a) / 2, (b - a) / std::sqrt(12.0)};
    case triangular: {
      const double width = c - a, rise = b - a;
      return {a + (width + rise) / 3, std::sqrt((width * width - width * rise + rise * rise) / 18)};
    }
    case exponential:
      return {a, a};
    case normal:
      return moments_of_truncated_normal(a, b);
    case lognormal:
    case gamma:
    case hyperexponential:
      return {a, b};
    case weibull:
      return moments_of_weibull(a, b);
    case erlang:
      return {a, a / std::sqrt(b)};
    case poisson:
      return {a, std::sqrt(a)};
    case discrete:
      return moments_of_table(s.values, s.weights);
    case empirical:
      return moments_of_table(s.values, {});
  }
  return {};
}

std::string text(double number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  return error == std::errc{} ? std::string(digits, end) : std::string("?");
}

// The checks below return "" or the fault.
std::string not_negative(const char* name, double value) {
  if (!std::isfinite(value)) return std::string(name) + " " + text(value) + " is not a finite number";
  return value < 0 ? std::string(name) + " " + text(value) + " is negative" : "";
}

std::string positive(const char* name, double value) {
  std::string fault = not_negative(name, value);
  if (fault.empty() && value == 0) fault = std::string(name) + " 0 is not positive";
  return fault;
}

std::string ordered(const char* low_name, double low, const char* high_name, double high) {
  if (low <= high) return "";
  return std::string(low_name) + " " + text(low) + " is above " + high_name + " " + text(high);
}

std::string whole_phases(double phases) {
  std::string fault = positive("number of phases", phases);
  if (fault.empty() && phases != std::floor(phases)) {
    fault = "number of phases " + text(phases) + " is not a whole number";
  }
  return fault;
}

std::string moderate(double mean, double deviation) {
  if (deviation <= kGreatestVariation * mean) return "";
  return "standard deviation " + text(deviation) + " is more than " + text(kGreatestVariation) + " times the mean " +
         text(mean);
}

std::string first_of(std::initializer_list<std::string> faults) {
  for (const std::string& fault : faults) {
    if (!fault.empty()) return fault;
  }
  return "";
}

std::string fault_of_values(const std::vector<double>& values) {
  if (values.empty()) return "there are no values";
  for (const double value : values) {
    if (std::string fault = not_negative("value", value); !fault.empty()) return fault;
  }
  return "";
}

std::string fault_of_weights(const DistributionSpec& s) {
  if (s.weights.size() != s.values.size()) {
    return std::to_string(s.values.size()) + " values but " + std::to_string(s.weights.size()) + " weights";
  }
  double total = 0;
  for (const double weight : s.weights) {
    if (std::string fault = positive("weight", weight); !fault.empty()) return fault;
    total += weight;
  }
  return std::abs(total - 1) <= 1e-9 ? "" : "weights add up to " + text(total) + " instead of 1";
}

std::string fault_of_parameters(const DistributionSpec& s) {
  const double a = s.a, b = s.b, c = s.c;
  switch (s.kind) {
    case constant:
      return not_negative("value", a);
    case uniform:
      return first_of({not_negative("low", a), not_negative("high", b), ordered("low", a, "high", b)});
    case triangular:
      return first_of({not_negative("low", a), not_negative("mode", b), not_negative("high", c),
                       ordered("low", a, "mode", b), ordered("mode", b, "high", c)});
    case exponential:
      return positive("mean", a);
    case normal:
      return first_of({not_negative("mean", a), not_negative("standard deviation", b)});
    case lognormal:
    case gamma:
      return first_of({positive("mean", a), not_negative("standard deviation", b), moderate(a, b)});
    case weibull:
      return first_of({positive("scale", a), positive("shape", b)});
    case erlang:
      return first_of({positive("mean", a), whole_phases(b)});
    case hyperexponential:
      return first_of({positive("mean", a), positive("standard deviation", b), moderate(a, b),
                       b > a ? "" : "standard deviation " + text(b) + " is not above the mean " + text(a)});
    case poisson:
      if (a > kGreatestPoissonMean && std::isfinite(a)) {
        return "mean " + text(a) + " is above " + text(kGreatestPoissonMean);
      }
      return not_negative("mean", a);
    case discrete:
      return first_of({fault_of_values(s.values), fault_of_weights(s)});
    case empirical:
      return fault_of_values(s.values);
  }
  return "unknown kind of distribution";
}

}  // namespace

DistributionSpec DistributionSpec::constant(double value) {
  DistributionSpec spec;
  spec.a = value;
  return spec;
}

double mean_of(const DistributionSpec& spec) { return moments_of(spec).mean; }

double standard_deviation_of(const DistributionSpec& spec) { return moments_of(spec).deviation; }

std::string fault_of(const DistributionSpec& spec) {
  std::string fault = fault_of_parameters(spec);
  if (!fault.empty()) return fault;
  const Moments moments = moments_of(spec);
  if (!std::isfinite(moments.mean) || !std::isfinite(moments.deviation)) {
    return "mean or standard deviation is too large for a number";
  }
  return "";
}

}  // namespace tierworks::core
