#include "models/production/compile.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierworks::production {

Line compile_line(const LineSpec& spec, common::CompileContext& context) {
  Line line;
  line.servers = *spec.servers;
  line.room = *spec.room;
  line.cost_per_tick = context.payable(spec.cost_per_hour) / static_cast<double>(core::kHour.ticks);
  line.named = true;
  return line;
}

namespace {

// Made on the shop floor: no line, no time of its own.
void compile_lots(const MakesSpec& spec, common::CompileContext& context, Product& product) {
  const auto refuse = [&](bool stated, common::Origin origin, const char* key) {
    if (!stated) return;
    context.diagnostics.error(origin,
                              fmt::format("got a `{}` beside a `routing`, whose operations say it; expected one of the "
                                          "two",
                                          key));
  };
  refuse(spec.line.stated, spec.line.origin, "line");
  refuse(spec.time.stated, spec.time.origin, "time");
  refuse(spec.per.stated, spec.per.origin, "per");
  refuse(spec.batch.stated, spec.batch.origin, "batch");
  product.in_shop = true;
  product.per_unit = false;
  if (spec.lot.stated) product.batch = context.quantity(*spec.lot, product.item, spec.lot.origin);
}

}  // namespace

YieldId add_yield(const YieldSpec& spec, core::StreamName draws, common::CompileContext& context, Model& model) {
  Yield yield;
  yield.share = core::compile(spec.share, context.tables);
  yield.each = spec.each;
  yield.mean = core::mean_of(spec.share);
  yield.draws = draws;
  return model.yields.add(yield);
}

void compile_kit(const MakesSpec& spec, common::CompileContext& context, Model& model, Product& product) {
  if (!spec.start.stated) return;
  Kit kit;
  const auto components = static_cast<double>(product.components.size());
  if (!spec.start->each_batch) {
    kit.components = static_cast<std::uint32_t>(std::ceil(spec.start->share * components - 1e-9));
    kit.partial = spec.start->share < 1;
  }
  const auto refuse = [&](bool stated, common::Origin origin, const char* what) {
    if (stated) {
      context.diagnostics.error(origin, fmt::format("got {} of an order that is begun with a part of its kit and then "
                                                    "worked on as a whole; expected `start: full_kit`, or neither",
                                                    what));
    }
  };
  if (kit.partial) {
    refuse(spec.batch.stated, spec.batch.origin, "a `batch`");
    refuse(spec.routing.stated, spec.routing.origin, "a `routing`");
    product.batch = 0;
  }
  if (!spec.start->each_batch && *spec.as_available) {
    context.diagnostics.error(spec.as_available.origin,
                              "got `as_available`, which begins with what there is, beside `start`; expected one of "
                              "the two");
  }
  product.kit = model.kits.add(kit);
}

MakesSpec as_written(const MakesSpec& makes, const AlternativeSpec& way) {
  MakesSpec spec = makes;
  if (way.line.stated) spec.line = way.line;
  if (way.time.stated) spec.time = way.time;
  if (way.per.stated) spec.per = way.per;
  if (way.batch.stated) spec.batch = way.batch;
  if (way.cost.stated) spec.cost = way.cost;
  if (way.yield.stated) spec.yield = way.yield;
  spec.valid_from = way.valid_from;
  spec.valid_until = way.valid_until;
  return spec;
}

namespace {

// Of a map from one product to the next: the row of both, else that of `any`.
const ChangeOver::Row* row_of(const ChangeOver& times, const std::string& from, const std::string& to) {
  const ChangeOver::Row* any = nullptr;
  for (const ChangeOver::Row& row : times.rows) {
    if (row.to != to) continue;
    if (row.from == from) return &row;
    if (row.from == "any") any = &row;
  }
  return any;
}

}  // namespace

