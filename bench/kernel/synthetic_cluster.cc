#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/common/variates.h"
#include "bench/kernel/scenarios.h"

namespace tierworks::bench {

namespace {

using core::DistributionKind;
using core::DistributionSpec;

constexpr std::size_t kTiers = 5;
// Of each tier: its share of the places (the first gets what is left), and the kinds of goods.
constexpr std::array<double, kTiers> kShares{0.001, 0.019, 0.08, 0.30, 0.60};
constexpr std::array<std::size_t, kTiers> kKinds{20, 60, 120, 200, 200};
constexpr double kOrdersPerDay = 40;    // at a lead firm
constexpr double kMiddleDemand = 0.02;  // share of the middle tiers' sites that serve customers, too
constexpr double kMakingHours = 2;      // mean, per unit
constexpr double kMostLoad = 0.8;       // of a line
constexpr double kTransitDays = 2, kTransitDeviation = 0.8;

common::TimeDistribution time_of(DistributionKind kind, double mean, core::Duration unit, double deviation = 0) {
  const auto ticks = static_cast<double>(unit.ticks);
  DistributionSpec spec;
  spec.kind = kind;
  spec.a = mean * ticks;
  spec.b = deviation * ticks;
  return {spec};
}

template <class T>
common::Field<T> stated(T value) {
  common::Field<T> field(std::move(value));
  field.stated = true;
  return field;
}

template <class T>
T& add(common::Entries<T>& entries, std::string name) {
  auto& entry = entries.list.emplace_back();
  entry.name = std::move(name);
  return entry.spec;
}

struct Place {
  std::size_t tier = 0;
  std::size_t kind = 0;
  std::vector<std::size_t> suppliers;  // one for each component
  double per_day = 0;                  // expected demand for its goods
  double own_customers = 0;            // of which from outside
};

class Cluster {
 public:
  Cluster(std::size_t places, std::uint64_t seed) : random_(seed), places_(places) {
    kinds();
    makers();
    choose_suppliers();
    demand();
  }

  world::ScenarioSpec spec(core::Duration horizon) const {
    world::ScenarioSpec spec;
    spec.name = "synthetic_cluster";
    spec.time.horizon = stated(horizon);
    for (std::size_t tier = 0; tier < kTiers; ++tier) {
      for (std::size_t kind = 0; kind < kKinds[tier]; ++kind) {
        common::ItemSpec& item = add(spec.items, item_name(tier, kind));
        item.value = stated(10.0 * static_cast<double>(kTiers - tier));
        for (const std::size_t part : bom_[tier][kind]) {
          add(item.bom, item_name(tier + 1, part)) = stated(common::Amount{1, ""});
        }
      }
    }
    spec.sites.list.reserve(places_.size());
    for (std::size_t p = 0; p < places_.size(); ++p) describe_place(spec, p);
    return spec;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.word() % n); }
  static std::string item_name(std::size_t tier, std::size_t kind) { return fmt::format("goods_{}_{}", tier, kind); }
  static std::string site_name(std::size_t place) { return fmt::format("site_{}", place); }

  void kinds() {
    for (std::size_t tier = 0; tier + 1 < kTiers; ++tier) {
      bom_[tier].resize(kKinds[tier]);
      for (auto& parts : bom_[tier]) {
        const std::size_t n = 1 + below(4);
        while (parts.size() < n) {
          const std::size_t part = below(kKinds[tier + 1]);
          if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
        }
      }
    }
    bom_[kTiers - 1].resize(kKinds[kTiers - 1]);
  }

  // Every kind has a maker at least.
  void makers() {
    std::size_t place = 0;
    for (std::size_t tier = kTiers; tier-- > 0;) {
      makers_[tier].resize(kKinds[tier]);
      const auto share = static_cast<std::size_t>(kShares[tier] * static_cast<double>(places_.size()));
      const std::size_t last = tier == 0 ? places_.size() : std::min(places_.size(), place + share);
      for (std::size_t i = 0; place < last; ++place, ++i) {
        const std::size_t kind = i < kKinds[tier] ? i : below(kKinds[tier]);
        places_[place].tier = tier;
        places_[place].kind = kind;
        makers_[tier][kind].push_back(place);
      }
    }
  }

