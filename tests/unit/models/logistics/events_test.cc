// The room alone, with a yard that only writes down what arrives: order of arrival and floors of transit.
#include "models/logistics/events.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::logistics {
namespace {

struct Arrival {
  core::Instant at;
  Quantity quantity = 0;
};

class Yard final : public common::Ports {
 public:
  explicit Yard(const Lane& lane) : run_{model_, state_, {kernel_, 0, 0}, *this, settings_} {
    model_.lanes.add(lane);
    model_.links.add({.lane = LaneId{0}, .transit = core::stream_name("shop", "box", "transit")});
    model_.tables = &tables_;
    kernel_.reset(1);
    start(run_);
  }

  // Sends shipment number i, of i + 1 units, at i times `every`.
  void send_all(int shipments, core::Duration every) {
    for (int i = 0; i < shipments; ++i) {
      kernel_.run_before(core::Instant{0} + every * i, *this, dispatch());
      goods_leave({.to = StockId{0},
                   .source = SourceId{0},
                   .quantity = i + 1,
                   .number = static_cast<unsigned>(i),
                   .lane = LaneId{0}});
      sent.push_back(kernel_.now());
    }
    kernel_.run_before(core::kLastInstant, *this, dispatch());
  }

  std::vector<core::Instant> sent;
  std::vector<Arrival> arrivals;

  void goods_leave(const common::Shipment& shipment) override { logistics::goods_leave(run_, shipment); }
  void goods_received(StockId, SourceId, Quantity quantity, core::Ref) override {
    arrivals.push_back({kernel_.now(), quantity});
  }

  // Nothing else is asked of the room's neighbours.
  void production_wanted(common::ProductId, Quantity, std::uint64_t) override { FAIL(); }
  bool line_has_room(common::ProductId) override { return false; }
  void materials_ready(std::uint32_t, std::uint8_t, Quantity) override { FAIL(); }
  double formula(common::FormulaId, std::span<const double>) override { return 0; }
  Quantity release_due(StockId) override { return 0; }
  common::Position position_of(StockId) override { return {}; }
  common::Levels levels_after(StockId, Quantity) override { return {}; }
  void customer_served(common::Claim&, Quantity) override { FAIL(); }
  void customers_ordered(common::StreamId, Quantity) override { FAIL(); }
  void demand_booked(StockId, core::Instant, Quantity) override { FAIL(); }
  Quantity goods_free(StockId) override { return 0; }
  void goods_expected(StockId) const override { FAIL(); }
  void lane_expected(LaneId) const override { FAIL(); }
  void goods_returned(StockId, Quantity) override { FAIL(); }
  std::uint32_t goods_wanted(StockId, common::Claim&) override { return core::kNoRef; }
  void claim_patience(std::uint32_t, core::EventHandle) override { FAIL(); }
  void materials_taken(StockId, Quantity) override { FAIL(); }
  void goods_made(StockId, Quantity) override { FAIL(); }
  void made_otherwise(StockId, Quantity) override { FAIL(); }
  void lot_wanted(const common::WantedLot&) override { FAIL(); }
  void lot_picked(core::Ref, Quantity) override { FAIL(); }
  void lot_made(core::Ref, Quantity) override { FAIL(); }
  void lot_lost(core::Ref, Quantity) override { FAIL(); }
  void line_room_freed(common::LineId) override { FAIL(); }
  Quantity claim_withdrawn(StockId, std::uint32_t) override { return 0; }
  void materials_destroyed(StockId, Quantity) override { FAIL(); }
  void goods_lost(StockId, SourceId, Quantity, core::Ref) override { FAIL(); }
  common::LineUse line_use(common::LineId) override { return {}; }
  common::LineUse centre_use(std::uint32_t) override { return {}; }
  void lever_moved(common::Lever, std::uint32_t, double) override { FAIL(); }
  void destroyed(common::Loss, std::uint32_t, double) override { FAIL(); }

