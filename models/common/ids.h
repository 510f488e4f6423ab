// The ids that rooms share. A place is the unit of state and of event order; here each site is one place.
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/base/id.h"
#include "core/base/int128.h"
#include "core/event/event.h"

namespace tierworks::common {

using core::PlaceId;
using ItemId = core::Id<struct ItemTag>;
using SiteId = core::Id<struct SiteTag>;
using StockId = core::Id<struct StockTag>;      // one item at one site
using SourceId = core::Id<struct SourceTag>;    // one way to replenish one stock
using OfferId = core::Id<struct OfferTag>;      // one item that a site supplies from outside the model
using ProductId = core::Id<struct ProductTag>;  // one item that a site makes
using LineId = core::Id<struct LineTag>;
using LaneId = core::Id<struct LaneTag>;
using StreamId = core::Id<struct StreamTag>;      // one stream of outside demand
using CalendarId = core::Id<struct CalendarTag>;  // working time of lines
using FormulaId = core::Id<struct FormulaTag>;    // what the user wrote, parsed

// Counted in the item's smallest unit, its resolution.
using Quantity = std::int64_t;
// Time integrals of quantities: quantity x ticks.
using Integral = core::Int128;

// Of who waits for goods: 1 is served first, who states none last.
inline constexpr std::uint32_t kLastPriority = 0xffffffffU;
inline std::uint32_t priority_of(std::int64_t stated) {
  return static_cast<std::uint32_t>(std::min<std::int64_t>(stated, kLastPriority - 1));
}

inline constexpr Quantity kMostQuantity = Quantity{1} << 52;  // what one value of a scenario may be at most

}  // namespace tierworks::common
