#include "core/stats/paged_histogram.h"

namespace tierworks::core {

// Found or new, it comes to the front.
Ref PagedHistogram::find_page(Pool<HistogramPage>& pages, Lane lane, std::uint32_t number) {
  Ref before = kNoRef;
  Ref ref = first_;
  while (ref != kNoRef && pages[ref].number != number) {
    before = ref;
    ref = pages[ref].next;
  }
  if (ref == kNoRef) {
    ref = pages.allocate(lane, {.number = number});
  } else {
    pages[before].next = pages[ref].next;
  }
  pages[ref].next = first_;
  first_ = ref;
  return ref;
}

}  // namespace tierworks::core
