#include "models/world/engine.h"

#include <cstring>

namespace tierworks::world {

namespace {

template <class Room, auto member, core::EventKind first>
void fill(core::Dispatch<Engine>& table) {
  core::EventKind kind = first;
  Room::for_each([&]<class E>() {
    static_assert(core::fact_bytes<E>() % 8 == 0, "facts of an event fill whole words");
    auto& row = table.rows[kind++];
    row.handle = [](Engine& engine, const core::Event& event) { handle(engine.*member, event.as<E>()); };
    row.fact_words = core::fact_bytes<E>() / 8;
    if constexpr (requires(const Engine& engine, const E& event) { expect(engine.*member, event); }) {
      row.expect = [](const Engine& engine, const std::uint64_t* payload) {
        E event;
        std::memcpy(static_cast<void*>(&event), payload, sizeof(E));
        expect(engine.*member, event);
      };
    }
  });
}

// Calls visit(member) for each table and pool of all rooms.
template <class AnyState, class F>
void for_each_member(AnyState& state, F&& visit) {
  std::apply([&](auto&... room) { (std::apply([&](auto&... member) { (visit(member), ...); }, room.members()), ...); },
             state.rooms());
}

}  // namespace

const core::Dispatch<Engine>& Engine::dispatch() {
  static const core::Dispatch<Engine> table = [] {
    core::Dispatch<Engine> t;
    t.rows.resize(kKinds);
    fill<supply::Events, &Engine::supply, kSupplyKinds>(t);
    fill<production::Events, &Engine::production, kProductionKinds>(t);
    fill<logistics::Events, &Engine::logistics, kLogisticsKinds>(t);
    fill<demand::Events, &Engine::demand, kDemandKinds>(t);
    fill<factory::Events, &Engine::factory, kFactoryKinds>(t);
    fill<disruption::Events, &Engine::disruption, kDisruptionKinds>(t);
    fill<demand::Events::Later, &Engine::demand, kLaterDemandKinds>(t);
    fill<disruption::Events::Later, &Engine::disruption, kLaterDisruptionKinds>(t);
    fill<factory::Events::Later, &Engine::factory, kLaterFactoryKinds>(t);
    fill<planning::Events, &Engine::planning, kPlanningKinds>(t);
    fill<supply::Events::Later, &Engine::supply, kLaterSupplyKinds>(t);
    fill<demand::BookingEvents, &Engine::demand, kBookingKinds>(t);
    fill<planning::Events::Later, &Engine::planning, kLaterPlanningKinds>(t);
    return t;
  }();
  return table;
}

void Engine::start() {
  planning::start(planning);
  supply::start(supply);
  production::start(production);
  logistics::start(logistics);
  demand::start(demand);
  factory::start(factory);
  disruption::start(disruption);
}

void Engine::restart_tallies() {
  disruption::restart_tallies(disruption);
  supply::restart_tallies(supply);
  planning::restart_tallies(planning);
  production::restart_tallies(production);
  logistics::restart_tallies(logistics);
  demand::restart_tallies(demand);
  factory::restart_tallies(factory);
}

void Engine::lever_moved(common::Lever lever, std::uint32_t target, double value) {
  using common::Lever;
  switch (lever) {
    case Lever::product_pace:
      return production::set_pace(production, common::ProductId{target}, value);
    case Lever::offer_pace:
      return supply::set_offer_pace(supply, common::OfferId{target}, value);
    case Lever::centre_pace:
      return factory::set_pace(factory, factory::WorkCentreId{target}, value);
    case Lever::crew_there:
      return factory::set_present(factory, factory::CrewId{target}, value);
    case Lever::way_rest:
      return production::set_ready(production, common::ProductId{target}, value <= 0);
    case Lever::offer_rest:
      return demand::set_offered(demand, target, value <= 0);
    case Lever::stock_open:
      return supply::set_open(supply, common::StockId{target}, value > 0);
    case Lever::stock_sight:
      return supply::set_sight(supply, common::StockId{target}, value > 0);
    case Lever::source_sight:
      return supply::set_known_to_fail(supply, common::SourceId{target}, value <= 0);
    case Lever::source_rest:
      return supply::set_ready(supply, common::SourceId{target}, value <= 0);
    case Lever::lane_room:
      return logistics::set_room(logistics, common::LaneId{target}, value);
    case Lever::lane_time:
      return logistics::set_time(logistics, common::LaneId{target}, value);
    case Lever::product_yield:
      return production::set_yield(production, common::ProductId{target}, value);
    case Lever::lane_onward:
      return logistics::set_onward(logistics, common::LaneId{target}, value > 0);
    case Lever::source_price:
      return logistics::set_price(logistics, common::SourceId{target}, value);
    case Lever::source_freight:
      return logistics::set_freight(logistics, common::SourceId{target}, value);
    case Lever::demand_price:
      return demand::set_price(demand, common::StreamId{target}, value);
    case Lever::stock_favours:
      return supply::set_favours(supply, common::StockId{target}, value <= 0);
    case Lever::demand_size:
      return demand::set_factor(demand, common::StreamId{target}, value);
  }
}

void Engine::destroyed(common::Loss loss, std::uint32_t target, double share) {
  using common::Loss;
  switch (loss) {
    case Loss::stock:
      return supply::lose_stock(supply, common::StockId{target}, share);
    case Loss::set_aside:
      return production::lose_set_aside(production, common::ProductId{target}, share);
    case Loss::work:
      return production::lose_work(production, common::ProductId{target}, share);
    case Loss::lots:
      return factory::lose_lots(factory, factory::WorkCentreId{target}, share);
    case Loss::supplier_work:
      return supply::begin_anew(supply, common::OfferId{target});
    case Loss::under_way:
      return logistics::lose_under_way(logistics, common::LaneId{target}, share);
    case Loss::open_orders:
      return supply::call_orders_back(supply, common::SourceId{target}, false);
    case Loss::moved_orders:
      return supply::call_orders_back(supply, common::SourceId{target}, true);
  }
}

void State::copy_from(const State& other) {
  kernel.copy_from(other.kernel);
  core::copy_state(supply, other.supply);
  core::copy_state(planning, other.planning);
  core::copy_state(production, other.production);
  core::copy_state(logistics, other.logistics);
  core::copy_state(demand, other.demand);
  core::copy_state(factory, other.factory);
  core::copy_state(disruption, other.disruption);
}

void State::transfer(core::Transfer& transfer) {
  kernel.transfer(transfer);
  for_each_member(*this, [&](auto& member) { core::transfer_member(transfer, member); });
}

void State::change_partitions(std::span<const std::uint32_t> part_of, std::uint32_t parts) {
  kernel.change_partitions(part_of, parts);
  for_each_member(*this, [&](auto& member) {
    if constexpr (requires { member.change_lanes(parts); }) member.change_lanes(parts);
  });
}

std::uint64_t State::growths() const {
  std::uint64_t sum = kernel.growths();
  for_each_member(*this, [&](auto& member) {
    if constexpr (requires { member.growths(); }) sum += member.growths();
  });
  return sum;
}

std::size_t State::bytes_used() const {
  std::size_t sum = kernel.bytes_used();
  for_each_member(*this, [&](auto& member) {
    if constexpr (requires { member.bytes_used(); }) {
      sum += member.bytes_used();
    } else {
      sum += member.size() * sizeof(*member.begin());
    }
  });
  return sum;
}

}  // namespace tierworks::world
