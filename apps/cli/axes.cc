#include "apps/cli/axes.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "apps/cli/terminal.h"

namespace tierworks::cli {

namespace {

// How many steps a range without `by` has at least, if the scenario takes such fine values.
constexpr double kSteps = 1e4;
constexpr int kMostDecimals = 9;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

struct Number {
  double value = 0;
  int decimals = 0;
  std::string before, after;  // what stands around it
};

// The first word that starts as a number.
std::optional<Number> number_in(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const char* const first = text.data() + at;
    const char* const last = text.data() + text.size();
    double value = 0;
    const auto [end, fault] = std::from_chars(first, last, value, std::chars_format::fixed);
    if (fault == std::errc{} && std::isfinite(value)) {
      const std::string_view digits(first, static_cast<std::size_t>(end - first));
      const std::size_t dot = digits.find('.');
      const int decimals = dot == std::string_view::npos ? 0 : static_cast<int>(digits.size() - dot - 1);
      return Number{value, decimals, text.substr(0, at), std::string(end, last)};
    }
    at = text.find(' ', at);
    at = at == std::string::npos ? text.size() : text.find_first_not_of(' ', at);
    if (at == std::string::npos) break;
  }
  return std::nullopt;
}

// What is wrong with the range, or "".
std::string read_range(const std::string& text, experiments::Range& range) {
  const std::string usual = "expected a path and two numbers: --range sites.plant.stock.frame.level=80..140";
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return usual;
  const auto low = number_in(trimmed(std::string_view(text).substr(0, dots)));
  std::string rest = trimmed(std::string_view(text).substr(dots + 2));
  std::optional<Number> step;
  if (const std::size_t by = rest.rfind(" by "); by != std::string::npos) {
    step = number_in(trimmed(std::string_view(rest).substr(by + 4)));
    if (!step || !step->before.empty() || !(step->value > 0)) return "expected a number above 0 behind `by`";
    rest = trimmed(std::string_view(rest).substr(0, by));
  }
  const auto high = number_in(rest);
  if (!low || !high || !high->before.empty()) return usual;
  const std::string unit = trimmed(low->after);
  if (!unit.empty() && unit != trimmed(high->after)) {
    return fmt::format("its ends have different units, \"{}\" and \"{}\"; write both in one", unit,
                       trimmed(high->after));
  }
  if (step && !trimmed(step->after).empty() && trimmed(step->after) != trimmed(high->after)) {
    return fmt::format("the step has the unit \"{}\" and the ends \"{}\"; write all in one", trimmed(step->after),
                       trimmed(high->after));
  }
  if (low->value > high->value) {
    return fmt::format("its low end, {:g}, is above its high end, {:g}; swap them", low->value, high->value);
  }
  range = {.low = low->value,
           .high = high->value,
           .step = step ? step->value : 0,
           .decimals = std::max({low->decimals, high->decimals, step ? step->decimals : 0}),
           .prefix = low->before,
           .suffix = high->after};
  if (range.decimals > kMostDecimals) return fmt::format("expected at most {} decimals", kMostDecimals);
  return "";
}

// Steps of 10^-decimals; false if none lies in the range.
bool set_decimals(experiments::Range& range, const experiments::Range& asked, int decimals) {
  const double unit = std::pow(10.0, decimals);
  range.step = 1 / unit;
  range.decimals = decimals;
  range.low = std::ceil(asked.low * unit - 1e-6) / unit;
  range.high = std::floor(asked.high * unit + 1e-6) / unit;
  return range.low <= range.high;
}

}  // namespace

std::vector<std::string> Space::paths() const {
  std::vector<std::string> list;
  for (const Factor& f : factors) list.push_back(f.path);
  return list;
}

std::vector<std::string> Space::names() const {
  std::vector<std::string> list;
  for (const Factor& f : factors) list.push_back(f.label);
  return list;
}

ScenarioOptions Space::at(const ScenarioOptions& options, const experiments::Point& point) const {
  ScenarioOptions out = options;
  std::vector<Factor> chosen = factors;
  for (std::size_t a = 0; a < axes.size(); ++a) chosen[a].values = {axes[a].text(point[a])};
  (void)choose(chosen, 0, out);
  return out;
}

std::optional<std::pair<Factor, experiments::Axis>> range_of(const std::string& text, const std::string& option) {
  const std::size_t equals = text.find('=');
  Factor factor{
      .kind = Factor::Kind::path, .option = option, .path = trimmed(text.substr(0, equals)), .label = {}, .values = {}};
  as_parameter(factor);
  experiments::Axis axis;
  axis.path = factor.path;
  std::string fault = "expected a path and two numbers: --range sites.plant.stock.frame.level=80..140";
  if (equals != std::string::npos && !factor.path.empty())
    fault = read_range(trimmed(text.substr(equals + 1)), axis.range);
  if (!fault.empty()) {
    message(fmt::format("{}: got \"{}\", {}", option, text, fault));
    return std::nullopt;
  }
  return std::pair{std::move(factor), std::move(axis)};
}

