#include "models/factory/at_machine.h"

#include <algorithm>

namespace tierworks::factory {

double mean_of_setups(const Run& run, const WorkCentre& centre, std::uint32_t has) {
  double sum = 0, lots = 0;
  for (std::uint32_t q = 0; q < centre.queues(); ++q) {
    const Bucket& bucket = run.model.buckets[BucketId{centre.buckets.first + q % centre.buckets.size()}];
    const double waiting = run.state.queues[QueueId{centre.first_queue + q}].waiting;
    lots += waiting;
    if (bucket.setup == kNoSetup || bucket.setup == has) continue;
    sum += waiting * static_cast<double>(centre.change(run.model.changes, has, bucket.setup).mean);
  }
  return lots > 0 ? sum / lots : 0;
}

AtMachine at_machine(const Run& run, const QueueState& queue, const Bucket& bucket, std::int64_t setup,
                     double setup_mean) {
  AtMachine at{.setup = static_cast<double>(setup), .setup_mean = setup_mean, .family_lots = 0};
  for (core::Ref ref = queue.root; ref != core::kNoRef; ref = run.state.lots[ref].next) {
    at.family_lots += 1;
    at.family_work += static_cast<double>(run.state.lots[ref].ticks);
  }
  const std::int64_t size = bucket.in_pieces ? queue.pieces : queue.waiting;
  if (bucket.is_batch) at.batch = static_cast<double>(std::min(size, bucket.most)) / static_cast<double>(bucket.most);
  return at;
}

bool has_waited(const Run& run, const QueueState& queue, const Bucket& bucket) {
  if (bucket.longest_wait.ticks == 0) return false;
  for (core::Ref ref = queue.root; ref != core::kNoRef; ref = run.state.lots[ref].next) {
    if (!(run.now() - run.state.lots[ref].arrived < bucket.longest_wait)) return true;
  }
  return false;
}

bool is_enough(const Run& run, const QueueState& queue, const Bucket& bucket) {
  return (bucket.in_pieces ? queue.pieces : queue.waiting) >= bucket.least || has_waited(run, queue, bucket);
}

}  // namespace tierworks::factory
