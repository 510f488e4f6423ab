// The `tierworks` command: parses arguments, calls, and turns failures into exit codes.
#include <CLI/CLI.hpp>

#include "apps/cli/commands.h"
#include "apps/cli/terminal.h"
#include "core/base/check.h"

namespace {

using namespace tierworks;

// May be given again, with one value each time.
CLI::Option* repeated(CLI::Option* option) { return option->take_all()->allow_extra_args(false); }

// What every command that reads scenarios accepts, however many files it takes.
void add_settings(CLI::App& command, cli::ScenarioOptions& options) {
  command
      .add_option("--set", options.overrides, "change a value: sites.plant.stock.frame.level=120 (may be given again)")
      ->take_all()
      ->allow_extra_args(false);
  command.add_option("--horizon", options.horizon, "length of the measured time: \"365 d\"");
  command.add_option("--warm-up", options.warm_up, "time before measuring starts: \"13 wk\"");
  command.add_flag("--all", options.all, "show whole tables");
}

void add_scenario_options(CLI::App& command, cli::ScenarioOptions& options) {
  command.add_option("SCENARIO", options.scenario, "scenario file (YAML)")->required();
  add_settings(command, options);
  repeated(
      command.add_option("--policy", options.policies,
                         "a policy everywhere: dispatch=atc, dispatch.k=2, allocation=priority, sourcing=cheapest"));
}

void add_compare_options(CLI::App& command, cli::CompareOptions& options) {
  command.add_option("SCENARIO", options.scenarios, "scenario files (YAML)")->required();
  add_settings(command, options);
  repeated(
      command.add_option("--vary", options.vary,
                         "values of a path, with commas between them: sites.plant.stock.frame.level=100,120; given "
                         "again, the whole grid"));
  repeated(command.add_option("--policy", options.choices,
                              "policies everywhere: dispatch=fifo,spt,atc, allocation=first_come,priority"));
  repeated(command.add_option("--tune", options.tune,
                              "values of a path of which each variant takes its best, found in other replications"));
  command.add_option("--base", options.base, "variant that the others are measured against; the first if left out");
  command.add_option("--decide-on", options.decide_on,
                     "KPI that decides: total_cost, fill_rate@site:smt, ... (total_cost)");
  command.add_option("--show", options.show, "KPIs to show beside it")->delimiter(',');
  command.add_option("--pareto", options.pareto, "two KPIs: show the variants that no other one beats on both")
      ->delimiter(',');
  command
      .add_option("--replications", options.replications,
                  "of each variant; with --precision or --indifference: at first")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command.add_option("--precision", options.precision,
                     "run until the differences are known to this share of the base's mean: 1%");
  command.add_option(
      "--indifference", options.indifference,
      "run until the best is known, where differences below this do not matter: 1% of the base's mean, or a "
      "number");
  command
      .add_option("--select", options.select,
                  "how the best is picked: kn (a race, with --indifference) or ocba (a --budget shared out)")
      ->check(CLI::IsMember({"kn", "ocba"}));
  command.add_option("--budget", options.budget, "replications of all variants together, with --select ocba")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{10'000'000}));
  command.add_option("--max-replications", options.most_replications, "upper bound with --precision or --indifference")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{10'000'000}))
      ->capture_default_str();
  command.add_flag("--control-variates", options.control_variates,
                   "take off means and differences what chance brought in orders and lots; narrower intervals");
  command.add_option("--confidence", options.confidence, "of the intervals and of the best: 99%");
  command.add_option("--seed", options.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  command.add_option("--threads", options.threads, "threads; all cores if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1024}));
  command.add_option("--out", options.out, "folder for summary.json");
  command.add_flag("--json", options.json, "write the whole result as JSON to stdout");
  command.add_flag("--quiet", options.quiet, "no table, notes or progress");
}

void add_shock_options(CLI::App& command, cli::ShockOptions& options) {
  repeated(command.add_option("--shock", options.shocks, "a disruption of the scenario; all of them if left out"));
  command
      .add_option(
          "--on", options.on,
          "instead: every one of sites,lanes,items,regions in turn; all four if the scenario has no disruptions")
      ->delimiter(',');
  command
      .add_option("--durations", options.durations,
                  "lengths of the outages: 1wk,2wk,8wk; as the scenario says, or 2wk, if left out")
      ->delimiter(',');
  command.add_option("--with", options.with, "answers, none, or both: answers,none (answers)")->delimiter(',');
}

void add_stress_options(CLI::App& command, cli::StressCommandOptions& options) {
  add_scenario_options(command, options);
  add_shock_options(command, options);
  command.add_option("--band", options.band,
                     "share of a week's demand that may come late or never before it counts as not survived (1%)");
  command.add_option("--replications", options.replications, "independent warmed-up runs that are branched")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command.add_option("--confidence", options.confidence, "of the intervals: 99%");
  command.add_option("--seed", options.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  command.add_option("--threads", options.threads, "threads; all cores if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1024}));
  CLI::Option* out = command.add_option("--out", options.out, "folder for stress.json and the branches as they come");
  command.add_flag("--resume", options.resume, "go on with what was cut in the same --out")->needs(out);
  command.add_flag("--from-scratch", options.from_scratch,
                   "warm up every branch anew: the same numbers in more time, for checks");
  command.add_flag("--json", options.json, "write the whole result as JSON to stdout");
  command.add_flag("--quiet", options.quiet, "no table, notes or progress");
}

void add_reinforce_options(CLI::App& command, cli::ReinforceOptions& options) {
  add_scenario_options(command, options);
  command.add_option("--budget", options.budget, "money to spend at most: \"2 M\"")->required();
  command.add_option("--years", options.years, "over which yearly costs of measures count")->capture_default_str();
  add_shock_options(command, options);
  command.add_option("--replications", options.replications, "of each set of measures")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command.add_option("--seed", options.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  command.add_option("--threads", options.threads, "threads; all cores if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1024}));
  command.add_option("--out", options.out, "folder for reinforce.json");
  command.add_flag("--json", options.json, "write the whole result as JSON to stdout");
  command.add_flag("--quiet", options.quiet, "no table, notes or progress");
}

// What experiments over a space of parameters share.
template <class Options>
void add_experiment_options(CLI::App& command, Options& options) {
  command.add_option("--replications", options.replications, "of each point")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  command.add_option("--confidence", options.confidence, "of the intervals: 99%");
  command.add_option("--seed", options.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  command.add_option("--threads", options.threads, "threads; all cores if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1024}));
  command.add_flag("--json", options.json, "write the whole result as JSON to stdout");
  command.add_flag("--quiet", options.quiet, "no table, notes or progress");
}

void add_sweep_options(CLI::App& command, cli::SweepOptions& options) {
  command.add_option("SCENARIO", options.scenario, "scenario file (YAML)")->required();
  add_settings(command, options);
  repeated(command.add_option("--vary", options.vary,
                              "values of a path, with commas between them: sites.plant.stock.frame.level=100,120"));
  repeated(command.add_option("--range", options.ranges,
                              "values of a path from one number to another: sites.plant.stock.frame.level=80..140, "
                              "sites.plant.stock.frame.review=\"1..5 d by 0.5\""));
  repeated(command.add_option("--policy", options.choices, "policies everywhere: allocation=first_come,priority"));
  command.add_option("--design", options.design, "which points: grid (every combination), lhs or sobol")
      ->check(CLI::IsMember({"grid", "lhs", "sobol"}));
  command
      .add_option("--points", options.points,
                  "of the design, 10 for each parameter if left out; of a grid: values of each range, 5 if left out")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000}));
  command.add_option("--decide-on", options.decide_on, "KPI that is looked at: total_cost, fill_rate@site:smt, ...");
  command.add_option("--show", options.show, "KPIs to show beside it")->delimiter(',');
  add_experiment_options(command, options);
  command.add_option("--out", options.out, "folder for summary.json and points.csv");
}

void add_optimise_options(CLI::App& command, cli::OptimiseOptions& options) {
  command.add_option("SCENARIO", options.scenario, "scenario file (YAML)")->required();
  add_settings(command, options);
  repeated(command.add_option("--policy", options.policies, "a policy everywhere: allocation=priority, dispatch=atc"));
  repeated(command.add_option("--range", options.ranges,
                              "a path and where to search: sites.plant.stock.frame.level=80..140, "
                              "sites.plant.stock.frame.review=\"1..5 d by 0.5\""));
  command.add_flag("--integer", options.integer, "whole numbers only, in ranges without `by`");
  command.add_option("--minimise", options.minimise, "KPI to make as small as can be (total_cost)");
  command.add_option("--maximise", options.maximise, "KPI to make as large as can be");
  repeated(command.add_option("--subject-to", options.subject_to,
                              "a bound that must be kept: \"fill_rate >= 95 %\", \"order_lead_time_p95 <= 2 d\""));
  command.add_option("--show", options.show, "KPIs to show beside it")->delimiter(',');
  command.add_option("--budget", options.budget, "points to try in the search")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}))
      ->capture_default_str();
  command.add_option("--finalists", options.finalists, "points that race on replications of their own")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{100}))
      ->capture_default_str();
  command.add_option("--indifference", options.indifference,
                     "a difference between finalists that does not matter, as a share of the goal (0.1%)");
  command.add_option("--max-replications", options.most_replications, "of each finalist")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{10'000'000}))
      ->capture_default_str();
  add_experiment_options(command, options);
  command.add_option("--out", options.out, "folder for summary.json and trajectory.csv");
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
  run_command->add_flag("--control-variates", run.control_variates,
                        "take off means what chance brought in orders and lots; narrower intervals");
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
      ->check(CLI::IsMember({"automatic", "heap", "radix", "instants"}))
      ->capture_default_str();
  CLI::Option* snapshot =
      run_command->add_option("--snapshot", run.snapshot, "file to keep the state of the run in at --snapshot-at");
  CLI::Option* snapshot_at = run_command->add_option("--snapshot-at", run.snapshot_at,
                                                     "when, counted from the start of the warm-up: \"120 d\"");
  snapshot->needs(snapshot_at);
  snapshot_at->needs(snapshot);
  run_command->add_option("--resume", run.resume, "go on from this snapshot, with its seed and replication");
  CLI::Option* series = run_command->add_option(
      "--series", run.series, "CSV file to write: every stock at the end of each period, of the first replication");
  run_command
      ->add_option("--series-every", run.series_every,
                   "period of --series: \"1 wk\"; the scenario's time.period, or a day, if left out")
      ->needs(series);
  CLI::Option* trace = run_command->add_option("--trace", run.trace,
                                               "file to write: what machines and lots of shop floors do in the first "
                                               "replication, as CSV, or as trace events for "
                                               "chrome://tracing or Perfetto if its name ends in .json");
  run_command->add_option("--trace-from", run.trace_from, "start of what --trace shows: \"30 d\"")->needs(trace);
  run_command->add_option("--trace-to", run.trace_to, "end of what --trace shows: \"31 d\"")->needs(trace);
  run_command->add_option("--confidence", run.confidence, "confidence of the intervals: 99.9%");
  run_command->add_option("--out", run.out, "folder for summary.json");
  run_command->add_flag("--json", run.json, "write the whole result as JSON to stdout");
  run_command->add_flag("--quiet", run.quiet, "no table, notes or progress");

  cli::CompareOptions compare;
  CLI::App* compare_command = app.add_subcommand(
      "compare", "run several scenarios or policies under the same random numbers; show their differences");
  add_compare_options(*compare_command, compare);

  cli::StressCommandOptions stress;
  CLI::App* stress_command =
      app.add_subcommand("stress", "knock out one thing after the other; show who runs dry, when, and what it costs");
  add_stress_options(*stress_command, stress);

  cli::ReinforceOptions reinforce;
  CLI::App* reinforce_command = app.add_subcommand(
      "reinforce", "which measures of the scenario to buy within a budget, so that shocks hurt least");
  add_reinforce_options(*reinforce_command, reinforce);

  cli::SweepOptions sweep;
  CLI::App* sweep_command = app.add_subcommand(
      "sweep", "run a scenario at many points of a space of parameters; show which parameters matter");
  add_sweep_options(*sweep_command, sweep);

  cli::OptimiseOptions optimise;
  CLI::App* optimise_command =
      app.add_subcommand("optimise", "search the values of parameters that are best for a goal");
  add_optimise_options(*optimise_command, optimise);

  cli::ExplainOptions explain;
  CLI::App* explain_command = app.add_subcommand("explain", "why a lot was late: where it was, and what it waited for");
  add_scenario_options(*explain_command, explain);
  explain_command->add_option("LOT", explain.lot, "a release and a number: jobs/17")->required();
  explain_command->add_option("--seed", explain.seed, "seed of all randomness")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 62));
  explain_command->add_option("--replication", explain.replication, "which one of a run")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}))
      ->capture_default_str();

  cli::ImportWillemsOptions willems;
  CLI::App* import_command = app.add_subcommand("import", "turn a public format into a scenario");
  import_command->require_subcommand(1);
  CLI::App* willems_command =
      import_command->add_subcommand("willems", "a chain of Willems (2008): stages and links as CSV");
  willems_command->add_option("STAGES", willems.stages, "NN_SD.csv")->required();
  willems_command->add_option("LINKS", willems.links, "NN_LL.csv")->required();
  willems_command->add_option("-o,--out", willems.out, "scenario file to write")->required();

  cli::ImportStockpylOptions stockpyl;
  CLI::App* stockpyl_command =
      import_command->add_subcommand("stockpyl", "an instance of stockpyl with the demand that it saw, to be replayed");
  stockpyl_command->add_option("INSTANCE", stockpyl.instance, "NAME.json")->required();
  stockpyl_command
      ->add_option("DEMAND", stockpyl.demand, "NAME_demand.csv: period, and a column for each node with demand")
      ->required();
  stockpyl_command->add_option("-o,--out", stockpyl.out, "scenario file to write; traces of demand go beside it")
      ->required();

  cli::ImportJsplibOptions jsplib;
  CLI::App* jsplib_command = import_command->add_subcommand("jsplib", "a job shop in the format of JSPLIB");
  jsplib_command->add_option("FILE", jsplib.file, "jobs as lines of machines and durations")->required();
  jsplib_command->add_option("-o,--out", jsplib.out, "scenario file to write")->required();

  cli::ImportFjspOptions fjsp;
  CLI::App* fjsp_command =
      import_command->add_subcommand("fjsp", "a flexible job shop in the format of Brandimarte (.fjs)");
  fjsp_command->add_option("FILE", fjsp.file, "jobs as lines of operations with their machines and durations")
      ->required();
  fjsp_command->add_option("-o,--out", fjsp.out, "scenario file to write")->required();

  cli::ImportSmt2020Options smt2020;
  CLI::App* smt2020_command =
      import_command->add_subcommand("smt2020", "a semiconductor fab of the SMT2020 data sets: a folder of tables");
  smt2020_command->add_option("DIR", smt2020.folder, "tool.txt.1l, part.txt, order.txt, routes and so on")->required();
  smt2020_command->add_option("-o,--out", smt2020.out, "scenario file to write")->required();

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
  if (compare_command->parsed()) return cli::compare(compare);
  if (stress_command->parsed()) return cli::stress(stress);
  if (reinforce_command->parsed()) return cli::reinforce(reinforce);
  if (sweep_command->parsed()) return cli::sweep(sweep);
  if (optimise_command->parsed()) return cli::optimise(optimise);
  if (explain_command->parsed()) return cli::explain(explain);
  if (willems_command->parsed()) return cli::import_willems(willems);
  if (jsplib_command->parsed()) return cli::import_jsplib(jsplib);
  if (fjsp_command->parsed()) return cli::import_fjsp(fjsp);
  if (smt2020_command->parsed()) return cli::import_smt2020(smt2020);
  if (stockpyl_command->parsed()) return cli::import_stockpyl(stockpyl);
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
