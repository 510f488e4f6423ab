#include "experiments/compare/shared_orders.h"

#include <algorithm>

namespace tierworks::experiments {

void add_shared(std::span<const world::CustomersSeen> one, std::span<const world::CustomersSeen> other,
                SharedOrders& shared) {
  std::size_t a = 0, b = 0;
  while (a < one.size() || b < other.size()) {
    if (b == other.size() || (a < one.size() && one[a].stream < other[b].stream)) {
      shared.orders += one[a++].orders;
      continue;
    }
    if (a == one.size() || other[b].stream < one[a].stream) {
      shared.orders += other[b++].orders;
      continue;
    }
    const world::CustomersSeen &x = one[a++], &y = other[b++];
    shared.orders += std::max(x.orders, y.orders);
    if (x.orders != y.orders || x.instants != y.instants) continue;
    shared.same_instants += x.orders;
    if (x.sizes == y.sizes) shared.identical += x.orders;
  }
}

}  // namespace tierworks::experiments
