#include "models/factory/compile.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

constexpr std::uint32_t kNone = 0xffffffffU;

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
    case Rule::atcs:
    case Rule::batcs:
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
  release.setups = core::stream_name(site, name, "setups");
  release.scrap = core::stream_name(site, name, "scrap");
}

// How long before the start of the run its week began.
core::Duration week_began(std::int64_t start_minutes) {
  constexpr std::int64_t kWeek = 7 * 24 * 60;
  const std::int64_t minutes = (start_minutes - common::TimeFrame::kAMonday) % kWeek;
  return core::kMinute * (minutes < 0 ? minutes + kWeek : minutes);
}

void make_urgent(const common::UrgencySpec& spec, Release& release) {
  if (spec.priority.stated) release.priority = common::priority_of(*spec.priority);
  release.weight = *spec.weight;
  release.has_due = spec.due.stated;
  if (!release.has_due) return;
  release.due_by_work = spec.due->by_work;
  release.due_factor = spec.due->factor;
  release.allowance = spec.due->allowance;
  release.due_given = spec.due->given;
}

void note_no_due(Origin origin, SiteId site, CompileContext& context, const Model& model) {
  const bool matters = std::any_of(model.centres.begin(), model.centres.end(), [&](const WorkCentre& centre) {
    return centre.site == site && (looks_at_due_dates(centre.dispatching.rule) || centre.dispatching.by_due_date);
  });
  if (!matters) return;
  context.diagnostics.note(
      origin, "its lots have no `due`, but a work centre's `dispatch` looks at due dates: there they go last");
}

class Compiler {
 public:
  Compiler(const FactorySpec& spec, const Where& where, CompileContext& context, Model& model)
      : spec_(spec), where_(where), context_(context), model_(model) {}

  void compile() {
    Factory factory;
    factory.place = where_.place;
    factory.site = where_.site;
    factory.energy_price = *spec_.energy_price;
    if (spec_.transport.stated) {
      factory.transport = context_.time(*spec_.transport);
      factory.has_transport = !(factory.transport.is_constant() && factory.transport.p == 0);
    }
    model_.factory_of_site[where_.site.index] = static_cast<std::uint32_t>(model_.factories.size());
    model_.week_began = week_began(context_.time_frame.start_minutes);
    centres_ = compile_centres(spec_, where_, factory, context_, model_);
    model_.factories.push_back(factory);
    for (const auto& entry : spec_.routings) {
      compile_routing(entry.name, entry.origin, entry.spec, where_, centres_, context_, model_);
    }
    compile_assembly(spec_, centres_, context_, model_);
    compile_reserves(spec_, centres_, context_, model_);
    compile_late_ways(spec_, centres_, context_, model_);
    compile_kits(centres_, context_, model_);
    settle_centres(centres_, context_, model_);
    compile_sources(centres_, context_, model_);
    settle_crews(centres_, model_);
    compile_control(spec_, where_, centres_, context_, model_);
    const bool takes_power = std::any_of(spec_.work_centres.begin(), spec_.work_centres.end(),
                                         [](const auto& centre) { return !centre.spec.power.empty(); });
    if (spec_.energy_price.stated && !takes_power) {
      context_.diagnostics.error(
          spec_.energy_price.origin,
          "got an `energy_price` although no machine takes any; expected `power` at work centres");
    }
    is_controlled_ = model_.factories.back().control != kNone;
    for (const auto& entry : spec_.releases) release(entry.name, entry.origin, entry.spec);
    if (!context_.diagnostics.ok()) return;
    check_batches(centres_, spec_, where_, context_, model_);
    entries();
    no_choice();
    unused();
  }

