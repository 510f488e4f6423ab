// A shop floor as compiled: machines in work centres, operations of routings, releases. Constant while time runs.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"
#include "models/factory/policies/rules.h"

namespace tierworks::factory {

using common::PlaceId;
using common::SiteId;
using WorkCentreId = core::Id<struct WorkCentreTag>;
using MachineId = core::Id<struct MachineTag>;
using OperationId = core::Id<struct OperationTag>;
using RoutingId = core::Id<struct RoutingTag>;
using ReleaseId = core::Id<struct ReleaseTag>;
using LotTypeId = core::Id<struct LotTypeTag>;  // what lots are reported under, at one site
using BucketId = core::Id<struct BucketTag>;    // operations of a work centre whose lots a machine does not tell apart
using QueueId = core::Id<struct QueueTag>;      // the lots of a bucket that any machine may take, or one machine
using CrewId = core::Id<struct CrewTag>;        // operators with one skill, or tools of one kind
using MaintenanceId = core::Id<struct MaintenanceTag>;

using AccountId = core::Id<struct AccountTag>;  // what release control counts: lots, or their work

inline constexpr std::int64_t kNoLimit = -1;
inline constexpr std::uint32_t kNoSetup = 0xffffffffU;
inline constexpr std::uint32_t kNoKits = 0xffffffffU;
inline constexpr std::size_t kMostRandomOperations = 256;  // of a routing whose sequence is drawn

enum class MachineActivity : std::uint8_t { idle, busy, blocked, down, setup, maintenance, off };
inline constexpr std::size_t kActivities = 7;

struct Dispatching {
  bool by_priority = false;
  bool ties_by_arrival = true;
  bool is_static = true;
  SetupKey setup = SetupKey::none;
  bool setup_first = false;    // before the classes
  core::Duration max_wait{0};  // then a lot's set-up does not count; 0: it always does
  Rule rule = Rule::fifo;
  RuleParameters parameters;
  bool by_machine = false;     // the rule looks at the set-up or the batch that a machine would have to make
  bool largest_first = false;  // of what the formula gives
  bool by_due_date = false;    // it reads those
  common::FormulaId formula{};
};

// Lots that need one set-up and may share one batch.
struct Bucket {
  std::uint32_t setup = kNoSetup;    // of the work centre's states; none: any will do
  std::int64_t least = 1, most = 1;  // of a batch
  bool is_batch = false;
  bool in_pieces = false;
  core::Duration longest_wait{0};  // 0: for ever
  core::Range needs;               // of Model::needs
  bool looks_ahead = false;        // a batch may wait for the next lot
  core::Range sources;             // of Model::sources: work centres where such lots are in work
};

struct Crew {
  SiteId site;
  std::string name;
  bool is_tool = false;
  std::int64_t count = 1;
  core::Range users;  // of Model::crew_users: work centres that wait for one of them
  PlaceId place;
  core::Range shifts;   // of Model::shift_changes; none: they are always there
  double on_share = 1;  // of a week
};

// Of a week, in which the work centre works or stands from then on.
struct ShiftChange {
  core::Duration at{0};  // since Monday, 0:00
  bool on = false;
  std::int64_t there = 0;  // of a crew: people from then on
};
enum class BeyondShift : std::uint8_t { finish, pause, do_not_start };

// A change from one state of a work centre's machines to another.
struct SetupChange {
  core::Distribution time;
  std::int64_t mean = 0;  // ticks
};

struct Maintenance {
  std::int64_t every = 0, first = 0;  // ticks, pieces or lots
  bool by_calendar = true;
  bool in_pieces = false;
  bool stagger = true;
  core::Distribution takes;
};

struct WorkCentre {
  PlaceId place;
  SiteId site;
  core::Range machines;            // of Model::machines
  std::int64_t buffer = kNoLimit;  // lots that wait; or pieces
  bool buffer_in_pieces = false;
  std::int64_t repair_crew = 0;  // 0: unlimited
  core::Range entries;           // of Model::entries, if it has a buffer: releases that start here
  Dispatching dispatching;
  bool breaks_down = false;
  bool breaks_by_busy_time = false;
  core::Distribution time_to_failure, repair;
  bool is_plain = true;     // when a lot is done, nothing has to be counted
  bool is_delay = false;    // no machines: lots only stay for their time
  bool has_queues = false;  // sets-up, batches or machines of their own for some lots: buckets, and one queue for each
  bool is_dedicated = false;  // some lots must go to one machine
  bool has_setups = false;
  bool longest_idle = false;       // that machine, whatever the set-up
  bool keeps_machines = false;     // for super-hot lots
  std::uint32_t setups = 0;        // states; Model::changes has a row for each, and one for a machine not set up yet
  std::uint32_t first_change = 0;  // of setups + 1 rows of `setups`
  std::int64_t min_run = 0;        // lots
  core::Range buckets;             // of Model::buckets
  std::uint32_t first_queue = 0;   // one for each bucket; if dedicated, then again for each machine
  core::Range maintenance;         // of Model::maintenance
  std::uint32_t first_upkeep = 0;  // of the State's upkeep: for each machine one for each maintenance
  std::int64_t handling = 0;       // ticks: load and unload
  std::uint32_t location = 0;      // of its site's, from 0
  core::Range shifts;              // of Model::shift_changes; none: it works always
  BeyondShift beyond_shift = BeyondShift::finish;
  double on_share = 1;  // of a week
  CrewId setup_crew, repairers;
  bool fastest = false;                     // that machine, set-up and work together
  double mean_speed = 1;                    // of its machines
  std::array<double, kActivities> power{};  // kW of a machine, by activity
  core::Range pairs;                        // polca: of Model::pairs, those that begin here
  AccountId section = AccountId::none();    // kanban: its cards; lums_cor: its work
  std::uint32_t kits = kNoKits;             // of Model::kits
  std::uint32_t setup_external = 0;         // millionths of a set-up that are prepared while the machine is not free

