#include <algorithm>

#include "models/supply/claims.h"
#include "models/supply/goods.h"

namespace tierworks::supply {

Quantity goods_free(const Run& run, StockId id) {
  const StockState& state = run.state.stocks[id];
  if (state.shut) return 0;
  const Stock& stock = run.model.stocks[id];
  Quantity kept = 0;  // for some class; whose customer this is, nobody asks here
  for (std::uint32_t i = stock.reserves.first; i < stock.reserves.last; ++i) {
    if (run.now() < run.model.reserves[i].until) kept += run.model.reserves[i].quantity;
  }
  return std::max<Quantity>(0, state.available() - state.backlog - kept);
}

void goods_returned(Run& run, StockId id, Quantity quantity) {
  run.state.stocks[id].flows.returned += quantity;
  change_on_hand(run, run.state.stocks[id], quantity);
  serve_claims(run, id);
}

}  // namespace tierworks::supply
