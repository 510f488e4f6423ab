// The level that a stock needs for a stated service, when what is demanded until goods arrive is normal.
// Let D be the demand from an order until the goods of the next one are there, D0 the part of it until the order's own goods
// are: the demand of one cycle is D - D0.
//   cycle service a:  P(D <= S) = a,                     S = E[D] + z_a sd(D)
//   fill rate b:      E[(D - S)+] - E[(D0 - S)+] = (1 - b) E[D - D0],   E[(D - S)+] = sd(D) G((S - E[D]) / sd(D))
//   fill rate b of lots of Q, ordered at s:  sd G(k) - sd G(k + Q / sd) = (1 - b) Q,   k = (s - E[D]) / sd
// with the standard loss function G. Safety stock is the level less E[D]. Source: Silver, Pyke & Thomas, Inventory and
// Production Management in Supply Chains, 4th ed., ch. 6 (lots) and 6.9 (review); Zipkin (2000), ch. 6.
// Pure, deterministic on every processor. Cost: a quantile, or about 100 evaluations of G.
#pragma once

namespace tierworks::planning {

struct DemandDuring {
  double mean = 0;
  double variance = 0;
  double deviation() const;
};

// E[(D - level)+]
double expected_shortage(double level, const DemandDuring& demand);

// 0 < share < 1 in all of these.
double level_for_cycle_service(double share, const DemandDuring& until_next);

double fill_rate_of(double level, const DemandDuring& until_own, const DemandDuring& until_next);
double level_for_fill_rate(double share, const DemandDuring& until_own, const DemandDuring& until_next);

double fill_rate_of_lots(double reorder_point, double lot, const DemandDuring& lead_time);
double reorder_point_for_fill_rate(double share, double lot, const DemandDuring& lead_time);

}  // namespace tierworks::planning
