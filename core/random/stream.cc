#include "core/random/stream.h"

#include <Random123/philox.h>

namespace tierworks::core {

StreamName stream_name(std::string_view place, std::string_view component, std::string_view purpose) {
  std::uint64_t hash = kFnvBasis;
  for (const std::string_view part : {place, component, purpose}) hash = fnv1a_end_of_part(fnv1a(part, hash));
  return {mix64(hash)};
}

std::uint64_t Draw::next_block() {
  using Philox = r123::Philox4x32;  // ten rounds
  const Philox::ctr_type counter = {
      {static_cast<std::uint32_t>(index_), static_cast<std::uint32_t>(index_ >> 32), replication_, visit_and_block_}};
  const Philox::key_type key = {{static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}};
  const Philox::ctr_type block = Philox{}(counter, key);
  if ((++visit_and_block_ & kLastBlock) == 0) [[unlikely]] {
    visit_and_block_ -= kLastBlock + 1;
    key_ = chained(key_, kAfterLastBlock);
  }
  const std::uint64_t first = (std::uint64_t{block[1]} << 32) | block[0];
  const std::uint64_t second = (std::uint64_t{block[3]} << 32) | block[2];
  if (first_is_known_) {
    first_is_known_ = false;
    return second;
  }
  ready_ = second;
  has_ready_ = true;
  return first;
}

}  // namespace tierworks::core
