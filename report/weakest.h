// Which part of the whole a manager should look at for each KPI: the worst of what can be compared, or for sums the
// largest part. Cost: one pass over the scopes of one kind.
#pragma once
#include <string>

#include "report/scopes.h"
#include "report/table_options.h"

namespace tierworks::report {

struct Weakest {
  std::string where;   // "smt/pcb"; "" if no part stands out
  std::string value;   // "81.2 %", of a sum "34 % of it"
  bool worst = false;  // else the largest part
};

Weakest weakest(const Scopes& scopes, const common::Kpi& kpi, const TableOptions& options);

// Nobody is ever served from stock here, by design: all stocks of the site or item that others order from are to order.
bool serves_to_order(const Scopes& scopes, const Scope& scope, const TableOptions& options);

}  // namespace tierworks::report
