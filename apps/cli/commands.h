// The commands of `tierworks`, without their argument parsing. Each returns the exit code: 0 done, 2 the user's input, 3 a target missed.
// Our own faults leave as exceptions. Results go to stdout or to files; progress and messages to stderr.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tierworks::cli {

inline constexpr int kDone = 0, kOurFault = 1, kUsersInput = 2, kTargetMissed = 3, kInterrupted = 130;

// What every command that reads a scenario accepts.
struct ScenarioOptions {
  std::string scenario;
  std::vector<std::string> overrides;  // "path=value"
  std::vector<std::string> policies;   // "KIND=NAME"
  // Paths among the overrides that another option than --set gave, and how messages about them start.
  std::vector<std::pair<std::string, std::string>> told_by;
  std::optional<std::string> horizon, warm_up;
  bool all = false;  // tables whole
};

struct RunOptions : ScenarioOptions {
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> confidence;  // "99.9%"
  std::optional<std::string> precision;   // "1%"
  std::vector<std::string> precise_kpis;
  std::int64_t most_replications = 1000;
  bool control_variates = false;
  std::int64_t threads = 0;     // 0: as many as the machine has
  std::int64_t partitions = 0;  // 0: whatever is fastest
  std::string event_set = "automatic";
  std::optional<std::string> snapshot, snapshot_at, resume;
  std::optional<std::string> series, series_every;
  std::optional<std::string> trace, trace_from, trace_to;
  std::optional<std::string> out;
  bool json = false;
  bool quiet = false;
};

struct CompareOptions : ScenarioOptions {  // `scenario` is used for each of `scenarios` in turn
  std::vector<std::string> scenarios;
  std::vector<std::string> vary, tune;  // "path=v1,v2"
  std::vector<std::string> choices;     // of policies: "KIND=a,b"
  std::optional<std::string> base, decide_on, precision, confidence, indifference;
  std::optional<std::string> select;      // "kn" or "ocba"
  std::optional<std::int64_t> budget;     // replications of all variants, with ocba
  std::vector<std::string> pareto, show;  // KPIs
  std::optional<std::int64_t> replications;
  std::int64_t most_replications = 1000;
  bool control_variates = false;
  std::optional<std::uint64_t> seed;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::optional<std::string> out;
  bool json = false;
  bool quiet = false;
};

// Which shocks are tried.
struct ShockOptions {
  std::vector<std::string> shocks;     // of the scenario
  std::vector<std::string> on;         // "sites", "lanes", "items", "regions"
  std::vector<std::string> durations;  // "2wk"
  std::vector<std::string> with;       // "answers", "none"
};

struct StressCommandOptions : ScenarioOptions, ShockOptions {
  std::optional<std::string> band, confidence;
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> seed;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::optional<std::string> out;
  bool resume = false;
  bool from_scratch = false;
  bool json = false;
  bool quiet = false;
};

struct ReinforceOptions : ScenarioOptions, ShockOptions {
  std::string budget;  // "2 M"
  double years = 1;    // over which yearly costs count
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> seed;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::optional<std::string> out;
  bool json = false;
  bool quiet = false;
};

struct SweepOptions : ScenarioOptions {
  std::vector<std::string> vary, ranges;  // "path=v1,v2", "path=lo..hi"
  std::vector<std::string> choices;       // of policies: "KIND=a,b"
  std::optional<std::string> design;      // "grid", "lhs" or "sobol"
  std::optional<std::int64_t> points;
  std::optional<std::string> decide_on, confidence;
  std::vector<std::string> show;  // KPIs
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> seed;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::optional<std::string> out;
  bool json = false;
  bool quiet = false;
};

struct OptimiseOptions : ScenarioOptions {
  std::vector<std::string> ranges;  // "path=lo..hi"
  bool integer = false;             // whole numbers only
  std::optional<std::string> minimise, maximise;
  std::vector<std::string> subject_to;  // "fill_rate >= 95 %"
  std::vector<std::string> show;        // KPIs
  std::int64_t budget = 100;            // points
  std::int64_t finalists = 5;
  std::optional<std::string> indifference, confidence;
  std::int64_t most_replications = 200;
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> seed;
  std::int64_t threads = 0;  // 0: as many as the machine has
  std::optional<std::string> out;
  bool json = false;
  bool quiet = false;
};

struct ExplainOptions : ScenarioOptions {
  std::string lot;  // "jobs/17"
  std::optional<std::uint64_t> seed;
  std::int64_t replication = 1;
};

struct ImportWillemsOptions {
  std::string stages, links, out;
};

struct ImportJsplibOptions {
  std::string file, out;
};

struct ImportFjspOptions {
  std::string file, out;
};

struct ImportSmt2020Options {
  std::string folder, out;
};

struct ImportStockpylOptions {
  std::string instance, demand, out;
};

int check(const ScenarioOptions& options);
// `program`: name and version, which a snapshot must share.
int run(const RunOptions& options, const std::string& program);
int compare(const CompareOptions& options);
int stress(const StressCommandOptions& options);
int reinforce(const ReinforceOptions& options);
int sweep(const SweepOptions& options);
int optimise(const OptimiseOptions& options);
int explain(const ExplainOptions& options);
int import_willems(const ImportWillemsOptions& options);
int import_jsplib(const ImportJsplibOptions& options);
int import_fjsp(const ImportFjspOptions& options);
int import_smt2020(const ImportSmt2020Options& options);
int import_stockpyl(const ImportStockpylOptions& options);
// "scenario": every key of a scenario; "kpis": every KPI.
int reference(const std::string& page);

}  // namespace tierworks::cli
