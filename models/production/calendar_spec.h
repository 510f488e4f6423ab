// When a line works, as written: weekly shifts, holidays, and times with fewer people. Times of day are local minutes.
#pragma once
#include <array>
#include <vector>

#include "models/common/spec.h"

namespace tierworks::production {

using common::Field;

// "mon-fri 06:00-22:00": of each such day; an end at or before the beginning lies on the next day.
struct Shift {
  std::array<bool, 7> of_day{};  // Monday first
  int from = 0, until = 0;       // minutes after midnight; until > from
};
struct Shifts {
  std::vector<Shift> list;
};

// "2025-12-24 to 2026-01-01", "30 d": whole local days, the last one included.
struct Days {
  common::Moment first, last;
};
struct Holidays {
  std::vector<Days> list;
};

// "60 % from 2025-02-05 to 2025-02-19", "60 % for 1 wk after holidays".
struct Staffing {
  struct Row {
    double share = 1;
    bool after_holidays = false;
    core::Duration length{0};  // after holidays
    Days days;
  };
  std::vector<Row> list;
};

struct CalendarSpec {
  Field<Shifts> shifts;
  Field<Holidays> holidays;
  Field<Staffing> staffing;
  bool stated() const { return shifts.stated || holidays.stated || staffing.stated; }
};

// Beside `shifts`, which a site says for its lines and its shop floor at once.
template <class V>
void describe_days_off(V& v, CalendarSpec& s) {
  v.optional("holidays", s.holidays)
      .doc(
          "whole days without work: `2025-05-01`, `2025-12-24 to 2026-01-01`, `30 d` (after the start), or several in "
          "a list; none if left out");
  v.optional("staffing", s.staffing)
      .doc(
          "times with fewer people, in which work is slower: `60 % from 2025-02-05 to 2025-02-19`, `60 % for 1 wk "
          "after holidays`, or several in a list; all people if left out");
}

template <class V>
void describe_calendar(V& v, CalendarSpec& s) {
  v.optional("shifts", s.shifts)
      .doc(
          "when work is done: `mon-fri 06:00-22:00`, `daily 22:00-06:00`, or several in a list; work that is not done "
          "at the end of one goes on in the next; round the clock if left out");
  describe_days_off(v, s);
}

struct OvertimeSpec {
  Field<Shifts> hours;
  Field<core::Duration> above;
  Field<double> cost_per_hour{0.0};
};

template <class V>
void describe(V& v, OvertimeSpec& s) {
  v.required("hours", s.hours).doc("when it may be worked, beside the shifts: `sat 06:00-14:00`");
  v.required("above", s.above)
      .doc(
          "hours of work for each server, waiting and in work, above which a batch that begins is worked on in "
          "overtime, too");
  v.optional("cost_per_hour", s.cost_per_hour)
      .not_negative()
      .doc("money per hour of work of one server in overtime, beside that of the line");
}

}  // namespace tierworks::production
