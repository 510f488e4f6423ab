// A LogHistogram that is one of many: its buckets lie in pages of a pool that all of them share, an octave a page, and only
// octaves in which a value fell have one. A value type without pointers inward; copy it together with its pool.
// Cost of an addition: a bit scan and a few steps through the pages in use, the last used first. Memory: 24 bytes, and 264 an
// octave in use.
#pragma once
#include <array>
#include <cstdint>

#include "core/base/pool.h"
#include "core/stats/log_histogram.h"

namespace tierworks::core {

struct HistogramPage {
  Ref next = kNoRef;
  std::uint32_t number = 0;  // of the page: it holds the buckets [64 x number, 64 x number + 64)
  std::array<std::uint32_t, LogHistogram::kPerOctave> counts{};
};

class PagedHistogram {
 public:
  // In the lane of whoever calls.
  void add(Pool<HistogramPage>& pages, Lane lane, std::int64_t value) {
    TIERWORKS_CHECK(value >= 0, "a negative value came to a histogram of non-negative ones", value);
    const std::size_t bucket = LogHistogram::bucket_of(value);
    HistogramPage& page = pages[page_of(pages, lane, static_cast<std::uint32_t>(bucket / LogHistogram::kPerOctave))];
    std::uint32_t& count = page.counts[bucket % LogHistogram::kPerOctave];
    TIERWORKS_CHECK(count != UINT32_MAX, "a bucket of a histogram is full", value);
    ++count;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }
  // Gives its pages back.
  void clear(Pool<HistogramPage>& pages, Lane lane) {
    while (first_ != kNoRef) {
      const Ref next = pages[first_].next;
      pages.release(lane, first_);
      first_ = next;
    }
    *this = {};
  }
  bool empty() const { return first_ == kNoRef; }
  void add_to(LogHistogram& sum, const Pool<HistogramPage>& pages) const {
    for (Ref ref = first_; ref != kNoRef; ref = pages[ref].next) {
      const HistogramPage& page = pages[ref];
      for (std::size_t i = 0; i < page.counts.size(); ++i) {
        if (page.counts[i] > 0) sum.add_bucket(page.number * LogHistogram::kPerOctave + i, page.counts[i]);
      }
    }
    if (!empty()) sum.widen(min_, max_);
  }

 private:
  Ref page_of(Pool<HistogramPage>& pages, Lane lane, std::uint32_t number) {
    if (first_ != kNoRef && pages[first_].number == number) return first_;
    return find_page(pages, lane, number);
  }
  Ref find_page(Pool<HistogramPage>& pages, Lane lane, std::uint32_t number);

  std::int64_t min_ = INT64_MAX;
  std::int64_t max_ = 0;
  Ref first_ = kNoRef;
  [[maybe_unused]] std::uint32_t unused_ = 0;
};

}  // namespace tierworks::core
