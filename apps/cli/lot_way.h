// The way of one lot through a shop floor, as a watched run tells of it, and what the machines did that it waited for.
// Cost: memory of what happened to the lot, whatever the length of the run.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "apps/cli/shop_names.h"
#include "models/common/shop_watcher.h"
#include "models/factory/model.h"

namespace tierworks::cli {

inline constexpr std::uint32_t kNobody = 0xffffffffU;
// Of a wait for machines: what they did, and why idle ones did not start the lot.
using Causes = std::array<double, factory::kActivities + common::kHeldBack>;

// One thing that happened to the lot.
struct Stay {
  enum class Kind : std::uint8_t { on_machine, worked, queue, components, parts, card, pool, whole };
  Kind kind = Kind::queue;
  core::Instant from, until;
  std::uint32_t centre = 0, machine = kNobody;
  std::uint8_t activity = 0;
  std::uint32_t operation = 0;
  Causes causes{};                       // hours of a machine of the work centre, mean
  std::uint32_t told_machine = kNobody;  // that was heard of last
  core::Instant told_from{0};
  std::map<std::pair<std::uint32_t, std::uint64_t>, double> others;  // lots in work: release, number; hours
  std::vector<std::pair<core::Instant, common::WatchedLot>>
      parts;  // that it waited for, and since when they were there
  std::vector<std::pair<core::Instant, common::HeldBack>> reasons;  // not to start at an idle machine, from then on
};

struct Way {
  enum class End : std::uint8_t { unknown, finished, lost, put_together, inside };
  std::vector<Stay> stays;  // in the order of their beginnings
  End end = End::unknown;
  core::Instant released, at;  // at: its end
  core::Instant due = core::kLastInstant;
  std::optional<core::Instant> divided;  // of a part: from its lot
  // Some that were there, if it was not: lots of the release, or parts of the lot.
  std::set<std::uint64_t> numbers;
};

// The number of the lot that a part belongs to; its own if it is none.
std::uint64_t number_of_whole(std::uint64_t number);

class Diary final : public common::ShopWatcher {
 public:
  Diary(const ShopNames& names, const common::WatchedLot& lot) : names_(names), lot_(lot) {}

  void machine_did(std::uint32_t machine, std::uint8_t activity, core::Instant from, core::Instant until,
                   const common::WatchedLot* lot) override;
  void lot_waited(std::uint32_t centre, common::WaitsFor what, core::Instant from, core::Instant until,
                  const common::WatchedLot& lot) override;
  void lot_held_back(common::HeldBack why, core::Instant at, const common::WatchedLot& lot) override;
  void lot_worked(std::uint32_t centre, core::Instant from, core::Instant until,
                  const common::WatchedLot& lot) override;
  void lot_built_in(const common::WatchedLot& part, core::Instant ready, const common::WatchedLot& into,
                    core::Instant at) override;
  void lot_divided(const common::WatchedLot& part, core::Instant at) override;
  void lot_put_together(const common::WatchedLot& part, core::Instant ready, core::Instant at) override;
  void lot_left(const common::WatchedLot& lot, core::Instant released, core::Instant due, core::Instant at,
                bool lost) override;
  void lot_stays(const common::WatchedLot& lot, core::Instant released, core::Instant due, core::Instant at) override;

  // When the run is over.
  Way take_way();

 private:
  bool is_it(const common::WatchedLot& lot);
  void end(Way::End how, core::Instant released, core::Instant due, core::Instant at);
  void add_part(const common::WatchedLot& part, core::Instant ready, core::Instant at, Stay::Kind kind);

  const ShopNames& names_;
  common::WatchedLot lot_;
  Way way_;
  std::vector<std::pair<core::Instant, common::HeldBack>> reasons_;
};

// What machines did while the lot waited for them.
class Neighbours final : public common::ShopWatcher {
 public:
  Neighbours(const factory::Model& model, const ShopNames& names, std::vector<Stay>& stays)
      : model_(model), names_(names), stays_(stays) {}

  void machine_did(std::uint32_t machine, std::uint8_t activity, core::Instant from, core::Instant until,
                   const common::WatchedLot* lot) override;
  void lot_waited(std::uint32_t, common::WaitsFor, core::Instant, core::Instant, const common::WatchedLot&) override {}
  void lot_left(const common::WatchedLot&, core::Instant, core::Instant, core::Instant, bool) override {}

 private:
  void add_idle(Stay& stay, core::Instant first, core::Instant last, double machines) const;

  const factory::Model& model_;
  const ShopNames& names_;
  std::vector<Stay>& stays_;
};

}  // namespace tierworks::cli
