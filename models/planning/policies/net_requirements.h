// Material requirements planning of one item: from what is needed in each bucket of time to what is ordered, and when.
//   available(t) = available(t - 1) + scheduled(t) + firm(t) + planned(t) - gross(t), which must not fall below the safety stock
// Planned receipts t are released `lead` buckets earlier; a need that comes sooner than an order of now could be there is late
// and goes into the first that can. Lot sizes:
//   lot for lot   each bucket's net requirement
//   fixed         the fewest lots of a fixed size
//   periods       what is needed in so many buckets from the first that lacks something
//   Wagner-Whitin the cheapest plan: F(t) = min over j <= t of F(j - 1) + K + h (d_{j+1} + 2 d_{j+2} + ... + (t - j) d_t), and
//                 F(t) = F(t - 1) at least where d_t = 0
// Sources: Orlicky (1975), Material Requirements Planning; Hopp & Spearman (2011), Factory Physics, 3rd ed., ch. 3; Wagner &
// Whitin (1958), Management Science 5.
// Quantities are smallest units, in doubles, so that demand may be a fraction of one; orders are whole. Nothing is allocated:
// the caller lends memory. Cost: linear in the buckets, Wagner-Whitin quadratic.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "models/common/ids.h"

namespace tierworks::planning {

using common::Quantity;

struct LotSizing {
  enum class Kind : std::uint8_t { lot_for_lot, fixed, periods, wagner_whitin };
  Kind kind = Kind::lot_for_lot;
  Quantity size = 1;        // fixed: of a lot
  std::size_t periods = 1;  // periods: buckets in an order
  double setup = 0;         // Wagner-Whitin: cost of an order
  double holding = 0;       // Wagner-Whitin: cost of a unit from one bucket to the next
  Quantity minimum = 0;
  Quantity multiple = 0;
  // So much at least, raised to what the supplier accepts.
  Quantity lot(double needed) const;
};

struct MrpItem {
  std::size_t lead = 0;         // buckets from release to receipt
  std::size_t safety_time = 0;  // buckets that receipts are there before they are needed
  double safety = 0;            // units that are never planned to be used
  LotSizing lots;
};

// For each period 1, 2, ..: how many periods the order of that period covers in the cheapest plan; 0: none is placed. Of equal
// costs the plan with the later last order is taken. `cost` and `covers` are as long as `demand`. Gives the cost.
// `setup(t)` is the cost of an order in period t.
double wagner_whitin(std::span<const double> demand, std::span<const double> setup, double holding,
                     std::span<double> cost, std::span<double> covers);

// What one item's planning reads and writes; spans are as long as the horizon, in buckets; bucket 0 begins now.
struct MrpWork {
  std::span<const double> gross;  // needed
  std::span<double> scheduled;    // receipts of what is on order
  std::span<double> planned;      // out: releases in each bucket; those before `open_from` are given
  std::span<double> net;          // scratch, four of them
  std::span<double> setup, cost, covers;
  double available = 0;       // on hand, less what is set aside or waited for
  std::size_t open_from = 0;  // releases before this bucket are frozen
};

void plan_item(const MrpItem& item, MrpWork work);

}  // namespace tierworks::planning
