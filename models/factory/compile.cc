#include "models/factory/compile.h"

#include <cmath>

#include <fmt/format.h>

#include "models/factory/compile_routing.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

Dispatching compile_dispatching(const DispatchRule& rule, const TieBreak& tie) {
  return {.by_priority = rule.by_priority,
          .ties_by_arrival = tie.by_arrival,
          .is_static = is_static(rule.rule),
          .rule = rule.rule,
          .parameters = rule.parameters};
}

bool looks_at_due_dates(Rule rule) {
  switch (rule) {
    case Rule::edd:
    case Rule::odd:
    case Rule::slack:
    case Rule::slack_per_operation:
    case Rule::cr:
    case Rule::cr_spt:
    case Rule::mdd:
    case Rule::mod:
    case Rule::wmod:
    case Rule::pt_winq_sl:
    case Rule::atc:
    case Rule::covert:
      return true;
    default:
      return false;
  }
}

std::optional<RoutingId> routing_named(const Field<std::string>& name, SiteId site, CompileContext& context,
                                       const Model& model) {
  std::vector<std::string> known;
  for (std::uint32_t i = 0; i < model.routings.size(); ++i) {
    if (model.routings[RoutingId{i}].site != site) continue;
    if (model.routing_names[i] == *name) return RoutingId{i};
    known.push_back(model.routing_names[i]);
  }
  context.diagnostics.error(name.origin, fmt::format("no routing \"{}\" at this site{}", *name,
                                                     known.empty() ? std::string("; declare it under `routings`")
                                                                   : common::did_you_mean(*name, known)));
  return std::nullopt;
}

LotTypeId type_named(const std::string& name, SiteId site, Model& model) {
  for (std::uint32_t i = 0; i < model.types.size(); ++i) {
    const LotType& type = model.types[LotTypeId{i}];
    if (type.site == site && type.name == name) return LotTypeId{i};
  }
  return model.types.add({site, name});
}

void name_streams(const std::string& site, const std::string& name, Release& release) {
  release.arrivals = core::stream_name(site, name, "arrivals");
  release.process = core::stream_name(site, name, "process");
  release.branching = core::stream_name(site, name, "branching");
  release.sampling = core::stream_name(site, name, "sampling");
  release.sequence = core::stream_name(site, name, "sequence");
  release.ranks = core::stream_name(site, name, "ranks");
  release.moves = core::stream_name(site, name, "moves");
}

class Compiler {
 public:
  Compiler(const FactorySpec& spec, const Where& where, CompileContext& context, Model& model)
      : spec_(spec), where_(where), context_(context), model_(model) {}

  void compile() {
    Factory factory;
    factory.place = where_.place;
    factory.site = where_.site;
    if (spec_.transport.stated) {
      factory.transport = context_.time(*spec_.transport);
      factory.has_transport = !(factory.transport.is_constant() && factory.transport.p == 0);
    }
    model_.factory_of_site[where_.site.index] = static_cast<std::uint32_t>(model_.factories.size());
    model_.factories.push_back(factory);
    for (const auto& entry : spec_.work_centres) work_centre(entry.name, entry.spec, factory);
    for (const auto& entry : spec_.routings) {
      compile_routing(entry.name, entry.origin, entry.spec, where_, centres_, context_, model_);
    }
    for (const auto& entry : spec_.releases) release(entry.name, entry.origin, entry.spec);
    if (!context_.diagnostics.ok()) return;
    entries();
    unused();
  }

