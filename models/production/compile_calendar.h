// From shifts, holidays and staffing as written to the table of changes that a line's clock reads. Lines with one calendar share
// one table. Cost: linear in the days of a run.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/common/compile.h"
#include "models/production/model.h"
#include "models/production/spec.h"

namespace tierworks::production {

class CalendarCompiler {
 public:
  CalendarCompiler(common::CompileContext& context, Model& model) : context_(context), model_(model) {}

  // Ticks from the start of the run; may lie outside it.
  struct Span {
    std::int64_t from = 0, until = 0;
    std::int64_t millionths = Stretch::kWhole;
  };
  struct Closed {
    std::vector<Span> holidays;  // whole days, merged
    std::vector<Span> fewer;     // of staffing
  };

  // Sets calendar, overtime and share of time of the line. `site` is what holds where the line says nothing; `overtime` may be
  // null.
  void apply(const CalendarSpec& site, const CalendarSpec* own, const OvertimeSpec* overtime, Line& line);

  // Days without work, and times with fewer people.
  Closed closed(const CalendarSpec& spec);

 private:
  bool days(const Days& days, common::Origin origin, Span& span);
  std::vector<Span> open(const Shifts& shifts, const Closed& closed) const;
  CalendarId add(const std::vector<Span>& open);

  common::CompileContext& context_;
  Model& model_;
  std::map<std::string, CalendarId> known_;  // tables by their rows
};

}  // namespace tierworks::production
