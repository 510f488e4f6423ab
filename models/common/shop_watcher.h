// Who is told what machines and lots of a shop floor do while a run is watched: for traces and explanations, never for state.
// Invariant: whether a run is watched changes nothing in it. Cost where nobody watches: a branch.
#pragma once
#include <cstdint>

#include "core/time/time.h"

namespace tierworks::common {

// A lot at one of its operations; ids of the factory room.
struct WatchedLot {
  std::uint32_t release = 0;
  std::uint32_t operation = 0;
  std::uint64_t number = 0;
};

class ShopWatcher {
 public:
  virtual ~ShopWatcher() = default;
  // The machine did one thing (an activity of the factory room) from then on until now; `lot` is none's if it held none.
  // Of a batch it is told once a lot.
  virtual void machine_did(std::uint32_t machine, std::uint8_t activity, core::Instant from, core::Instant until,
                           const WatchedLot* lot) = 0;
  // The lot stood in the queue of a work centre.
  virtual void lot_waited(std::uint32_t centre, core::Instant from, core::Instant until, const WatchedLot& lot) = 0;
  // A lot that was done at `ready` ends in another one, which has all that it waited for and goes on.
  virtual void lot_built_in(const WatchedLot& /*part*/, core::Instant /*ready*/, const WatchedLot& /*into*/,
                            core::Instant /*at*/) {}
  // The lot is done, or was lost; its operation is the last one. `due` is the last instant of all if it has no due date.
  virtual void lot_left(const WatchedLot& lot, core::Instant released, core::Instant due, core::Instant at,
                        bool lost) = 0;
};

}  // namespace tierworks::common
