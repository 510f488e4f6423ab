// Whence lots come to batches that look ahead.
#include <algorithm>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

void add_centres(const Model& model, const Operation& operation, std::vector<WorkCentreId>& found) {
  const auto add = [&](WorkCentreId id) {
    if (id.is_none() || model.centres[id].is_delay) return;
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  };
  add(operation.centre);
  for (std::uint32_t i = operation.ways.first; i < operation.ways.last; ++i)
    add(model.operations[OperationId{i}].centre);
}

// Of an operation: the work centres of the one before; in a sequence of their own lots come from any other.
void add_sources(const Model& model, const Operation& operation, std::vector<WorkCentreId>& found) {
  const Routing& routing = model.routings[operation.routing];
  const std::uint32_t at = operation.written.index;
  for (std::uint32_t i = routing.operations.first; i < routing.operations.last; ++i) {
    if (routing.random_sequence ? i != at : i + 1 == at) add_centres(model, model.operations[OperationId{i}], found);
  }
}

}  // namespace

void compile_sources(const CentresOfSite& centres, common::CompileContext& context, Model& model) {
  for (const CentresOfSite::Entry& entry : centres.entries) {
    const WorkCentre& centre = model.centres[entry.id];
    for (std::uint32_t b = centre.buckets.first; b < centre.buckets.last; ++b) {
      if (!model.buckets[BucketId{b}].looks_ahead) continue;
      std::vector<WorkCentreId> found;
      common::Origin origin{};
      for (const CentresOfSite::Use& use : entry.uses) {
        const Operation& operation = model.operations[use.operation];
        if (centre.buckets.first + operation.bucket != b) continue;
        add_sources(model, operation, found);
        origin = use.spec->batch.origin;
      }
      if (found.empty()) {
        context.diagnostics.error(origin,
                                  "got `look_ahead`, but no machine does an operation before this one, so that nobody "
                                  "knows when the next lot comes; expected one, or `wait` instead");
      }
      Bucket& bucket = model.buckets[BucketId{b}];
      bucket.sources.first = static_cast<std::uint32_t>(model.sources.size());
      model.sources.insert(model.sources.end(), found.begin(), found.end());
      bucket.sources.last = static_cast<std::uint32_t>(model.sources.size());
    }
  }
}

}  // namespace tierworks::factory
