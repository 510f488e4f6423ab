// What the user says of a work centre: its machines, what stops them, their set-ups, and which lot they take next.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/common/spec.h"
#include "models/factory/policies/rules.h"

namespace tierworks::factory {

using common::Field;

// "fifo" | "atc k 3" | [priority, edd] | [priority, setup_avoidance, fifo] | {formula: "p + WINQ"} |
// [priority, {formula: "w / p", first: largest}]: which lot goes next.
struct DispatchRule {
  bool by_priority = false;  // classes first, the rule within a class
  SetupKey setup = SetupKey::none;
  bool setup_first = false;    // before the classes
  core::Duration max_wait{0};  // then the set-up of a lot does not count; 0: it always does
  Rule rule = Rule::fifo;
  RuleParameters parameters;
  std::string formula;  // of Rule::formula
  bool largest_first = false;
};

// "every exponential 40 h for lognormal 35 min cv 1" | "every exponential 40 h busy for exponential 1 h"
struct Breakdown {
  common::TimeDistribution every;
  common::TimeDistribution repair;
  bool busy_time = false;  // only work brings the next one nearer
};

// "20 min" | "change_over.csv" | {any: {red: 72 min}, white: {red: 5 min, blue: 9 min}}: from what state to what.
struct SetupTimes {
  struct Row {
    std::string from;  // "any": from whatever state has no row of its own
    std::string to;
    common::TimeDistribution time;
  };
  static constexpr const char* kAny = "any";
  bool all_alike = false;  // every change takes `time`
  common::TimeDistribution time;
  std::vector<Row> rows;
};

// "8": lots; "200 pieces".
struct BufferSize {
  std::int64_t most = 0;
  bool in_pieces = false;
};

// "mon-fri 06:00-14:00", "daily 22:00-06:00", or a list of them: times of each week, local.
struct WeekTimes {
  struct Span {
    int first_day = 0, last_day = 6;  // 0: Monday
    core::Duration from{0}, to{0};    // since midnight; `to` of the next day if not after `from`
  };
  std::vector<Span> spans;
};

// "mon-fri 06:00-14:00", "mon-fri 14:00-22:00 with 2", or a list of them: when people work, and how many of them.
struct CrewTimes {
  struct Shift {
    WeekTimes::Span span;
    std::int64_t people = 0;  // 0: all of them
  };
  std::vector<Shift> shifts;
};

// What becomes of work that goes beyond a shift: it is finished, it pauses until the next shift, or it is not begun.
enum class ShiftEnd : std::uint8_t { finish, pause, do_not_start };

enum class MachineChoice : std::uint8_t { least_setup, longest_idle, fastest };

// "30 d" | "2500 pieces" | "100 lots"
struct MaintenanceInterval {
  enum class By : std::uint8_t { calendar, pieces, lots };
  By by = By::calendar;
  std::int64_t amount = 0;  // ticks, pieces or lots
};

struct MaintenanceSpec {
  Field<MaintenanceInterval> every;
  Field<MaintenanceInterval> first;
  Field<common::TimeDistribution> takes;
  Field<bool> stagger{true};
};

template <class V>
void describe(V& v, MaintenanceSpec& s) {
  v.required("every", s.every)
      .doc(
          "from one to the next: by the calendar, `30 d`, or by what the machine has processed, `2500 pieces`, `100 "
          "lots`");
  v.optional("first", s.first).doc("until the first one; as `every` if left out");
  v.required("takes", s.takes).doc("time that the machine stands, `uniform 10 h to 14 h`");
  v.optional("stagger", s.stagger)
      .doc("spread the first ones over the machines of the work centre, the last machine at `first`");
}

struct WorkCentreSpec {
  Field<std::int64_t> machines{1};
  common::Entries<Field<double>> speeds;
  common::Entries<Field<double>> power;
  Field<bool> delay{false};
  Field<std::string> location;
  Field<std::string> area;
  Field<DispatchRule> dispatch;
  Field<BufferSize> buffer;
  Field<Breakdown> breakdown;
  Field<std::int64_t> repair_crew{0};
  common::Entries<MaintenanceSpec> maintenance;
  Field<SetupTimes> setup;
  Field<double> setup_external{0.0};
  Field<std::int64_t> min_run{0};
  Field<core::Duration> kit{core::Duration{0}};
  Field<MachineChoice> machine_choice{MachineChoice::least_setup};
  Field<core::Duration> load{core::Duration{0}};
  Field<core::Duration> unload{core::Duration{0}};
  Field<WeekTimes> shifts;
  Field<WeekTimes> breaks;
  Field<ShiftEnd> at_shift_end{ShiftEnd::finish};
  Field<std::string> setup_operator;
  Field<std::string> repair_operator;
};

template <class V>
void describe(V& v, WorkCentreSpec& s) {
  v.optional("machines", s.machines).between(1, 100'000).doc("machines that are alike, side by side");
  v.map("speeds", s.speeds)
      .positive()
      .doc(
          "speeds of machines by their numbers, `{1: 1.2, 3: 0.8}`: what takes an hour takes 1 / speed; 1 for all "
          "others");
  v.map("power", s.power)
      .not_negative()
      .doc(
          "kW that a machine takes by what it does, `{run: 8, setup: 3, idle: 2, off: 0.2}`: `run`, `setup`, `idle` "
          "(blocked, "
          "too), `down` (maintenance, too) and `off`; what is left out is as `idle`, and 0 of `off`");
  v.optional("delay", s.delay)
      .doc("lots stay for the operation's time and need no machine: nobody waits here; not together with `machines`");
  v.optional("location", s.location).doc("where it stands, for `moves`");
  v.optional("area", s.area).doc("one of the site's `areas`, whose `breakdown` it shares unless it says its own");
  v.optional("dispatch", s.dispatch)
      .doc("which waiting lot goes next: `fifo`, `atc k 3`, `[priority, edd]`; the site's if left out");
  v.optional("buffer", s.buffer)
      .doc(
          "most that waits here, in lots (`8`) or pieces (`200 pieces`); a machine whose lot finds no room stays "
          "blocked; "
          "unlimited if left out");
  v.optional("breakdown", s.breakdown)
      .doc(
          "each machine for itself: `every exponential 40 h for lognormal 35 min cv 1`; `every 40 h busy for 1 h` "
          "counts "
          "time at work only; what is in work goes on after the repair; none if left out");
  v.optional("repair_crew", s.repair_crew)
      .at_least(1)
      .doc("most machines of this work centre that are repaired at once; unlimited if left out");
  v.map("maintenance", s.maintenance)
      .doc("preventive maintenance of each machine; it waits until the machine is done with its lot");
  v.optional("setup", s.setup)
      .doc(
          "times of changing from one `setup` of operations to another: one for all, `20 min`; a table, "
          "`change_over.csv` "
          "with the columns `from`, `to` and `time`; or a map of maps, `{white: {red: 5 min}, any: {white: 15 min}}`");
  v.optional("setup_external", s.setup_external)
      .share()
      .doc(
          "share of each set-up that is prepared beside the machine, from when its lot has come to wait until the "
          "machine "
          "is free; what is not prepared by then is done while it stands; nothing if left out");
  v.optional("min_run", s.min_run)
      .at_least(1)
      .doc(
          "lots after a set-up before the machine may change again, however long it waits for them; a lot that has "
          "waited "
          "`max_wait` (of `dispatch`) ends the run");
  v.optional("kit", s.kit)
      .not_negative()
      .doc(
          "time before its planned start at which a lot is picked: its material is pulled, and it keeps its turn from "
          "then on, whatever comes later; no lot is picked before it starts if left out");
  v.optional("machine_choice", s.machine_choice)
      .doc(
          "of several idle machines the one with the `least_setup` for a lot, the `fastest`, set-up and work together, "
          "or the one `longest_idle`");
  v.optional("load", s.load)
      .not_negative()
      .doc("time for loading a lot or batch; beside the work where there is an `interval`");
  v.optional("unload", s.unload).not_negative().doc("time for unloading it, likewise");
  v.optional("shifts", s.shifts)
      .doc("when it works, each week: `mon-fri 06:00-14:00`, or a list; the site's if left out");
  v.optional("breaks", s.breaks).doc("when it stands in its shifts: `daily 10:00-10:15`; the site's if left out");
  v.optional("at_shift_end", s.at_shift_end)
      .doc(
          "work that goes beyond a shift, or into a break: `finish` it, `pause` it until the next one, or "
          "`do_not_start` "
          "what is not expected to fit; the site's if left out");
  v.optional("setup_operator", s.setup_operator)
      .doc("one of the site's `operators`, who is needed for each set-up; nobody if left out");
  v.optional("repair_operator", s.repair_operator)
      .doc("one of the site's `operators`, who is needed for each repair; nobody if left out");
}

// Work centres that break down alike.
struct AreaSpec {
  Field<Breakdown> breakdown;
};

template <class V>
void describe(V& v, AreaSpec& s) {
  v.required("breakdown", s.breakdown).doc("of each machine of its work centres, for itself");
}

}  // namespace tierworks::factory
