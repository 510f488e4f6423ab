#include "models/disruption/events.h"

#include <algorithm>

namespace tierworks::disruption {

namespace {

// The number of a strike from outside, or chained to another one, of a shock that has a row of strikes of its own: that goes on
// beside it.
constexpr std::uint64_t kOnce = ~std::uint64_t{0};

std::uint64_t number_beside(const Shock& shock) {
  return shock.when == Shock::When::every || shock.when == Shock::When::condition ? kOnce : 0;
}

// With the answers that are not asleep.
core::Duration length_of(const Run& run, const Shock& shock, std::uint64_t strike, const Asleep& asleep = {}) {
  core::Draw draw = run.settings.random.draw(shock.lengths, strike);
  const core::Duration drawn = core::rounded(core::sample(shock.lasts, *run.model.tables, draw));
  return with_help(shock, std::max(core::Duration{0}, drawn), asleep);
}

core::Duration time_to_next(const Run& run, const Shock& shock, std::uint64_t strike) {
  core::Draw draw = run.settings.random.draw(shock.strikes, strike);
  return std::max(core::Duration{1}, core::rounded(core::sample(shock.every, *run.model.tables, draw)));
}

// Its effects at full level, or `back` of the way to normal.
void move(Run& run, const Hit& hit, double back) {
  for (std::uint32_t i = hit.effects.first; i < hit.effects.last; ++i) {
    const Effect& effect = run.model.effects[i];
    run.state.levels[i] = effect.level + (1 - effect.level) * back;
    const Dial& dial = run.model.dials[effect.dial];
    double value = 1;
    for (std::uint32_t k = dial.effects.first; k < dial.effects.last; ++k) {
      value *= run.state.levels[run.model.by_dial[k]];
    }
    run.ports.lever_moved(dial.lever, dial.target, value);
  }
}

// How far its levers are back to normal after this step.
double back_at(const Run& run, const Hit& hit, std::uint32_t step) {
  if (step > hit.steps.size()) return 1;
  if (step == 0) return hit.rises || hit.steps.empty() ? 0 : 1;
  const double share = run.model.steps[hit.steps.first + step - 1].back;
  return hit.rises ? share : 1 - share;
}

core::Instant end_of(const Run& run, const ShockMoved& event) {
  return event.struck + event.lasts + run.model.shocks[run.model.hits[event.hit].shock].recovery;
}

// When the step of the event is due; an answer comes into effect along its own steps and ends with the shock.
core::Instant time_of(const Run& run, const ShockMoved& event) {
  const Hit& hit = run.model.hits[event.hit];
  const core::Instant begun = event.struck + hit.delay;
  if (event.step == 0) return begun;
  if (event.step > hit.steps.size()) return end_of(run, event);
  const core::Duration after = run.model.steps[hit.steps.first + event.step - 1].after;
  return hit.is_blow ? event.struck + event.lasts + after : std::min(begun + after, end_of(run, event));
}

void send(Run& run, const ShockMoved& event) {
  const core::Instant at = time_of(run, event);
  if (at < run.settings.end) {
    run.sender.send(run.model.hits[event.hit].place, at, common::phase::blow, event);
  }
}

// What the hit begins with, unless the shock is over before.
void send_first(Run& run, HitId id, core::Instant struck, core::Duration lasts, std::uint64_t strike);

// A shock that comes again and again strikes next so long after its end.
void send_next_strike(Run& run, const ShockMoved& event) {
  const Shock& shock = run.model.shocks[run.model.hits[event.hit].shock];
  if (shock.when != Shock::When::every || event.strike == kOnce) return;
  const std::uint64_t next = event.strike + 1;
  send_first(run, event.hit, end_of(run, event) + time_to_next(run, shock, next), length_of(run, shock, next), next);
}

void send_first(Run& run, HitId id, core::Instant struck, core::Duration lasts, std::uint64_t strike) {
  ShockMoved event{.hit = id, .strike = strike, .struck = struck, .lasts = lasts};
  // One that is over before this place notices it leaves no trace here; the next one may.
  while (!(time_of(run, event) < end_of(run, event)) && !run.model.hits[id].is_blow) {
    const Shock& shock = run.model.shocks[run.model.hits[id].shock];
    if (shock.when != Shock::When::every || event.strike == kOnce || !(event.struck < run.settings.end)) return;
    ++event.strike;
    event.struck = end_of(run, event) + time_to_next(run, shock, event.strike);
    event.lasts = length_of(run, shock, event.strike);
  }
  send(run, event);
}

// Word of one strike goes to every place that it hits.
void strike_one(Run& run, ShockId id, core::Instant at, core::Duration length, const Asleep& asleep,
                std::uint64_t number, bool in_their_name) {
  const Shock& shock = run.model.shocks[id];
  for (std::uint32_t i = shock.hits.first; i < shock.hits.last; ++i) {
    const Hit& hit = run.model.hits[HitId{i}];
    if (!hit.answer.is_none() && !asleep.empty() && asleep[hit.answer.index]) continue;
    if (in_their_name) run.sender.act_as(hit.place);
    send_first(run, HitId{i}, at, length, number);
  }
}

void strike_all(Run& run, ShockId id, core::Instant at, std::optional<core::Duration> lasts, const Asleep& asleep,
                std::uint64_t number, std::size_t depth) {
  const Shock& shock = run.model.shocks[id];
  if (!(at < run.settings.end)) return;
  const core::Duration length = lasts ? with_help(shock, *lasts, asleep) : length_of(run, shock, number, asleep);
  strike_one(run, id, at, length, asleep, number, true);
  if (depth >= run.model.shocks.size()) return;  // each can follow once
  for (const Chained& chained : shock.then) {
    core::Draw draw = run.settings.random.draw(run.model.shocks[chained.shock].chains, id.index);
    if (draw.uniform() < chained.probability) {
      strike_all(run, chained.shock, at + chained.after, std::nullopt, asleep,
                 number_beside(run.model.shocks[chained.shock]), depth + 1);
    }
  }
}

common::LineUse use_of(Run& run, const Watch& watch) {
  return watch.line.is_none() ? run.ports.centre_use(watch.centre) : run.ports.line_use(watch.line);
}

// Whether things stand as the watch says, since the last look; nothing if nobody worked meanwhile.
std::optional<bool> stands_so(Run& run, const Watch& watch, WatchState& state) {
  if (!watch.stock.is_none()) return run.ports.position_of(watch.stock).available < watch.below;
  const common::LineUse use = use_of(run, watch);
  const auto busy = static_cast<double>(use.busy_ticks - state.seen.busy_ticks);
  const auto staffed = static_cast<double>(use.staffed_ticks - state.seen.staffed_ticks);
  state.seen = use;
  if (staffed <= 0) return std::nullopt;
  return busy > watch.above * staffed;
}

}  // namespace

void handle(Run& run, const WatchDue& event) {
  const Watch& watch = run.model.watches[event.watch];
  WatchState& state = run.state.watches[event.watch];
  const core::Instant next = run.now() + watch.every;
  if (next < run.settings.end) run.sender.send(watch.place, next, common::phase::dispatch, event);
  const std::optional<bool> so = stands_so(run, watch, state);
  if (!so) return;
  if (!*so || run.now() < state.quiet_until) {
    state.so = false;
    return;
  }
  // A load is one of the time since the last look, a stock one of this instant.
  if (!state.so) state.since = watch.stock.is_none() ? run.now() - watch.every : run.now();
  state.so = true;
  if (run.now() - state.since < watch.lasts) return;
  state.so = false;
  const Shock& shock = run.model.shocks[watch.shock];
  const std::uint64_t number = state.strikes++;
  const core::Duration length = length_of(run, shock, number);
  const core::Instant at = run.now() + watch.after;
  state.quiet_until = at + length + shock.recovery;
  if (at < run.settings.end) strike_one(run, watch.shock, at, length, {}, number, false);
}

void restart_tallies(Run& run) {
  std::fill(run.state.strikes.begin(), run.state.strikes.end(), 0);
  for (std::uint32_t i = 0; i < run.model.watches.size(); ++i) {
    const Watch& watch = run.model.watches[WatchId{i}];
    if (!watch.stock.is_none()) continue;
    // What the line did since the last look is behind it; it starts to count again at 0.
    const common::LineUse use = use_of(run, watch);
    common::LineUse& seen = run.state.watches[WatchId{i}].seen;
    seen = {seen.busy_ticks - use.busy_ticks, seen.staffed_ticks - use.staffed_ticks};
  }
}

void start(Run& run) {
  run.state.levels.assign(run.model.effects.size(), 1);
  run.state.watches.assign(run.model.watches.size(), WatchState{});
  run.state.strikes.assign(run.model.answers_cost ? run.model.shocks.size() : 0, 0);
  for (std::uint32_t i = 0; i < run.model.watches.size(); ++i) {
    const Watch& watch = run.model.watches[WatchId{i}];
    const core::Instant first = core::Instant{0} + watch.every;
    if (!(first < run.settings.end)) continue;
    run.sender.act_as(watch.place);
    run.sender.send(watch.place, first, common::phase::dispatch, WatchDue{.watch = WatchId{i}});
  }
  for (std::uint32_t i = 0; i < run.model.shocks.size(); ++i) {
    const Shock& shock = run.model.shocks[ShockId{i}];
    core::Instant at{0};
    switch (shock.when) {
      case Shock::When::never:
      case Shock::When::condition:
        continue;
      case Shock::When::moment:
        at = shock.moment;
        break;
      case Shock::When::spread: {
        core::Draw draw = run.settings.random.draw(shock.strikes, 0);
        at = run.settings.measure_from + core::rounded(draw.uniform() * static_cast<double>(shock.over.ticks));
        break;
      }
      case Shock::When::every:
        at = core::Instant{0} + time_to_next(run, shock, 0);
        break;
    }
    strike_all(run, ShockId{i}, at, std::nullopt, {}, 0, 0);
  }
}

void handle(Run& run, const ShockMoved& event) {
  const Hit& hit = run.model.hits[event.hit];
  const bool over = event.step > hit.steps.size();
  move(run, hit, back_at(run, hit, event.step));
  if (event.step == 0) {
    // Counted where it hits first.
    const bool counts = !run.state.strikes.empty() && event.hit.index == run.model.shocks[hit.shock].hits.first;
    if (counts) ++run.state.strikes[hit.shock];
    for (std::uint32_t i = hit.losses.first; i < hit.losses.last; ++i) {
      const Destroys& row = run.model.losses[i];
      run.ports.destroyed(row.loss, row.target, row.share);
    }
  }
  if (over) {
    send_next_strike(run, event);
    return;
  }
  ShockMoved next = event;
  ++next.step;
  send(run, next);
}

void lengthen(Run& run, ShockId id, core::Instant struck, core::Duration lasts, const Asleep& asleep) {
  const Shock& shock = run.model.shocks[id];
  const core::Duration length = with_help(shock, lasts, asleep);
  run.sender.revise_pending<ShockMoved>([&](ShockMoved& event, core::Instant& at) {
    const bool is_this =
        run.model.hits[event.hit].shock == id && event.struck == struck && event.strike == number_beside(shock);
    if (!is_this) return true;
    event.lasts = length;
    at = time_of(run, event);
    return at < run.settings.end;
  });
}

void look_no_more(Run& run, ShockId shock) {
  for (std::uint32_t i = 0; i < run.model.watches.size(); ++i) {
    if (run.model.watches[WatchId{i}].shock == shock) run.state.watches[WatchId{i}].quiet_until = core::kLastInstant;
  }
}

void strike(Run& run, ShockId shock, core::Instant at, std::optional<core::Duration> lasts, const Asleep& asleep) {
  strike_all(run, shock, at, lasts, asleep, number_beside(run.model.shocks[shock]), 0);
}

}  // namespace tierworks::disruption
