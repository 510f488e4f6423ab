#include "models/world/disruptions.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/math.h"
#include "models/world/disruption_compiler.h"
#include "models/world/disruption_watches.h"

namespace tierworks::world {

void DisruptionCompiler::compile() {
  model_.disruption.tables = &model_.tables;
  for (const auto& entry : spec_.disruptions) names_.push_back(entry.name);
  for (const auto& entry : spec_.disruptions) shock(entry.name, entry.origin, entry.spec);
  dials();
  who_comes();
}

// Those that have a time or a condition, and all that follow them.
void DisruptionCompiler::who_comes() {
  disruption::Model& m = model_.disruption;
  std::vector<ShockId> open;
  for (std::uint32_t i = 0; i < m.shocks.size(); ++i) {
    if (m.shocks[ShockId{i}].when != disruption::Shock::When::never) open.push_back(ShockId{i});
  }
  while (!open.empty()) {
    disruption::Shock& shock = m.shocks[open.back()];
    open.pop_back();
    if (shock.comes) continue;
    shock.comes = true;
    for (const disruption::Chained& next : shock.then) open.push_back(next.shock);
  }
  for (const disruption::Answer& answer : m.answers) {
    if (m.shocks[answer.shock].comes && (answer.cost > 0 || answer.cost_per_year > 0)) m.answers_cost = true;
  }
}

void DisruptionCompiler::ramp(const Recovery& recovery, std::vector<disruption::Step>& steps) {
  constexpr std::int64_t kSteps = 20;
  const auto spread = [&](std::int64_t n, core::Duration length, auto&& back) {
    for (std::int64_t i = 0; i < n; ++i) {
      // The level of the middle of each step, so that at its end as much was done as along the true curve.
      steps.push_back(
          {core::Duration{length.ticks / n * i}, back((static_cast<double>(i) + 0.5) / static_cast<double>(n))});
    }
  };
  switch (recovery.kind) {
    case Recovery::Kind::at_once:
      return;
    case Recovery::Kind::linear: {
      const std::int64_t days = recovery.length.ticks / core::kDay.ticks;
      return spread(std::clamp<std::int64_t>(days, kSteps, 400), recovery.length, [](double x) { return x; });
    }
    case Recovery::Kind::exponential:
      return spread(5 * kSteps, recovery.length * 5, [](double x) { return 1 - core::det_exp(-5 * x); });
    case Recovery::Kind::stepwise:
      for (const Recovery::Step& step : recovery.steps) steps.push_back({step.after, step.share});
      return;
  }
}

core::Duration DisruptionCompiler::length_of(const Recovery& recovery) {
  switch (recovery.kind) {
    case Recovery::Kind::at_once:
      return {0};
    case Recovery::Kind::linear:
      return recovery.length;
    case Recovery::Kind::exponential:
      return recovery.length * 5;
    case Recovery::Kind::stepwise:
      return recovery.steps.back().after;
  }
  return {0};
}

core::Range DisruptionCompiler::add_steps(const std::vector<disruption::Step>& steps) {
  auto& all = model_.disruption.steps;
  const auto first = static_cast<std::uint32_t>(all.size());
  all.insert(all.end(), steps.begin(), steps.end());
  return {first, static_cast<std::uint32_t>(all.size())};
}

// A hit for each place of the drafts, like `as`.
void DisruptionCompiler::add_hits(const Drafts& drafts, disruption::Hit as) {
  disruption::Model& m = model_.disruption;
  for (const auto& [place, draft] : drafts) {
    as.place = place;
    const auto first_effect = static_cast<std::uint32_t>(m.effects.size());
    m.effects.insert(m.effects.end(), draft.effects.begin(), draft.effects.end());
    as.effects = {first_effect, static_cast<std::uint32_t>(m.effects.size())};
    const auto first_loss = static_cast<std::uint32_t>(m.losses.size());
    m.losses.insert(m.losses.end(), draft.losses.begin(), draft.losses.end());
    as.losses = {first_loss, static_cast<std::uint32_t>(m.losses.size())};
    m.hits.add(as);
  }
}

void DisruptionCompiler::when(const DisruptionSpec& spec, ShockId id, disruption::Shock& shock) {
  if (add_watch(spec, id, spec_, model_, context_)) shock.when = disruption::Shock::When::condition;
  using Kind = disruption::Strike::Kind;
  switch (spec.at->kind) {
    case Kind::never:
      return;
    case Kind::moment:
      shock.when = disruption::Shock::When::moment;
      shock.moment = context_.instant(spec.at->moment, spec.at.origin);
      if (spec.at->moment.is_date && context_.time_frame.dated &&
          spec.at->moment.date.minutes < context_.time_frame.start_minutes) {
        context_.diagnostics.error(spec.at.origin,
                                   "it would strike before the start of the run; expected a date from `time.start` on");
      }
      if (!(shock.moment < core::Instant{0} + context_.time_frame.length)) {
        context_.diagnostics.error(spec.at.origin,
                                   "it strikes after the end of the run; expected an earlier time, or a "
                                   "longer `time.horizon`");
      }
      return;
    case Kind::spread:
      shock.when = disruption::Shock::When::spread;
      shock.over = spec.at->over;
      return;
    case Kind::every:
      shock.when = disruption::Shock::When::every;
      shock.every = context_.time(spec.at->every);
      return;
  }
}

void DisruptionCompiler::chain(const std::string& name, const DisruptionSpec& spec, disruption::Shock& shock) {
  for (const auto& next : spec.then) {
    const auto found = std::find(names_.begin(), names_.end(), next.name);
    if (found == names_.end()) {
      nothing_hit(context_, next.origin, "disruption", next.name, names_);
      continue;
    }
    if (next.name == name) {
      context_.diagnostics.error(next.origin, "a disruption cannot be chained to itself; expected `at: every ...`");
      continue;
    }
    if (spec.at->kind == disruption::Strike::Kind::every || spec.when.of.stated) {
      context_.diagnostics.error(next.origin,
                                 "nothing can be chained to a disruption that comes again and again; "
                                 "expected an `at` with one instant, or a `when` of what follows");
      continue;
    }
    shock.then.push_back(
        {ShockId{static_cast<std::uint32_t>(found - names_.begin())}, *next.spec.probability, *next.spec.after});
  }
}

void DisruptionCompiler::only_when_down(const DisruptionSpec& spec) {
  const auto needless = [&](common::Origin origin, std::string_view key) {
    context_.diagnostics.error(
        origin, fmt::format("got `{}` of a disruption by which nothing stands, expected it with `capacity: 0 %`", key));
  };
  if (*spec.open_orders != disruption::OpenOrders::wait) needless(spec.open_orders.origin, "open_orders");
  if (spec.under_way->kind != disruption::UnderWay::Kind::arrives) needless(spec.under_way.origin, "under_way");
}

void DisruptionCompiler::shock(const std::string& name, common::Origin origin, const DisruptionSpec& spec) {
  const ShockId id{static_cast<std::uint32_t>(model_.disruption.shocks.size())};
  disruption::Shock row;
  row.name = name;
  when(spec, id, row);
  chain(name, spec, row);
  row.lasts = context_.time(*spec.lasts);
  row.recovery = length_of(*spec.recovery);
  const bool loses = *spec.lost.stock > 0 || *spec.lost.work_in_process > 0 || *spec.lost.in_transit > 0;
  if (row.lasts.is_constant() && row.lasts.p <= 0 && row.recovery.ticks == 0 && !loses) {
    context_.diagnostics.error(
        spec.lasts.origin,
        "it lasts no time and destroys nothing; expected a time above 0, a `recovery`, or what is "
        "`lost`");
  }
  row.strikes = core::stream_name("", name, "strikes");
  row.lengths = core::stream_name("", name, "lengths");
  row.chains = core::stream_name("", name, "chains");
  const auto first = static_cast<std::uint32_t>(model_.disruption.hits.size());

  const Things things = things_of(spec.hits);
  const bool other = spec.lead_time.stated || spec.demand.stated || spec.yield.stated || spec.price.stated;
  const bool only_losses = things.stocks_only && *spec.lost.stock > 0;
  const double level = spec.capacity.stated ? spec.capacity->share : other || only_losses ? 1 : 0;
  Drafts drafts;
  if (level != 1) capacity(drafts, things, level);
  if (spec.lead_time.stated) lead_time(drafts, things, spec.lead_time->share);
  if (spec.demand.stated) demand(drafts, things, spec.demand->share);
  if (spec.yield.stated) yield(drafts, things, spec.yield->share);
  if (spec.price.stated) price(drafts, things, spec.price->share);
  for (const StockId stock : things.blind) {
    effect(drafts, model_.supply.stocks[stock].place, Lever::stock_sight, stock.index, 0);
  }
  losses(drafts, things, spec);
  if (level <= 0) under_way(drafts, things, spec.under_way);
  if (level > 0) only_when_down(spec);
  if (drafts.empty() && context_.diagnostics.ok()) {
    context_.diagnostics.error(origin,
                               "it moves nothing of what it hits; expected `capacity`, `lead_time`, `demand`, "
                               "`yield` or `price` that acts there, or something `lost`");
  }
  std::vector<disruption::Step> steps;
  ramp(*spec.recovery, steps);
  add_hits(drafts, {.shock = id,
                    .place = {},
                    .answer = {},
                    .is_blow = true,
                    .effects = {},
                    .losses = {},
                    .steps = add_steps(steps)});
  if (level <= 0) {
    Drafts known;
    knowledge(known, things, spec.open_orders);
    add_hits(
        known,
        {.shock = id, .place = {}, .answer = {}, .delay = *spec.known_after, .effects = {}, .losses = {}, .steps = {}});
  }
  help_.clear();
  for (const auto& entry : spec.answers) answer(entry.name, entry.origin, entry.spec, spec, things, id);
  std::stable_sort(help_.begin(), help_.end(), [](const auto& a, const auto& b) { return a.after < b.after; });
  row.help = help_;
  row.hits = {first, static_cast<std::uint32_t>(model_.disruption.hits.size())};
  model_.disruption.shocks.add(std::move(row));
}

void DisruptionCompiler::dials() {
  disruption::Model& m = model_.disruption;
  std::vector<std::vector<std::uint32_t>> of_dial(m.dials.size());
  for (std::uint32_t i = 0; i < m.effects.size(); ++i) of_dial[m.effects[i].dial.index].push_back(i);
  for (std::uint32_t d = 0; d < of_dial.size(); ++d) {
    const auto first = static_cast<std::uint32_t>(m.by_dial.size());
    m.by_dial.insert(m.by_dial.end(), of_dial[d].begin(), of_dial[d].end());
    m.dials[disruption::DialId{d}].effects = {first, static_cast<std::uint32_t>(m.by_dial.size())};
  }
}

void compile_disruptions(const ScenarioSpec& spec, Model& model, common::CompileContext& context) {
  DisruptionCompiler(spec, model, context).compile();
}

}  // namespace tierworks::world
