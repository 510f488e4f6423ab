// What is known beforehand of a stream's orders, bucket by bucket: a trace is known as it stands (one
// that is booked ahead only by its mean), orders at fixed times by their
// times and mean size, others by their mean rate; all with the factors of the calendar.
// Cost: of a trace its rows, else constant for each bucket.
#pragma once
#include <vector>

#include "models/world/model.h"

namespace tierworks::world {

// Buckets (from, from + length], (from + length, from + 2 length], ..: what comes at their start was asked for before.
struct Buckets {
  core::Instant from{0};
  core::Duration length{1};
  std::size_t count = 0;
};

// Adds smallest units to `into`, one for each bucket.
void add_expected(const Model& model, const demand::Stream& stream, const Buckets& buckets, std::vector<double>& into);
// The same of traces alone: orders that are known one by one.
void add_known(const Model& model, const demand::Stream& stream, const Buckets& buckets, std::vector<double>& into);

}  // namespace tierworks::world
