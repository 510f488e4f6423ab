// What outside customers of a run did not get when it was due, order by order: the raw material of stress tests. Kept on
// request only (Simulation::keep_service), and only from then on.
#pragma once
#include <vector>

#include "models/world/engine.h"

namespace tierworks::world {

// Units of one stream that were not handed over when they were due.
struct Unserved {
  common::StreamId stream;
  core::Instant due;
  core::Instant until;  // when they were; kLastInstant: not before the end of the run, or never
  double units = 0;
  bool lost = false;  // they never will be
};

struct ServiceNow {
  std::vector<double> demanded;  // by StreamId, units since the warm-up ended
  std::vector<double> waiting;   // by StockId, units that anybody waits for now
};

ServiceNow service_now(const Model& model, const Engine& engine);
// By stream, with those who wait now.
std::vector<Unserved> unserved(const Model& model, const Engine& engine);

}  // namespace tierworks::world
