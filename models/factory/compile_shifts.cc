// Shifts and breaks of a work centre as the changes of a week.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

constexpr int kDays = 7;
constexpr core::Duration kWeek = core::kDay * kDays;

struct Span {
  core::Duration from, to;  // of a week; `to` may lie in the next
};

std::vector<Span> spans_of(const WeekTimes& times) {
  std::vector<Span> spans;
  for (const WeekTimes::Span& written : times.spans) {
    // `sat..mon` goes round the end of the week.
    const int days = (written.last_day - written.first_day + kDays) % kDays + 1;
    for (int i = 0; i < days; ++i) {
      const core::Duration day = core::kDay * ((written.first_day + i) % kDays);
      core::Duration length = written.to - written.from;
      if (length.ticks <= 0) length = length + core::kDay;
      spans.push_back({day + written.from, day + written.from + length});
    }
  }
  return spans;
}

bool covers(const std::vector<Span>& spans, core::Duration at) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
    return (!(at < span.from) && at < span.to) || (!(at + kWeek < span.from) && at + kWeek < span.to);
  });
}

}  // namespace

void compile_shifts(const WeekTimes& shifts, const WeekTimes& breaks, common::Origin origin, WorkCentre& centre,
                    common::CompileContext& context, Model& model) {
  const std::vector<Span> on = spans_of(shifts), off = spans_of(breaks);
  if (on.empty() && off.empty()) return;
  std::vector<core::Duration> cuts{core::Duration{0}};
  for (const auto* spans : {&on, &off}) {
    for (const Span& span : *spans) {
      cuts.push_back({span.from.ticks % kWeek.ticks});
      cuts.push_back({span.to.ticks % kWeek.ticks});
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  const auto works = [&](core::Duration at) { return (on.empty() || covers(on, at)) && !covers(off, at); };
  std::int64_t ticks = 0;
  std::vector<ShiftChange> changes;
  bool before = works(cuts.back());
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const bool now = works(cuts[i]);
    const core::Duration end = i + 1 < cuts.size() ? cuts[i + 1] : kWeek;
    if (now) ticks += (end - cuts[i]).ticks;
    if (now != before) changes.push_back({cuts[i], now});
    before = now;
  }
  if (ticks == 0) {
    context.diagnostics.error(origin, "got `shifts` and `breaks` that leave no time for work, expected some");
    return;
  }
  centre.on_share = static_cast<double>(ticks) / static_cast<double>(kWeek.ticks);
  centre.shifts.first = static_cast<std::uint32_t>(model.shift_changes.size());
  model.shift_changes.insert(model.shift_changes.end(), changes.begin(), changes.end());
  centre.shifts.last = static_cast<std::uint32_t>(model.shift_changes.size());
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
