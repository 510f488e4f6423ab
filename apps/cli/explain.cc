// `tierworks explain SCENARIO LOT`: where a lot was, how long, and what the machines did that it waited for. The replication
// is run twice: first for the lot's own way, then for its neighbours at the places and times where it waited, so that memory
// follows the lot and not the run.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/loading.h"
#include "apps/cli/shop_names.h"
#include "apps/cli/terminal.h"
#include "models/factory/state.h"
#include "models/world/simulate.h"

namespace tierworks::cli {

namespace {

using common::WatchedLot;
using core::Duration;
using core::Instant;
using Hours = std::array<double, factory::kActivities>;

constexpr std::uint32_t kNobody = 0xffffffffU;

// One thing that happened to the lot.
struct Stay {
  Instant from, until;
  std::uint32_t centre = 0, machine = kNobody;  // none: in the queue
  std::uint8_t activity = 0;
  std::uint32_t operation = 0;
  Hours causes{};                        // of a wait: what a machine of the work centre did, mean
  std::uint32_t told_machine = kNobody;  // that was heard of last
  Instant told_from{0};
  std::map<std::pair<std::uint32_t, std::uint64_t>, double> others;  // lots in work: release, number; hours
  std::vector<std::pair<Instant, WatchedLot>> parts;                 // that it waited for, and when each was done
};

struct Way {
  std::vector<Stay> stays;
  bool left = false, lost = false;
  Instant released, due, at;
};

class Diary final : public common::ShopWatcher {
 public:
  Diary(const ShopNames& names, const WatchedLot& lot) : names_(names), lot_(lot) {}

  void machine_did(std::uint32_t machine, std::uint8_t activity, Instant from, Instant until,
                   const WatchedLot* lot) override {
    if (lot == nullptr || !is_it(*lot)) return;
    add({.from = from,
         .until = until,
         .centre = names_.centre_of(machine),
         .machine = machine,
         .activity = activity,
         .operation = lot->operation,
         .others = {},
         .parts = {}});
  }
  void lot_waited(std::uint32_t centre, Instant from, Instant until, const WatchedLot& lot) override {
    if (!is_it(lot) || !(from < until)) return;
    add({.from = from, .until = until, .centre = centre, .operation = lot.operation, .others = {}, .parts = {}});
  }
  // Told behind the wait that it ends.
  void lot_built_in(const WatchedLot& part, Instant ready, const WatchedLot& into, Instant at) override {
    if (!is_it(into) || way.stays.empty()) return;
    Stay& last = way.stays.back();
    if (last.machine == kNobody && last.until == at) last.parts.emplace_back(ready, part);
  }
  void lot_left(const WatchedLot& lot, Instant released, Instant due, Instant at, bool lost) override {
    if (!is_it(lot)) return;
    way.left = true;
    way.lost = lost;
    way.released = released;
    way.due = due;
    way.at = at;
  }

  Way way;

 private:
  bool is_it(const WatchedLot& lot) const { return lot.release == lot_.release && lot.number == lot_.number; }
  void add(Stay stay) { way.stays.push_back(std::move(stay)); }

  const ShopNames& names_;
  WatchedLot lot_;
};

// What machines did while the lot waited for them.
class Neighbours final : public common::ShopWatcher {
 public:
  Neighbours(const world::Model& model, const ShopNames& names, std::vector<Stay>& stays)
      : model_(model), names_(names), stays_(stays) {}

  void machine_did(std::uint32_t machine, std::uint8_t activity, Instant from, Instant until,
                   const WatchedLot* lot) override {
    const std::uint32_t centre = names_.centre_of(machine);
    for (Stay& stay : stays_) {
      if (stay.machine != kNobody || stay.centre != centre || !stay.parts.empty()) continue;
      const Instant first = std::max(from, stay.from), last = std::min(until, stay.until);
      if (!(first < last)) continue;
      const double machines = model_.factory.centres[factory::WorkCentreId{centre}].machines.size();
      const double hours = core::in_hours(last - first);
      // Of a batch each lot is told of: the machine's time counts once.
      if (stay.told_machine != machine || stay.told_from != from) stay.causes[activity] += hours / machines;
      stay.told_machine = machine;
      stay.told_from = from;
      if (lot != nullptr) stay.others[{lot->release, lot->number}] += hours;
    }
  }
  void lot_waited(std::uint32_t, Instant, Instant, const WatchedLot&) override {}
  void lot_left(const WatchedLot&, Instant, Instant, Instant, bool) override {}

 private:
  const world::Model& model_;
  const ShopNames& names_;
  std::vector<Stay>& stays_;
};

const char* cause_words(std::size_t activity) {
  constexpr std::array<const char*, factory::kActivities> kWords{
      "no start (batch, run of a set-up, people, tools, kept for a hot lot)",
      "other lots",
      "machines blocked",
      "machines down",
      "set-ups",
      "maintenance",
      "outside shifts"};
  return kWords[activity];
}

std::string causes_text(const Hours& causes) {
  std::vector<std::size_t> order;
  for (std::size_t a = 0; a < causes.size(); ++a) {
    if (causes[a] >= 0.005) order.push_back(a);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return causes[a] > causes[b]; });
  std::string text;
  for (const std::size_t a : order) {
    text += fmt::format("{}{} {:.2f} h", text.empty() ? "" : ", ", cause_words(a), causes[a]);
  }
  return text;
}

std::string others_text(const Stay& stay, const ShopNames& names) {
  constexpr std::size_t kShown = 3;
  std::vector<std::pair<double, std::pair<std::uint32_t, std::uint64_t>>> order;
  for (const auto& [lot, hours] : stay.others) order.emplace_back(-hours, lot);
  std::sort(order.begin(), order.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    text += fmt::format("{}{} {:.2f} h", text.empty() ? "" : ", ",
                        names.lot({.release = order[i].second.first, .operation = 0, .number = order[i].second.second}),
                        -order[i].first);
  }
  if (order.size() > kShown) text += fmt::format(", and {} more", order.size() - kShown);
  return text;
}

// The last one first: it is what made the lot wait.
std::string parts_text(const Stay& stay, const ShopNames& names) {
  constexpr std::size_t kShown = 3;
  auto order = stay.parts;
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return b.first < a.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    text += fmt::format("{}{} done at {:.2f} h", text.empty() ? "" : ", ", names.lot(order[i].second),
                        core::in_hours(order[i].first - Instant{0}));
  }
  if (order.size() > kShown) text += fmt::format(", and {} more", order.size() - kShown);
  return text;
}

