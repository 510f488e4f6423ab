#include "report/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "report/summary.h"

namespace tierworks::report {

namespace {

using common::Unit;

constexpr double kMostHours = 72;   // beyond it, days
constexpr double kMostPlain = 1e5;  // beyond it, a suffix

struct Scale {
  double factor = 1;
  const char* suffix = "";
};

// Suffixes of a thousand each; none up to `plain`, and none beyond the last.
Scale scale_of(double value, double plain) {
  constexpr std::array<const char*, 5> kSuffixes{"k", "M", "G", "T", "P"};
  Scale scale;
  if (!(std::abs(value) >= plain)) return scale;
  for (const char* suffix : kSuffixes) {
    if (std::abs(value) * scale.factor < 999.95 && scale.factor < 1) break;
    scale = {scale.factor / 1000, suffix};
  }
  return scale;
}

bool is_money(Unit unit) { return unit == Unit::money || unit == Unit::money_per_day; }

// The power of ten of the first digit once the number is rounded to `digits` significant ones.
int power_of_ten(double value, int digits) {
  const std::string text = fmt::format("{:.{}e}", std::abs(value), digits - 1);
  return std::stoi(text.substr(text.find('e') + 1));
}

// With so many significant digits, but never fewer than the whole part has.
std::string significant(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  if (value == 0) return "0";
  const int power = power_of_ten(value, digits);
  if (power > 14 || power < -6) return fmt::format("{:.{}e}", value, digits - 1);
  return fmt::format("{:.{}f}", value, std::max(0, digits - 1 - power));
}

// What was written rather than measured is often whole, and then needs no digits behind the point.
bool is_whole(double value) { return std::abs(value) < 1e9 && std::abs(value - std::round(value)) <= 1e-9; }

std::string percent(double share) {
  if (!std::isfinite(share)) return "-";
  const double value = share * 100;
  // Nearly all is not all, and hardly any is not none.
  const bool nearly = (value < 100 && value >= 99.95) || (value > 0 && value < 0.05);
  return fmt::format("{:.{}f} %", value, nearly ? 2 : 1);
}

std::string with_suffix(double value, double plain) {
  constexpr double kLeastShown = 0.001;
  if (value != 0 && std::abs(value) < kLeastShown) return value > 0 ? "< 0.001" : "> -0.001";
  const Scale scale = scale_of(value, plain);
  const double scaled = value * scale.factor;
  const std::string number =
      std::abs(scaled) < 0.1 && scaled != 0 ? fmt::format("{:.3f}", scaled) : significant(scaled, 3);
  return *scale.suffix == 0 ? number : number + " " + scale.suffix;
}

}  // namespace

Measured measured(const core::Interval& interval, Unit unit, const std::string& currency) {
  Measured m;
  Scale scale;
  std::string name = unit_name(unit, currency);
  if (unit == Unit::share) {
    scale.factor = 100;
    name = "%";
  } else if (unit == Unit::hours) {
    if (interval.mean > kMostHours) {
      scale.factor = 1.0 / 24;
      name = "d";
    }
  } else {
    scale = scale_of(interval.mean, is_money(unit) ? 1e4 : kMostPlain);
  }
  m.unit = *scale.suffix == 0 ? name : std::string(scale.suffix) + " " + name;
  m.short_unit = unit == Unit::share || unit == Unit::hours ? name : scale.suffix;
  const double mean = interval.mean * scale.factor;
  const double half_width = interval.half_width * scale.factor;
  if (!std::isfinite(mean)) {
    m.mean = "-";
    return m;
  }
  if (interval.n < 2 || !std::isfinite(half_width)) {
    m.mean = significant(mean, 4);
    return m;
  }
  // An interval narrower than the sixth digit of the mean is one of rounding errors.
  const int mean_power = mean == 0 ? 0 : power_of_ten(mean, 6);
  const bool huge = std::abs(mean) >= 1e15 || half_width >= 1e15;
  if (half_width == 0 || power_of_ten(half_width, 2) < mean_power - 5) {
    m.mean = significant(mean, 4);
    m.half_width = "± 0";
  } else if (huge) {
    m.mean = fmt::format("{:.3e}", mean);
    m.half_width = fmt::format("± {:.1e}", half_width);
  } else {
    const int power = power_of_ten(half_width, 2);
    if (power < -8) {
      m.mean = significant(mean, 4);
      m.half_width = fmt::format("± {:.1e}", half_width);
    } else {
      const int decimals = std::max(0, 1 - power);
      m.mean = fmt::format("{:.{}f}", mean, decimals);
      m.half_width = fmt::format("± {:.{}f}", half_width, decimals);
    }
  }
  return m;
}

std::string cell_text(double value, Unit unit) {
  if (!std::isfinite(value)) return "-";
  if (unit == Unit::share) return percent(value);
  if (unit == Unit::hours) return hours_text(value);
  return with_suffix(value, is_money(unit) ? 1e4 : kMostPlain);
}

std::string short_number(double value) {
  if (!std::isfinite(value)) return "-";
  return is_whole(value) && std::abs(value) < 1e4 ? fmt::format("{:.0f}", value) : with_suffix(value, 1e4);
}

std::string hours_text(double hours) {
  if (!std::isfinite(hours)) return "-";
  const auto in = [](double number, const char* unit) {
    return (is_whole(number) ? fmt::format("{:.0f}", number) : significant(number, 3)) + " " + unit;
  };
  const double size = std::abs(hours);
  if (size > kMostHours) return in(hours / 24, "d");
  if (size >= 1 || size == 0) return in(hours, "h");
  if (size >= 1.0 / 60) return in(hours * 60, "min");
  return in(hours * 3600, "s");
}

std::string seconds_text(double seconds) {
  if (!std::isfinite(seconds)) return "-";
  if (seconds < 600) return significant(seconds, seconds < 0.1 ? 2 : 3) + " s";
  if (seconds < 36000) return fmt::format("{:.0f} min", seconds / 60);
  return significant(seconds / 3600, 3) + " h";
}

std::string bytes_text(double bytes) {
  if (!std::isfinite(bytes)) return "-";
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : significant(bytes / 1e9, 3) + " GB";
}

}  // namespace tierworks::report
