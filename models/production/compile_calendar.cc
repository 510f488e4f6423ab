#include "models/production/compile_calendar.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierworks::production {

namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;

std::int64_t day_of(std::int64_t minutes) {
  return minutes >= 0 ? minutes / kMinutesPerDay : -((-minutes + kMinutesPerDay - 1) / kMinutesPerDay);
}

// Monday is 0; 1970-01-01 was a Thursday.
std::size_t weekday_of(std::int64_t day) { return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7); }

Shifts round_the_clock() {
  Shift shift;
  shift.of_day.fill(true);
  shift.until = kMinutesPerDay;
  return {{shift}};
}

}  // namespace

bool CalendarCompiler::days(const Days& days, common::Origin origin, Span& span) {
  if (days.first.is_date || days.last.is_date) {
    context_.instant(days.first.is_date ? days.first : days.last, origin);  // says what a date lacks
  }
  const auto day = [&](const common::Moment& moment) {
    if (moment.is_date) return day_of(moment.date.minutes);
    return day_of(context_.time_frame.start_minutes + moment.after_start.ticks / core::kMinute.ticks);
  };
  const std::int64_t first = day(days.first), last = day(days.last);
  if (last < first) {
    context_.diagnostics.error(origin, "got days that end before they begin, expected the first one first");
    return false;
  }
  const std::int64_t start = context_.time_frame.start_minutes;
  span.from = (first * kMinutesPerDay - start) * core::kMinute.ticks;
  span.until = ((last + 1) * kMinutesPerDay - start) * core::kMinute.ticks;
  return true;
}

CalendarCompiler::Closed CalendarCompiler::closed(const CalendarSpec& spec) {
  Closed closed;
  for (const Days& range : spec.holidays->list) {
    Span span;
    if (days(range, spec.holidays.origin, span)) closed.holidays.push_back(span);
  }
  std::sort(closed.holidays.begin(), closed.holidays.end(), [](auto& a, auto& b) { return a.from < b.from; });
  std::vector<Span> merged;
  for (const Span& span : closed.holidays) {
    if (!merged.empty() && span.from <= merged.back().until) {
      merged.back().until = std::max(merged.back().until, span.until);
    } else {
      merged.push_back(span);
    }
  }
  closed.holidays = std::move(merged);
  for (const Staffing::Row& row : spec.staffing->list) {
    Span span;
    span.millionths = static_cast<std::int64_t>(row.share * Stretch::kWhole + 0.5);
    if (!row.after_holidays) {
      if (days(row.days, spec.staffing.origin, span)) closed.fewer.push_back(span);
      continue;
    }
    if (closed.holidays.empty()) {
      context_.diagnostics.error(spec.staffing.origin,
                                 "got fewer people `after holidays`, but there are none; expected `holidays`");
    }
    for (const Span& holiday : closed.holidays) {
      span.from = holiday.until;
      span.until = holiday.until + row.length.ticks;
      closed.fewer.push_back(span);
    }
  }
  return closed;
}

// Merged, in order of time, cut where the pace changes, from the start of the run to its end.
std::vector<CalendarCompiler::Span> CalendarCompiler::open(const Shifts& shifts, const Closed& closed) const {
  const std::int64_t start = context_.time_frame.start_minutes;
  const std::int64_t end = context_.time_frame.length.ticks;
  const auto on_holiday = [&](std::int64_t at) {
    return std::any_of(closed.holidays.begin(), closed.holidays.end(),
                       [&](const Span& h) { return h.from <= at && at < h.until; });
  };
  std::vector<Span> spans;
  const std::int64_t first = day_of(start) - 1;  // a shift of the evening before
  for (std::int64_t day = first;; ++day) {
    const std::int64_t midnight = (day * kMinutesPerDay - start) * core::kMinute.ticks;
    if (midnight >= end) break;
    if (on_holiday(midnight)) continue;
    for (const Shift& shift : shifts.list) {
      if (!shift.of_day[weekday_of(day)]) continue;
      const std::int64_t from = midnight + shift.from * core::kMinute.ticks;
      const std::int64_t until = midnight + shift.until * core::kMinute.ticks;
      if (until > 0 && from < end) spans.push_back({std::max<std::int64_t>(0, from), std::min(until, end)});
    }
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::vector<Span> merged;
  for (const Span& span : spans) {
    if (!merged.empty() && span.from <= merged.back().until) {
      merged.back().until = std::max(merged.back().until, span.until);
    } else {
      merged.push_back(span);
    }
  }
  if (closed.fewer.empty()) return merged;
  // Where several rows of staffing meet, the fewest people count.
  std::vector<Span> cut;
  for (const Span& span : merged) {
    std::vector<std::int64_t> edges{span.from, span.until};
    for (const Span& fewer : closed.fewer) {
      for (const std::int64_t edge : {fewer.from, fewer.until}) {
        if (span.from < edge && edge < span.until) edges.push_back(edge);
      }
    }
    std::sort(edges.begin(), edges.end());
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      if (edges[i] == edges[i + 1]) continue;
      Span part{edges[i], edges[i + 1]};
      for (const Span& fewer : closed.fewer) {
        if (fewer.from <= part.from && part.from < fewer.until) {
          part.millionths = std::min(part.millionths, fewer.millionths);
        }
      }
      if (part.millionths > 0) cut.push_back(part);
    }
  }
  return cut;
}

