// The `tierworks` command: parses arguments, calls, and turns failures into exit codes.
#include <CLI/CLI.hpp>

#include "apps/cli/commands.h"
#include "apps/cli/terminal.h"
#include "core/base/check.h"

namespace {

using namespace tierworks;

void add_scenario_options(CLI::App& command, cli::ScenarioOptions& options) {
  command.add_option("SCENARIO", options.scenario, "scenario file (YAML)")->required();
  command
      .add_option("--set", options.overrides, "change a value: sites.plant.stock.frame.level=120 (may be given again)")
      ->take_all()
      ->allow_extra_args(false);
  command.add_option("--horizon", options.horizon, "length of the measured time: \"365 d\"");
  command.add_option("--warm-up", options.warm_up, "time before measuring starts: \"13 wk\"");
  command.add_flag("--all", options.all, "show whole tables");
}

int run_command(int argc, char** argv) {
  CLI::App app{"Tierworks simulates supply chains and production clusters.", "tierworks"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("tierworks ") + TIERWORKS_VERSION);
  app.footer("Exit codes: 0 done, 1 our fault, 2 mistakes in the input, 3 a target of the scenario was missed.");

  cli::ScenarioOptions check;
  CLI::App* check_command =
      app.add_subcommand("check", "read and compile a scenario; show what the model holds, or all mistakes");
  add_scenario_options(*check_command, check);

  cli::RunOptions run;
  CLI::App* run_command =
      app.add_subcommand("run", "run replications of a scenario; show its KPIs with confidence intervals");
  add_scenario_options(*run_command, run);
  run_command->add_option("--replications", run.replications, "independent runs")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  CLI::Option* precision = run_command->add_option("--precision", run.precision,
                                                   "run until each KPI of --on is known to this share of its mean: 1%");
  run_command
      ->add_option("--on", run.precise_kpis, "KPIs that --precision looks at (fill_rate order_lead_time total_cost)")
      ->delimiter(',')
      ->needs(precision);
  run_command->add_option("--max-replications", run.most_replications, "upper bound with --precision")
      ->needs(precision)
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{10'000'000}))
      ->capture_default_str();
  run_command->add_option("--seed", run.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  run_command->add_option("--threads", run.threads, "threads; all cores if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1024}));
  run_command
      ->add_option("--partitions", run.partitions,
                   "partitions of each run, on the threads that replications leave over; as many as pay if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{256}));
  run_command
      ->add_option("--event-set", run.event_set, "structure of the events to come; changes the speed, never a result")
      ->check(CLI::IsMember({"automatic", "heap", "radix"}))
      ->capture_default_str();
  CLI::Option* snapshot =
      run_command->add_option("--snapshot", run.snapshot, "file to keep the state of the run in at --snapshot-at");
  CLI::Option* snapshot_at = run_command->add_option("--snapshot-at", run.snapshot_at,
                                                     "when, counted from the start of the warm-up: \"120 d\"");
  snapshot->needs(snapshot_at);
  snapshot_at->needs(snapshot);
  run_command->add_option("--resume", run.resume, "go on from this snapshot, with its seed and replication");
  run_command->add_option("--confidence", run.confidence, "confidence of the intervals: 99.9%");
  run_command->add_option("--out", run.out, "folder for summary.json");
  run_command->add_flag("--json", run.json, "write the whole result as JSON to stdout");
  run_command->add_flag("--quiet", run.quiet, "no table, notes or progress");

  cli::ImportWillemsOptions willems;
  CLI::App* import_command = app.add_subcommand("import", "turn a public format into a scenario");
  import_command->require_subcommand(1);
  CLI::App* willems_command =
      import_command->add_subcommand("willems", "a chain of Willems (2008): stages and links as CSV");
  willems_command->add_option("STAGES", willems.stages, "NN_SD.csv")->required();
  willems_command->add_option("LINKS", willems.links, "NN_LL.csv")->required();
  willems_command->add_option("--out", willems.out, "scenario file to write")->required();

  cli::ImportJsplibOptions jsplib;
  CLI::App* jsplib_command = import_command->add_subcommand("jsplib", "a job shop in the format of JSPLIB");
  jsplib_command->add_option("FILE", jsplib.file, "jobs as lines of machines and durations")->required();
  jsplib_command->add_option("--out", jsplib.out, "scenario file to write")->required();

  CLI::App* reference_command = app.add_subcommand("reference", "print a reference page (Markdown)");
  std::string page = "scenario";
  reference_command->add_option("PAGE", page, "scenario: every key of a scenario; kpis: every KPI")
      ->check(CLI::IsMember({"scenario", "kpis"}))
      ->capture_default_str();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? cli::kDone : cli::kUsersInput;
  }
  if (check_command->parsed()) return cli::check(check);
  if (run_command->parsed()) return cli::run(run, std::string("tierworks ") + TIERWORKS_VERSION);
  if (willems_command->parsed()) return cli::import_willems(willems);
  if (jsplib_command->parsed()) return cli::import_jsplib(jsplib);
  if (reference_command->parsed()) return cli::reference(page);
  return cli::kUsersInput;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_command(argc, argv);
  } catch (const core::Broken& fault) {
    cli::message(std::string("tierworks: this is our bug, please report it with the scenario and the seed: ") +
                 fault.what());
  } catch (const std::exception& fault) {
    cli::message(std::string("tierworks: ") + fault.what());
  }
  return cli::kOurFault;
}
