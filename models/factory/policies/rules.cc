#include "models/factory/policies/rules.h"

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
    case Rule::atc:
      return Atc(lot.now, parameters.k, lot.queue_mean).value(p, lot.operation_due, Atc::urgency(lot.weight, p));
    case Rule::covert: {
      // The wait that is expected until the lot leaves is k times the work that it has still to do.
      const double wait = parameters.k * at_least_a_tick(lot.work_left);
      const double share = std::max(0.0, 1 - std::max(0.0, slack_of(lot)) / wait);
      return -lot.weight / at_least_a_tick(p) * share;
    }
    case Rule::random:
      return lot.random;
    case Rule::sst:
      return lot.setup;
    case Rule::masp:
      return (lot.setup + lot.family_work) / lot.family_lots;
    case Rule::wbpt:
      return lot.setup / lot.family_lots + p;
    case Rule::atcs:
    case Rule::batcs: {
      const double urgency =
          Atc(lot.now, parameters.k, lot.queue_mean).value(p, lot.operation_due, Atc::urgency(lot.weight, p));
      const double share = core::det_exp(-lot.setup / (parameters.k2 * at_least_a_tick(lot.setup_mean)));
      return urgency * share * (rule == Rule::batcs ? lot.batch : 1.0);
    }
    case Rule::formula:
      break;
  }
  return 0;
}

std::array<double, kFormulaNames.size()> formula_values(const RuleParameters& parameters, const LotView& lot) {
  constexpr double kHour = 3.6e9;  // ticks
  return {lot.now / kHour,
          lot.process_time / kHour,
          lot.work_left / kHour,
          lot.operations_left,
          lot.due / kHour,
          lot.operation_due / kHour,
          lot.weight,
          lot.setup / kHour,
          lot.queue_mean / kHour,
          lot.setup_mean / kHour,
          lot.next_queue_work / kHour,
          lot.next_process_time / kHour,
          parameters.k,
          lot.arrived / kHour,
          lot.released / kHour,
          lot.pieces,
          lot.batch};
}

}  // namespace tierworks::factory