void compile_change_overs(const LineSpec& spec, const std::vector<std::pair<std::string, ProductId>>& products,
                          core::StreamName changing, common::CompileContext& context, Model& model, Line& line) {
  if (!spec.change_over.stated) {
    if (spec.campaign.stated) {
      context.diagnostics.error(spec.campaign.origin,
                                "got `campaign` of a line that changes over in no time, expected `change_over`, too");
    }
    return;
  }
  constexpr std::int64_t kMostServers = 10'000;
  if (line.servers > kMostServers) {
    context.diagnostics.error(
        spec.change_over.origin,
        fmt::format("got {} servers that change over, expected at most {}", line.servers, kMostServers));
    return;
  }
  const ChangeOver& times = *spec.change_over;
  std::vector<std::string> names;
  for (const auto& [name, product] : products) {
    auto known = std::find(names.begin(), names.end(), name);
    if (known == names.end()) known = names.insert(names.end(), name);
    model.products[product].kind = static_cast<std::uint32_t>(known - names.begin());
  }
  for (const ChangeOver::Row& row : times.rows) {
    const auto made = [&](const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (made(row.to) && (row.from == "any" || made(row.from))) continue;
    const std::string& name = made(row.to) ? row.from : row.to;
    context.diagnostics.error(spec.change_over.origin,
                              fmt::format("got a change-over of \"{}\", which this line does not make{}", name,
                                          context.suggestion(name, names)));
    return;
  }
  line.kinds = static_cast<std::uint32_t>(names.size());
  line.change_overs = static_cast<std::uint32_t>(model.change_overs.size());
  const core::Distribution none = core::compile(core::DistributionSpec::constant(0), context.tables);
  for (std::size_t from = 0; from <= names.size(); ++from) {
    for (std::size_t to = 0; to < names.size(); ++to) {
      const bool first = from == names.size();  // a server that was never set up: as from `any`, if that is stated
      if (from == to || (first && times.all_alike)) {
        model.change_overs.push_back(none);
      } else if (times.all_alike) {
        model.change_overs.push_back(context.time(times.time));
      } else if (const auto* row = row_of(times, first ? "any" : names[from], names[to])) {
        model.change_overs.push_back(context.time(row->time));
      } else if (first) {
        model.change_overs.push_back(none);
      } else {
        context.diagnostics.error(spec.change_over.origin,
                                  fmt::format("got no time from \"{}\" to \"{}\", which this line both makes; "
                                              "expected one, or one from `any`",
                                              names[from], names[to]));
        return;
      }
    }
  }
  line.servers_state.first = model.servers;
  model.servers += static_cast<std::uint32_t>(line.servers);
  line.servers_state.last = model.servers;
  line.changing = changing;
  line.campaign_batches = spec.campaign->batches;
  line.campaign_ticks = spec.campaign->time.ticks;
}

void compile_product(const MakesSpec& spec, common::CompileContext& context, Product& product) {
  const common::Item& item = context.items[product.item.index];
  product.resolution = item.resolution;
  product.per_unit = *spec.per == MakesSpec::Per::unit;
  product.cost = context.payable(spec.cost) * item.resolution;
  product.as_available = *spec.as_available;
  if (spec.yield->each && item.resolution != 1) {
    context.diagnostics.error(
        spec.yield.origin, fmt::format("got a chance of each unit, but \"{}\" is counted in parts of a unit, {:g} {}; "
                                       "expected a share of each batch, like `97 %`",
                                       item.name, item.resolution, item.unit));
  }
  if (spec.routing.stated) {
    compile_lots(spec, context, product);
    return;
  }
  if (spec.lot.stated) {
    context.diagnostics.error(spec.lot.origin, "got a `lot` without a `routing`; on a line it is called `batch`");
  }
  const auto only_lots = [&](bool stated, common::Origin origin, const char* key) {
    if (!stated) return;
    context.diagnostics.error(
        origin,
        fmt::format("got a `{}` without a `routing`: only lots on a shop floor have one, a line takes orders as "
                    "they come",
                    key));
  };
  only_lots(spec.urgency.priority.stated, spec.urgency.priority.origin, "priority");
  only_lots(spec.urgency.weight.stated, spec.urgency.weight.origin, "weight");
  only_lots(spec.urgency.due.stated, spec.urgency.due.origin, "due");
  product.time = context.time(*spec.time);
  product.mean_time = core::mean_of(product.time, context.tables);
  if (product.as_available && !spec.batch.stated) {
    product.batch = 0;
  } else if (spec.batch.stated) {
    product.batch = context.quantity(*spec.batch, product.item, spec.batch.origin);
  } else if (product.per_unit) {
    product.batch = std::max<Quantity>(1, static_cast<Quantity>(std::nearbyint(1 / item.resolution)));
  }
  if (product.as_available && product.per_unit && !product.time.is_constant() && !spec.batch.stated) {
    context.diagnostics.error(spec.as_available.origin,
                              "got `as_available` with a random time for each unit and no `batch`, expected the most "
                              "that is worked on at once, or the time of the whole with `per: batch`");
  }
  const double units = static_cast<double>(product.batch) * item.resolution;
  if (product.per_unit && !product.time.is_constant() && units > kMostDrawsPerBatch) {
    context.diagnostics.error(
        spec.batch.stated ? spec.batch.origin : spec.time.origin,
        "got a batch of more than 10000 units whose random time is for each unit; state the time of "
        "the whole batch with `per: batch`");
  }
}

}  // namespace tierworks::production
