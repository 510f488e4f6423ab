// Shifts and breaks of a work centre, and shifts of people, as the changes of a week. Where there are days off, as those of the
// whole run, from the Monday before its start on: the first row says how it was then, the last one lies behind the end.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

constexpr int kDays = 7;
constexpr core::Duration kWeek = core::kDay * kDays;

struct Span {
  core::Duration from, to;  // of a week; `to` may lie in the next
};

void add_days(const WeekTimes::Span& written, std::vector<Span>& spans) {
  // `sat..mon` goes round the end of the week.
  const int days = (written.last_day - written.first_day + kDays) % kDays + 1;
  for (int i = 0; i < days; ++i) {
    const core::Duration day = core::kDay * ((written.first_day + i) % kDays);
    core::Duration length = written.to - written.from;
    if (length.ticks <= 0) length = length + core::kDay;
    spans.push_back({day + written.from, day + written.from + length});
  }
}

std::vector<Span> spans_of(const WeekTimes& times) {
  std::vector<Span> spans;
  for (const WeekTimes::Span& written : times.spans) add_days(written, spans);
  return spans;
}

bool covers(const Span& span, core::Duration at) {
  return (!(at < span.from) && at < span.to) || (!(at + kWeek < span.from) && at + kWeek < span.to);
}
bool covers(const std::vector<Span>& spans, core::Duration at) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return covers(span, at); });
}

void add_cuts(const std::vector<Span>& spans, std::vector<core::Duration>& cuts) {
  for (const Span& span : spans) {
    cuts.push_back({span.from.ticks % kWeek.ticks});
    cuts.push_back({span.to.ticks % kWeek.ticks});
  }
}

void sort_cuts(std::vector<core::Duration>& cuts) {
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
}

core::Range add_changes(const std::vector<ShiftChange>& changes, Model& model) {
  core::Range range{static_cast<std::uint32_t>(model.shift_changes.size()), 0};
  model.shift_changes.insert(model.shift_changes.end(), changes.begin(), changes.end());
  range.last = static_cast<std::uint32_t>(model.shift_changes.size());
  return range;
}

// What changes at an instant since the Monday: shifts with all people, people of the others, breaks.
struct Edge {
  std::int64_t all = 0, people = 0, breaks = 0;
};

class Calendar {
 public:
  Calendar(const DaysOff& days_off, const common::CompileContext& context, const Model& model)
      : days_off_(days_off), start_(model.week_began), end_(model.week_began + context.time_frame.length) {
    edges_[0];
    edges_[start_.ticks];
    edges_[end_.ticks];
    for (const DaysOff::Span& span : days_off.fewer) {
      edges_[std::max<std::int64_t>(0, (span.from + start_).ticks)];
      edges_[std::max<std::int64_t>(0, (span.until + start_).ticks)];
    }
  }

  // A shift belongs to the day on which it begins, from the evening before the Monday on.
  void add(const WeekTimes::Span& written, std::int64_t Edge::*what, std::int64_t amount, bool on_days_off = false) {
    std::vector<Span> spans;
    add_days(written, spans);
    for (core::Duration week = core::Duration{-kWeek.ticks}; week < end_; week = week + kWeek) {
      for (const Span& span : spans) {
        const core::Duration day{week.ticks + span.from.ticks / core::kDay.ticks * core::kDay.ticks};
        if (!on_days_off && is_closed(day)) continue;
        edges_[std::max<std::int64_t>(0, (week + span.from).ticks)].*what += amount;
        edges_[std::max<std::int64_t>(0, (week + span.to).ticks)].*what -= amount;
      }
    }
  }

