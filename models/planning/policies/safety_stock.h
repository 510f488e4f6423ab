// The level that a stock needs for a stated service.
// Let D be the demand from an order until the goods of the next one are there, D0 the part of it until the order's own goods
// are: the demand of one cycle is D - D0.
//   cycle service a:  P(D <= S) = a
//   fill rate b:      E[(D - S)+] - E[(D0 - S)+] = (1 - b) E[D - D0]
//   of lots of Q, ordered once the position is at or below s: the position after an order lies anywhere in (s, s + Q] alike,
//   so the left side of the fill rate is its mean over that; and P(D0 + U <= s) = a, with the undershoot U by which the last
//   demand before an order went below s.
// Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, 4th ed., ch. 6; Axsaeter, Inventory
// Control, 3rd ed., 5.3 and 5.9; Tijms, A First Course in Stochastic Models, 2.1 (undershoot).
// Demand has its mean, variance and third central moment: a gamma distribution moved to fit all three (Pearson's type III),
// which is normal without the third. Exact for normal and for gamma demand; chances of Poisson and
// compound Poisson demand within 0.003 from a mean of 2 on.
// Pure, deterministic on every processor. Cost: about 100 evaluations of the incomplete gamma function.
#pragma once

namespace tierworks::planning {

struct DemandDuring {
  double mean = 0;
  double variance = 0;
  double third = 0;  // E[(D - mean)^3]
  double step = 0;   // demand comes in whole multiples of it; 0: of any size
  double deviation() const;
};

// Of independent demands.
DemandDuring operator+(const DemandDuring& a, const DemandDuring& b);
// What `whole` has beside a part that is independent of the rest.
DemandDuring operator-(const DemandDuring& whole, const DemandDuring& part);

// P(D <= level), E[(D - level)+] and E[((D - level)+)^2] / 2. Of demand in steps, levels are whole multiples of the step.
double no_shortage(double level, const DemandDuring& demand);
double expected_shortage(double level, const DemandDuring& demand);
double shortage_beyond(double level, const DemandDuring& demand);

// What the demand that brings the position to s or below takes of what is below it: the excess of a renewal process whose
// intervals are such demands.
DemandDuring undershoot(const DemandDuring& one_demand);

// 0 < share < 1 in all of these. Levels are whole multiples of the step.
double level_for_cycle_service(double share, const DemandDuring& until_next);

double fill_rate_of(double level, const DemandDuring& until_own, const DemandDuring& until_next);
double level_for_fill_rate(double share, const DemandDuring& until_own, const DemandDuring& until_next);

double fill_rate_of_lots(double reorder_point, double lot, const DemandDuring& until_own,
                         const DemandDuring& until_next);
double reorder_point_for_fill_rate(double share, double lot, const DemandDuring& until_own,
                                   const DemandDuring& until_next);

}  // namespace tierworks::planning
