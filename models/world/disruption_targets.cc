#include "models/world/disruption_targets.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "models/world/answers.h"

namespace tierworks::world {

using common::CompileContext;
using common::LaneId;
using common::OfferId;
using common::ProductId;
using common::StockId;
using common::StreamId;
using disruption::Target;
using factory::WorkCentreId;

void nothing_hit(CompileContext& context, common::Origin origin, std::string_view kind, const std::string& name,
                 const std::vector<std::string>& known, std::string_view otherwise) {
  const std::string guess = common::did_you_mean(name, known);
  context.diagnostics.error(origin, fmt::format("no {} \"{}\", so nothing would be hit{}{}", kind, name, guess,
                                                guess.empty() ? otherwise : ""));
}

namespace {

template <class T>
std::vector<std::string> names_of(const common::Entries<T>& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

class Targeting {
 public:
  Targeting(const ScenarioSpec& spec, const Model& model, CompileContext& context)
      : spec_(spec), model_(model), context_(context) {}

  Things things_of(const common::Field<disruption::Targets>& targets) {
    Things things;
    things.stocks_only = !targets->list.empty();
    for (const Target& target : targets->list) {
      const common::Origin origin = targets.origin;
      if (target.kind != Target::Kind::stock) things.stocks_only = false;
      switch (target.kind) {
        case Target::Kind::site:
          if (const auto site = context_.site(target.name, origin)) whole_site(site->index, things);
          break;
        case Target::Kind::region:
        case Target::Kind::circle:
          add_sites(target, origin, things);
          break;
        case Target::Kind::line:
          add_line(target, origin, things);
          break;
        case Target::Kind::people:
          add_people(target, origin, things);
          break;
        case Target::Kind::lane:
          add_lane(target, origin, things);
          break;
        case Target::Kind::item:
          add_item(target, origin, things);
          break;
        case Target::Kind::demand:
          add_demand(target, origin, things);
          break;
        case Target::Kind::stock:
          add_stock(target, origin, things);
          break;
        case Target::Kind::orders:
          if (const auto site = context_.site(target.name, origin)) {
            for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
              if (model_.supply.stocks[StockId{i}].site == *site) things.blind.insert(StockId{i});
            }
          }
          break;
      }
    }
    return things;
  }

 private:
  void whole_site(std::uint32_t site, Things& things) {
    things.sites.insert(site);
    for (std::uint32_t i = 0; i < model_.production.products.size(); ++i) {
      if (model_.production.products[ProductId{i}].site.index == site) things.products.insert(ProductId{i});
    }
    for (std::uint32_t i = 0; i < model_.supply.offers.size(); ++i) {
      if (model_.supply.offers[OfferId{i}].site.index == site) things.offers.insert(OfferId{i});
    }
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      if (model_.supply.stocks[StockId{i}].site.index == site) things.shut.insert(StockId{i});
    }
    for (std::uint32_t i = 0; i < model_.factory.centres.size(); ++i) {
      const factory::WorkCentre& centre = model_.factory.centres[WorkCentreId{i}];
      if (centre.site.index == site && !centre.is_delay) things.centres.insert(WorkCentreId{i});
    }
  }

  void add_item(const Target& target, common::Origin origin, Things& things) {
    const auto item = context_.item(target.name, origin);
    if (!item) return;
    for (std::uint32_t i = 0; i < model_.production.products.size(); ++i) {
      if (model_.production.products[ProductId{i}].item == *item) things.products.insert(ProductId{i});
    }
    for (std::uint32_t i = 0; i < model_.supply.offers.size(); ++i) {
      if (model_.supply.offers[OfferId{i}].item == *item) things.offers.insert(OfferId{i});
    }
  }

  // "SITE/NAME" as a site and a name at it.
  std::optional<std::pair<std::uint32_t, std::string>> at_site(const Target& target, common::Origin origin) {
    const std::size_t slash = target.name.find('/');
    if (slash == std::string::npos) {
      context_.diagnostics.error(origin, fmt::format("got \"{}\", expected `SITE/NAME`", target.name));
      return std::nullopt;
    }
    const auto site = context_.site(target.name.substr(0, slash), origin);
    if (!site) return std::nullopt;
    return std::pair{site->index, target.name.substr(slash + 1)};
  }

  void add_line(const Target& target, common::Origin origin, Things& things) {
    const auto at = at_site(target, origin);
    if (!at) return;
    if (add_centre(at->first, at->second, origin, things)) return;
    const SiteSpec& site = spec_.sites.list[at->first].spec;
    auto names = names_of(site.lines);
    if (std::find(names.begin(), names.end(), at->second) == names.end()) {
      const auto centres = names_of(site.factory.work_centres);
      names.insert(names.end(), centres.begin(), centres.end());
      nothing_hit(context_, origin, centres.empty() ? "line at that site" : "line or work centre at that site",
                  at->second, names);
      return;
    }
    for (std::uint32_t i = 0; i < model_.production.products.size(); ++i) {
      const production::Product& product = model_.production.products[ProductId{i}];
      if (product.site.index == at->first && model_.line_names[product.line.index] == at->second) {
        things.products.insert(ProductId{i});
      }
    }
  }