// The whole answer.
std::string told(const std::string& name, const Way& way, const ShopNames& names) {
  const auto hours = [](Duration d) { return core::in_hours(d); };
  const auto clock = [&](Instant at) { return hours(at - Instant{0}); };
  std::string text =
      fmt::format("Lot {}: released at {:.2f} h, {} at {:.2f} h, after {:.2f} h", name, clock(way.released),
                  way.lost ? "lost" : "finished", clock(way.at), hours(way.at - way.released));
  if (way.due < core::kLastInstant) {
    text +=
        fmt::format("; due at {:.2f} h, so {:.2f} h {}", clock(way.due),
                    hours(way.due < way.at ? way.at - way.due : way.due - way.at), way.due < way.at ? "late" : "early");
  }
  text += "\n\n";
  Hours sums{}, did{};
  double waited = 0, moved = 0, for_parts = 0;
  Instant last = way.released;
  for (const Stay& stay : way.stays) {
    if (last < stay.from) {
      moved += hours(stay.from - last);
      text += fmt::format("{:10.2f} h  {:8.2f} h  on the way\n", clock(last), hours(stay.from - last));
    }
    last = std::max(last, stay.until);
    const double length = hours(stay.until - stay.from);
    const std::string where = stay.machine == kNobody
                                  ? names.centre(stay.centre)
                                  : fmt::format("{}/{}", names.centre(stay.centre), names.number_of(stay.machine));
    const bool waits = stay.machine == kNobody;
    text += fmt::format("{:10.2f} h  {:8.2f} h  {:<11} {} ({})\n", clock(stay.from), length,
                        waits ? "wait" : activity_words(stay.activity), where,
                        names.operation({.release = 0, .operation = stay.operation, .number = 0}));
    if (!waits) {
      did[stay.activity] += length;
      continue;
    }
    waited += length;
    if (!stay.parts.empty()) {
      for_parts += length;
      text += fmt::format("{:26}for what is built in: {}\n", "", parts_text(stay, names));
      continue;
    }
    for (std::size_t a = 0; a < sums.size(); ++a) sums[a] += stay.causes[a];
    if (const std::string causes = causes_text(stay.causes); !causes.empty()) {
      text += fmt::format("{:26}because of {}\n", "", causes);
    }
    if (const std::string others = others_text(stay, names); !others.empty()) {
      text += fmt::format("{:26}in work: {}\n", "", others);
    }
  }
  if (last < way.at) {
    moved += hours(way.at - last);
    text += fmt::format("{:10.2f} h  {:8.2f} h  on the way\n", clock(last), hours(way.at - last));
  }
  text += fmt::format("\nIn all: waits {:.2f} h", waited);
  for (std::size_t a = 0; a < did.size(); ++a) {
    if (did[a] > 0) text += fmt::format(", {} {:.2f} h", activity_words(static_cast<std::uint8_t>(a)), did[a]);
  }
  if (moved > 0) text += fmt::format(", on the way {:.2f} h", moved);
  text += "\n";
  std::string causes = causes_text(sums);
  if (for_parts > 0) causes += fmt::format("{}what is built in {:.2f} h", causes.empty() ? "" : ", ", for_parts);
  if (!causes.empty()) text += fmt::format("Waits by cause: {}\n", causes);
  return text;
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto loaded = load(options, true);
  if (!loaded) return kUsersInput;
  const world::Model& model = *loaded->model;
  const ShopNames names(model);
  WatchedLot lot;
  if (!names.find(options.lot, lot)) {
    const std::vector<std::string>& releases = model.factory.release_names;
    if (releases.empty()) {
      message(fmt::format("{}: no site has `work_centres`, so that there are no lots", options.scenario));
    } else {
      const std::string release = options.lot.substr(0, options.lot.rfind('/'));
      message(fmt::format("LOT: got \"{}\", expected a release and a number from 1 on, as {}/17{}", options.lot,
                          releases.front(), common::did_you_mean(release, releases)));
    }
    return kUsersInput;
  }
  const std::uint64_t seed = options.seed.value_or(static_cast<std::uint64_t>(*loaded->spec.run.seed));
  const auto replication = static_cast<std::uint32_t>(options.replication - 1);
  world::Simulation simulation(model);
  Diary diary(names, lot);
  simulation.watch(&diary);
  simulation.run(seed, replication);
  Way& way = diary.way;
  if (!way.left) {
    message(fmt::format("LOT: {} {} of replication {}; give it a longer --horizon or take an earlier lot", options.lot,
                        way.stays.empty() ? "was not released before the end" : "is still in the factory at the end",
                        options.replication));
    return kUsersInput;
  }
  std::sort(way.stays.begin(), way.stays.end(), [](const Stay& a, const Stay& b) { return a.from < b.from; });
  Neighbours neighbours(model, names, way.stays);
  simulation.watch(&neighbours);
  simulation.run(seed, replication);
  print(told(options.lot, way, names));
  return kDone;
}

}  // namespace tierworks::cli
