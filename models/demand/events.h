// Customers order, are served in parts as stock allows, receive, or give up.
#pragma once
#include "models/common/phases.h"
#include "models/common/ports.h"
#include "models/common/room.h"
#include "models/demand/model.h"
#include "models/demand/state.h"

namespace tierworks::demand {

struct CustomerOrdered {
  StreamId stream;
  std::uint32_t unused = 0;
};

struct OrderDelivered {  // whole
  StreamId stream;
  std::uint32_t promised_later = 0;
  core::Instant arrived;
};

struct GoodsReturned {
  StreamId stream;
  common::StockId stock;
  Quantity quantity = 0;
};

struct PatienceEnded {
  static constexpr std::size_t kFactBytes = 16;
  StreamId stream;
  std::uint32_t promised_later = 0;
  core::Instant arrived;
  core::Ref claim = core::kNoRef;  // memory, not fact
  std::uint32_t unused_too = 0;
};

// The order of a date is booked now, and all that are due to be.
struct OrderBooked {
  StreamId stream;
  std::uint32_t unused = 0;
  core::Instant date;
};

// The customer changes a booked order.
struct BookingChanged {
  enum class Change : std::uint32_t { pulled_in, pushed_out, cancelled };
  StreamId stream;
  Change change = Change::cancelled;
  core::Instant date;
  std::uint64_t number = 0;
  Quantity quantity = 0;
};

// The goods of a booked order are wanted.
struct BookingDue {
  StreamId stream;
  std::uint32_t unused = 0;
  std::uint64_t number = 0;
  Quantity quantity = 0;
};

using Events = common::WithLater<common::EventList<CustomerOrdered, OrderDelivered, PatienceEnded>,
                                 common::EventList<GoodsReturned>>;
// Kinds are part of fingerprints, so these stand behind those of all rooms.
using BookingEvents = common::EventList<OrderBooked, BookingChanged, BookingDue>;

struct Run : common::RoomRun<Model, State, Events> {
  common::Sender<BookingEvents> bookings;
};

void start(Run& run);
void restart_tallies(Run& run);

// Fetches what such an event will touch; see core::Dispatch.
void expect(const Run& run, const CustomerOrdered& event);

void handle(Run& run, const CustomerOrdered& event);
void handle(Run& run, const OrderDelivered& event);
void handle(Run& run, const PatienceEnded& event);
void handle(Run& run, const GoodsReturned& event);
void handle(Run& run, const OrderBooked& event);
void handle(Run& run, const BookingChanged& event);
void handle(Run& run, const BookingDue& event);

// The room's side of common::Ports; see there.
void customer_served(Run& run, common::Claim& claim, Quantity quantity);

// From disruptions: sizes of orders from now on.
void set_factor(Run& run, StreamId stream, double factor);
// A row of Model::substitutes that is in reserve.
void set_offered(Run& run, std::uint32_t substitute, bool offered);

// What customers pay from now on; and the units that they pay more than usual, times so much, since measuring began.
void set_price(Run& run, StreamId stream, double factor);
double dear_units(const Run& run, StreamId stream);

// Calls visit(stream, arrived, promised later) for all orders that were shipped whole and have not reached their customer.
template <class F>
void for_each_on_its_way(const Run& run, F&& visit) {
  run.sender.template for_each_pending<OrderDelivered>(
      [&](const OrderDelivered& order) { visit(order.stream, order.arrived, order.promised_later != 0); });
}

}  // namespace tierworks::demand
