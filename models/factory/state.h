// A shop floor while time runs: lots in queues and on machines.
#pragma once
#include <array>
#include <tuple>

#include "core/base/hash.h"
#include "core/base/pool.h"
#include "core/event/event.h"
#include "core/stats/paged_histogram.h"
#include "core/stats/time_weighted.h"
#include "models/factory/model.h"

namespace tierworks::factory {

using core::Instant;

// One operation of a lot that has a sequence, or times, of its own.
struct Step {
  std::int64_t ticks = 0;
  OperationId operation;
  core::Ref next = core::kNoRef;
};

// That a lot has still to keep, of an operation behind it.
struct Promise {
  OperationId at;
  MachineId machine;  // the only one there; none: it is a matter of time
  Instant before;     // it must have started
  core::Ref next = core::kNoRef;
  core::Ref family = core::kNoRef;  // or that the parts of its lot wait for each other there
  core::EventHandle ending{};       // of a limit, while the lot waits where something is done about it
};

// The parts of a lot that will be one again.
struct Family {
  std::uint32_t parts = 0;    // that are left
  std::uint32_t waiting = 0;  // where they are put together
};

// A machine is kept for a lot that comes to its work centre next.
struct Reservation {
  core::Ref lot = core::kNoRef;
  WorkCentreId centre;
  MachineId machine;  // none: any of them
  core::Ref next = core::kNoRef;
  Instant from;
};

// What a lot takes of an account of release control, until it has done an operation; or until it leaves.
struct Holding {
  AccountId account;
  OperationId until;  // as written; none: until it leaves, or changes it for another
  std::int64_t amount = 0;
  core::Ref next = core::kNoRef;
  std::uint32_t unused = 0;
};

struct Lot {
  ReleaseId release;
  OperationId operation;     // imminent, or in work
  std::uint64_t number = 0;  // of its release: the address of its draws
  std::uint64_t serial = 0;  // of its factory, in the order of release
  std::int64_t pieces = 1;
  Instant released, arrived, due;           // arrived: at the queue where it stands
  std::int64_t ticks = 0;                   // process time of the imminent operation: known, or its mean
  std::int64_t next_ticks = 0;              // of the one behind it
  std::int64_t work_left = 0;               // ticks, with the imminent operation
  std::int64_t work = 0;                    // ticks, of all its operations at release
  std::uint32_t steps_left = 0;             // with the imminent operation
  std::uint32_t visit = 0;                  // operations begun: the address of its draws
  std::uint32_t next_centre = 0xffffffffU;  // of the operation behind the imminent one
  core::Ref plan = core::kNoRef;            // its own steps from the imminent one on; the routing's if none
  core::Ref promises = core::kNoRef;
  std::uint32_t priority = common::kLastPriority;
  core::Ref holdings = core::kNoRef;  // under release control
  bool outside = false;               // it waits to be let in
  bool lacks_material = false;        // which is pulled when it is picked
  std::array<std::uint8_t, 2> unused{};
  // In the queue: of equal rank by value, then by the rule for ties.
  double value = 0;
  double operation_due = 0, urgency = 0;  // where the rule looks at the clock: in ticks; weight over process time
  core::Ref child = core::kNoRef, next = core::kNoRef, previous = core::kNoRef;  // on a machine: `next` of the batch
  core::Ref order = core::kNoRef;                                                // of production, if one wanted the lot
  common::Quantity quantity = 0;                                                 // for that order
};

struct MachineState {
  MachineActivity activity = MachineActivity::idle;
  MachineActivity interrupted = MachineActivity::idle;  // while down or off: what goes on afterwards
  bool waits_for_room = false;                          // blocked, or down with a lot that is done
  std::uint8_t stops = 0;                               // reasons to be down
  std::uint32_t next = core::kNoRef;                    // in the list of the idle, or of those that wait for room
  std::uint32_t previous = core::kNoRef;
  std::uint32_t next_broken = core::kNoRef;
  core::Ref lot = core::kNoRef;                   // or the first of a batch
  std::uint32_t lots = 0;                         // of the batch
  Instant since;                                  // measured from then on
  Instant began;                                  // likewise, but the end of the warm-up does not restart it
  std::array<std::int64_t, kActivities> ticks{};  // in each activity
  // Of work, set-up or maintenance:
  Instant resumed;
  std::int64_t left = 0;  // ticks, from then on
  core::EventHandle finishing;
  std::int64_t tail = 0;           // ticks that the lot takes when the machine is done with it
  std::int64_t until_failure = 0;  // ticks of busy time
  std::uint64_t failures = 0;
  std::uint32_t setup = kNoSetup;
  std::uint32_t setups = 0;  // measured
  std::uint32_t due = 0;     // maintenances, and the end of its shift, that wait for the machine
  bool leaves = false;       // its shift is over, what it does is not
  bool off = false;          // one of its stops is the end of its shift
  bool sets_up_with_crew = false;
  bool repairs_itself = false;  // those who are at work at it do
  bool lacks_people = false;    // who was at work at it went home while it pauses
  bool returns = false;         // its shift has begun, and it waits for them
  std::uint16_t unused = 0;
  std::uint32_t next_returning = core::kNoRef;
  std::int64_t run_lots = 0;    // since the set-up
  std::int64_t work_after = 0;  // ticks of work that follow the set-up
};

// One maintenance of one machine.
struct Upkeep {
  std::int64_t left = 0;  // pieces or lots until it is due
  std::uint64_t done = 0;
  bool due = false;
  std::array<std::uint8_t, 7> unused{};
};

struct QueueState {
  core::Ref root = core::kNoRef;  // a heap by value, or a list
  core::Ref best = core::kNoRef;  // of a list: the one to go first, while a choice is made
  std::uint32_t waiting = 0;
  std::uint32_t unused = 0;
  std::int64_t pieces = 0;
  Instant look = core::kLastInstant;  // look-ahead: it will look again then
};

// The lots of a work centre that are picked, in the order in which that happened. Their `value` is when it did, in ticks.
struct KitLine {
  core::Fifo picked;
  std::uint32_t lots = 0;
  std::uint32_t unused = 0;
  Instant look = core::kLastInstant;  // when the next lot is due to be picked, as far as is known
  core::EventHandle looking{};
};

// While a work centre plans: when a machine is done with all that is picked, and what it is set up for then.
struct PlannedMachine {
  std::int64_t free_in = 0;  // ticks
  std::uint32_t setup = kNoSetup;
  std::uint32_t unused = 0;
};

// Machines of a work centre in a row, linked by their states.
struct MachineList {
  std::uint32_t first = core::kNoRef;
  std::uint32_t last = core::kNoRef;
};

// Operators with one skill, or tools of one kind.
struct CrewState {
  std::int64_t free = 0;
  std::int64_t leaving = 0;        // in use, and their shift is over
  std::uint32_t shift_change = 0;  // that comes next
  std::uint32_t unused = 0;
  std::int64_t there = 0;  // in this shift, of those planned the share that is present
  std::int64_t planned = 0;
  double present = 1;
  core::TimeWeighted used;
  MachineList waiting;  // rows of crew_users: work centres, in the order in which they found nobody
  MachineList broken;   // machines that wait for a repairer
  // Machines whose shift has begun and that wait for one of them to go on.
  MachineList returning;
  core::TimeWeighted staffed;  // how many are planned
};

struct CrewUser {
  std::uint32_t next = core::kNoRef;
  bool waits = false;
  std::array<std::uint8_t, 3> unused{};
};

struct WorkCentreState {
  core::Ref root = core::kNoRef;  // the lots that wait: a heap by value, or a list
  std::uint32_t waiting = 0;
  std::uint32_t idle = 0;
  std::uint32_t repairing = 0;
  bool dispatch_due = false;
  std::array<std::uint8_t, 3> unused{};
  std::uint32_t stopped = 0;    // machines, by disruptions: the first ones
  std::int64_t queue_work = 0;  // ticks: of the imminent operations of those that wait
  std::int64_t queue_pieces = 0;
  MachineList idle_machines;    // idle longest first
  MachineList blocked;          // machines elsewhere whose lots wait for room here
  MachineList broken;           // wait for the repair crew
  core::TimeWeighted queue;     // lots that wait
  std::int64_t started = 0;     // operations
  double queue_ticks = 0;       // waited, by those
  std::int64_t violations = 0;  // of queue-time limits that end here
  std::int64_t batches = 0;
  double batch_fill = 0;                  // their shares of a full batch
  std::int64_t pieces = 0, scrapped = 0;  // processed where some may be lost, and lost
  std::uint32_t shift_change = 0;         // that comes next, of its own
  std::uint32_t unused_too = 0;
  Instant next_change = core::kLastInstant;
  Instant no_value = core::kLastInstant;  // when its formula first gave no finite number
};

struct ReleaseState {
  std::uint64_t released = 0;
  std::uint64_t events = 0;  // of the release plan: the address of its draws
  std::int64_t outside = 0;  // lots that wait for room, or for the wip to fall
  std::int64_t inside = 0;
  // What the plan let come in the whole run: two runs whose numbers agree had the same lots. Chained hashes.
  std::uint64_t planned = 0;
  std::uint64_t instants = 0;
  std::uint64_t works = 0;
};

struct LotTypeTally {
  std::int64_t finished = 0, pieces = 0;
  std::int64_t with_due = 0, tardy = 0;
  double cycle_ticks = 0, tardiness_ticks = 0, flow_factors = 0;
  std::int64_t violations = 0;  // of queue-time limits
  std::int64_t scrapped_lots = 0, scrapped_pieces = 0, sent_back = 0;
  std::int64_t let_in = 0;
  double pool_ticks = 0;  // waited by those
  Instant last_finish{0};
  core::TimeWeighted wip;
  core::TimeWeighted pool;           // lots that wait to be let in
  core::PagedHistogram cycle_times;  // ticks
};

struct FactoryState {
  std::uint64_t serial = 0;
  std::int64_t divided = 0, joined = 0;                   // parts more than lots, and fewer again
  std::int64_t released = 0, finished = 0, scrapped = 0;  // since the start of the run; for the law of conservation
  std::int64_t built_in = 0;                              // components that ended in other lots
  core::Ref reservations = core::kNoRef;
  std::uint32_t unused = 0;
};

struct ControlState {
  std::uint32_t waiting = 0;  // in its stores
  bool due = false;           // it will look at them in this instant
  std::array<std::uint8_t, 3> unused{};
};

struct State {
  core::Table<WorkCentreId, WorkCentreState> centres;
  core::Table<MachineId, MachineState> machines;
  core::Table<ReleaseId, ReleaseState> releases;
  core::Table<LotTypeId, LotTypeTally> types;
  std::vector<FactoryState> factories;
  core::Pool<Lot> lots;
  core::Pool<Step> steps;
  core::Pool<Promise> promises;
  core::Table<QueueId, QueueState> queues;
  std::vector<Upkeep> upkeep;
  core::Pool<core::HistogramPage> pages;
  core::Table<CrewId, CrewState> crews;
  std::vector<CrewUser> crew_users;
  std::vector<ControlState> controls;
  core::Table<AccountId, std::int64_t> accounts;  // taken of each
  core::Pool<Holding> holdings;
  core::Pool<Family> families;
  core::Pool<Reservation> reservations;
  std::vector<KitLine> kit_lines;
  std::vector<PlannedMachine> planned;

  // All of it, in a fixed order: what a fork copies and a snapshot holds.
  auto members() {
    return std::tie(centres, machines, releases, types, factories, lots, steps, promises, queues, upkeep, pages, crews,
                    crew_users, controls, accounts, holdings, families, reservations, kit_lines, planned);
  }
  auto members() const {
    return std::tie(centres, machines, releases, types, factories, lots, steps, promises, queues, upkeep, pages, crews,
                    crew_users, controls, accounts, holdings, families, reservations, kit_lines, planned);
  }
};

}  // namespace tierworks::factory
