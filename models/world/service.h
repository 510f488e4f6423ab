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

// Units that outside customers ordered since the warm-up ended, streams added up.
double demanded_now(const Model& model, const Engine& engine);
// Units that anybody waits for now, by StockId, behind what the list holds.
void add_waiting_now(const Model& model, const Engine& engine, std::vector<double>& waiting);
// With those who wait now. One pass over each line, however many streams it serves.
std::vector<Unserved> unserved(const Model& model, const Engine& engine);

}  // namespace tierworks::world
