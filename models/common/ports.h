// Where rooms meet: inside one place they call each other through these ports, which `world` routes; between places they
// send events. A room knows only this file, never its siblings.
#pragma once
#include <span>

#include "core/base/pool.h"
#include "core/event/event.h"
#include "models/common/ids.h"

namespace tierworks::common {

// Who waits for goods of a stock, and all that is needed to hand them over.
struct Claim {
  enum class Kind : std::uint8_t {
    customer,  // who = stream, number = order of the stream
    site,      // who = source of the buying stock, number = order of that stock
    work,      // who = production order (a reference of the production room), part = component of its bill of materials
  };
  Kind kind = Kind::customer;
  bool waits = true;  // a customer who does not wait takes what is there and leaves
  std::uint8_t part = 0;
  bool part_only : 1 = false;       // customer: the rest of the order stands elsewhere
  bool from_another : 1 = false;    // customer: a substitute, not what was ordered
  bool promised_later : 1 = false;  // customer: told that the order comes later than it asked for
  bool favoured : 1 = false;        // served first while an answer to a disruption says so
  std::uint8_t group = 0;           // 0, or for whom goods of the stock are kept: of its reserves, from 1 on
  std::uint32_t who = 0;
  std::uint32_t shipments = 0;  // parts handed over so far
  std::uint32_t priority = kLastPriority;
  std::uint64_t number = 0;
  Quantity open = 0;  // still to be handed over
  core::Instant arrived;
  core::Instant latest{0};       // customer: when the last of the parts sent so far is delivered
  core::EventHandle patience{};  // customer: when it gives up
};

// Goods on the way to a stock.
struct Shipment {
  StockId to;
  SourceId source;
  Quantity quantity = 0;
  std::uint64_t number = 0;  // of the order that it fills
  std::uint32_t part = 0;    // of the shipments of that order
  LaneId lane;
  core::Ref ages = core::kNoRef;  // of goods that spoil: a list of the supply room
};

// What planning wants of a stock: to be filled up to `up_to` when its position is below `order_below`.
struct Levels {
  Quantity order_below = 0;
  Quantity up_to = 0;
};

// Of a stock, as planning at the same site sees it.
struct Position {
  Quantity available = 0;  // on hand, less what is set aside or waited for
  Quantity on_order = 0;
  Quantity demanded = 0;  // by customers and other sites since the last review
};

// A lot that a production order wants of a shop floor.
struct WantedLot {
  std::uint32_t release = 0;       // of the factory room
  core::Ref order = core::kNoRef;  // a reference of the production room
  std::uint32_t part = 0;          // of the lots of that order
  std::uint64_t number = 0;        // of the order
  core::Instant ordered{0};        // its due date counts from then
  Quantity quantity = 0;
  std::int64_t pieces = 1;
  bool is_kitted = false;  // its material stays in stock until it is picked
};

// What a disruption, or an answer to one, can move.
enum class Lever : std::uint8_t {
  product_pace,    // of a ProductId: work on it goes at this speed; at 0 it stands and none is begun
  offer_pace,      // of an OfferId: likewise an outside supplier's
  centre_pace,     // of a work centre: so large a share of its machines works
  stock_open,      // of a StockId: at 0 nothing is handed over
  stock_sight,     // of a StockId: at 0 nothing is ordered for it
  source_sight,    // of a SourceId: at 0 its buyer knows that it does not deliver
  source_rest,     // of a SourceId that is in reserve: at 0 it can be ordered from
  lane_room,       // of a LaneId: share of its capacity; at 0 nothing departs
  lane_time,       // of a LaneId: transit times are longer by this factor
  demand_size,     // of a StreamId: orders are larger by this factor
  product_yield,   // of a ProductId: the good share of what is made is this factor of the usual one
  lane_onward,     // of a LaneId: at 0 what is under way on it stands
  source_price,    // of a SourceId: goods that arrive from it cost this factor of the usual price
  source_freight,  // of a SourceId: likewise the freight of what arrives
  demand_price,    // of a StreamId: customers pay this factor of the usual price
  stock_favours,   // of a StockId: at 0 those whom an answer chose are served first
  crew_there,      // of operators: so large a share of them is there
  way_rest,        // of a ProductId that is in reserve: at 0 orders can go that way
  offer_rest,      // of a substitute in reserve: at 0 customers are offered it
};

enum class Loss : std::uint8_t {
  stock,          // of a StockId, beside what is set aside
  set_aside,      // of a ProductId: materials of its production orders
  work,           // of a ProductId: what is in work
  lots,           // of a work centre: lots in its queues and on its machines
  supplier_work,  // of an OfferId: what is in work there is begun anew
  under_way,      // of a LaneId: what has left and not arrived
  open_orders,    // of a SourceId: what is ordered there and not yet sent is called back
  moved_orders,   // of a SourceId: likewise, and ordered at once from another
};

// Of a line, or a work centre, since measuring began; what a disruption that waits for it looks at.
struct LineUse {
  Integral busy_ticks = 0;     // of its servers, or machines at work or set-up
  Integral staffed_ticks = 0;  // in which they could have worked
};

class Ports {
 public:
  virtual ~Ports() = default;
  // supply -> production: make `quantity` for the stock of the product.
  virtual void production_wanted(ProductId product, Quantity quantity, std::uint64_t number) = 0;
  virtual bool line_has_room(ProductId product) = 0;
  // supply -> production: goods that a production order waited for are set aside for it.
  virtual void materials_ready(std::uint32_t production_order, std::uint8_t part, Quantity quantity) = 0;
  // supply -> planning: what the stock should be filled up to, after a review period in which so much was demanded of it.
  virtual Levels levels_after(StockId stock, Quantity demand) = 0;
  // supply -> planning: what a time-phased plan releases for the stock at this instant.
  virtual Quantity release_due(StockId stock) = 0;
  // planning -> supply.
  virtual Position position_of(StockId stock) = 0;
  // What a formula of the user's gives for these values of its names; NaN if that is no finite number.
  virtual double formula(FormulaId formula, std::span<const double> values) = 0;
  // supply -> logistics: send goods off.
  virtual void goods_leave(const Shipment& shipment) = 0;
  // supply -> demand: a part of a customer's order leaves; `claim.open` is what remains after it. Sets claim.latest.
  virtual void customer_served(Claim& claim, Quantity quantity) = 0;
  // demand -> planning: customers of a stream have ordered, as others are told who plan by it.
  virtual void customers_ordered(StreamId stream, Quantity quantity) = 0;
  // demand -> planning: so much more of a stock's goods, or less, is booked by customers for a time to come.
  virtual void demand_booked(StockId stock, core::Instant at, Quantity change) = 0;
  // demand -> supply: what a customer would be handed at once.
  virtual Quantity goods_free(StockId stock) = 0;
  // demand, logistics -> supply: an event to come will touch the stock; see core::Dispatch.
  virtual void goods_expected(StockId stock) const = 0;
  // supply -> logistics: likewise a lane.
  virtual void lane_expected(LaneId lane) const = 0;
  // demand -> supply: goods come back from a customer.
  virtual void goods_returned(StockId stock, Quantity quantity) = 0;
  // production, demand -> supply: goods of a stock are wanted; what is there is handed over at once. Returns the
  // reference of the waiting claim; kNoRef if nobody waits: then `claim.open` is what the customer goes without.
  virtual std::uint32_t goods_wanted(StockId stock, Claim& claim) = 0;
  // demand -> supply: the waiting claim is given up when this event happens; it comes back with the claim when served.
  virtual void claim_patience(std::uint32_t claim, core::EventHandle patience) = 0;
  // production -> factory: let a lot into the shop floor; factory -> production: it is done, or it was destroyed.
  virtual void lot_wanted(const WantedLot& lot) = 0;
  // factory -> production: the material of a lot that is kitted is picked.
  virtual void lot_picked(core::Ref production_order, Quantity quantity) = 0;
  virtual void lot_made(core::Ref production_order, Quantity quantity) = 0;
  virtual void lot_lost(core::Ref production_order, Quantity quantity) = 0;
  // production -> supply: materials set aside earlier are used up or start to be worked on.
  virtual void materials_taken(StockId stock, Quantity quantity) = 0;
  virtual void goods_made(StockId stock, Quantity quantity) = 0;
  // production -> supply: so much more than was on order will be made, or less.
  virtual void made_otherwise(StockId stock, Quantity more) = 0;
  virtual void line_room_freed(LineId line) = 0;
  // logistics -> supply.
  virtual void goods_received(StockId stock, SourceId source, Quantity quantity, core::Ref ages) = 0;
  // demand -> supply: the rest of a waiting claim is given up; returns what was still open.
  virtual Quantity claim_withdrawn(StockId stock, std::uint32_t claim) = 0;
  // production -> supply: materials that had been set aside are destroyed.
  virtual void materials_destroyed(StockId stock, Quantity quantity) = 0;
  // logistics -> supply: goods will never arrive; they are part of those whose ages these are.
  virtual void goods_lost(StockId stock, SourceId source, Quantity quantity, core::Ref ages) = 0;
  // disruption -> production, factory.
  virtual LineUse line_use(LineId line) = 0;
  virtual LineUse centre_use(std::uint32_t work_centre) = 0;
  // disruption -> the room whose it is: a lever stands at `value` from now on, 1 being as usual.
  virtual void lever_moved(Lever lever, std::uint32_t target, double value) = 0;
  // disruption -> the room whose it is: `share` of something is destroyed.
  virtual void destroyed(Loss loss, std::uint32_t target, double share) = 0;
};

}  // namespace tierworks::common
