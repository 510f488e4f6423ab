#include "apps/cli/commands.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/loading.h"
#include "apps/cli/series.h"
#include "apps/cli/snapshots.h"
#include "apps/cli/terminal.h"
#include "apps/cli/trace.h"
#include "core/parallel/parallel.h"
#include "experiments/replicate/replicate.h"
#include "models/world/outlook.h"
#include "report/kpi_reference.h"
#include "report/outlook_text.h"
#include "report/summary.h"
#include "report/table.h"
#include "scenarios/schema/defaults.h"
#include "scenarios/schema/reference.h"

namespace tierworks::cli {

namespace {

bool known_at_world_scope(const world::Model& model, const std::string& kpi) {
  std::vector<std::string> names;
  for (const world::KpiRow& row : world::kpi_rows(model)) {
    if (row.scope == "world") names.emplace_back(row.kpi->name);
  }
  if (std::find(names.begin(), names.end(), kpi) != names.end()) return true;
  message(fmt::format("--on: no KPI \"{}\" at world scope{}; expected one of: {}", kpi,
                      common::did_you_mean(kpi, names), fmt::join(names, ", ")));
  return false;
}

// A trouble ends with the formula that it is about, and formulas have places.
std::optional<std::string> place_of_trouble(const Loaded& loaded, const std::string& trouble) {
  for (const auto& [text, place] : loaded.formulas) {
    if (!place.empty() && trouble.ends_with(": `" + text + "`")) return place;
  }
  return std::nullopt;
}

}  // namespace

int check(const ScenarioOptions& options) {
  auto loaded = load(options, true);
  if (!loaded) return kUsersInput;
  print(report::outlook_text(subject_of(options, *loaded->model), world::outlook(*loaded->model),
                             {.colour = stdout_is_terminal(), .all = options.all}));
  std::vector<report::DefaultLine> defaults;
  for (schema::DefaultUsed& d : schema::defaults_used(loaded->spec)) defaults.push_back({d.key, d.standard, d.times});
  print(report::defaults_text(defaults, {.colour = stdout_is_terminal()}));
  return kDone;
}

int run(const RunOptions& options, const std::string& program) {
  const auto loaded = load(options, !options.quiet);
  if (!loaded) return kUsersInput;
  const world::Model& model = *loaded->model;

  experiments::Precision precision;
  experiments::ReplicateOptions how;
  how.replications = static_cast<std::size_t>(options.replications.value_or(*loaded->spec.run.replications));
  how.seed = options.seed.value_or(static_cast<std::uint64_t>(*loaded->spec.run.seed));
  how.threads = options.threads > 0 ? static_cast<std::size_t>(options.threads) : core::hardware_threads();
  how.partitions = static_cast<std::uint32_t>(options.partitions);
  how.event_set = options.event_set == "heap"       ? core::EventSet::heap
                  : options.event_set == "radix"    ? core::EventSet::radix
                  : options.event_set == "instants" ? core::EventSet::instants
                                                    : core::EventSet::automatic;
  how.control_variates = options.control_variates;
  how.confidence = *loaded->spec.run.confidence;
  if (options.confidence) {
    const auto share = share_of(*options.confidence);
    if (!share) {
      message(fmt::format("--confidence: got \"{}\", expected a share above 0 and below 1, such as 99.9%",
                          *options.confidence));
      return kUsersInput;
    }
    how.confidence = *share;
  }
  if (options.precision) {
    const auto share = share_of(*options.precision);
    if (!share) {
      message(
          fmt::format("--precision: got \"{}\", expected a share above 0 and below 1, such as 1%", *options.precision));
      return kUsersInput;
    }
    precision.relative = *share;
    precision.most = static_cast<std::size_t>(options.most_replications);
    precision.kpis = options.precise_kpis;
    if (precision.kpis.empty()) precision.kpis = {"fill_rate", "order_lead_time", "total_cost"};
    for (const std::string& kpi : precision.kpis) {
      if (!known_at_world_scope(model, kpi)) return kUsersInput;
    }
    how.precision = &precision;
  }
  if (options.out && !can_make_folder(*options.out)) return kUsersInput;
  if (!use_snapshots(options, model, program, how)) return kUsersInput;
  if (!write_series(options, model, how)) return kUsersInput;
  if (!write_trace(options, model, how)) return kUsersInput;
  if (!options.quiet) how.planned = [](const std::string& words) { message("plan: " + words); };
  how.stop = &catch_interrupt();
  experiments::Replicated result;
  try {
    Progress progress(options.quiet);
    how.progress = [&](std::size_t done, std::size_t planned) { progress.show(done, planned); };
    result = experiments::replicate(model, how);
  } catch (const CannotWrite& fault) {
    message(fault.what());
    return kUsersInput;
  }
  if (result.replications == 0) {
    message("stopped before the first replication was whole; there is nothing to report");
    return kInterrupted;
  }
  const auto looped = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                   [](const auto& o) { return o.first == world::Outcome::loop_without_delay; });
  if (looped != result.outcomes.end() && looped->second == result.replications) {
    message(fmt::format("{}: every replication {}; look for work, transport and orders that all take no time",
                        options.scenario, world::in_words(looped->first)));
    return kUsersInput;
  }
  if (!result.trouble.empty()) {
    message(
        fmt::format("{}: {}", place_of_trouble(*loaded, result.trouble).value_or(options.scenario), result.trouble));
    return kUsersInput;
  }
  const report::Subject subject = subject_of(options, model);
  const bool wants_summary = options.out.has_value() || options.json;
  const std::string json = wants_summary ? report::summary_json(subject, result) : std::string();
  if (options.out) {
    const std::string path = (std::filesystem::path(*options.out) / "summary.json").string();
    if (const auto fault = write_whole(path, json)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (options.json) {
    print(json);
  } else if (!options.quiet) {
    print(report::table(subject, result,
                        {.colour = stdout_is_terminal(),
                         .all = options.all,
                         .to_order = report::to_order_scopes(world::outlook(model))}));
  }
  return kDone;
}

int reference(const std::string& page) {
  print(page == "kpis" ? report::kpi_markdown() : schema::reference_markdown());
  return kDone;
}

}  // namespace tierworks::cli
