// Numbers as people read them: a half-width says how many digits of a mean are worth showing; large numbers take a suffix.
// What is not finite shows as "-".
#pragma once
#include <string>

#include "core/stats/interval.h"
#include "models/common/kpi.h"

namespace tierworks::report {

struct Measured {
  std::string mean;
  std::string half_width;  // "± 0.43"; "" if there is none
  std::string unit;        // "%", "h", "d", "k CNY / d", "M units"
  std::string short_unit;  // where the unit is known from the head: "%", "h", "d", "k", "M", ""
};

// Both numbers in the same unit and with the same decimals: two significant digits of the half-width.
Measured measured(const core::Interval& interval, common::Unit unit, const std::string& currency);

// One number for a cell of a table: "81.2 %", "31.2 h", "5.2 d", "8.20 M".
std::string cell_text(double value, common::Unit unit);

// Three significant digits with a suffix, whole numbers up to ten thousand as they are: "41.2 k", "3.25", "264".
std::string short_number(double value);

// "12.5 s", "14 min", "3.20 h"; "812 MB", "1.20 GB".
std::string seconds_text(double seconds);
std::string bytes_text(double bytes);

// A length of time in hours: "31.2 h", above three days "5.2 d", below an hour "12 min", "3.5 s".
std::string hours_text(double hours);

}  // namespace tierworks::report