  // Of `count` people, or of one for what works or stands. `most` and the mean are those of the run.
  std::vector<ShiftChange> changes(std::int64_t count, std::int64_t& most, double& mean) const {
    std::vector<ShiftChange> rows;
    Edge sum;
    double ticks = 0;
    for (auto at = edges_.begin(); at != edges_.end(); ++at) {
      sum.all += at->second.all;
      sum.people += at->second.people;
      sum.breaks += at->second.breaks;
      const std::int64_t there = sum.breaks > 0 ? 0 : share_of(sum.all > 0 ? count : sum.people, {at->first});
      if (rows.empty() || rows.back().there != there)
        rows.push_back({.at = {at->first}, .on = there > 0, .there = there});
      const auto next = std::next(at);
      if (at->first < start_.ticks || at->first >= end_.ticks || next == edges_.end()) continue;
      most = std::max(most, there);
      ticks += static_cast<double>(there) * static_cast<double>(std::min(next->first, end_.ticks) - at->first);
    }
    mean = ticks / static_cast<double>((end_ - start_).ticks);
    const bool on = !rows.back().on;
    rows.push_back({.at = std::max(rows.back().at, end_) + kWeek, .on = on, .there = on ? count : 0});
    return rows;
  }

 private:
  bool is_closed(core::Duration day) const {
    return std::any_of(days_off_.closed.begin(), days_off_.closed.end(), [&](const DaysOff::Span& span) {
      return !(day < span.from + start_) && day < span.until + start_;
    });
  }
  std::int64_t share_of(std::int64_t people, core::Duration at) const {
    double share = 1;
    for (const DaysOff::Span& span : days_off_.fewer) {
      if (!(at < span.from + start_) && at < span.until + start_) share = std::min(share, span.share);
    }
    return share < 1 ? static_cast<std::int64_t>(static_cast<double>(people) * share + 0.5) : people;
  }

  const DaysOff& days_off_;
  core::Duration start_, end_;  // of the run, since the Monday
  std::map<std::int64_t, Edge> edges_;
};

constexpr WeekTimes::Span kEveryDay{.first_day = 0, .last_day = 6, .from = core::Duration{0}, .to = core::kDay};

// Machines do not get fewer.
void shifts_by_date(const WeekTimes& shifts, const WeekTimes& breaks, const DaysOff& days_off, common::Origin origin,
                    WorkCentre& centre, common::CompileContext& context, Model& model) {
  const DaysOff closed{.closed = days_off.closed, .fewer = {}};
  Calendar calendar(closed, context, model);
  if (shifts.spans.empty()) calendar.add(kEveryDay, &Edge::all, 1);
  for (const WeekTimes::Span& span : shifts.spans) calendar.add(span, &Edge::all, 1);
  for (const WeekTimes::Span& span : breaks.spans) calendar.add(span, &Edge::breaks, 1, true);
  std::int64_t most = 0;
  const std::vector<ShiftChange> changes = calendar.changes(1, most, centre.on_share);
  if (most == 0) {
    context.diagnostics.error(
        origin, "got `shifts`, `breaks` and `holidays` that leave no time for work in the run, expected some");
    return;
  }
  centre.shifts = add_changes(changes, model);
}

bool are_too_many(std::int64_t most, const Crew& crew, common::Origin origin, common::CompileContext& context) {
  if (most <= crew.count) return false;
  context.diagnostics.error(origin, fmt::format("got {} of \"{}\" at work at once, of which there {} {}", most,
                                                crew.name, crew.count == 1 ? "is" : "are", crew.count));
  return true;
}

void crew_by_date(const CrewTimes& times, const DaysOff& days_off, common::Origin origin, Crew& crew,
                  common::CompileContext& context, Model& model) {
  Calendar calendar(days_off, context, model);
  if (times.shifts.empty()) calendar.add(kEveryDay, &Edge::all, 1);
  for (const CrewTimes::Shift& shift : times.shifts) {
    calendar.add(shift.span, shift.people == 0 ? &Edge::all : &Edge::people, std::max<std::int64_t>(1, shift.people));
  }
  std::int64_t most = 0;
  double mean = 0;
  const std::vector<ShiftChange> changes = calendar.changes(crew.count, most, mean);
  if (are_too_many(most, crew, origin, context)) return;
  if (most == 0) {
    context.diagnostics.error(
        origin, fmt::format("with these shifts and days off nobody of \"{}\" ever works in the run", crew.name));
    return;
  }
  crew.count = most;
  crew.on_share = mean / static_cast<double>(most);
  crew.shifts = add_changes(changes, model);
}

}  // namespace

