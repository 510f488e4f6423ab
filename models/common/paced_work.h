// Work whose pace may change while it is done: at pace 1 it takes its time, at pace 0 it stands. Each piece of work is a row
// that holds the event of its end; when the pace changes, the ends of all pieces move, in the order in which they began.
// Only what a disruption can hit is kept this way; at pace 1 it ends at the same instant as work without rows.
// Cost: a row per piece of work; a change of pace visits those of its owner.
#pragma once
#include "core/base/pool.h"
#include "core/event/event.h"
#include "core/stats/time_weighted.h"

namespace tierworks::common {

// `End` has a member `work`, the row of the pool.
template <class End>
struct PacedWork {
  End end;
  core::EventHandle handle{};  // of the pending end; none while it stands
  core::Duration whole{0};     // at pace 1, without waiting for earlier work
  core::Duration left{0};      // at `from`, at pace 1
  core::Instant from{0};
  core::Ref previous = core::kNoRef, next = core::kNoRef;
};

// What works: a list of its pieces of work.
struct Pace {
  static constexpr std::int64_t kWhole = 1'000'000;
  double pace = 1;
  core::Ref first = core::kNoRef, last = core::kNoRef;
  core::TimeWeighted millionths;  // of the usual pace
  bool stands() const { return pace <= 0; }
};

// On which time of work passes. Others have gaps: `after` says when work that begins is done, `between` how much fits.
struct RoundTheClock {
  core::Instant after(core::Instant from, core::Duration work) const { return from + work; }
  core::Duration between(core::Instant from, core::Instant until) const { return until - from; }
};
// The clock of each piece of work, by its end.
struct AllRoundTheClock {
  template <class End>
  RoundTheClock operator()(const End&) const {
    return {};
  }
};

namespace paced {

template <class Sender, class End, class Clocks>
void send_end(Sender& sender, core::PlaceId place, core::Phase phase, PacedWork<End>& row, double pace,
              const Clocks& clocks) {
  if (pace <= 0) {
    row.handle = {};
    return;
  }
  const core::Duration time = pace == 1 ? row.left : core::rounded(static_cast<double>(row.left.ticks) / pace);
  row.handle = sender.send(place, clocks(row.end).after(sender.now(), time), phase, row.end);
}

// Begins work that takes `time` at pace 1, of which `ahead` passes before it is its turn.
template <class Sender, class End, class Clocks = AllRoundTheClock>
void begin(Sender& sender, core::Pool<PacedWork<End>>& pool, Pace& owner, core::PlaceId place, core::Phase phase,
           End end, core::Duration time, core::Duration ahead = core::Duration{0}, const Clocks& clocks = {}) {
  const core::Ref ref = pool.allocate(sender.lane(), PacedWork<End>{});
  PacedWork<End>& row = pool[ref];
  end.work = ref;
  row.end = end;
  row.whole = time;
  row.left = ahead + time;
  row.from = sender.now();
  row.previous = owner.last;
  (owner.last == core::kNoRef ? owner.first : pool[owner.last].next) = ref;
  owner.last = ref;
  send_end(sender, place, phase, row, owner.pace, clocks);
}

// The work of a row is done, or given up; its event must not be pending any more.
template <class Sender, class End>
void end(Sender& sender, core::Pool<PacedWork<End>>& pool, Pace& owner, core::Ref ref) {
  const PacedWork<End>& row = pool[ref];
  (row.previous == core::kNoRef ? owner.first : pool[row.previous].next) = row.next;
  (row.next == core::kNoRef ? owner.last : pool[row.next].previous) = row.previous;
  pool.release(sender.lane(), ref);
}

template <class Sender, class End, class Clocks = AllRoundTheClock>
void change(Sender& sender, core::Pool<PacedWork<End>>& pool, Pace& owner, core::PlaceId place, core::Phase phase,
            double pace, const Clocks& clocks = {}) {
  const double before = owner.pace;
  owner.pace = pace;
  const auto millionths = [](double share) { return static_cast<std::int64_t>(share * Pace::kWhole + 0.5); };
  owner.millionths.add(sender.now(), millionths(pace) - millionths(before));
  for (core::Ref ref = owner.first; ref != core::kNoRef; ref = pool[ref].next) {
    PacedWork<End>& row = pool[ref];
    const core::Duration passed = clocks(row.end).between(row.from, sender.now());
    const core::Duration done =
        before == 1 ? passed : core::rounded(static_cast<double>(passed.ticks) * std::max(before, 0.0));
    row.left = std::max(core::Duration{0}, row.left - done);
    row.from = sender.now();
    if (before > 0) sender.cancel(row.handle);
    send_end(sender, place, phase, row, pace, clocks);
  }
}

// What was done so far is lost: each piece takes what `left(row)` says.
template <class Sender, class End, class Left>
void begin_anew(Sender& sender, core::Pool<PacedWork<End>>& pool, Pace& owner, core::PlaceId place, core::Phase phase,
                Left&& left) {
  for (core::Ref ref = owner.first; ref != core::kNoRef; ref = pool[ref].next) {
    PacedWork<End>& row = pool[ref];
    row.left = left(row);
    row.from = sender.now();
    if (owner.pace > 0) sender.cancel(row.handle);
    send_end(sender, place, phase, row, owner.pace, AllRoundTheClock{});
  }
}

}  // namespace paced

}  // namespace tierworks::common
