#include "models/common/compile.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierworks::common {

std::string number_text(double value) { return fmt::format("{:g}", value); }

std::string CompileContext::suggestion(const std::string& name, const std::vector<std::string>& candidates) const {
  return diagnostics.errors() < Diagnostics::kMost ? did_you_mean(name, candidates) : std::string{};
}

std::optional<ItemId> CompileContext::item(const std::string& name, Origin origin) {
  if (const auto id = item_names.find(name)) return id;
  diagnostics.error(origin, fmt::format("no item \"{}\"{}", name, suggestion(name, item_names.all())));
  return std::nullopt;
}

std::optional<SiteId> CompileContext::site(const std::string& name, Origin origin) {
  if (const auto id = site_names.find(name)) return id;
  diagnostics.error(origin, fmt::format("no site \"{}\"{}", name, suggestion(name, site_names.all())));
  return std::nullopt;
}

std::optional<double> CompileContext::units_per(const std::string& unit, ItemId item, Origin origin) {
  const Item& it = items[item.index];
  if (unit.empty() || unit == it.unit) return 1.0;
  std::vector<std::string> known{it.unit};
  for (const auto& pack : item_specs[item.index]->pack) {
    if (pack.name == unit) return *pack.spec;
    known.push_back(pack.name);
  }
  diagnostics.error(origin, fmt::format("item \"{}\" has no unit \"{}\", expected one of: {}{}", it.name, unit,
                                        fmt::join(known, ", "), did_you_mean(unit, known)));
  return std::nullopt;
}

Quantity CompileContext::quantity(const Amount& amount, ItemId item, Origin origin) {
  const auto units = units_per(amount.unit, item, origin);
  if (!units) return 0;
  const Item& it = items[item.index];
  const double smallest = amount.number * *units / it.resolution;
  const double whole = std::nearbyint(smallest);
  if (!(std::abs(whole) <= static_cast<double>(kMostQuantity))) {
    diagnostics.error(
        origin, fmt::format("got {:g}, which is too large to be counted in {:g} {}; expected at most {:g}",
                            amount.number, it.resolution, it.unit, static_cast<double>(kMostQuantity) * it.resolution));
    return 0;
  }
  const bool vanishes = whole == 0 && amount.number != 0;
  if (vanishes || std::abs(smallest - whole) > 1e-6 * std::max(1.0, std::abs(whole) * 1e-6)) {
    diagnostics.error(origin, fmt::format("got {:g}, which is no multiple of the resolution of item \"{}\", {:g} {}; "
                                          "round it, or give the item a finer `resolution`",
                                          amount.number, it.name, it.resolution, it.unit));
    return 0;
  }
  return static_cast<Quantity>(whole);
}

core::Distribution CompileContext::quantity(const QuantityDistribution& written, ItemId item, Origin origin) {
  const auto units = units_per(written.unit, item, origin);
  const double factor = units.value_or(1.0) / items[item.index].resolution;
  core::DistributionSpec spec = written.distribution;
  if (spec.kind == core::DistributionKind::poisson && factor != 1.0) {
    // A Poisson number of whole units or packs: the table is built first, then its values are scaled.
    core::Distribution compiled = core::compile(spec, tables);
    for (std::uint32_t i = 0; i < compiled.table_size; ++i) tables.values[compiled.table_first + i] *= factor;
    return compiled;
  }
  if (const double mean = core::mean_of(spec) * factor; !(mean <= static_cast<double>(kMostQuantity))) {
    diagnostics.error(origin, fmt::format("a mean of {:g} smallest units is too large to be counted", mean));
    return {};
  }
  return core::compile(core::scaled(spec, factor), tables);
}

core::Instant CompileContext::instant(const Moment& moment, Origin origin) {
  if (!moment.is_date) return core::Instant{moment.after_start.ticks};
  if (!time_frame.dated) {
    diagnostics.error(origin, "got a date, which needs `time: {start: ...}` in the scenario");
    return {};
  }
  const std::int64_t minutes = moment.date.minutes - time_frame.start_minutes;
  const std::int64_t most = core::kLastInstant.ticks / core::kMinute.ticks;
  return core::Instant{std::clamp<std::int64_t>(minutes, 0, most) * core::kMinute.ticks};
}

double CompileContext::payable(const Field<double>& amount) {
  constexpr double kMost = 1e12;
  if (*amount <= kMost) return *amount;
  diagnostics.error(amount.origin, fmt::format("got {:g}, which is too much money to be counted; expected at most {:g}",
                                               *amount, kMost));
  return 0;
}

std::optional<FormulaId> CompileContext::formula(const Field<std::string>& written,
                                                 std::span<const std::string_view> names, std::vector<bool>& used) {
  const FormulaText text{*written, names};
  if (const auto mistake = check_formula(text, &used)) {
    diagnostics.error(written.origin, fmt::format("got a formula with a mistake at character {}: {}; in `{}`",
                                                  mistake->at + 1, mistake->message, *written));
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < formulas.size(); ++i) {
    const FormulaText& known = formulas[FormulaId{i}];
    if (known.text == text.text && known.names.data() == names.data()) return FormulaId{i};
  }
  return formulas.add(text);
}

double CompileContext::carrying(const CarryingRate& rate, ItemId item) const {
  const Item& it = items[item.index];
  const double per_unit = rate.of_value ? rate.number * it.value : rate.number;
  return per_unit * it.resolution / static_cast<double>(rate.per.ticks);
}

}  // namespace tierworks::common