  // A work centre of the shop floor, if it has one of that name.
  bool add_centre(std::uint32_t site, const std::string& name, common::Origin origin, Things& things) {
    for (std::uint32_t i = 0; i < model_.factory.centres.size(); ++i) {
      const factory::WorkCentre& centre = model_.factory.centres[WorkCentreId{i}];
      if (centre.site.index != site || model_.factory.centre_names[i] != name) continue;
      if (centre.is_delay) {
        context_.diagnostics.error(
            origin,
            fmt::format("the work centre \"{}\" is a delay and has no machines, so nothing would be hit", name));
      } else {
        things.centres.insert(WorkCentreId{i});
      }
      return true;
    }
    return false;
  }

  // Operators of one kind, or all of a site.
  void add_people(const Target& target, common::Origin origin, Things& things) {
    const std::size_t slash = target.name.find('/');
    const bool all = slash == std::string::npos;
    const auto site = context_.site(target.name.substr(0, slash), origin);
    if (!site) return;
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < model_.factory.crews.size(); ++i) {
      const factory::Crew& crew = model_.factory.crews[factory::CrewId{i}];
      if (crew.site != *site || crew.is_tool) continue;
      names.push_back(crew.name);
      if (all || crew.name == target.name.substr(slash + 1)) things.crews.insert(factory::CrewId{i});
    }
    if (all ? !names.empty() : std::find(names.begin(), names.end(), target.name.substr(slash + 1)) != names.end()) {
      return;
    }
    nothing_hit(context_, origin, "`operators` at the shop floor of", target.name, names,
                "; people of a line are its `capacity`: `hits: line SITE/LINE`");
  }

  void add_stock(const Target& target, common::Origin origin, Things& things) {
    const auto at = at_site(target, origin);
    if (!at) return;
    const auto item = context_.item(at->second, origin);
    if (!item) return;
    for (std::uint32_t i = 0; i < model_.supply.stocks.size(); ++i) {
      const supply::Stock& stock = model_.supply.stocks[StockId{i}];
      if (stock.site.index != at->first || stock.item != *item) continue;
      things.shut.insert(StockId{i});
      return;
    }
    context_.diagnostics.error(origin, fmt::format("no stock of \"{}\" at \"{}\", so nothing would be hit", at->second,
                                                   spec_.sites.list[at->first].name));
  }

  // A lane by its name, or all from one site to another: `lane mill to plant`.
  void add_lane(const Target& target, common::Origin origin, Things& things) {
    const std::size_t to = target.name.find(" to ");
    if (to == std::string::npos) {
      const auto found = std::find(model_.lane_names.begin(), model_.lane_names.end(), target.name);
      if (found == model_.lane_names.end()) {
        return nothing_hit(context_, origin, "lane", target.name, names_of(spec_.lanes),
                           "; a lane without a name is written `lane SUPPLIER to BUYER`");
      }
      things.lanes.insert(LaneId{static_cast<std::uint32_t>(found - model_.lane_names.begin())});
      return;
    }
    const auto from = context_.site(target.name.substr(0, to), origin);
    const auto until = context_.site(target.name.substr(to + 4), origin);
    if (!from || !until) return;
    const std::size_t before = things.lanes.size();
    for (std::uint32_t i = 0; i < model_.logistics.lanes.size(); ++i) {
      const logistics::Lane& lane = model_.logistics.lanes[LaneId{i}];
      if (lane.from.index == from->index && lane.to.index == until->index) things.lanes.insert(LaneId{i});
    }
    if (things.lanes.size() == before) {
      context_.diagnostics.error(origin, fmt::format("nothing goes from \"{}\" to \"{}\", so nothing would be hit",
                                                     target.name.substr(0, to), target.name.substr(to + 4)));
    }
  }

  void add_demand(const Target& target, common::Origin origin, Things& things) {
    for (std::uint32_t i = 0; i < model_.demand.streams.size(); ++i) {
      if (model_.demand.streams[StreamId{i}].name != target.name) continue;
      things.streams.insert(StreamId{i});
      return;
    }
    std::vector<std::string> names;
    for (const auto& stream : model_.demand.streams) names.push_back(stream.name);
    nothing_hit(context_, origin, "demand stream", target.name, names);
  }

  void add_sites(const Target& target, common::Origin origin, Things& things) {
    const auto hit = sites_hit(spec_, {{target}});
    for (const std::uint32_t site : hit) whole_site(site, things);
    if (target.kind == Target::Kind::region) {
      for (std::uint32_t i = 0; i < model_.demand.streams.size(); ++i) {
        if (model_.demand.streams[StreamId{i}].region == target.name) things.streams.insert(StreamId{i});
      }
    }
    if (!hit.empty() || !things.streams.empty()) return;
    if (target.kind == Target::Kind::circle) {
      context_.diagnostics.error(origin, "no site with a `location` lies within that circle, so nothing would be hit");
      return;
    }
    std::set<std::string> regions;
    for (const auto& site : spec_.sites) {
      if (site.spec.region.stated) regions.insert(*site.spec.region);
    }
    nothing_hit(context_, origin, "site with the region", target.name, {regions.begin(), regions.end()});
  }

  const ScenarioSpec& spec_;
  const Model& model_;
  CompileContext& context_;
};

}  // namespace

Things things_of(const common::Field<disruption::Targets>& targets, const ScenarioSpec& spec, const Model& model,
                 CompileContext& context) {
  return Targeting(spec, model, context).things_of(targets);
}

}  // namespace tierworks::world
