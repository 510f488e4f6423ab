#include "core/base/stable_array.h"

#include <sys/mman.h>

namespace tierworks::core {

namespace {
constexpr std::size_t kPage = 4096;
// From here on a processor's tables of small pages do not reach.
constexpr std::size_t kMany = std::size_t{1} << 22;
}  // namespace

ReservedRange::ReservedRange(std::size_t bytes) {
  for (std::size_t wanted = bytes; wanted >= bytes / 64 && wanted >= kPage; wanted /= 2) {
    void* const got = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (got == MAP_FAILED) continue;
    data_ = got;
    bytes_ = wanted;
    return;
  }
  throw std::bad_alloc();
}

ReservedRange::~ReservedRange() {
  if (data_ != nullptr) munmap(data_, bytes_);
}

void ReservedRange::expect(std::size_t bytes) const {
  // Where there are no large pages nothing else differs.
  if (bytes >= kMany) madvise(data_, bytes_, MADV_HUGEPAGE);
}

void ReservedRange::touch(std::size_t from, std::size_t to) const {
  // A write of what is there already: the first byte of each page whose first byte lies in the range.
  auto* const bytes = static_cast<volatile std::byte*>(data_);
  for (std::size_t at = (from + kPage - 1) / kPage * kPage; at < to; at += kPage) bytes[at] = bytes[at];
}

}  // namespace tierworks::core
