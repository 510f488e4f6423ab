// Outside demand as compiled: streams of customers' orders. Constant while time runs.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/random/distribution.h"
#include "models/common/ids.h"
#include "models/demand/pattern.h"

namespace tierworks::demand {

using common::ItemId;
using common::PlaceId;
using common::Quantity;
using common::SiteId;
using common::StockId;
using common::StreamId;

struct TraceOrder {
  core::Instant at;
  Quantity quantity = 0;
};

inline constexpr std::uint32_t kNoPattern = 0xffffffffU;

// Another stock of the site from which customers take what is missing.
struct Substitute {
  StockId stock;
  double accepted = 0;      // share of customers
  bool in_reserve = false;  // offered only while an answer to a disruption says so
};

inline constexpr std::uint32_t kNotBooked = 0xffffffffU;

// Orders are known before their date, and change inside a window of time before it.
struct Booking {
  core::Duration ahead{0};
  core::Duration change_from{0}, change_until{0};       // before the date: the longest, the least
  double pulled_in = 0, pushed_out = 0, cancelled = 0;  // shares
  core::Duration sooner{0}, later{0};
};

struct Stream {
  std::string name;
  std::string region;
  std::string customer_class;
  std::uint32_t priority = common::kLastPriority;
  std::uint8_t group = 0;  // of the reserves of its stock, from 1 on; 0: none is for it
  PlaceId place;
  SiteId site;
  ItemId item;
  StockId stock;
  core::Distribution interval;  // ticks; unused with a trace
  core::Duration first{0};      // of a fixed interval; else one interval passes first
  double chance = 1;            // of an order in a period; below 1 only with a fixed interval
  bool remembers = false;       // sizes by `regression`, smallest units
  Autoregression regression;
  std::uint32_t pattern =
      kNoPattern;          // of Model::patterns; it acts on quantities if the interval is fixed, else on times
  double mean_factor = 1;  // of the pattern, over the run; for reports
  bool starts_at_first = false;
  core::Range trace;        // of Model::trace; empty: by interval
  core::Distribution size;  // smallest units
  core::Duration due{0};
  bool waits = true;           // backorder or wait; else what is not there is lost
  core::Duration patience{0};  // 0: for ever
  bool has_transit = false;
  core::Distribution transit;
  double price = 0;          // money per smallest unit
  double shortage_cost = 0;  // money per smallest unit not shipped at once
  double waiting_cost = 0;   // money per smallest unit and tick
  bool promises = false;
  core::Duration promise{0};  // to who is not served whole at once
  core::Range substitutes;    // of Model::substitutes
  double returned_share = 0;
  core::Distribution returned_after;
  bool favoured = false;               // served first while an answer to a disruption says so
  bool is_signal = false;              // some stock plans by what is ordered here
  std::uint32_t booking = kNotBooked;  // of Model::bookings
  core::StreamName arrivals, sizes, delivery, substitution, returns, changes;
  // From the order until it is promised to be delivered.
  core::Duration promised(bool later) const { return later ? promise : due; }
  bool has_periods() const { return interval.is_constant(); }
  bool is_booked() const { return booking != kNotBooked; }
};

struct Model {
  core::Table<StreamId, Stream> streams;
  std::vector<TraceOrder> trace;
  std::vector<Pattern> patterns;
  std::vector<Promotion> promotions;
  std::vector<Substitute> substitutes;
  std::vector<Booking> bookings;
  Calendar calendar;
  bool reserves = false;  // some substitute is in reserve
  bool prices = false;    // some disruption can change what customers pay
  const core::DistributionTables* tables = nullptr;

  // Share of a stream's orders that are not cancelled.
  double kept(const Stream& stream) const { return stream.is_booked() ? 1 - bookings[stream.booking].cancelled : 1; }

  // Of a stream that has a pattern.
  Factors factors(const Stream& stream) const {
    const Pattern& pattern = patterns[stream.pattern];
    return {pattern, calendar, std::span(promotions).subspan(pattern.promotions.first, pattern.promotions.size())};
  }
};

}  // namespace tierworks::demand
