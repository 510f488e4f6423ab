// Who is told what machines and lots of a shop floor do while a run is watched: for traces and explanations, never for state.
// Invariant: whether a run is watched changes nothing in it. Cost where nobody watches: a branch.
#pragma once
#include <cstddef>
#include <cstdint>

#include "core/time/time.h"

namespace tierworks::common {

// A lot at one of its operations; ids of the factory room.
struct WatchedLot {
  std::uint32_t release = 0;
  std::uint32_t operation = 0;
  std::uint64_t number = 0;
};

// What a lot waits for at the work centre of its imminent operation.
enum class WaitsFor : std::uint8_t {
  machine,
  components,  // that are built into it
  parts,       // of its lot, which go on together
  card,        // of release control, on its way through the shop
  release      // by release control: it is not in the shop yet
};

// Why a lot does not start though a machine of its work centre is idle.
enum class HeldBack : std::uint8_t {
  batch,  // is not full, or better filled by a lot to come
  hands,  // operators or tools are missing
  kept,   // the machine is, for another lot
  kit,    // its material is not picked
  setup,  // the machine has to run longer with the one that it has
  shift   // which is over before the lot would be done
};
inline constexpr std::size_t kHeldBack = 6;

class ShopWatcher {
 public:
  virtual ~ShopWatcher() = default;
  // The machine did one thing (an activity of the factory room) from then on until now; `lot` is none's if it held none.
  // Of a batch it is told once a lot. The operation of a lot that waits for room is the one behind the room.
  virtual void machine_did(std::uint32_t machine, std::uint8_t activity, core::Instant from, core::Instant until,
                           const WatchedLot* lot) = 0;
  // The lot waited at a work centre until now.
  virtual void lot_waited(std::uint32_t centre, WaitsFor what, core::Instant from, core::Instant until,
                          const WatchedLot& lot) = 0;
  // It waits for a machine while one is idle, for this reason until another is told.
  virtual void lot_held_back(HeldBack /*why*/, core::Instant /*at*/, const WatchedLot& /*lot*/) {}
  // The lot will be worked on without holding a machine: at a delay, or where the machine is done with it before that.
  virtual void lot_worked(std::uint32_t /*centre*/, core::Instant /*from*/, core::Instant /*until*/,
                          const WatchedLot& /*lot*/) {}
  // A lot that was done at `ready` ends in another one, which has all that it waited for and goes on.
  virtual void lot_built_in(const WatchedLot& /*part*/, core::Instant /*ready*/, const WatchedLot& /*into*/,
                            core::Instant /*at*/) {}
  // The part is one beside its lot from then on.
  virtual void lot_divided(const WatchedLot& /*part*/, core::Instant /*at*/) {}
  // The part, there since `ready`, goes on together with the others of its lot; told behind the waits of all of them.
  virtual void lot_put_together(const WatchedLot& /*part*/, core::Instant /*ready*/, core::Instant /*at*/) {}
  // The lot is done, or was lost; its operation is the last one. `due` is the last instant of all if it has no due date.
  virtual void lot_left(const WatchedLot& lot, core::Instant released, core::Instant due, core::Instant at,
                        bool lost) = 0;
  // The run ends, and the lot is still in the factory.
  virtual void lot_stays(const WatchedLot& /*lot*/, core::Instant /*released*/, core::Instant /*due*/,
                         core::Instant /*at*/) {}
};

}  // namespace tierworks::common
