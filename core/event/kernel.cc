#include "core/event/kernel.h"

namespace tierworks::core {

void Kernel::reset(std::size_t places) {
  TIERWORKS_CHECK(places <= EventKey::kMaxPlaces, "more places than an event's key can name",
                  static_cast<long long>(places));
  queue_.clear();
  places_.assign(places, PlaceClock{});
  now_ = {0};
  phase_ = 0;
  depth_ = 0;
  active_ = {0};
  status_ = RunStatus::running;
  events_ = 0;
}

std::uint64_t Kernel::fingerprint() const {
  std::uint64_t sum = 0;
  for (const PlaceClock& place : places_) sum += place.hash;
  return sum;
}

}  // namespace tierworks::core