void compile_shifts(const WeekTimes& shifts, const WeekTimes& breaks, const DaysOff& days_off, common::Origin origin,
                    WorkCentre& centre, common::CompileContext& context, Model& model) {
  if (!days_off.closed.empty()) {
    shifts_by_date(shifts, breaks, days_off, origin, centre, context, model);
    return;
  }
  const std::vector<Span> on = spans_of(shifts), off = spans_of(breaks);
  if (on.empty() && off.empty()) return;
  std::vector<core::Duration> cuts{core::Duration{0}};
  add_cuts(on, cuts);
  add_cuts(off, cuts);
  sort_cuts(cuts);
  const auto works = [&](core::Duration at) { return (on.empty() || covers(on, at)) && !covers(off, at); };
  std::int64_t ticks = 0;
  std::vector<ShiftChange> changes;
  bool before = works(cuts.back());
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const bool now = works(cuts[i]);
    const core::Duration end = i + 1 < cuts.size() ? cuts[i + 1] : kWeek;
    if (now) ticks += (end - cuts[i]).ticks;
    if (now != before) changes.push_back({.at = cuts[i], .on = now});
    before = now;
  }
  if (ticks == 0) {
    context.diagnostics.error(origin, "got `shifts` and `breaks` that leave no time for work, expected some");
    return;
  }
  centre.on_share = static_cast<double>(ticks) / static_cast<double>(kWeek.ticks);
  centre.shifts = add_changes(changes, model);
}

void compile_crew_times(const CrewTimes& times, const DaysOff& days_off, common::Origin origin, Crew& crew,
                        common::CompileContext& context, Model& model) {
  if (!days_off.empty()) {
    crew_by_date(times, days_off, origin, crew, context, model);
    return;
  }
  if (times.shifts.empty()) return;
  struct Shift {
    std::vector<Span> spans;
    std::int64_t people = 0;  // 0: all
  };
  std::vector<Shift> shifts;
  std::vector<core::Duration> cuts{core::Duration{0}};
  for (const CrewTimes::Shift& written : times.shifts) {
    Shift& shift = shifts.emplace_back();
    shift.people = written.people;
    add_days(written.span, shift.spans);
    add_cuts(shift.spans, cuts);
  }
  sort_cuts(cuts);
  // Those of shifts that overlap add up; all are all.
  const auto people_at = [&](core::Duration at) {
    std::int64_t people = 0;
    for (const Shift& shift : shifts) {
      if (!covers(shift.spans, at)) continue;
      if (shift.people == 0) return crew.count;
      people += shift.people;
    }
    return people;
  };
  std::int64_t before = people_at(cuts.back()), most = 0;
  double ticks = 0;
  std::vector<ShiftChange> changes;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const std::int64_t now = people_at(cuts[i]);
    const core::Duration end = i + 1 < cuts.size() ? cuts[i + 1] : kWeek;
    ticks += static_cast<double>(now) * static_cast<double>((end - cuts[i]).ticks);
    if (now != before) changes.push_back({.at = cuts[i], .on = now > 0, .there = now});
    before = now;
    most = std::max(most, now);
  }
  if (are_too_many(most, crew, origin, context)) return;
  crew.count = most;
  crew.on_share = ticks / (static_cast<double>(most) * static_cast<double>(kWeek.ticks));
  crew.shifts = add_changes(changes, model);
}

core::Duration longest_shift(const WorkCentre& centre, const Model& model) {
  core::Duration longest{0};
  const std::uint32_t n = centre.shifts.size();
  for (std::uint32_t i = 0; i < n; ++i) {
    const ShiftChange& change = model.shift_changes[centre.shifts.first + i];
    const ShiftChange& next = model.shift_changes[centre.shifts.first + (i + 1) % n];
    core::Duration length = next.at - change.at;
    if (length.ticks <= 0) length = length + kWeek;
    if (change.on) longest = std::max(longest, length);
  }
  return longest;
}

}  // namespace tierworks::factory
