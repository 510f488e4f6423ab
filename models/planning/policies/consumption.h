// A forecast that is consumed by the orders that customers have booked: what is booked was forecast before, and must not be
// planned for twice. What is booked in a bucket consumes what is forecast there; what it exceeds that by consumes the forecast of
// up to `back` buckets before, the nearest first, then of up to `ahead` buckets after. What remains of the forecast is
// needed beside what is booked; inside the demand time fence, the first `fence` buckets, nothing of it is.
// Without windows and fence a bucket needs the greater of forecast and bookings.
// Source: Vollmann, Berry, Whybark & Jacobs (2005), Manufacturing Planning and Control for Supply Chain Management, 5th ed.,
// ch. 6; Proud (2007), Master Scheduling, 3rd ed.
// Cost: buckets x (back + ahead + 1), only where more is booked than forecast.
#pragma once
#include <cstddef>
#include <span>

namespace tierworks::planning {

struct Consumption {
  std::size_t back = 0, ahead = 0, fence = 0;  // buckets

  // `forecast`, as long as `booked`, in: what is expected; out: what is needed beside what is booked. `left` is scratch of the
  // same length.
  void consume(std::span<double> forecast, std::span<const double> booked, std::span<double> left) const;
};

}  // namespace tierworks::planning