CalendarId CalendarCompiler::add(const std::vector<Span>& open) {
  std::vector<Stretch> rows;
  const auto change = [&](std::int64_t at, std::int64_t millionths) {
    if (!rows.empty() && rows.back().from.ticks == at) {
      rows.back().millionths = millionths;
      return;
    }
    if (!rows.empty() && rows.back().millionths == millionths) return;
    rows.push_back({core::Instant{at}, millionths});
  };
  change(0, 0);
  for (const Span& span : open) {
    change(span.from, span.millionths);
    change(span.until, 0);
  }
  // What is not done at the end of the run ends some time after it.
  change(context_.time_frame.length.ticks, Stretch::kWhole);
  std::string key;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) {
      const std::int64_t ticks = (rows[i].from - rows[i - 1].from).ticks;
      rows[i].worked = rows[i - 1].worked +
                       static_cast<std::int64_t>(core::Int128{ticks} * rows[i - 1].millionths / Stretch::kWhole);
    }
    fmt::format_to(std::back_inserter(key), "{} {},", rows[i].from.ticks, rows[i].millionths);
  }
  const auto [known, is_new] = known_.emplace(std::move(key), CalendarId::none());
  if (is_new) {
    const auto first = static_cast<std::uint32_t>(model_.stretches.size());
    model_.stretches.insert(model_.stretches.end(), rows.begin(), rows.end());
    known->second = model_.calendars.add({first, static_cast<std::uint32_t>(model_.stretches.size())});
  }
  return known->second;
}

void CalendarCompiler::apply(const CalendarSpec& site, const CalendarSpec* own, const OvertimeSpec* overtime,
                             Line& line) {
  CalendarSpec spec = site;
  if (own != nullptr) {
    if (own->shifts.stated) spec.shifts = own->shifts;
    if (own->holidays.stated) spec.holidays = own->holidays;
    if (own->staffing.stated) spec.staffing = own->staffing;
  }
  const bool extra = overtime != nullptr && overtime->hours.stated;
  if (!spec.stated()) {
    if (extra) {
      context_.diagnostics.error(overtime->hours.origin,
                                 "got `overtime` of a line that works round the clock; expected `shifts` beside it");
    }
    return;
  }
  const std::size_t errors_before = context_.diagnostics.errors();
  const Closed times = closed(spec);
  const Shifts shifts = spec.shifts.stated ? *spec.shifts : round_the_clock();
  const std::vector<Span> regular = open(shifts, times);
  if (context_.diagnostics.errors() > errors_before) return;
  const common::Origin origin = spec.shifts.stated     ? spec.shifts.origin
                                : spec.holidays.stated ? spec.holidays.origin
                                                       : spec.staffing.origin;
  if (regular.empty()) {
    context_.diagnostics.error(origin, "with these shifts and holidays nothing is ever done in the run");
    return;
  }
  line.calendar = add(regular);
  const core::Instant end{context_.time_frame.length.ticks};
  line.open_share = static_cast<double>(model_.clock(line.calendar).at(end).ticks) /
                    static_cast<double>(std::max<std::int64_t>(1, end.ticks));
  if (!extra) return;
  // Hours of the shifts are no overtime.
  std::vector<Span> alone, both = regular;
  for (Span span : open(*overtime->hours, times)) {
    for (const Span& shift : regular) {
      if (shift.until <= span.from || span.until <= shift.from) continue;
      if (span.from < shift.from) alone.push_back({span.from, shift.from, span.millionths});
      span.from = shift.until;
      if (span.from >= span.until) break;
    }
    if (span.from < span.until) alone.push_back(span);
  }
  if (alone.empty()) {
    context_.diagnostics.error(overtime->hours.origin,
                               "all of these hours lie in the shifts or on holidays; expected some beside them");
    return;
  }
  both.insert(both.end(), alone.begin(), alone.end());
  std::sort(both.begin(), both.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  line.overtime = {.alone = add(alone),
                   .with_shifts = add(both),
                   .above = overtime->above->ticks,
                   .cost_per_tick = context_.payable(overtime->cost_per_hour) / static_cast<double>(core::kHour.ticks)};
  line.knows_load = true;
}

}  // namespace tierworks::production
