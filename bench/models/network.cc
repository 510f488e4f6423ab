// A network of 2,000 sites and 450,000 lanes given in CSV: 200 mills sell one item, 300 depots and 1,500 shops keep it by
// (s,S) under daily review; from each depot a lane leads to each shop, which buys by the cheapest. What is measured is what
// a user waits for: reading the files, compiling, and one run of 500 days.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/common/variates.h"
#include "bench/common/yardstick.h"
#include "bench/models/suite.h"
#include "models/world/simulate.h"
#include "scenarios/reader/reader.h"

namespace tierworks::bench {

namespace {

constexpr int kMills = 200, kDepots = 300, kShops = 1500;
constexpr int kDays = 500;
constexpr std::uint64_t kSeed = 1;

// The files, in a folder of its own that goes with it.
class Network {
 public:
  Network() {
    std::string name = (std::filesystem::temp_directory_path() / "tierworks_bench_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw WrongResult("no temporary folder can be made");
    folder_ = name;
    scenario();
    sites();
    lanes();
  }
  ~Network() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  std::string path() const { return (folder_ / "network.yaml").string(); }

 private:
  int below(int n) { return static_cast<int>(random_.word() % static_cast<std::uint64_t>(n)); }
  void write(const char* name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  void scenario() const {
    write("network.yaml", fmt::format("tierworks: 1\ntime: {{horizon: {} d}}\nitems: {{goods: {{value: 10}}}}\n"
                                      "sites: {{table: sites.csv}}\nlanes: {{table: lanes.csv}}\n"
                                      "demand: {{customers: {{at: shop_*, item: goods, orders: every 1 d, size: "
                                      "poisson 10}}}}\n",
                                      kDays));
  }

  void sites() {
    std::string text =
        "name,sells.goods,buys.goods.from,buys.goods.choose,buys.goods.transit,stock.goods.reorder_point,"
        "stock.goods.level,stock.goods.review\n";
    for (int i = 0; i < kMills; ++i) text += fmt::format("mill_{},{{}},,,,,,\n", i);
    for (int i = 0; i < kDepots; ++i) text += fmt::format("depot_{},,mill_{},,3 d,1000,1035,1 d\n", i, below(kMills));
    for (int i = 0; i < kShops; ++i) text += fmt::format("shop_{},,lanes,cheapest,,80,91,1 d\n", i);
    write("sites.csv", text);
  }

  void lanes() {
    std::string text = "name,from,to,transit,cost_per_unit\n";
    for (int d = 0; d < kDepots; ++d) {
      for (int s = 0; s < kShops; ++s) {
        text += fmt::format("{}_{},depot_{},shop_{},{} d,0.{:02}\n", d, s, d, s, 1 + below(5), 1 + below(99));
      }
    }
    write("lanes.csv", text);
  }

  FastWords random_{1};
  std::filesystem::path folder_;
};

struct Costs {
  double reading = 0, compiling = 0, running = 0;  // CPU seconds
  std::uint64_t fingerprint = 0, events = 0, orders = 0;
};

Costs whole_way(const std::string& path) {
  Costs costs;
  common::Diagnostics diagnostics;
  std::unique_ptr<const world::Model> model;
  {
    reader::Reading reading;
    costs.reading = cpu_seconds_of([&] { reading = reader::read_scenario(path, {}, diagnostics); });
    if (reading.spec) costs.compiling = cpu_seconds_of([&] { model = world::compile(*reading.spec, diagnostics); });
    if (!model) {
      std::string words = "the network does not compile";
      for (const common::Diagnostic& diagnostic : diagnostics.list()) words += "\n  " + reading.format(diagnostic);
      throw WrongResult(words);
    }
  }
  world::RunResult result;
  std::vector<world::KpiRow> rows;
  costs.running = cpu_seconds_of([&] {
    const auto measure = world::measure_of(*model);
    rows = world::kpi_rows(*measure);
    result = world::Simulation(*model, {}, measure).run(kSeed, 0);
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (std::string_view(rows[i].kpi->name) != "orders" || rows[i].scope.rfind("site:", 0) != 0) continue;
    if (rows[i].scope.find('/') == std::string::npos) {
      costs.orders += static_cast<std::uint64_t>(std::llround(result.values[i] * kDays));
    }
  }
  costs.fingerprint = result.fingerprint;
  costs.events = result.events;
  return costs;
}

}  // namespace

void measure_network(const Options& options, Figures& figures) {
  constexpr const char* kKey = "network_450000_lanes";
  if (!options.only.wants(kKey)) return;
  const double start = process_cpu_seconds();
  const Network network;
  std::vector<double> reading, compiling, running, all;
  Costs costs;
  Yardstick yardstick;
  for (std::size_t i = 0; i < options.pairs; ++i) {
    const std::uint64_t before = costs.fingerprint;
    costs = whole_way(network.path());
    if (i > 0 && costs.fingerprint != before) throw WrongResult("network: another fingerprint");
    reading.push_back(costs.reading);
    compiling.push_back(costs.compiling);
    running.push_back(costs.running);
    all.push_back(costs.reading + costs.compiling + costs.running);
    yardstick.beside(all.back());
  }
  Figure figure{.key = kKey, .value = median(all), .unit = "CPU seconds, reading included"};
  figure.fingerprint = fmt::format("{:016x}", costs.fingerprint);
  figure.more = {{"reading_seconds", median(reading)},
                 {"compiling_seconds", median(compiling)},
                 {"running_seconds", median(running)},
                 {"events", static_cast<double>(costs.events)},
                 {"orders", static_cast<double>(costs.orders)},
                 {"peak_bytes", number_of_child(fmt::format("--peak-memory-of {}", network.path()))}};
  yardstick.rate(figure);
  figure.cpu_seconds = process_cpu_seconds() - start;
  figures.push_back(figure);
}

void print_peak_memory_of_network(const std::string& path) {
  whole_way(path);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{}\n", usage.ru_maxrss * 1024);
}

}  // namespace tierworks::bench
