// The page of `tierworks check`: what the model holds and what it lets one expect, before anything runs.
// Plain text of at most `width` columns. Cost: linear, and a sort of the stocks.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "models/world/outlook.h"
#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

// A key of the language that was left out, and what stands for it.
struct DefaultLine {
  std::string key;
  std::string standard;
  std::size_t times = 0;
};

// The part of `check` that says which defaults the scenario rests on.
std::string defaults_text(const std::vector<DefaultLine>& defaults, const TableOptions& options);

std::string outlook_text(const Subject& subject, const world::Outlook& outlook, const TableOptions& options);

// The scopes of the stocks that hold nothing by design, as TableOptions::to_order wants them.
std::set<std::string> to_order_scopes(const world::Outlook& outlook);

}  // namespace tierworks::report
