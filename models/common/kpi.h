// A KPI is declared once: name, unit, meaning with its denominator. Reports, JSON and the docs read it from here.
#pragma once
#include <cstdint>

namespace tierworks::common {

enum class Unit : std::uint8_t {
  share,
  hours,
  units,
  units_per_day,
  money,
  money_per_day,
  per_year,
  orders_per_day,
  squared_units,
  ratio,
  kilowatt_hours
};

struct Kpi {
  const char* name;
  Unit unit;
  const char* meaning;
  bool more_is_better = true;
};

}  // namespace tierworks::common