  std::uint32_t queues() const { return has_queues ? buckets.size() * (is_dedicated ? 1 + machines.size() : 1) : 0; }
  const SetupChange& change(const std::vector<SetupChange>& all, std::uint32_t from, std::uint32_t to) const {
    return all[first_change + (from == kNoSetup ? setups : from) * setups + to];
  }
};

// Of a work centre that picks lots before they start.
struct Kitting {
  core::Duration time{0};
  std::uint32_t first_planned = 0;  // of State::planned: one for each machine
};

struct Machine {
  WorkCentreId centre;
  core::StreamName failures, repairs, maintenance;
  double slowness = 1;  // 1 / speed
};

// What an operation asks of a later one: its own machine, or to start within a time.
struct Tie {
  OperationId at;
  bool same_machine = false;
  core::Duration within{0};
};

// Which of several ways to do an operation a lot takes.
enum class WayChoice : std::uint8_t { least_work, fastest, least_setup, longest_idle };

// As written; or another way to do one that is, in a row of its own behind those of the routing.
struct Operation {
  WorkCentreId centre;
  RoutingId routing;
  OperationId written;  // itself, or that of which it is another way
  core::Range ways;     // of Model::operations: the other ones
  WayChoice choose = WayChoice::least_work;
  std::int64_t split = 1;   // parts of the lot when it ends
  OperationId joins_at;     // where those go on together; none: each by itself
  bool joins = false;       // parts of a lot wait here for each other
  bool assembles = false;   // or the lot for what is built in
  QueueId store;            // in this list; or lots that wait for what is built into them
  double parts = 1;         // of a lot, that come here
  double expected = 1;      // times that a lot does it on its first way through, at most 1
  core::Distribution time;  // ticks, of a lot or of a piece
  bool per_piece = false;
  bool pieces_alike = false;  // one draw for all of them
  bool has_interval = false;  // the machine is free before the lot is done
  bool interval_per_piece = false;
  bool is_batch = false;
  bool is_tied = false;       // an earlier operation may have said which machine
  bool is_limited = false;    // or by when it must start
  std::int64_t interval = 0;  // ticks
  std::int64_t handling = 0;  // ticks: load and unload, with the lot's time
  std::uint32_t bucket = 0;   // of its work centre's, from 0
  double share = 1;
  double scrap = 0, piece_scrap = 0;
  core::Range branches;  // of Model::branches
  core::Range ties;      // of Model::ties
  core::Range needs;     // of Model::needs
  double lot_busy = 0,
         piece_busy = 0;  // means, ticks: that it takes of a machine, by lot and by piece; a full batch shared
  // Means, ticks: of this operation, and of all from it to the end of the routing, by lot and by piece.
  double lot_mean = 0, piece_mean = 0;
  double lot_mean_left = 0, piece_mean_left = 0;
};

// After an operation: with what chance where to. The rest goes on to the next operation.
struct Branch {
  double up_to = 0;  // of a uniform draw; ascending within the range
  OperationId to;    // none: the lot leaves
};

struct Routing {
  SiteId site;
  core::Range operations;
  bool random_sequence = false;
  bool times_known = false;
  bool draws_times = false;  // not all are constant
  bool own_steps() const { return random_sequence || times_known; }
};

// What becomes of a lot that waits for an operation and is too late for it.
struct LateWay {
  bool acts = false;  // else it is counted when it starts
  OperationId to;     // goes back there; none: it is scrapped
};

// What an operation builds into a lot.
struct Component {
  RoutingId routing;
  std::int64_t lots = 1;
};

// Of a routing whose lots are built into others.
struct ComponentStore {
  bool is_used = false;
  QueueId lots;        // that are done and wait for that
  core::Range takers;  // of Model::assemblies: operations
};

struct Release {
  PlaceId place;
  SiteId site;
  RoutingId routing;
  LotTypeId type;
  common::ProductId product;  // wanted: by the orders of which production makes it
  enum class When : std::uint8_t { all_at_once, interval, trace, room, wanted } when = When::all_at_once;
  core::Distribution interval;
  core::Range trace;  // of Model::trace
  core::Instant first{0};
  OperationId starts_at;
  bool keeps_one_waiting = false;  // room: a lot always stands at the gate of release control
  bool starts_within = false;      // the routing: at its operation, whatever share of lots does it
  std::int64_t at_once = 1;
  std::int64_t count = 0;  // 0: unlimited
  std::int64_t wip = 0;    // 0: unlimited
  std::int64_t pieces = 1;
  std::uint32_t priority = common::kLastPriority;
  double weight = 1;
  bool has_due = false;
  bool due_by_work = false;
  double due_factor = 0;
  bool due_given = false;  // by its trace
  core::Duration allowance{0};
  core::StreamName arrivals, process, branching, sampling, sequence, ranks, moves, setups, scrap;
};

struct LotType {
  SiteId site;
  std::string name;
};

struct TraceRow {
  core::Instant at;
  std::int64_t lots = 0;
  std::uint64_t before = 0;  // lots of the rows before it
  core::Instant due = core::kLastInstant;
};

// When lots are let into a shop floor (control.h). All limits are those of accounts.
struct Control {
  enum class Rule : std::uint8_t { conwip, kanban, polca, drum_buffer_rope, starvation_avoidance, lums_cor };
  Rule rule = Rule::conwip;
  enum class Order : std::uint8_t { first_come, due, planned_release, shortest };
  Order order = Order::first_come;
  Dispatching ranking;   // of the lots that wait: their classes, ties
  bool in_work = false;  // conwip, drum_buffer_rope: counts work, not lots
  WorkCentreId drum;     // or bottleneck
  double alpha = 1;
  core::Duration lead{0};   // 0: the lot's work up to the bottleneck
  double repair_mean = 0;   // ticks, of the bottleneck's machines
  core::Duration every{0};  // lums_cor
  core::Duration planned_wait{0};
  bool waits_for_plan = false;
  core::Range centres;   // of Model::centres: those of the site
  core::Range accounts;  // of Model::accounts; each has a store of lots that wait for it
};

struct Account {
  std::int64_t limit = 0;  // lots, or ticks of work
  WorkCentreId first;      // lums_cor: where the lots of its store begin
  QueueId store;           // of the lots that wait for it
};

// polca: operations at one work centre that are followed by one at another.
struct CentrePair {
  WorkCentreId to;
  AccountId account;
};

struct Factory {
  PlaceId place;
  SiteId site;
  std::uint32_t control = 0xffffffffU;  // of Model::controls; none: lots are let in as they come
  double energy_price = 0;              // money per kWh
  bool has_transport = false;           // between work centres, the same wherever they stand
  core::Distribution transport;
  // By locations: Model::moves has a row for each pair of them, at first_move + from * locations + to.
  std::uint32_t locations = 0;  // 0: places do not matter
  std::uint32_t first_move = 0;
};

struct Move {
  bool takes_time = false;
  core::Distribution time;
};

struct Model {
  core::Table<WorkCentreId, WorkCentre> centres;
  core::Table<MachineId, Machine> machines;
  core::Table<OperationId, Operation> operations;
  core::Table<RoutingId, Routing> routings;
  core::Table<ReleaseId, Release> releases;
  core::Table<LotTypeId, LotType> types;
  core::Table<BucketId, Bucket> buckets;
  core::Table<MaintenanceId, Maintenance> maintenance;
  std::vector<SetupChange> changes;
  std::vector<Tie> ties;
  std::vector<Move> moves;
  std::uint32_t queues = 0, upkeep = 0;  // rows of the State
  core::Table<CrewId, Crew> crews;
  std::vector<CrewId> needs;
  std::vector<WorkCentreId> crew_users;
  std::vector<ShiftChange> shift_changes;
  core::Duration week_began{0};  // before the start of the run, Monday 0:00
  std::vector<Branch> branches;
  std::vector<ReleaseId> entries;
  std::vector<TraceRow> trace;
  std::vector<Control> controls;
  bool looks_ahead = false;   // some rule looks at the operation behind the imminent one
  bool has_power = false;     // some machines take power
  bool has_parts = false;     // some lots are divided
  bool has_ways = false;      // some operation can be done at several work centres
  bool has_assembly = false;  // some lots are built into others
  bool has_reserves = false;  // machines are kept for some lots
  bool has_comings = false;   // some of these three: there is more to a lot's coming to an operation than its queue
  // What only some shop floors have stands apart, so that the rows of all others stay small.
  core::Table<OperationId, LateWay> late_ways;  // by operation as written; as far as there are some
  bool acts_if_late(OperationId written) const { return written.index < late_ways.size() && late_ways[written].acts; }
  std::vector<Component> components;
  std::vector<OperationId> assemblies;
  core::Table<OperationId, core::Range> components_at;      // of `components`; as far as something is assembled
  core::Table<RoutingId, ComponentStore> component_stores;  // likewise
  core::Table<ReleaseId, core::Duration> reserves;          // before the end of an operation; as far as there are some
  const ComponentStore* component_store(RoutingId id) const {  // none: its lots leave
    return id.index < component_stores.size() && component_stores[id].is_used ? &component_stores[id] : nullptr;
  }
  core::Duration reserve_of(ReleaseId id) const {  // 0: no machine is kept for its lots
    return id.index < reserves.size() ? reserves[id] : core::Duration{0};
  }
  std::vector<Kitting> kits;
  std::uint32_t planned = 0;  // rows of the State
  std::vector<WorkCentreId> sources;
  core::Table<AccountId, Account> accounts;
  std::vector<CentrePair> pairs;
  std::vector<Factory> factories;              // by site, those that have one
  std::vector<std::uint32_t> factory_of_site;  // by SiteId; sized by the caller, none_index where there is none
  std::vector<std::string> centre_names, routing_names, operation_names, release_names;
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::factory
