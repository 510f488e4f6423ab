#include "models/world/lane_choice.h"

#include <algorithm>

#include "core/random/distribution.h"
#include "models/world/great_circle.h"

namespace tierworks::world {

using common::SiteId;

namespace {

double transit_of(const logistics::LaneSpec& lane) {
  return std::max(core::mean_of(lane.transit->distribution), static_cast<double>(lane.at_least->ticks));
}

}  // namespace

void LanesBySite::settle() {
  const auto visit = [&](auto&& each) {
    for (const Written& w : written_) each(w.way, w.to);
    for (std::uint32_t i = 0; i < spec_.lane_table.rows.size(); ++i) {
      const auto& row = spec_.lane_table.rows[i];
      each(Way{SiteId{row.from}, i}, SiteId{row.to});
    }
  };
  first_.assign(spec_.sites.size() + 1, 0);
  visit([&](const Way&, SiteId to) { ++first_[to.index + 1]; });
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  ways_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  visit([&](const Way& way, SiteId to) { ways_[next[to.index]++] = way; });
  for (const logistics::LaneSpec& kind : spec_.lane_table.kinds) mean_transit_.push_back(transit_of(kind));
}

std::span<const LanesBySite::Way> LanesBySite::to(SiteId site) const {
  return std::span(ways_).subspan(first_[site.index], first_[site.index + 1] - first_[site.index]);
}

const logistics::LaneSpec& LanesBySite::spec_of(std::uint32_t lane) const {
  return is_table() ? spec_.lane_table.kinds[spec_.lane_table.rows[lane].kind] : spec_.lanes.list[lane].spec;
}

double LanesBySite::mean_transit(std::uint32_t lane) const {
  return is_table() ? mean_transit_[spec_.lane_table.rows[lane].kind] : transit_of(spec_.lanes.list[lane].spec);
}

std::vector<Asked> what_sites_ask(const Model& model, common::ItemId id, const common::Item& item, std::size_t sites) {
  std::vector<Asked> asked(sites);
  for (const supply::Stock& stock : model.supply.stocks) {
    if (stock.item == id) asked[stock.site.index] = {true, item.value * item.resolution, 0};
  }
  for (const supply::Offer& offer : model.supply.offers) {
    if (offer.item == id) asked[offer.site.index] = {true, offer.price, core::mean_of(offer.quoted, model.tables)};
  }
  return asked;
}

std::vector<WayValue> ways_to(const ScenarioSpec& spec, const LanesBySite& lanes, SiteId buyer,
                              const supply::BuysSpec& buys, std::span<const Asked> asked, double resolution) {
  const auto distance = [&](SiteId from) {
    const auto &here = spec.sites.list[buyer.index].spec.location, &there = spec.sites.list[from.index].spec.location;
    return here.stated && there.stated ? static_cast<double>(metres_between(*here, *there)) : 0.0;
  };
  std::vector<WayValue> ways;
  for (const LanesBySite::Way& way : lanes.to(buyer)) {
    const Asked& there = asked[way.from.index];
    if (!there.has) continue;
    double value = 0;
    if (*buys.choose == supply::SourcingRule::fastest) {
      value = lanes.mean_transit(way.lane) + there.quoted;
    } else if (*buys.choose == supply::SourcingRule::cheapest) {
      const logistics::LaneSpec& lane = lanes.spec_of(way.lane);
      value = there.price + *lane.cost_per_unit * resolution + *lane.cost_per_shipment;
    } else if (*buys.choose == supply::SourcingRule::nearest) {
      value = distance(way.from);
    }
    ways.push_back({way, value});
  }
  return ways;
}

std::size_t ways_kept(const supply::BuysSpec& buys, std::size_t ways) {
  constexpr std::size_t kFew = 4, kMore = 16;
  const supply::SourceSpec& each = buys.from.list.front().spec;
  if (*buys.choose == supply::SourcingRule::split) return ways;
  return std::min(
      ways, each.most_open.stated || each.answer_within.stated || supply::by_reports(*buys.choose) ? kMore : kFew);
}

void keep_best(std::vector<WayValue>& ways, std::size_t most) {
  if (ways.size() <= most) return;
  const auto by_place = [](const WayValue& a, const WayValue& b) { return a.way.lane < b.way.lane; };
  const auto better = [&](const WayValue& a, const WayValue& b) {
    return a.value != b.value ? a.value < b.value : by_place(a, b);
  };
  std::nth_element(ways.begin(), ways.begin() + static_cast<std::ptrdiff_t>(most), ways.end(), better);
  ways.resize(most);
  std::sort(ways.begin(), ways.end(), by_place);
}

}  // namespace tierworks::world
