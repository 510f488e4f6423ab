#include "models/supply/order_by_formula.h"

#include <cmath>

namespace tierworks::supply {

namespace {

Quantity wanted(Run& run, StockId id, const OrderByFormula& policy, const StockView& view) {
  FormulaFault& fault = run.state.formula_faults[policy.numbers];
  if (fault.happened) return 0;
  const FormulaNumbers& n = run.model.formula_numbers[policy.numbers];
  const auto units = [&](Quantity quantity) { return static_cast<double>(quantity) * n.resolution; };
  // In the order of StockName.
  const std::array<double, kStockNames.size()> values{units(view.on_hand),
                                                      units(view.reserved),
                                                      units(view.on_order),
                                                      units(view.backlog),
                                                      units(view.position()),
                                                      n.demand_rate,
                                                      n.demand_deviation,
                                                      units(view.target),
                                                      units(run.state.stocks[id].period_demand),
                                                      n.lead_time,
                                                      n.review};
  const double got = run.ports.formula(policy.formula, values);
  const double smallest = std::floor(got / n.resolution + 0.5);
  if (smallest >= 0 && smallest <= static_cast<double>(common::kMostQuantity)) return static_cast<Quantity>(smallest);
  fault = {.happened = true, .at = run.now(), .stock = id, .got = got};
  return 0;
}

}  // namespace

StockView with_formula(Run& run, StockId id, StockView view) {
  const auto* policy = std::get_if<OrderByFormula>(&run.model.stocks[id].policy);
  if (policy != nullptr) view.wanted = wanted(run, id, *policy, view);
  return view;
}

}  // namespace tierworks::supply