 private:
  void work_centre(const std::string& name, const WorkCentreSpec& spec, const Factory& factory) {
    WorkCentre centre;
    centre.place = where_.place;
    centre.site = where_.site;
    centre.buffer = spec.buffer.stated ? *spec.buffer : kNoLimit;
    centre.repair_crew = *spec.repair_crew;
    centre.dispatching = compile_dispatching(spec.dispatch.stated ? *spec.dispatch : *spec_.dispatch, *spec_.tie);
    if (spec.buffer.stated && factory.has_transport) {
      context_.diagnostics.error(
          spec.buffer.origin,
          "got a `buffer` at a site with `transport`, where lots are under way between work centres and "
          "cannot be held back; expected one of the two");
    }
    if (spec.breakdown.stated) {
      centre.breaks_down = true;
      centre.breaks_by_busy_time = spec.breakdown->busy_time;
      centre.time_to_failure = context_.time(spec.breakdown->every);
      centre.repair = context_.time(spec.breakdown->repair);
      if (!(core::mean_of(centre.time_to_failure, context_.tables) >= 1)) {
        context_.diagnostics.error(spec.breakdown.origin, "got no time between two breakdowns, expected one above 0");
      }
    } else if (spec.repair_crew.stated) {
      context_.diagnostics.error(spec.repair_crew.origin,
                                 "got a `repair_crew` although nothing breaks; expected a `breakdown`");
    }
    const WorkCentreId id{static_cast<std::uint32_t>(model_.centres.size())};
    const auto first = static_cast<std::uint32_t>(model_.machines.size());
    for (std::int64_t i = 0; i < *spec.machines; ++i) {
      const std::string machine = fmt::format("{}/{}", name, i + 1);
      model_.machines.add({id, core::stream_name(where_.name, machine, "failures"),
                           core::stream_name(where_.name, machine, "repairs")});
    }
    centre.machines = {first, static_cast<std::uint32_t>(model_.machines.size())};
    model_.centres.add(centre);
    model_.centre_names.push_back(name);
    centres_.names.push_back(name);
    centres_.ids.push_back(id);
  }

  void release(const std::string& name, Origin origin, const ReleaseSpec& spec) {
    const auto routing = routing_named(spec.routing, where_.site, context_, model_);
    if (!routing || model_.routings[*routing].operations.empty()) return;
    Release release;
    release.place = where_.place;
    release.site = where_.site;
    release.routing = *routing;
    release.type = type_named(spec.product.stated ? *spec.product : name, where_.site, model_);
    release.first = core::Instant{0} + *spec.from;
    release.at_once = *spec.at_once;
    release.count = *spec.count;
    release.wip = *spec.wip;
    release.pieces = *spec.pieces;
    if (spec.priority.stated) release.priority = common::priority_of(*spec.priority);
    release.weight = *spec.weight;
    if (spec.due.stated) {
      release.has_due = true;
      release.due_by_work = spec.due->by_work;
      release.due_factor = spec.due->factor;
      release.allowance = spec.due->allowance;
    }
    name_streams(where_.name, name, release);
    plan(spec, origin, release);
    pieces_that_are_drawn(spec, release);
    if (!spec.due.stated) {
      for (const WorkCentreId id : centres_.ids) {
        if (!looks_at_due_dates(model_.centres[id].dispatching.rule)) continue;
        context_.diagnostics.note(
            origin, "its lots have no `due`, but a work centre's `dispatch` looks at due dates: there they go last");
        break;
      }
    }
    model_.releases.add(release);
  }

  // When lots are released.
  void plan(const ReleaseSpec& spec, Origin origin, Release& release) {
    if (!spec.lots.stated) {
      const OperationId first{model_.routings[release.routing].operations.first};
      const WorkCentreId centre = model_.operations[first].centre;
      const bool limited = release.wip > 0 || (!centre.is_none() && model_.centres[centre].buffer != kNoLimit);
      if (limited) {
        release.when = Release::When::room;
      } else if (spec.count.stated) {
        release.when = Release::When::all_at_once;
      } else {
        context_.diagnostics.error(
            origin,
            "nothing says when its lots are released; expected `lots` (`every 12 h`, `poisson 40 / d`), or a "
            "`count` of them, or `wip`");
      }
      return;
    }
    const common::OrderPattern& lots = *spec.lots;
    using Kind = common::OrderPattern::Kind;
    switch (lots.kind) {
      case Kind::poisson: {
        core::DistributionSpec interval;
        interval.kind = core::DistributionKind::exponential;
        interval.a = static_cast<double>(core::kDay.ticks) / lots.per_day;
        release.when = Release::When::interval;
        release.interval = core::compile(interval, context_.tables);
        break;
      }
      case Kind::every:
        release.when = Release::When::interval;
        release.interval = core::compile(lots.interval, context_.tables);
        if (lots.from.ticks != 0) release.first = core::Instant{0} + lots.from;
        break;
      case Kind::trace:
        release.when = Release::When::trace;
        release.trace.first = static_cast<std::uint32_t>(model_.trace.size());
        for (const auto& row : lots.trace) {
          const auto whole = static_cast<std::int64_t>(std::nearbyint(row.amount));
          if (static_cast<double>(whole) != row.amount) {
            context_.diagnostics.error(
                spec.lots.origin, fmt::format("got {:g} lots in a row of the trace, expected whole lots", row.amount));
            return;
          }
          model_.trace.push_back({row.at, whole});
        }
        release.trace.last = static_cast<std::uint32_t>(model_.trace.size());
        break;
      case Kind::ar1:
      case Kind::intermittent:
        context_.diagnostics.error(
            spec.lots.origin,
            "got a pattern of amounts, expected one of releases: `every 12 h`, `poisson 40 / d` or a trace");
        break;
    }
  }

