#include "apps/cli/series.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "apps/cli/terminal.h"
#include "models/common/date_text.h"
#include "models/world/series.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

namespace {

// In units, with the decimals that were counted.
double in_units(common::Quantity quantity, double resolution) {
  const double steps = std::nearbyint(1 / resolution);
  const bool whole_steps = steps >= 1 && std::abs(steps * resolution - 1) < 1e-9;
  return whole_steps ? static_cast<double>(quantity) / steps : static_cast<double>(quantity) * resolution;
}

// A name as a cell: in quotes where it would break the row.
std::string cell(const std::string& name) {
  if (name.find_first_of(",\"\r\n") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

class SeriesFile {
 public:
  SeriesFile(const world::Model& model, std::string path)
      : model_(model), path_(std::move(path)), part_(path_ + ".part"), file_(part_, std::ios::binary) {
    file_ << "day," << (model.start ? "date," : "")
          << "site,item,on_hand,backorders,in_transit,on_order,ordered,demanded,received\n";
    before_.resize(model.supply.stocks.size());
  }
  ~SeriesFile() {
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }

  // The period that began at `begin` ends now.
  void add(core::Instant begin, const std::vector<world::StockNow>& now) {
    std::string rows;
    const double day = core::in_days(begin - core::Instant{0});
    const std::string date = model_.start ? common::date_text(*model_.start, begin) + "," : "";
    for (std::uint32_t i = 0; i < now.size(); ++i) {
      const supply::Stock& stock = model_.supply.stocks[common::StockId{i}];
      const common::Item& item = model_.items[stock.item.index];
      const auto units = [&](common::Quantity q) { return in_units(q, item.resolution); };
      fmt::format_to(std::back_inserter(rows), "{},{}{},{},{},{},{},{},{},{},{}\n", day, date,
                     cell(model_.sites[stock.site.index].name), cell(item.name), units(now[i].on_hand),
                     units(now[i].backorders), units(now[i].in_transit), units(now[i].on_order),
                     units(now[i].ordered - before_[i].ordered), units(now[i].demanded - before_[i].demanded),
                     units(now[i].received - before_[i].received));
    }
    before_ = now;
    file_ << rows;
    if (!file_) fail();
  }

  void finish() {
    file_.close();
    if (!file_ || std::rename(part_.c_str(), path_.c_str()) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const { throw CannotWrite(fmt::format("--series {}: cannot be written", path_)); }

  const world::Model& model_;
  std::string path_, part_;
  std::ofstream file_;
  std::vector<world::StockNow> before_;
};

bool refuse(const std::string& why) {
  message(why);
  return false;
}

}  // namespace

bool write_series(const RunOptions& options, const world::Model& model, experiments::ReplicateOptions& how) {
  if (!options.series) return true;
  if (options.snapshot || options.resume) {
    return refuse("--series: goes with a whole run, expected neither --snapshot nor --resume");
  }
  core::Duration every = model.period.ticks > 0 ? model.period : core::kDay;
  if (options.series_every) {
    std::string expected;
    const auto stated = reader::parse_duration(*options.series_every, expected);
    if (!stated || stated->ticks <= 0) {
      return refuse(fmt::format("--series-every: got \"{}\", expected {}", *options.series_every,
                                expected.empty() ? "a duration above 0 like 1 d" : expected));
    }
    every = *stated;
  }
  how.run_one = [&model, every, path = *options.series, first = how.first_replication](
                    world::Simulation& simulation, std::uint64_t seed, std::uint32_t replication) {
    if (replication != first) return simulation.run(seed, replication);
    SeriesFile file(model, path);
    simulation.start(seed, replication);
    const core::Instant end = core::Instant{0} + model.warm_up + model.horizon;
    for (core::Instant begin{0}; begin < end;) {
      const core::Instant next = end - begin < every ? end : begin + every;
      simulation.run_to(next);
      if (simulation.now() < next) break;  // events cause each other for ever
      file.add(begin, simulation.stocks_now());
      begin = next;
    }
    world::RunResult result = simulation.finish();
    file.finish();
    return result;
  };
  return true;
}

}  // namespace tierworks::cli
