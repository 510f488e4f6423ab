// Demand driven MRP: the buffer of a decoupling point, and its net flow position. With U the mean use of a day and L the
// decoupled lead time in days:
//   yellow = U L                red base = U L x lead time factor    red safety = red base x variability factor
//   green  = the largest of U x order cycle, U L x lead time factor, and the least order
//   net flow position = on hand + on order - demand that is due or overdue - spikes
// A known order is a spike if those of its day together reach a share of the red zone, and it lies within the spike horizon.
// At or below the top of yellow an order brings the net flow position to the top of green.
// Source: Ptak & Smith (2019), Demand Driven Material Requirements Planning, 3rd ed., ch. 6-9.
#pragma once
#include <algorithm>

namespace tierworks::planning {

struct BufferProfile {
  double lead_time = 0;  // days
  double lead_time_factor = 0.5;
  double variability_factor = 0.5;
  double order_cycle = 0;        // days
  double least_order = 0;        // smallest units
  double spike_threshold = 0.5;  // of the red zone
};

// Smallest units.
struct Zones {
  double red_base = 0, red_safety = 0, yellow = 0, green = 0;
  double top_of_red() const { return red_base + red_safety; }
  double top_of_yellow() const { return top_of_red() + yellow; }
  double top_of_green() const { return top_of_yellow() + green; }
};

inline Zones zones_of(const BufferProfile& profile, double use_of_a_day) {
  Zones zones;
  zones.yellow = use_of_a_day * profile.lead_time;
  zones.red_base = zones.yellow * profile.lead_time_factor;
  zones.red_safety = zones.red_base * profile.variability_factor;
  zones.green = std::max({use_of_a_day * profile.order_cycle, zones.red_base, profile.least_order});
  return zones;
}

// Of what is known of a day: all of it if it is a spike.
inline double qualified(double known_of_a_day, const BufferProfile& profile, const Zones& zones) {
  return known_of_a_day > 0 && known_of_a_day >= profile.spike_threshold * zones.top_of_red() ? known_of_a_day : 0;
}

}  // namespace tierworks::planning
