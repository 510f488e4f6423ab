#include "models/factory/compile_centre.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

constexpr double kLeastSpeed = 1e-3;

void error(CompileContext& context, Origin origin, std::string message) {
  context.diagnostics.error(origin, std::move(message));
}

class CentreCompiler {
 public:
  CentreCompiler(const FactorySpec& spec, const Where& where, Factory& factory, CompileContext& context, Model& model)
      : spec_(spec), where_(where), factory_(factory), context_(context), model_(model) {}

  CentresOfSite compile() {
    centres_.crews = compile_crews(spec_, where_, context_, model_);
    centres_.choose = &spec_.choose;
    centres_.is_controlled = spec_.release_control.rule.stated;
    moves();
    for (const auto& entry : spec_.work_centres) centre(entry.name, entry.spec);
    return std::move(centres_);
  }

 private:
  // Locations are numbered as work centres name them; those that name none share the first number.
  void moves() {
    if (spec_.moves.empty()) return;
    locations_.emplace_back();
    for (const auto& entry : spec_.work_centres) {
      const std::string& name = *entry.spec.location;
      if (std::find(locations_.begin(), locations_.end(), name) == locations_.end()) locations_.push_back(name);
    }
    if (spec_.transport.stated) {
      error(context_, spec_.transport.origin, "got `transport` and `moves`, expected one of the two");
    }
    factory_.locations = static_cast<std::uint32_t>(locations_.size());
    factory_.first_move = static_cast<std::uint32_t>(model_.moves.size());
    model_.moves.resize(model_.moves.size() + locations_.size() * locations_.size());
    for (const auto& entry : spec_.moves) {
      const auto from = location(entry.spec.from), to = location(entry.spec.to);
      if (!from || !to) continue;
      Move& move = model_.moves[factory_.first_move + *from * factory_.locations + *to];
      if (move.takes_time) {
        error(context_, entry.origin,
              fmt::format("the way from \"{}\" to \"{}\" is written twice; remove one of them", *entry.spec.from,
                          *entry.spec.to));
      }
      move.time = context_.time(*entry.spec.time);
      move.takes_time = !(move.time.is_constant() && move.time.p == 0);
    }
  }

  std::optional<std::uint32_t> location(const Field<std::string>& name) {
    const auto at = std::find(locations_.begin() + 1, locations_.end(), *name);
    if (at != locations_.end()) return static_cast<std::uint32_t>(at - locations_.begin());
    const std::vector<std::string> known(locations_.begin() + 1, locations_.end());
    error(context_, name.origin,
          fmt::format("no work centre has the location \"{}\"{}", *name,
                      known.empty() ? std::string("; expected `location` at work centres")
                                    : common::did_you_mean(*name, known)));
    return std::nullopt;
  }

  void centre(const std::string& name, const WorkCentreSpec& spec) {
    WorkCentre centre;
    centre.place = where_.place;
    centre.site = where_.site;
    centre.buffer = spec.buffer.stated ? spec.buffer->most : kNoLimit;
    centre.buffer_in_pieces = spec.buffer.stated && spec.buffer->in_pieces;
    centres_.has_buffers = centres_.has_buffers || spec.buffer.stated;
    centre.repair_crew = *spec.repair_crew;
    dispatching(spec, centre);
    centre.handling = (*spec.load + *spec.unload).ticks;
    centre.is_delay = *spec.delay;
    if (factory_.locations > 0) {
      centre.location = static_cast<std::uint32_t>(std::find(locations_.begin(), locations_.end(), *spec.location) -
                                                   locations_.begin());
    } else if (spec.location.stated) {
      error(context_, spec.location.origin, "got a `location` at a site without `moves`, where it says nothing");
    }
    if (spec.buffer.stated && (factory_.has_transport || factory_.locations > 0)) {
      error(context_, spec.buffer.origin,
            fmt::format("got a `buffer` at a site with `{}`, where lots are under way between work centres and "
                        "cannot be held back; expected one of the two",
                        factory_.locations > 0 ? "moves" : "transport"));
    }
    breakdown(spec, centre);
    if (spec.min_run.stated && !spec.setup.stated) {
      error(context_, spec.min_run.origin, "got a `min_run` although nothing is set up; expected times of `setup`");
    }
    centre.min_run = *spec.min_run;
    if (spec.setup_external.stated && !spec.setup.stated) {
      error(context_, spec.setup_external.origin,
            "got a `setup_external` although nothing is set up; expected times of `setup`");
    }
    centre.setup_external = static_cast<std::uint32_t>(*spec.setup_external * 1e6 + 0.5);
    centre.longest_idle = *spec.machine_choice == MachineChoice::longest_idle;
    centre.fastest = *spec.machine_choice == MachineChoice::fastest;
    power(spec, centre);
    people(spec, centre);
    const WorkCentreId id{static_cast<std::uint32_t>(model_.centres.size())};
    if (!centre.is_delay) shifts(spec, centre);
    if (centre.is_delay) {
      delay(spec);
    } else {
      machines(name, id, spec, centre);
    }
    maintenance(spec, centre);
    model_.centres.add(centre);
    model_.centre_names.push_back(name);
    centres_.names.push_back(name);
    centres_.entries.push_back({.id = id, .spec = &spec, .setups = states(*spec.setup), .uses = {}});
  }

