// summary.json: the whole result of a run for programs. Numbers are finite or null; the layout is that of the design.
#pragma once
#include <string>

#include "experiments/replicate/replicate.h"

namespace tierworks::report {

// What the report says of the scenario beside the result.
struct Subject {
  std::string scenario;  // file as given
  std::string title;
  std::string currency;
  double horizon_days = 0;
  double warm_up_days = 0;
  std::string from_date{}, until_date{};  // of the measured time, if the scenario says when it starts
  std::int64_t sites = 0, items = 0, stocks = 0, lines = 0, lanes = 0, streams = 0;
  std::int64_t work_centres = 0, machines = 0, routings = 0, releases = 0;  // of shop floors
};

std::string summary_json(const Subject& subject, const experiments::Replicated& result);

// The unit as reports write it: "share", "h", "units", "CNY / d", ...
std::string unit_name(common::Unit unit, const std::string& currency);

}  // namespace tierworks::report