 private:
  void release(const std::string& name, Origin origin, const ReleaseSpec& spec) {
    const auto routing = routing_named(spec.routing, where_.site, context_, model_);
    if (!routing || model_.routings[*routing].operations.empty()) return;
    Release release;
    release.place = where_.place;
    release.site = where_.site;
    release.routing = *routing;
    release.starts_at = start(spec, *routing);
    release.starts_within = spec.starts_at.stated;
    release.type = type_named(spec.product.stated ? *spec.product : name, where_.site, model_);
    release.first = core::Instant{0} + *spec.from;
    release.at_once = *spec.at_once;
    release.count = *spec.count;
    release.wip = *spec.wip;
    release.pieces = *spec.pieces;
    make_urgent(spec.urgency, release);
    if (release.due_given) has_given_dates(spec);
    name_streams(where_.name, name, release);
    plan(spec, origin, release);
    pieces_that_are_drawn(spec, release);
    fits_into_buffers(spec, origin, release);
    if (!release.has_due) note_no_due(origin, where_.site, context_, model_);
    const ReleaseId id = model_.releases.add(release);
    if (spec.reserve.stated) {
      while (model_.reserves.size() <= id.index) model_.reserves.add({});
      model_.reserves[id] = *spec.reserve;
    }
    model_.release_names.push_back(name);
  }

  void has_given_dates(const ReleaseSpec& spec) {
    if (spec.lots.stated && spec.lots->kind == common::OrderPattern::Kind::trace && spec.lots->has_due) return;
    context_.diagnostics.error(
        spec.urgency.due.origin,
        "got `due: given` without a trace that gives due dates; expected `lots: FILE.csv` with a "
        "column `due`, or a due date like `30 d` or `4 x work`");
  }

  // The routing's first operation, or that which the release names.
  OperationId start(const ReleaseSpec& spec, RoutingId id) {
    const Routing& routing = model_.routings[id];
    if (!spec.starts_at.stated) return OperationId{routing.operations.first};
    if (routing.own_steps()) {
      context_.diagnostics.error(
          spec.starts_at.origin,
          "got `starts_at` of a routing whose lots know their own steps from the start (`times_known`, `sequence: "
          "random`); expected one of the two");
    }
    const auto first = model_.operation_names.begin() + routing.operations.first;
    const auto last = model_.operation_names.begin() + routing.operations.last;
    const auto found = std::find(first, last, *spec.starts_at);
    if (found != last) return OperationId{static_cast<std::uint32_t>(found - model_.operation_names.begin())};
    context_.diagnostics.error(spec.starts_at.origin,
                               fmt::format("no operation \"{}\" in the routing \"{}\"{}", *spec.starts_at,
                                           *spec.routing, common::did_you_mean(*spec.starts_at, {first, last})));
    return OperationId{routing.operations.first};
  }

  // Its lots can only come in when others leave.
  bool always_waits(const Release& release) const {
    const Control& control = model_.controls[model_.factories.back().control];
    const Operation& first = model_.operations[release.starts_at];
    if (control.rule == Control::Rule::kanban) {
      return first.share >= 1 && !model_.centres[first.centre].section.is_none();
    }
    return control.rule == Control::Rule::conwip && !control.in_work;
  }