  void shifts(const WorkCentreSpec& spec, WorkCentre& centre) {
    const Field<WeekTimes>& times = spec.shifts.stated ? spec.shifts : spec_.shifts;
    const Field<WeekTimes>& breaks = spec.breaks.stated ? spec.breaks : spec_.breaks;
    const Field<ShiftEnd>& beyond = spec.at_shift_end.stated ? spec.at_shift_end : spec_.at_shift_end;
    compile_shifts(*times, *breaks, where_.days_off, times.stated ? times.origin : breaks.origin, centre, context_,
                   model_);
    if (centre.shifts.empty()) {
      if (spec.at_shift_end.stated) {
        error(context_, spec.at_shift_end.origin, "got `at_shift_end` where nothing ends, expected `shifts`");
      }
      return;
    }
    switch (*beyond) {
      case ShiftEnd::finish:
        break;
      case ShiftEnd::pause:
        centre.beyond_shift = BeyondShift::pause;
        break;
      case ShiftEnd::do_not_start:
        centre.beyond_shift = BeyondShift::do_not_start;
        break;
    }
  }

  void people(const WorkCentreSpec& spec, WorkCentre& centre) {
    if (spec.setup_operator.stated) {
      centre.setup_crew =
          crew_named(*spec.setup_operator, spec.setup_operator.origin, false, centres_.crews, context_, model_);
      if (!spec.setup.stated) {
        error(context_, spec.setup_operator.origin,
              "got a `setup_operator` although nothing is set up; expected times of `setup`");
      }
    }
    if (!spec.repair_operator.stated) return;
    centre.repairers =
        crew_named(*spec.repair_operator, spec.repair_operator.origin, false, centres_.crews, context_, model_);
    if (spec.repair_crew.stated) {
      error(context_, spec.repair_operator.origin, "got `repair_crew` and `repair_operator`, expected one of the two");
    }
  }

  void dispatching(const WorkCentreSpec& spec, WorkCentre& centre) {
    const DispatchRule& rule = spec.dispatch.stated ? *spec.dispatch : *spec_.dispatch;
    centre.dispatching = {.by_priority = rule.by_priority,
                          .ties_by_arrival = spec_.tie->by_arrival,
                          .is_static = is_static(rule.rule),
                          .setup = rule.setup,
                          .setup_first = rule.setup_first,
                          .max_wait = rule.max_wait,
                          .rule = rule.rule,
                          .parameters = rule.parameters,
                          .by_machine = looks_at_machine(rule.rule)};
    model_.looks_ahead = model_.looks_ahead || looks_ahead(rule.rule);
    if (rule.rule == Rule::formula) {
      formula(rule, spec.dispatch.stated ? spec.dispatch.origin : spec_.dispatch.origin, centre.dispatching);
    }
  }

  void formula(const DispatchRule& rule, Origin origin, Dispatching& dispatching) const {
    common::Field<std::string> written(rule.formula);
    written.origin = origin;
    std::vector<bool> used;
    const auto id = context_.formula(written, kFormulaNames, used);
    if (!id) return;
    dispatching.formula = *id;
    dispatching.largest_first = rule.largest_first;
    dispatching.by_machine = used[kFormulaSetup] || used[kFormulaSetupMean] || used[kFormulaBatch];
    dispatching.by_due_date = used[kFormulaDue] || used[kFormulaOperationDue];
  }