  void pieces_that_are_drawn(const ReleaseSpec& spec, const Release& release) {
    if (release.pieces <= kMostDrawnPieces) return;
    const core::Range operations = model_.routings[release.routing].operations;
    for (std::uint32_t i = operations.first; i < operations.last; ++i) {
      const Operation& operation = model_.operations[OperationId{i}];
      if (!operation.per_piece || operation.time.is_constant()) continue;
      context_.diagnostics.error(
          spec.pieces.origin,
          fmt::format("got lots of more than {} pieces whose time at operation \"{}\" is random for each "
                      "piece; state the time of the whole lot there with `per: lot`",
                      kMostDrawnPieces, model_.operation_names[i]));
      return;
    }
  }

  // Which releases start at a work centre with a buffer.
  void entries() {
    for (const WorkCentreId id : centres_.ids) {
      WorkCentre& centre = model_.centres[id];
      if (centre.buffer == kNoLimit) continue;
      centre.entries.first = static_cast<std::uint32_t>(model_.entries.size());
      for (std::uint32_t r = 0; r < model_.releases.size(); ++r) {
        const Release& release = model_.releases[ReleaseId{r}];
        const OperationId first{model_.routings[release.routing].operations.first};
        if (model_.operations[first].centre == id) model_.entries.push_back(ReleaseId{r});
      }
      centre.entries.last = static_cast<std::uint32_t>(model_.entries.size());
    }
  }

  void unused() {
    if (spec_.releases.empty() && !where_.makes_to_order)
      context_.diagnostics.note(where_.origin, "no `releases` let lots into this site's routings");
  }

  const FactorySpec& spec_;
  const Where& where_;
  CompileContext& context_;
  Model& model_;
  CentresOfSite centres_;
};

}  // namespace

void compile_factory(const FactorySpec& spec, const Where& where, CompileContext& context, Model& model) {
  if (spec.empty()) return;
  Compiler(spec, where, context, model).compile();
}

std::optional<ReleaseId> compile_wanted(const std::string& item, const Field<std::string>& routing, const Where& where,
                                        CompileContext& context, Model& model) {
  const auto id = routing_named(routing, where.site, context, model);
  if (!id || !context.diagnostics.ok()) return std::nullopt;
  const OperationId first{model.routings[*id].operations.first};
  if (model.centres[model.operations[first].centre].buffer != kNoLimit) {
    context.diagnostics.error(
        routing.origin,
        "got a routing whose first work centre has a `buffer`, where orders that find no room would be "
        "lost; expected none there");
    return std::nullopt;
  }
  Release release;
  release.place = where.place;
  release.site = where.site;
  release.routing = *id;
  release.type = type_named(item, where.site, model);
  release.when = Release::When::wanted;
  name_streams(where.name, item, release);
  return model.releases.add(release);
}

double mean_work(const Model& model, RoutingId routing, double pieces) {
  const Operation& first = model.operations[OperationId{model.routings[routing].operations.first}];
  return first.lot_mean_left + first.piece_mean_left * pieces;
}

}  // namespace tierworks::factory
