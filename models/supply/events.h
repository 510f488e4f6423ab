// What happens in supply, and what other rooms ask of it.
// Orders travel as messages to the supplier's place; goods come back through logistics. Whoever asks for goods becomes a
// claim; claims are served by the stock's rule of allocation, first come first served unless it says otherwise, in parts as
// stock allows.
#pragma once
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/supply/model.h"
#include "models/supply/state.h"

namespace tierworks::supply {

// At the supplier's place. In periods whoever orders without delay says so even when it wants nothing: the supplier waits
// for all of them. What it reports of its echelon follows from facts that are chained already.
struct OrderReceived {
  static constexpr std::size_t kFactBytes = 24;
  SourceId source;
  std::uint32_t unused = 0;
  Quantity quantity = 0;
  std::uint64_t number = 0;  // of the buying stock
  Report report;
};

// A stock is looked at: to order, to hand out what is there among the orders of this instant, or because goods that were in
// work before the start are done.
struct ReviewDue {
  enum class Look : std::uint32_t { order, hand_out, done };
  StockId stock;
  Look look = Look::order;
};

// Some of the goods of a stock are too old from now on, unless they have left it.
struct GoodsExpired {
  StockId stock;
  std::uint32_t unused = 0;
};

// The supplier of a source is to report: at its own place.
struct ReportDue {
  SourceId source;
  std::uint32_t unused = 0;
};

// What one end of a source reported to the other. To a buyer: what is in stock and what waits. To a supplier who keeps the
// buyer's stock: what is there less what waits, and what it received since the start.
struct Reported {
  SourceId source;
  std::uint32_t unused = 0;
  Quantity stock = 0;
  Quantity other = 0;
};

// At the supplier's place: what it has not sent yet is not wanted any more.
struct OrdersCalledBack {
  SourceId source;
  std::uint32_t ordered_elsewhere = 0;  // 1: at once, as much
};

// The answer, at the buyer's place.
struct OrdersGivenBack {
  SourceId source;
  std::uint32_t ordered_elsewhere = 0;
  Quantity quantity = 0;
};

using Events =
    common::WithLater<common::EventList<OrderReceived, OfferReady, ReviewDue>,
                      common::EventList<GoodsExpired, ReportDue, Reported, OrdersCalledBack, OrdersGivenBack>>;

using Run = common::RoomRun<Model, State, Events>;

// Demand and orders of whole periods until `end`: reviews, or days under a continuous policy.
struct Periods {
  core::Spread demand, orders;  // smallest units
};
Periods periods_until(const Stock& stock, const StockState& state, core::Instant end);

void start(Run& run);
void restart_tallies(Run& run);

void handle(Run& run, const OrderReceived& event);
void handle(Run& run, const OfferReady& event);
void handle(Run& run, const ReviewDue& event);
void handle(Run& run, const GoodsExpired& event);
void handle(Run& run, const ReportDue& event);
void handle(Run& run, const Reported& event);
void handle(Run& run, const OrdersCalledBack& event);
void handle(Run& run, const OrdersGivenBack& event);

// Fetches what such an event will touch; see core::Dispatch.
void expect(const Run& run, const OrderReceived& event);
void expect(const Run& run, const ReviewDue& event);
void goods_expected(const Run& run, StockId stock);

// A stock that its supplier keeps says what is left of it.
void tell_supplier(Run& run, StockId stock);

// The room's side of common::Ports; see there.
core::Ref goods_wanted(Run& run, StockId stock, common::Claim& claim);
void materials_taken(Run& run, StockId stock, Quantity quantity);
void goods_made(Run& run, StockId stock, Quantity quantity);
void made_otherwise(Run& run, StockId stock, Quantity more);
void goods_received(Run& run, StockId stock, SourceId source, Quantity quantity, core::Ref ages);
void line_room_freed(Run& run, LineId line);
common::Position position_of(const Run& run, StockId stock);
Quantity claim_withdrawn(Run& run, StockId stock, core::Ref claim);
Quantity goods_free(const Run& run, StockId stock);
void goods_returned(Run& run, StockId stock, Quantity quantity);
void claim_patience(Run& run, core::Ref claim, core::EventHandle patience);
void materials_destroyed(Run& run, StockId stock, Quantity quantity);
void goods_lost(Run& run, StockId stock, SourceId source, Quantity quantity, core::Ref ages);

// Disruptions (disrupted.cc); see common::Lever and common::Loss.
void set_offer_pace(Run& run, OfferId offer, double pace);
void begin_anew(Run& run, OfferId offer);
void set_open(Run& run, StockId stock, bool open);
void set_sight(Run& run, StockId stock, bool sees);
void set_known_to_fail(Run& run, SourceId source, bool fails);
void set_ready(Run& run, SourceId source, bool ready);
// Those whom an answer chose stand first in line, or everybody stands as usual again.
void set_favours(Run& run, StockId stock, bool favours);
void lose_stock(Run& run, StockId stock, double share);
// What is ordered from a source and not yet sent; if `move`, as much is ordered elsewhere once it is given back.
void call_orders_back(Run& run, SourceId source, bool move);
// The order of a paced offer is made; its goods leave when the event that this sends happens.
void work_on_order(Run& run, const OrderReceived& order);

}  // namespace tierworks::supply