void add_factors(Space& space, const std::vector<Factor>& factors) {
  for (const Factor& f : factors) {
    space.axes.push_back({.name = f.label, .path = f.path, .values = f.values, .range = {}});
    space.factors.push_back(f);
  }
}

bool check_paths(const Space& space) {
  for (const Factor& f : space.factors) {
    if (f.path.starts_with("run.") || f.path.starts_with("compare.") || f.path.starts_with("sweep.")) {
      message(
          fmt::format("{} {}: is the same for all points, which share seed and replications; use --seed, "
                      "--replications and the other options",
                      f.option, f.path));
      return false;
    }
    const auto same = [&](const Factor& g) { return g.path == f.path; };
    if (std::count_if(space.factors.begin(), space.factors.end(), same) > 1) {
      message(fmt::format("{} {}: is varied twice; give all its values at once", f.option, f.path));
      return false;
    }
  }
  return true;
}

bool find_steps(Space& space, const ScenarioOptions& options, bool whole) {
  for (std::size_t a = 0; a < space.axes.size(); ++a) {
    experiments::Axis& axis = space.axes[a];
    if (!axis.is_range() || axis.range.step > 0) continue;
    const experiments::Range asked = axis.range;
    const double length = asked.high - asked.low;
    const int finest = length > 0 ? std::clamp(static_cast<int>(std::ceil(std::log10(kSteps / length))),
                                               std::min(asked.decimals, 9), kMostDecimals)
                                  : asked.decimals;
    std::vector<std::string> mistakes;
    // A value that no coarser step has, somewhere in the range; the others as the scenario has them.
    const auto taken = [&](int decimals) {
      if (!set_decimals(axis.range, asked, decimals)) return false;
      const std::int64_t n = axis.size();
      for (const double share : {0.62, 0.9, 0.1, 0.3}) {
        std::int64_t index = axis.index_at(share);
        const double unit = std::pow(10.0, decimals);
        for (int tries = 0; decimals > 0 && tries < 10; ++tries) {
          const auto digits = static_cast<std::int64_t>(std::llround(axis.number(index) * unit));
          if (digits % 2 != 0 && digits % 5 != 0) break;
          index = (index + 1) % n;
        }
        Space alone{{axis}, {space.factors[a]}};
        std::vector<std::string> now;
        if (try_load(alone.at(options, {index}), now)) return true;
        if (mistakes.empty()) mistakes = std::move(now);
      }
      return false;
    };
    if (whole) {
      if (!set_decimals(axis.range, asked, 0)) {
        message(fmt::format("{} {}: holds no whole number, as --integer asks for", space.factors[a].option, axis.path));
        return false;
      }
      continue;
    }
    bool found = false;
    for (int decimals = finest; decimals >= 0 && !found; --decimals) found = taken(decimals);
    if (found) continue;
    for (const std::string& line : mistakes) message(line);
    message(
        fmt::format("{} {}: the scenario takes none of the values that were tried; if it takes only some, "
                    "say which by a step: --range {}={:g}..{:g} by 12",
                    space.factors[a].option, axis.path, axis.path, asked.low, asked.high));
    return false;
  }
  return true;
}

experiments::MakeModel model_maker(const Space& space, const ScenarioOptions& options,
                                   const std::vector<experiments::Point>& points) {
  return [&space, &options, &points](std::size_t p, std::string& why) -> std::unique_ptr<const world::Model> {
    std::vector<std::string> mistakes;
    auto loaded = try_load(space.at(options, points[p]), mistakes);
    if (loaded) return std::move(loaded->model);
    why = mistakes.empty() ? "the scenario does not take it" : mistakes.front();
    return nullptr;
  };
}

void tell_mistakes(const Space& space, const ScenarioOptions& options, const experiments::Point& point) {
  std::vector<std::string> mistakes;
  (void)try_load(space.at(options, point), mistakes);
  for (const std::string& line : mistakes) message(line);
}

std::string unknown_kpi(const world::Model& model, const experiments::KpiAt& kpi) {
  experiments::CompareOptions how;
  how.decide_on = kpi;
  // Two variants of one model differ in nothing else that could be refused.
  std::string why = experiments::why_not({{"a", &model}, {"b", &model}}, how);
  return why.empty() ? why : why.substr(why.find(": ") + 2);
}

experiments::KpiAt kpi_at(const std::string& text) {
  const std::size_t at = text.find('@');
  if (at == std::string::npos) return {text};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace tierworks::cli