  // A list in which each maker stands once, and once more for every customer that it has: a uniform choice from it is one
  // by degree.
  void choose_suppliers() {
    auto chances = makers_;
    for (Place& place : places_) {
      for (const std::size_t part : bom_[place.tier][place.kind]) {
        auto& list = chances[place.tier + 1][part];
        const std::size_t supplier = list[below(list.size())];
        list.push_back(supplier);
        place.suppliers.push_back(supplier);
      }
    }
  }

  // Tier by tier: one unit takes one of each component. The lead firms stand last.
  void demand() {
    for (std::size_t p = places_.size(); p-- > 0;) {
      Place& place = places_[p];
      const bool middle = place.tier == 1 || place.tier == 2;
      if (place.tier == 0) place.own_customers = kOrdersPerDay;
      if (middle && random_.uniform() < kMiddleDemand) place.own_customers = 1 + static_cast<double>(below(3));
      place.per_day += place.own_customers;
      for (const std::size_t supplier : place.suppliers) places_[supplier].per_day += place.per_day;
    }
  }

  static supply::StockSpec base_stock(double per_day, double days) {
    supply::StockSpec stock;
    const double expected = per_day * days;
    stock.level = stated(common::Amount{std::ceil(expected + 2 * std::sqrt(expected)), ""});
    return stock;
  }

  void describe_place(world::ScenarioSpec& spec, std::size_t p) const {
    const Place& place = places_[p];
    world::SiteSpec& site = add(spec.sites, site_name(p));
    const std::string goods = item_name(place.tier, place.kind);
    if (place.tier + 1 == kTiers) {
      add(site.sells, goods).quoted = stated(time_of(DistributionKind::exponential, 1, core::kDay));
      return;
    }
    for (std::size_t k = 0; k < place.suppliers.size(); ++k) {
      const std::string part = item_name(place.tier + 1, bom_[place.tier][place.kind][k]);
      supply::BuysSpec& buys = add(site.buys, part);
      add(buys.from, site_name(place.suppliers[k])).share = stated(1.0);
      buys.transit = stated(time_of(DistributionKind::gamma, kTransitDays, core::kDay, kTransitDeviation));
      buys.at_least = stated(core::kHour * 12);
      buys.order_time = stated(core::kHour * 4);
      add(site.stock, part) = base_stock(place.per_day, kTransitDays + 1);
    }
    production::LineSpec& line = add(site.lines, "line");
    line.servers = stated(1 + static_cast<std::int64_t>(place.per_day * kMakingHours / 24 / kMostLoad));
    production::MakesSpec& makes = add(site.makes, goods);
    makes.line = stated(std::string("line"));
    makes.time = stated(time_of(DistributionKind::exponential, kMakingHours, core::kHour));
    add(site.stock, goods) = base_stock(place.per_day, 0.5);
    if (place.own_customers > 0) {
      demand::DemandSpec& stream = add(spec.demand, "customers_" + std::to_string(p));
      stream.at = stated(site_name(p));
      stream.item = stated(goods);
      common::OrderPattern orders;
      orders.per_day = place.own_customers;
      stream.orders = stated(std::move(orders));
      stream.size = stated(common::QuantityDistribution{DistributionSpec::constant(1), ""});
    }
  }

  FastWords random_;
  std::vector<Place> places_;
  std::array<std::vector<std::vector<std::size_t>>, kTiers> bom_;     // by tier and kind: kinds of the next tier
  std::array<std::vector<std::vector<std::size_t>>, kTiers> makers_;  // by tier and kind
};

}  // namespace

world::ScenarioSpec synthetic_cluster(std::size_t places, std::uint64_t seed, core::Duration horizon) {
  return Cluster(places, seed).spec(horizon);
}

}  // namespace tierworks::bench
