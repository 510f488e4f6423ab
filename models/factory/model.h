// A shop floor as compiled: machines in work centres, operations of routings, releases. Constant while time runs.
#pragma once
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

inline constexpr std::int64_t kNoLimit = -1;
inline constexpr std::size_t kMostRandomOperations = 256;  // of a routing whose sequence is drawn

struct Dispatching {
  bool by_priority = false;
  bool ties_by_arrival = true;
  bool is_static = true;
  Rule rule = Rule::fifo;
  RuleParameters parameters;
};

struct WorkCentre {
  PlaceId place;
  SiteId site;
  core::Range machines;  // of Model::machines
  std::int64_t buffer = kNoLimit;
  std::int64_t repair_crew = 0;  // 0: unlimited
  core::Range entries;           // of Model::entries, if it has a buffer: releases that start here
  Dispatching dispatching;
  bool breaks_down = false;
  bool breaks_by_busy_time = false;
  core::Distribution time_to_failure, repair;
};

struct Machine {
  WorkCentreId centre;
  core::StreamName failures, repairs;
};

struct Operation {
  WorkCentreId centre;
  RoutingId routing;
  core::Distribution time;  // ticks, of a lot or of a piece
  bool per_piece = false;
  double share = 1;
  core::Range branches;  // of Model::branches
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
  bool own_steps() const { return random_sequence || times_known; }
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
  std::int64_t at_once = 1;
  std::int64_t count = 0;  // 0: unlimited
  std::int64_t wip = 0;    // 0: unlimited
  std::int64_t pieces = 1;
  std::uint32_t priority = common::kLastPriority;
  double weight = 1;
  bool has_due = false;
  bool due_by_work = false;
  double due_factor = 0;
  core::Duration allowance{0};
  core::StreamName arrivals, process, branching, sampling, sequence, ranks, moves;
};

struct LotType {
  SiteId site;
  std::string name;
};

struct TraceRow {
  core::Instant at;
  std::int64_t lots = 0;
};

struct Factory {
  PlaceId place;
  SiteId site;
  bool has_transport = false;
  core::Distribution transport;
};

struct Model {
  core::Table<WorkCentreId, WorkCentre> centres;
  core::Table<MachineId, Machine> machines;
  core::Table<OperationId, Operation> operations;
  core::Table<RoutingId, Routing> routings;
  core::Table<ReleaseId, Release> releases;
  core::Table<LotTypeId, LotType> types;
  std::vector<Branch> branches;
  std::vector<ReleaseId> entries;
  std::vector<TraceRow> trace;
  std::vector<Factory> factories;              // by site, those that have one
  std::vector<std::uint32_t> factory_of_site;  // by SiteId; sized by the caller, none_index where there is none
  std::vector<std::string> centre_names, routing_names, operation_names;
  const core::DistributionTables* tables = nullptr;
};

}  // namespace tierworks::factory