  // When lots are released.
  void plan(const ReleaseSpec& spec, Origin origin, Release& release) {
    std::uint64_t before = 0;  // lots of the trace
    if (!spec.lots.stated) {
      const WorkCentreId centre = model_.operations[release.starts_at].centre;
      const bool limited = release.wip > 0 || (!centre.is_none() && model_.centres[centre].buffer != kNoLimit);
      if (limited) {
        release.when = Release::When::room;
      } else if (is_controlled_ && !spec.count.stated && model_.component_store(release.routing) == nullptr &&
                 always_waits(release)) {
        release.when = Release::When::room;
        release.keeps_one_waiting = true;
      } else if (spec.count.stated) {
        release.when = Release::When::all_at_once;
      } else {
        context_.diagnostics.error(
            origin,
            "nothing says when its lots are released; expected `lots` (`every 12 h`, `poisson 40 / d`), or a "
            "`count` of them, or `wip`, or `release_control` by `conwip` or `kanban` of a number of lots");
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
          model_.trace.push_back({row.at, whole, before, row.due});
          before += static_cast<std::uint64_t>(whole);
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

  void fits_into_buffers(const ReleaseSpec& spec, Origin origin, const Release& release) {
    const core::Range operations = model_.routings[release.routing].operations;
    for (std::uint32_t i = operations.first; i < operations.last; ++i) {
      const WorkCentreId id = model_.operations[OperationId{i}].centre;
      if (id.is_none()) continue;
      const WorkCentre& centre = model_.centres[id];
      if (!centre.buffer_in_pieces || centre.buffer == 0 || release.pieces <= centre.buffer) continue;
      context_.diagnostics.error(
          spec.pieces.stated ? spec.pieces.origin : origin,
          fmt::format(
              "got lots of {} pieces for work centre \"{}\", whose `buffer` has room for {}, so that none could "
              "ever wait there; expected smaller lots or a larger buffer",
              release.pieces, model_.centre_names[id.index], centre.buffer));
      return;
    }
  }

  // Which releases start at a work centre with a buffer.
  void entries() {
    for (const CentresOfSite::Entry& entry : centres_.entries) {
      WorkCentre& centre = model_.centres[entry.id];
      if (centre.buffer == kNoLimit) continue;
      centre.entries.first = static_cast<std::uint32_t>(model_.entries.size());
      for (std::uint32_t r = 0; r < model_.releases.size(); ++r) {
        const Release& release = model_.releases[ReleaseId{r}];
        if (model_.operations[release.starts_at].centre == entry.id) model_.entries.push_back(ReleaseId{r});
      }
      centre.entries.last = static_cast<std::uint32_t>(model_.entries.size());
    }
  }

  void no_choice() {
    if (!spec_.choose.stated || !centres_.ways.empty()) return;
    context_.diagnostics.error(spec_.choose.origin,
                               "got `choose` where no operation has `alternatives`; expected some, or nothing here");
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
  bool is_controlled_ = false;
};

}  // namespace

void compile_factory(const FactorySpec& spec, const Where& where, CompileContext& context, Model& model) {
  if (spec.empty()) return;
  Compiler(spec, where, context, model).compile();
}

std::optional<ReleaseId> compile_wanted(const std::string& item, const Field<std::string>& routing,
                                        const common::UrgencySpec& urgency, const Where& where, CompileContext& context,
                                        Model& model) {
  const auto id = routing_named(routing, where.site, context, model);
  if (!id || !context.diagnostics.ok()) return std::nullopt;
  if (model.component_store(*id) != nullptr) {
    context.diagnostics.error(
        routing.origin,
        "got a routing whose lots are built into others (`assemble`), of which orders of a stock would wait for ever; "
        "expected another");
    return std::nullopt;
  }
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
  release.starts_at = first;
  release.type = type_named(item, where.site, model);
  release.when = Release::When::wanted;
  make_urgent(urgency, release);
  if (release.due_given) {
    context.diagnostics.error(urgency.due.origin,
                              "got `due: given`, which a trace of lots says; expected a due date like `3 d` after the "
                              "order, or `4 x work`");
  }
  if (!release.has_due) note_no_due(routing.origin, where.site, context, model);
  for (ReleaseId other{0}; other.index < model.releases.size(); ++other.index) {
    if (model.reserve_of(other).ticks == 0 || model.releases[other].site != where.site) continue;
    if (release.priority > model.releases[other].priority) continue;
    context.diagnostics.error(urgency.priority.origin,
                              fmt::format("got the priority of \"{}\", for whose lots machines are kept (`reserve`); "
                                          "expected a later class",
                                          model.release_names[other.index]));
  }
  name_streams(where.name, item, release);
  model.release_names.push_back(item);
  return model.releases.add(release);
}

double mean_work(const Model& model, RoutingId routing, double pieces) {
  const Operation& first = model.operations[OperationId{model.routings[routing].operations.first}];
  double ticks = first.lot_mean_left + first.piece_mean_left * pieces;
  const core::Range operations = model.routings[routing].operations;
  for (std::uint32_t i = operations.first; i < operations.last; ++i) {
    const Operation& operation = model.operations[OperationId{i}];
    const std::uint32_t kits = operation.centre.is_none() ? kNoKits : model.centres[operation.centre].kits;
    if (kits != kNoKits) ticks += operation.expected * static_cast<double>(model.kits[kits].time.ticks);
  }
  return ticks;
}

bool is_kitted(const Model& model, RoutingId routing) {
  const auto picks = [&](const Operation& operation) {
    return !operation.centre.is_none() && model.centres[operation.centre].kits != kNoKits;
  };
  const Operation& first = model.operations[OperationId{model.routings[routing].operations.first}];
  bool any = picks(first);
  for (std::uint32_t i = first.ways.first; i < first.ways.last; ++i)
    any = any || picks(model.operations[OperationId{i}]);
  return any;
}

}  // namespace tierworks::factory