 private:
  static const core::Dispatch<Yard>& dispatch() {
    static const core::Dispatch<Yard> table{{
        {[](Yard& y, const core::Event& e) { handle(y.run_, e.as<GoodsArrived>()); }, 5},
        {[](Yard& y, const core::Event& e) { handle(y.run_, e.as<LaneFreed>()); }, 1},
    }};
    return table;
  }

  core::DistributionTables tables_;
  Model model_;
  State state_;
  core::Kernel kernel_;
  common::RunSettings settings_{.random = {.seed = 5}, .measure_from = {0}, .end = core::kLastInstant};
  Run run_;
};

Lane uniform_lane(core::Duration low, core::Duration high) {
  core::DistributionTables none;
  core::DistributionSpec spec;
  spec.kind = core::DistributionKind::uniform;
  spec.a = static_cast<double>(low.ticks);
  spec.b = static_cast<double>(high.ticks);
  Lane lane;
  lane.from = PlaceId{0};
  lane.to = PlaceId{0};
  lane.transit = core::compile(spec, none);
  return lane;
}

int overtakings(const Yard& yard) {
  int count = 0;
  for (std::size_t i = 1; i < yard.arrivals.size(); ++i) {
    if (yard.arrivals[i].quantity < yard.arrivals[i - 1].quantity) ++count;
  }
  return count;
}

TEST(KeepOrder, LetsNoShipmentOvertakeAnother) {
  Lane lane = uniform_lane(core::kHour, core::kHour * 20);
  Yard free_for_all(lane);
  free_for_all.send_all(500, core::kHour);
  EXPECT_EQ(free_for_all.arrivals.size(), 500U);
  EXPECT_GT(overtakings(free_for_all), 100);

  lane.keep_order = true;
  Yard in_order(lane);
  in_order.send_all(500, core::kHour);
  ASSERT_EQ(in_order.arrivals.size(), 500U);
  EXPECT_EQ(overtakings(in_order), 0);
  // Each comes when the slowest of those sent before it and itself would have come.
  core::Instant latest{0};
  std::vector<core::Instant> alone(500);
  for (const Arrival& a : free_for_all.arrivals) alone[static_cast<std::size_t>(a.quantity - 1)] = a.at;
  for (std::size_t i = 0; i < alone.size(); ++i) {
    latest = std::max(latest, alone[i]);
    EXPECT_EQ(in_order.arrivals[i].at, latest);
  }
}

TEST(KeepOrder, HoldsTogetherWithACapacity) {
  Lane lane = uniform_lane(core::kHour, core::kHour * 20);
  lane.keep_order = true;
  lane.capacity = 3;
  Yard yard(lane);
  yard.send_all(200, core::kHour);
  EXPECT_EQ(yard.arrivals.size(), 200U);
  EXPECT_EQ(overtakings(yard), 0);
}

TEST(AtLeast, RaisesDrawsToTheFloor) {
  // Uniform 0 to 2 h, at least 1 h: half are 1 h, half 1 to 2 h, 1.25 h on average; sd 0.323 h, so 4 sd of the mean of
  // 10000 are 1 %.
  Lane lane = uniform_lane({0}, core::kHour * 2);
  lane.at_least = core::kHour;
  Yard yard(lane);
  yard.send_all(10'000, core::kDay);
  double hours = 0;
  int at_floor = 0;
  for (std::size_t i = 0; i < yard.arrivals.size(); ++i) {
    const core::Duration took = yard.arrivals[i].at - yard.sent[i];
    ASSERT_GE(took, core::kHour);
    hours += core::in_hours(took);
    if (took == core::kHour) ++at_floor;
  }
  EXPECT_NEAR(hours / 10'000, 1.25, 0.0129);
  EXPECT_NEAR(at_floor, 5'000, 200);  // 4 sqrt(10000 / 4)
}

}  // namespace
}  // namespace tierworks::logistics
