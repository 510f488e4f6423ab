// How much demand varies, stock by stock: every stream of customers' orders, carried through sources by share and through
// bills of materials. A stock that is reached on two ways sees one stream twice, not two independent ones.
// Of a stream: orders a day x (variance of a size + squared mean size x squared cv of the interval), the variance of a
// renewal-reward process per time (Cox 1962, Renewal Theory, 8.4; exact for Poisson and for fixed intervals); a trace by
// the variance of its days. The third cumulant is that of compound Poisson demand, orders a day x E[size^3] (other random
// intervals: as if so), or the sum of those of fixed intervals. Lot sizes and reviews on the way are not in it: they move demand in time, not its long-run
// variance. Cost: streams times the stocks that each leads to.
#pragma once
#include <vector>

#include "models/world/model.h"
#include "models/world/outlook_flow.h"

namespace tierworks::world {

// Smallest units of the stock's item that one unit of a stream's item draws from it.
struct StreamShare {
  common::StreamId stream;
  double units = 0;
};

// Smallest units and days.
struct StreamVariation {
  double mean = 0;      // a day
  double variance = 0;  // a day
  double third = 0;     // third cumulant, a day
  // Of what one interval brings, which may be nothing:
  double size_mean = 0;
  double size_variance = 0;
  double size_third = 0;     // central
  double chance = 1;         // that it is something
  double step = 0;           // sizes are whole multiples of it; 0: of none
  double interval_days = 0;  // mean; of orders at fixed intervals this one
  bool fixed_interval = false;
};

class DemandVariation {
 public:
  DemandVariation(const Model& model, const Flow& flow);

  const StreamVariation& of(common::StreamId stream) const { return streams_[stream.index]; }
  // In the order of streams.
  const std::vector<StreamShare>& reaching(common::StockId stock) const { return shares_[stock.index]; }

 private:
  std::vector<StreamVariation> streams_;
  std::vector<std::vector<StreamShare>> shares_;
};

}  // namespace tierworks::world
