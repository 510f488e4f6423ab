#include <algorithm>

#include "models/supply/claims.h"
#include "models/supply/goods.h"

namespace tierworks::supply {

Quantity goods_free(const Run& run, StockId id) {
  const StockState& state = run.state.stocks[id];
  return state.shut ? 0 : std::max<Quantity>(0, state.available() - state.backlog);
}

void goods_returned(Run& run, StockId id, Quantity quantity) {
  run.state.stocks[id].flows.returned += quantity;
  change_on_hand(run, run.state.stocks[id], quantity);
  serve_claims(run, id);
}

}  // namespace tierworks::supply
