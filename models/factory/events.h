// Lots are released, wait for a machine, are worked on, move on, and leave.
// All that ends at an instant comes before any dispatch: a work centre with work and an idle machine looks at its queue once,
// in the last phase of the instant.
#pragma once
#include <vector>

#include "models/common/phases.h"
#include "models/common/room.h"
#include "models/factory/model.h"
#include "models/factory/state.h"

namespace tierworks::factory {

// The release plan lets lots in.
struct LotsReleased {
  ReleaseId release;
  std::uint32_t unused = 0;
  std::uint64_t event = 0;
};

// Or it waits for the operation already, and the time by which it had to start is over (lateness.h).
struct LotArrived {
  static constexpr std::size_t kFactBytes = 16;
  ReleaseId release;
  OperationId operation;
  std::uint64_t number = 0;
  core::Ref lot = core::kNoRef;  // memory, not fact, as what follows
  std::uint32_t is_late = 0;
};

struct OperationFinished {
  static constexpr std::size_t kFactBytes = 16;
  MachineId machine;
  ReleaseId release;
  std::uint64_t number = 0;
};

struct DispatchDue {
  WorkCentreId centre;
  std::uint32_t is_last = 0;  // of this instant: work centres that look ahead choose when all others have
};

struct MachineFailed {
  MachineId machine;
  std::uint32_t unused = 0;
};

struct MachineRepaired {
  MachineId machine;
  std::uint32_t unused = 0;
};

struct SetupFinished {
  MachineId machine;
  std::uint32_t unused = 0;
};

// By the calendar.
struct MaintenanceDue {
  MachineId machine;
  MaintenanceId maintenance;
};

struct MaintenanceFinished {
  MachineId machine;
  std::uint32_t unused = 0;
};

// A lot has waited as long as the work centre lets it before something changes, or a shift begins or ends there.
struct WaitEnded {
  WorkCentreId centre;
  std::uint32_t is_shift = 0;
};

// Release control looks at the lots that wait.
struct GateReviewed {
  std::uint32_t control = 0;
  std::uint32_t is_periodic = 0;
};

// A shift of operators begins or ends.
struct CrewChanged {
  CrewId crew;
  std::uint32_t unused = 0;
};

using Events =
    common::WithLater<common::EventList<LotsReleased, LotArrived, OperationFinished, DispatchDue, MachineFailed,
                                        MachineRepaired, SetupFinished, MaintenanceDue, MaintenanceFinished, WaitEnded>,
                      common::EventList<GateReviewed, CrewChanged>>;

using Run = common::RoomRun<Model, State, Events>;

void start(Run& run);
void restart_tallies(Run& run);

// From disruptions: so large a share of the machines works, rounded; work that is interrupted goes on afterwards.
void set_pace(Run& run, WorkCentreId centre, double pace);
// So large a share of those who would be at work is there, rounded to whole people; who is at work ends what it is at.
void set_present(Run& run, CrewId crew, double share);
common::LineUse centre_use(const Run& run, WorkCentreId centre);
// Likewise: of the lots in its queues and on its machines, and of those that wait there for others, this share is scrapped,
// rounded; those released last go first (losses.cc).
void lose_lots(Run& run, WorkCentreId centre, double share);

void handle(Run& run, const LotsReleased& event);
void handle(Run& run, const LotArrived& event);
void handle(Run& run, const OperationFinished& event);
void handle(Run& run, const DispatchDue& event);
void handle(Run& run, const MachineFailed& event);
void handle(Run& run, const MachineRepaired& event);
void handle(Run& run, const SetupFinished& event);
void handle(Run& run, const MaintenanceDue& event);
void handle(Run& run, const MaintenanceFinished& event);
void handle(Run& run, const WaitEnded& event);
void handle(Run& run, const GateReviewed& event);
void handle(Run& run, const CrewChanged& event);

// The room's side of common::Ports; see there.
void lot_wanted(Run& run, const common::WantedLot& wanted);

// All lots in factories: in queues, on machines, and between work centres.
std::vector<core::Ref> lots_inside(const Run& run);
// Lots are conserved: released = finished + in the factory, recounted from queues, machines and transport. Throws
// core::Broken if not.
void check_lots(const Run& run);

}  // namespace tierworks::factory