  // Its own, or that of its area; nothing if it has none.
  const Field<Breakdown>* breakdown_of(const WorkCentreSpec& spec) {
    const Field<Breakdown>* shared = nullptr;
    if (spec.area.stated) {
      std::vector<std::string> known;
      for (const auto& area : spec_.areas) {
        if (area.name == *spec.area) shared = &area.spec.breakdown;
        known.push_back(area.name);
      }
      if (shared == nullptr) {
        error(context_, spec.area.origin,
              fmt::format(
                  "no area \"{}\" at this site{}", *spec.area,
                  known.empty() ? std::string("; declare it under `areas`") : common::did_you_mean(*spec.area, known)));
      }
    }
    return spec.breakdown.stated ? &spec.breakdown : shared;
  }

  void breakdown(const WorkCentreSpec& spec, WorkCentre& centre) {
    const Field<Breakdown>* const breakdown = breakdown_of(spec);
    if (breakdown != nullptr) {
      centre.breaks_down = true;
      centre.breaks_by_busy_time = (*breakdown)->busy_time;
      centre.time_to_failure = context_.time((*breakdown)->every);
      centre.repair = context_.time((*breakdown)->repair);
      if (!(core::mean_of(centre.time_to_failure, context_.tables) >= 1)) {
        error(context_, breakdown->origin, "got no time between two breakdowns, expected one above 0");
      }
    } else if (spec.repair_crew.stated || spec.repair_operator.stated) {
      error(context_, spec.repair_crew.stated ? spec.repair_crew.origin : spec.repair_operator.origin,
            fmt::format("got a `{}` although nothing breaks; expected a `breakdown`",
                        spec.repair_crew.stated ? "repair_crew" : "repair_operator"));
    }
  }

  void machines(const std::string& name, WorkCentreId id, const WorkCentreSpec& spec, WorkCentre& centre) {
    centre.machines.first = static_cast<std::uint32_t>(model_.machines.size());
    for (std::int64_t i = 0; i < *spec.machines; ++i) {
      const std::string machine = fmt::format("{}/{}", name, i + 1);
      model_.machines.add({id, core::stream_name(where_.name, machine, "failures"),
                           core::stream_name(where_.name, machine, "repairs"),
                           core::stream_name(where_.name, machine, "maintenance")});
    }
    centre.machines.last = static_cast<std::uint32_t>(model_.machines.size());
    speeds(spec, centre);
  }

  // Machines are named by their numbers, from 1 on.
  void speeds(const WorkCentreSpec& spec, WorkCentre& centre) {
    double sum = 0;
    for (const auto& entry : spec.speeds) {
      std::uint32_t number = 0;
      const char* const end = entry.name.data() + entry.name.size();
      const auto [last, fault] = std::from_chars(entry.name.data(), end, number);
      if (fault != std::errc{} || last != end || number < 1 || number > centre.machines.size()) {
        error(context_, entry.origin,
              fmt::format("got \"{}\", expected the number of a machine, from 1 to {}", entry.name,
                          centre.machines.size()));
        continue;
      }
      if (*entry.spec < kLeastSpeed) {
        error(context_, entry.spec.origin,
              fmt::format("got a speed of {:g}, expected at least {:g}", *entry.spec, kLeastSpeed));
        continue;
      }
      model_.machines[MachineId{centre.machines.first + number - 1}].slowness = 1 / *entry.spec;
    }
    for (std::uint32_t m = centre.machines.first; m < centre.machines.last; ++m) {
      sum += 1 / model_.machines[MachineId{m}].slowness;
    }
    centre.mean_speed = sum / static_cast<double>(centre.machines.size());
  }

  // What is left out of the states is that of `idle`.
  void power(const WorkCentreSpec& spec, WorkCentre& centre) {
    if (spec.power.empty()) return;
    const auto row = [&](MachineActivity activity) -> double& {
      return centre.power[static_cast<std::size_t>(activity)];
    };
    const std::vector<std::string> known{"run", "setup", "idle", "down", "off"};
    const auto of = [&](const std::string& name, double left_out) {
      for (const auto& entry : spec.power) {
        if (entry.name == name) return *entry.spec;
      }
      return left_out;
    };
    for (const auto& entry : spec.power) {
      if (std::find(known.begin(), known.end(), entry.name) != known.end()) continue;
      error(context_, entry.origin,
            fmt::format("unknown state \"{}\"{} (known are {})", entry.name, common::did_you_mean(entry.name, known),
                        fmt::join(known, ", ")));
    }
    const double idle = of("idle", 0);
    row(MachineActivity::idle) = row(MachineActivity::blocked) = idle;
    row(MachineActivity::busy) = of("run", idle);
    row(MachineActivity::setup) = of("setup", idle);
    row(MachineActivity::down) = row(MachineActivity::maintenance) = of("down", idle);
    row(MachineActivity::off) = of("off", 0);
    model_.has_power = true;
  }

