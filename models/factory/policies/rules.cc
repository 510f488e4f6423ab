#include "models/factory/policies/rules.h"

#include <algorithm>

#include "core/base/math.h"

namespace tierworks::factory {

bool is_static(Rule rule) {
  switch (rule) {
    case Rule::fifo:
    case Rule::fasfs:
    case Rule::edd:
    case Rule::odd:
    case Rule::spt:
    case Rule::lpt:
    case Rule::srpt:
    case Rule::mwkr:
    case Rule::mopnr:
    case Rule::slack:
    case Rule::random:
      return true;
    default:
      return false;
  }
}

namespace {

// A ratio to work or time of which there may be none: a tick stands for nothing.
double at_least_a_tick(double ticks) { return std::max(ticks, 1.0); }

double slack_of(const LotView& lot) { return lot.due - lot.now - lot.work_left; }

}  // namespace

double value_of(Rule rule, const RuleParameters& parameters, const LotView& lot) {
  const double p = lot.process_time;
  switch (rule) {
    case Rule::fifo:
      return lot.arrived;
    case Rule::fasfs:
      return lot.released;
    case Rule::edd:
      return lot.due;
    case Rule::odd:
      return lot.operation_due;
    case Rule::spt:
      return p;
    case Rule::lpt:
      return -p;
    case Rule::srpt:
      return lot.work_left;
    case Rule::mwkr:
      return -lot.work_left;
    case Rule::mopnr:
      return -lot.operations_left;
    case Rule::slack:  // without the clock, which is the same for all
      return lot.due - lot.work_left;
    case Rule::slack_per_operation:
      return slack_of(lot) / lot.operations_left;
    case Rule::cr:
      return (lot.due - lot.now) / at_least_a_tick(lot.work_left);
    case Rule::cr_spt:
      return p * std::max(1.0, (lot.due - lot.now) / at_least_a_tick(lot.work_left));
    case Rule::mdd:
      return std::max(lot.work_left + lot.now, lot.due);
    case Rule::mod:
      return std::max(p + lot.now, lot.operation_due);
    case Rule::wmod:
      return std::max(p, lot.operation_due - lot.now) / lot.weight;
    case Rule::winq:
      return lot.next_queue_work;
    case Rule::pt_winq:
      return p + lot.next_queue_work;
    case Rule::pt_winq_sl:
      return p + lot.next_queue_work + std::min(slack_of(lot), 0.0);
    case Rule::two_pt_winq_npt:
      return 2 * p + lot.next_queue_work + lot.next_process_time;
    case Rule::atc: {
      const double ahead = std::max(lot.operation_due - lot.now - p, 0.0);
      const double urgency = lot.weight / at_least_a_tick(p);
      if (ahead == 0) return -urgency;
      return -urgency * core::det_exp(-ahead / (parameters.k * at_least_a_tick(lot.queue_mean)));
    }
    case Rule::covert: {
      // The wait that is expected until the lot leaves is k times the work that it has still to do.
      const double wait = parameters.k * at_least_a_tick(lot.work_left);
      const double share = std::max(0.0, 1 - std::max(0.0, slack_of(lot)) / wait);
      return -lot.weight / at_least_a_tick(p) * share;
    }
    case Rule::random:
      return lot.random;
  }
  return 0;
}

}  // namespace tierworks::factory
