#include "apps/cli/loading.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/policies.h"
#include "apps/cli/terminal.h"
#include "models/common/date_text.h"
#include "scenarios/reader/reader.h"

namespace tierworks::cli {

namespace {

// `--set PATH: ...` of a value that came from another option names that option.
std::string in_the_users_words(std::string line, const ScenarioOptions& options) {
  constexpr std::string_view kSet = "--set ";
  if (!line.starts_with(kSet)) return line;
  for (const auto& [path, option] : options.told_by) {
    const std::string_view rest = std::string_view(line).substr(kSet.size());
    if (rest.starts_with(path) && (rest.size() == path.size() || rest[path.size()] == ':')) {
      return option + line.substr(kSet.size() + path.size());
    }
  }
  return line;
}

std::vector<std::string> settings_of(const ScenarioOptions& options) {
  std::vector<std::string> settings;
  if (options.horizon) settings.push_back("time.horizon=" + *options.horizon);
  if (options.warm_up) settings.push_back("time.warm_up=" + *options.warm_up);
  settings.insert(settings.end(), options.overrides.begin(), options.overrides.end());
  return settings;
}

// Those of orders and of dispatching.
std::map<std::string, std::string> places_of_formulas(const reader::Reading& reading) {
  std::map<std::string, std::string> places;
  const auto add = [&](const std::string& text, common::Origin origin) {
    if (!text.empty() && !places.contains(text)) places.emplace(text, reading.place(origin));
  };
  for (const auto& site : reading.spec->sites) {
    for (const auto& stock : site.spec.stock) add(*stock.spec.order_formula, stock.spec.order_formula.origin);
    const factory::FactorySpec& floor = site.spec.factory;
    add(floor.dispatch->formula, floor.dispatch.origin);
    for (const auto& centre : floor.work_centres) add(centre.spec.dispatch->formula, centre.spec.dispatch.origin);
  }
  return places;
}

}  // namespace

std::optional<Loaded> try_load(ScenarioOptions options, std::vector<std::string>& mistakes,
                               std::vector<std::string>* notes, const SpecChange& change) {
  common::Diagnostics diagnostics;
  reader::Reading reading = reader::read_scenario(options.scenario, settings_of(options), diagnostics);
  std::unique_ptr<const world::Model> model;
  if (reading.spec && !options.policies.empty()) {
    // Where a policy stands is known once the scenario has been read; then it is read again with all of them in their places.
    std::vector<std::string> added;
    for (const std::string& policy : options.policies) {
      std::string fault = add_policy(policy, *reading.spec, added);
      if (!fault.empty()) mistakes.push_back(std::move(fault));
    }
    if (!mistakes.empty()) return std::nullopt;
    for (const std::string& setting : added)
      options.told_by.push_back(
          {setting.substr(0, setting.find('=')), "--policy: " + setting.substr(0, setting.find('='))});
    options.overrides.insert(options.overrides.end(), added.begin(), added.end());
    diagnostics = {};
    reading = reader::read_scenario(options.scenario, settings_of(options), diagnostics);
  }
  if (reading.spec && change) change(*reading.spec, diagnostics);
  if (reading.spec) model = world::compile(*reading.spec, diagnostics);
  for (const common::Diagnostic& d : diagnostics.list()) {
    mistakes.push_back(in_the_users_words(reading.format(d), options));
  }
  if (diagnostics.errors() > diagnostics.list().size()) {
    mistakes.push_back(fmt::format("and {} more", diagnostics.errors() - diagnostics.list().size()));
  }
  if (notes != nullptr) {
    for (const common::Diagnostic& d : diagnostics.notes()) notes->push_back("note: " + reading.format(d));
  }
  if (!diagnostics.ok() || !model) {
    mistakes.push_back(fmt::format("{}: {} mistake{}; nothing was run", options.scenario, diagnostics.errors(),
                                   diagnostics.errors() == 1 ? "" : "s"));
    return std::nullopt;
  }
  auto formulas = places_of_formulas(reading);
  return Loaded{std::move(*reading.spec), std::move(model), std::move(formulas)};
}

std::optional<Loaded> load(const ScenarioOptions& options, bool with_notes) {
  std::vector<std::string> mistakes, notes;
  auto loaded = try_load(options, mistakes, with_notes ? &notes : nullptr);
  for (const std::string& line : mistakes) message(line);
  for (const std::string& line : notes) message(line);
  return loaded;
}

std::optional<world::ScenarioSpec> read_quietly(const ScenarioOptions& options) {
  common::Diagnostics diagnostics;
  return reader::read_scenario(options.scenario, settings_of(options), diagnostics).spec;
}

report::Subject subject_of(const ScenarioOptions& options, const world::Model& model) {
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  const auto date = [&](core::Instant t) { return model.start ? common::date_text(*model.start, t) : ""; };
  const auto named = std::count_if(model.production.lines.begin(), model.production.lines.end(),
                                   [](const production::Line& line) { return line.named; });
  const auto shared = std::count_if(model.logistics.lanes.begin(), model.logistics.lanes.end(),
                                    [](const logistics::Lane& lane) { return lane.shared; });
  return {.scenario = options.scenario,
          .title = model.title,
          .currency = model.currency,
          .horizon_days = core::in_days(model.horizon),
          .warm_up_days = core::in_days(model.warm_up),
          .from_date = date(core::Instant{0} + model.warm_up),
          .until_date = date(core::Instant{0} + model.warm_up + model.horizon),
          .sites = count(model.sites.size()),
          .items = count(model.items.size()),
          .stocks = count(model.supply.stocks.size()),
          .lines = named,
          .lanes = shared,
          .streams = count(model.demand.streams.size()),
          .work_centres = count(model.factory.centres.size()),
          .machines = count(model.factory.machines.size()),
          .routings = count(model.factory.routings.size()),
          .releases = count(model.factory.releases.size())};
}

std::optional<double> share_of(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.pop_back();
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (percent) value /= 100;
  return value > 0 && value < 1 ? std::optional(value) : std::nullopt;
}

bool can_make_folder(const std::string& folder) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (!fault && std::filesystem::is_directory(folder)) return true;
  message(
      fmt::format("--out {}: cannot make this folder: {}", folder, fault ? fault.message() : "a file has that name"));
  return false;
}

}  // namespace tierworks::cli