  // What only machines have.
  void delay(const WorkCentreSpec& spec) {
    const auto refuse = [&](bool stated, Origin origin, std::string_view key) {
      if (!stated) return;
      error(
          context_, origin,
          fmt::format("got `{}` at a work centre with `delay`, which has no machines and where nobody waits; expected "
                      "one of the two",
                      key));
    };
    refuse(spec.machines.stated, spec.machines.origin, "machines");
    refuse(spec.buffer.stated, spec.buffer.origin, "buffer");
    refuse(spec.breakdown.stated, spec.breakdown.origin, "breakdown");
    refuse(spec.area.stated, spec.area.origin, "area");
    refuse(spec.setup.stated, spec.setup.origin, "setup");
    refuse(spec.shifts.stated, spec.shifts.origin, "shifts");
    refuse(spec.breaks.stated, spec.breaks.origin, "breaks");
    if (!spec.speeds.empty()) refuse(true, spec.speeds.list.front().origin, "speeds");
    if (!spec.power.empty()) refuse(true, spec.power.list.front().origin, "power");
    if (!spec.maintenance.empty()) refuse(true, spec.maintenance.list.front().origin, "maintenance");
  }

  void maintenance(const WorkCentreSpec& spec, WorkCentre& centre) {
    centre.maintenance.first = static_cast<std::uint32_t>(model_.maintenance.size());
    for (const auto& entry : spec.maintenance) {
      const MaintenanceInterval& every = *entry.spec.every;
      const MaintenanceInterval& first = entry.spec.first.stated ? *entry.spec.first : every;
      if (first.by != every.by) {
        error(context_, entry.spec.first.origin,
              "`first` and `every` count different things, expected both in one unit");
      }
      model_.maintenance.add({.every = every.amount,
                              .first = first.amount,
                              .by_calendar = every.by == MaintenanceInterval::By::calendar,
                              .in_pieces = every.by == MaintenanceInterval::By::pieces,
                              .stagger = *entry.spec.stagger,
                              .takes = context_.time(*entry.spec.takes)});
    }
    centre.maintenance.last = static_cast<std::uint32_t>(model_.maintenance.size());
    leaves_time_for_work(spec, centre);
    centre.first_upkeep = model_.upkeep;
    model_.upkeep += centre.maintenance.size() * centre.machines.size();
  }

  // What falls due by the calendar does so whether the machine works or not.
  void leaves_time_for_work(const WorkCentreSpec& spec, const WorkCentre& centre) {
    double sum = 0, largest = 0;
    Origin origin;
    for (std::uint32_t i = 0; i < centre.maintenance.size(); ++i) {
      const Maintenance& maintenance = model_.maintenance[MaintenanceId{centre.maintenance.first + i}];
      if (!maintenance.by_calendar || maintenance.every <= 0) continue;
      const double share = core::mean_of(maintenance.takes, context_.tables) / static_cast<double>(maintenance.every);
      sum += share;
      if (share > largest) {
        largest = share;
        origin = spec.maintenance.list[i].spec.takes.origin;
      }
    }
    if (!(sum >= 1)) return;
    error(context_, origin,
          fmt::format("the maintenance of a machine by the calendar takes {:.4g} % of all time, so that it never "
                      "works; expected less than 100 %: longer times from one to the next (`every`), or shorter ones "
                      "that it stands (`takes`)",
                      100 * sum));
  }

  static std::vector<std::string> states(const SetupTimes& setup) {
    std::vector<std::string> names;
    for (const SetupTimes::Row& row : setup.rows) {
      for (const std::string& name : {row.from, row.to}) {
        if (name != SetupTimes::kAny && std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
      }
    }
    return names;
  }

  const FactorySpec& spec_;
  const Where& where_;
  Factory& factory_;
  CompileContext& context_;
  Model& model_;
  CentresOfSite centres_;
  std::vector<std::string> locations_;
};

}  // namespace

CentresOfSite compile_centres(const FactorySpec& spec, const Where& where, Factory& factory, CompileContext& context,
                              Model& model) {
  return CentreCompiler(spec, where, factory, context, model).compile();
}

}  // namespace tierworks::factory
