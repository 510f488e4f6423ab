#include <algorithm>

#include "models/production/compile.h"
#include "models/world/compile_items.h"
#include "models/world/compile_ways.h"
#include "models/world/compiler.h"

namespace tierworks::world {

namespace {

// What lines of the site do that say nothing: the shifts stand with the shop floor's, and hold for both.
production::CalendarSpec calendar_of(const SiteSpec& site) {
  production::CalendarSpec calendar = site.calendar;
  if (!site.factory.shifts.stated) return calendar;
  calendar.shifts.stated = true;
  calendar.shifts.origin = site.factory.shifts.origin;
  for (const factory::WeekTimes::Span& span : site.factory.shifts->spans) {
    production::Shift shift;
    for (int day = span.first_day;; day = (day + 1) % 7) {
      shift.of_day[static_cast<std::size_t>(day)] = true;
      if (day == span.last_day) break;
    }
    shift.from = static_cast<int>(span.from.ticks / core::kMinute.ticks);
    shift.until = static_cast<int>(span.to.ticks / core::kMinute.ticks);
    if (shift.until <= shift.from) shift.until += 24 * 60;
    calendar.shifts.value.list.push_back(shift);
  }
  return calendar;
}

// Of the shop floor of a site, as of its lines.
factory::DaysOff days_off(const SiteSpec& site, production::CalendarCompiler& calendars,
                          common::CompileContext& context) {
  factory::DaysOff days;
  if (site.factory.empty() || !(site.calendar.holidays.stated || site.calendar.staffing.stated)) return days;
  const auto closed = calendars.closed(site.calendar);
  for (const auto& span : closed.holidays) days.closed.push_back({{span.from}, {span.until}});
  for (const auto& span : closed.fewer) {
    days.fewer.push_back({{span.from},
                          {span.until},
                          static_cast<double>(span.millionths) / static_cast<double>(production::Stretch::kWhole)});
  }
  if (!days.fewer.empty() && site.factory.operators.empty() && site.lines.empty()) {
    context.diagnostics.error(site.calendar.staffing.origin,
                              "got `staffing` at a shop floor without `operators`, where nobody can be fewer; expected "
                              "some, or nothing here");
  }
  return days;
}

}  // namespace

void Compiler::made(SiteId site) {
  const SiteSpec& s = spec_.sites.list[site.index].spec;
  const std::string& site_name = spec_.sites.list[site.index].name;
  const std::size_t first_product = model_->production.products.size();
  const production::CalendarSpec calendar = calendar_of(s);
  std::map<std::string, LineId> lines;
  std::vector<std::string> line_names;
  for (const auto& entry : s.lines) {
    production::Line line = production::compile_line(entry.spec, context_);
    line.place = place_of(site);
    line.site = site;
    calendars_.apply(calendar, &entry.spec.calendar, &entry.spec.overtime, line);
    lines[entry.name] = model_->production.lines.add(line);
    model_->line_names.push_back(entry.name);
    line_names.push_back(entry.name);
  }
  for (const auto& entry : s.makes) {
    const auto item = context_.item_names.find(entry.name);
    if (!item) continue;
    production::Product product;
    product.place = place_of(site);
    product.site = site;
    product.item = *item;
    product.stock = stocks_.at({site, *item});
    product.process = core::stream_name(site_name, entry.name, "process");
    production::compile_product(entry.spec, context_, product);
    if (!entry.spec.line.stated) {
      production::Line unlimited;
      unlimited.place = place_of(site);
      unlimited.site = site;
      if (!product.in_shop) calendars_.apply(calendar, nullptr, nullptr, unlimited);
      product.line = model_->production.lines.add(unlimited);
      model_->line_names.emplace_back();
    } else if (const auto line = lines.find(*entry.spec.line); line != lines.end()) {
      product.line = line->second;
    } else {
      context_.diagnostics.error(entry.spec.line.origin,
                                 fmt::format("no line \"{}\" at this site{}", *entry.spec.line,
                                             line_names.empty() ? std::string("; declare it under `lines`")
                                                                : common::did_you_mean(*entry.spec.line, line_names)));
      continue;
    }
    product.components = components(site, *item, context_.items[item->index].bom, entry.origin);
    by_products(site, entry.spec, product);
    if (entry.spec.yield.stated) {
      const auto draws = core::stream_name(site_name, entry.name, "yield");
      product.yield = production::add_yield(*entry.spec.yield, draws, context_, model_->production);
    }
    production::compile_kit(entry.spec, context_, model_->production, product);
    const ProductId id = model_->production.products.add(product);
    if (product.in_shop) in_shops_.push_back({id, entry.name, &entry.spec});
    product_of_[product.stock] = id;
    const auto bill = [&](const std::vector<common::Item::Component>& parts, Origin origin) {
      return components(site, *item, parts, origin);
    };
    compile_alternatives(entry, id, {site_name, lines, bill}, *model_, context_);
  }
  compile_change_overs(s, site_name, lines, first_product, *model_, context_);
}

void Compiler::by_products(SiteId site, const production::MakesSpec& spec, production::Product& product) {
  auto& all = model_->production.by_products;
  product.also.first = static_cast<std::uint32_t>(all.size());
  for (const auto& part : compile_amounts(spec.also, context_.items[product.item.index], context_)) {
    if (part.item == product.item) {
      context_.diagnostics.error(spec.also.list.front().origin,
                                 "got the product itself as its by-product; expected other items");
      continue;
    }
    all.push_back({stocks_.at({site, part.item}), part.per_unit});
  }
  product.also.last = static_cast<std::uint32_t>(all.size());
}

core::Range Compiler::components(SiteId site, ItemId item, const std::vector<common::Item::Component>& bill,
                                 Origin origin) {
  auto& all = model_->production.components;
  const auto first = static_cast<std::uint32_t>(all.size());
  const common::Item& product = context_.items[item.index];
  if (bill.size() > production::kMostComponents) {
    context_.diagnostics.error(
        origin, fmt::format("got {} components in the bill of materials of \"{}\", expected at most {}", bill.size(),
                            product.name, production::kMostComponents));
  }
  for (const auto& part : bill) {
    const auto stock = stocks_.find({site, part.item});
    if (stock == stocks_.end()) {
      context_.diagnostics.error(
          origin, fmt::format("the bill of materials of \"{}\" needs \"{}\", which this site neither buys "
                              "nor makes; expected it under `buys`",
                              product.name, context_.items[part.item.index].name));
      continue;
    }
    all.push_back({stock->second, part.per_unit, context_.items[part.item.index].attrition});
  }
  return {first, static_cast<std::uint32_t>(all.size())};
}

bool Compiler::has_releases() const {
  return std::any_of(spec_.sites.begin(), spec_.sites.end(),
                     [](const auto& site) { return !site.spec.factory.releases.empty(); });
}

void Compiler::factories() {
  model_->factory.factory_of_site.assign(spec_.sites.size(), core::Id<int>::none_index);
  for (std::uint32_t i = 0; i < spec_.sites.size(); ++i) {
    const auto& site = spec_.sites.list[i];
    const SiteId id{i};
    factory::Where where{id, place_of(id), site.name, site.origin};
    where.days_off = days_off(site.spec, calendars_, context_);
    for (const InShop& made : in_shops_) {
      if (model_->production.products[made.product].site != id) continue;
      where.makes_to_order = true;
      where.lacks_due_dates = where.lacks_due_dates || !made.spec->urgency.due.stated;
    }
    factory::compile_factory(site.spec.factory, where, context_, model_->factory);
    for (const InShop& made : in_shops_) {
      production::Product& product = model_->production.products[made.product];
      if (product.site == id) in_shop(made, where, product);
    }
  }
}

void Compiler::in_shop(const InShop& made, const factory::Where& where, production::Product& product) {
  const auto release =
      factory::compile_wanted(made.item, made.spec->routing, made.spec->urgency, where, context_, model_->factory);
  if (!release) return;
  factory::Release& row = model_->factory.releases[*release];
  row.product = made.product;
  product.release = release->index;
  product.is_kitted = factory::is_kitted(model_->factory, row.routing);
  const double pieces = std::max(1.0, static_cast<double>(product.batch) * product.resolution);
  product.time = core::compile(
      core::DistributionSpec::constant(factory::mean_work(model_->factory, row.routing, pieces)), context_.tables);
}

void Compiler::lines_to_stocks() {
  std::vector<std::vector<StockId>> of_line(model_->production.lines.size());
  for (const auto& product : model_->production.products) of_line[product.line.index].push_back(product.stock);
  for (const auto& stocks : of_line) {
    const auto first = static_cast<std::uint32_t>(model_->supply.line_stocks.size());
    model_->supply.line_stocks.insert(model_->supply.line_stocks.end(), stocks.begin(), stocks.end());
    model_->supply.stocks_of_line.push_back({first, static_cast<std::uint32_t>(model_->supply.line_stocks.size())});
  }
}

}  // namespace tierworks::world
