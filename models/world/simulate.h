// One run of a compiled model. A Simulation keeps its memory from run to run; give each thread its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/event_queue.h"
#include "models/common/shop_watcher.h"
#include "models/world/controls.h"
#include "models/world/model.h"
#include "models/world/result.h"

namespace tierworks::world {

// The rows that every run of the model fills, in a fixed order.
std::vector<KpiRow> kpi_rows(const Model& model);

// How a run uses the machine. Nothing of it changes a result.
struct RunPlan {
  std::uint32_t parts = 1;
  std::vector<std::uint32_t> part_of;  // by place; empty if parts == 1
  core::Duration lookahead{1};         // no message between partitions takes less
  std::size_t threads = 1;             // at work on one run
  core::EventSet event_set = core::EventSet::automatic;
};

// What the customers of one stream ordered in a run. Streams of one name in different models draw from the same randomness;
// if orders and hashes are equal, they ordered the same things at the same instants. Likewise lots of a release of a shop
// floor: when they came, and their work.
struct CustomersSeen {
  std::uint64_t stream = 0;  // hash of its name
  std::uint64_t orders = 0;
  std::uint64_t instants = 0, sizes = 0;  // chained hashes
};

class Measure;
struct StockNow;
struct Unserved;

// How the KPIs of a model are measured; a large table, which all Simulations of the model may share.
std::shared_ptr<const Measure> measure_of(const Model& model);
const std::vector<KpiRow>& kpi_rows(const Measure& measure);

class Simulation {
 public:
  explicit Simulation(const Model& model, RunPlan plan = {}, std::shared_ptr<const Measure> measure = nullptr);
  ~Simulation();
  Simulation(Simulation&&) noexcept;

  // The whole run. Throws core::Broken if it breaks one of our own laws (conservation of goods among them): our bug.
  RunResult run(std::uint64_t seed, std::uint32_t replication);

  // The same in steps: start, up to some instants, finish. Between them a run can be forked and kept.
  void start(std::uint64_t seed, std::uint32_t replication);
  // Whoever wants to see what happens on shop floors from the next start on, until somebody else or nobody; of a run in one
  // partition. It changes nothing in it.
  void watch(common::ShopWatcher* watcher);
  // All events before `at`, but none after the end of the run.
  void run_to(core::Instant at);
  RunResult finish();
  // Likewise to the end, with all that is checked there, for the value of one row of the KPIs alone, not of a shop floor's;
  // NaN if the run did not come to its end.
  double finish_for(std::size_t row);

  // By StockId, between steps; see series.h.
  std::vector<StockNow> stocks_now() const;
  // From now on the run keeps what customers did not get when it was due; see service.h.
  void keep_service();
  double demanded_now() const;
  void add_waiting_now(std::vector<double>& waiting) const;
  std::vector<Unserved> unserved() const;
  // A shock of the model strikes at `at`, which is not past; `lasts` instead of what the scenario says. The same run comes of
  // it as if the scenario had said so, without the answers that are `asleep`.
  void strike(disruption::ShockId shock, core::Instant at, std::optional<core::Duration> lasts,
              const disruption::Asleep& asleep = {});
  // What was told to strike at `struck`, and is not over yet, lasts for so long instead, which is longer. If it begins alike
  // (disruption/model.h), the same run comes of it as if it had been told so from the start.
  void lengthen(disruption::ShockId shock, core::Instant struck, core::Duration lasts,
                const disruption::Asleep& asleep = {});
  // From now on the shock, if it waits for how things stand, strikes only when it is told to.
  void look_no_more(disruption::ShockId shock);
  core::Instant now() const;
  std::uint64_t events() const;
  std::uint64_t seed() const;
  std::uint32_t replication() const;
  // Up to now, by rising `stream`.
  std::vector<CustomersSeen> customers_seen() const;
  // Of a run that has come to its end; see controls.h.
  Controls controls() const;

  // This run becomes a copy of the other, which is of the same model, and goes on from there by itself, in this one's plan.
  void fork_from(const Simulation& other);
  // The run as bytes, and back; they mean the same under any plan. Not for another model: see snapshot.h.
  std::string to_bytes(std::size_t head_bytes = 0);  // after so many zero bytes
  bool from_bytes(std::string_view bytes);           // false if they are no run; it must then be started anew

  // How often memory had to grow since the Simulation was made, and how many bytes a fork copies.
  std::uint64_t growths() const;
  std::size_t bytes_used() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tierworks::world
