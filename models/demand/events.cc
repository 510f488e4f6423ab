#include "models/demand/events.h"

#include <algorithm>

#include "core/base/prefetch.h"
#include "core/random/ziggurat.h"

namespace tierworks::demand {

namespace phase = common::phase;

namespace {

bool measured(const Run& run, core::Instant arrived) { return !(arrived < run.settings.measure_from); }

// Its allowance ends before the run does.
bool falls_due(const Run& run, StreamId id, core::Instant arrived) {
  return arrived + run.model.streams[id].due < run.settings.end;
}

// An order ends: whole at the customer now, or not at all.
void count_promise(const Run& run, StreamId id, core::Instant arrived, bool promised_later, bool delivered,
                   StreamTally& tally) {
  const core::Instant promised = arrived + run.model.streams[id].promised(promised_later);
  if (!(promised < run.settings.end)) return;
  ++tally.promised;
  if (delivered && !(promised < run.now())) ++tally.kept;
}

// Orders of dates from here on are not made.
core::Instant last_date(const Run& run, const Stream& stream) {
  return stream.is_booked() ? run.settings.end + run.model.bookings[stream.booking].ahead : run.settings.end;
}

// The first period from period n on in which something is ordered; orders are numbered by period.
core::Instant period_of_order(const Run& run, const Stream& stream, std::uint64_t& n) {
  const core::Duration every = core::rounded(stream.interval.p);
  const core::Instant end = last_date(run, stream);
  for (;; ++n) {
    const core::Instant at = core::Instant{0} + stream.first + every * static_cast<std::int64_t>(n);
    if (!(at < end)) return at;
    core::Draw draw = run.settings.random.draw(stream.arrivals, n);
    if (draw.uniform() < stream.chance) return at;
  }
}

// Of the next order, `after` that of the one before; the last instant if there is none.
core::Instant next_date(Run& run, StreamId id, core::Instant after) {
  const Stream& stream = run.model.streams[id];
  StreamState& state = run.state.streams[id];
  const std::uint64_t n = state.next_order;
  if (!stream.trace.empty()) {
    return n < stream.trace.size() ? run.model.trace[stream.trace.first + n].at : core::kLastInstant;
  }
  if (stream.chance < 1) return period_of_order(run, stream, state.next_order);
  if (n == 0 && stream.starts_at_first) return core::Instant{0} + stream.first;
  double interval = stream.interval.p;
  if (!stream.interval.is_constant()) {
    core::Draw draw = run.settings.random.draw(stream.arrivals, n);
    interval = core::sample(stream.interval, *run.model.tables, draw);
  }
  const bool stretched = stream.pattern != kNoPattern && !stream.has_periods();
  return stretched ? run.model.factors(stream).after(after, interval, last_date(run, stream))
                   : after + core::rounded(interval);
}

void schedule_next(Run& run, StreamId id) {
  const Stream& stream = run.model.streams[id];
  const core::Instant at = next_date(run, id, run.now());
  if (at < run.settings.end) run.sender.send(stream.place, at, phase::demand, CustomerOrdered{.stream = id});
}

// At the start, and after a booking: the order of the next date, when it is to be booked.
void book_next(Run& run, StreamId id, core::Instant date) {
  const Stream& stream = run.model.streams[id];
  const core::Duration ahead = run.model.bookings[stream.booking].ahead;
  if (!(date < last_date(run, stream))) return;
  run.bookings.send(stream.place, std::max(run.now(), date - ahead), phase::demand,
                    OrderBooked{.stream = id, .date = date});
}

// The size of order n, rounded to smallest units with the remainder carried on, so that the mean is kept.
Quantity size_of_order(Run& run, const Stream& stream, StreamState& state, std::uint64_t n, core::Instant at) {
  const bool traced = !stream.trace.empty();
  double size = stream.size.p;
  if (traced) {
    const Quantity quantity = run.model.trace[stream.trace.first + n].quantity;
    if (state.factor == 1) return quantity;
    size = static_cast<double>(quantity);
  } else if (stream.remembers) {
    core::Draw draw = run.settings.random.draw(stream.sizes, n);
    const double normal = core::standard_normal(draw);
    state.deviation = n == 0 ? stream.regression.first(normal) : stream.regression.next(state.deviation, normal);
    size = std::max(0.0, stream.regression.mean + state.deviation);
  } else if (!stream.size.is_constant()) {
    core::Draw draw = run.settings.random.draw(stream.sizes, n);
    size = core::sample(stream.size, *run.model.tables, draw);
  }
  if (stream.pattern != kNoPattern && stream.has_periods() && !traced) size *= run.model.factors(stream).factor(at);
  if (state.factor != 1) size *= state.factor;
  const double wanted = std::min(size, static_cast<double>(common::kMostQuantity)) + state.carry;
  const auto whole = static_cast<Quantity>(std::max(0.0, wanted + 0.5));
  state.carry = wanted - static_cast<double>(whole);
  return whole;
}

void delivered(Run& run, StreamId id, core::Instant arrived, bool promised_later) {
  if (!measured(run, arrived)) return;
  StreamTally& tally = run.state.streams[id].tally;
  if (run.model.streams[id].promises) count_promise(run, id, arrived, promised_later, true, tally);
  const core::Duration took = run.now() - arrived;
  ++tally.completed;
  if (falls_due(run, id, arrived)) {
    ++tally.due;
    if (took <= run.model.streams[id].due) ++tally.on_time;
  }
  tally.lead_time.add(core::in_hours(took));
  const core::Duration due = run.model.streams[id].due;
  if (due < took) tally.tardy_hours += core::in_hours(took - due);
  tally.lead_times.add(run.state.lead_time_pages, run.lane(), took.ticks);
}

void keep_gap(Run& run, StreamId id, const ServiceGap& gap) {
  run.state.streams[id].gaps.push_back(run.state.gaps, run.state.gaps.allocate(run.lane(), gap));
}

void lose(Run& run, StreamId id, core::Instant arrived, Quantity quantity, bool promised_later = false) {
  if (run.settings.keeps_gaps && quantity > 0) {
    keep_gap(run, id, {.due = run.now(), .until = core::kLastInstant, .units = quantity, .lost = true});
  }
  if (quantity == 0 || !measured(run, arrived)) return;
  StreamTally& tally = run.state.streams[id].tally;
  tally.lost += quantity;
  if (falls_due(run, id, arrived)) ++tally.due;
  if (run.model.streams[id].promises) count_promise(run, id, arrived, promised_later, false, tally);
}

void may_come_back(Run& run, StreamId id, StockId stock, core::Instant reaches, Quantity quantity) {
  const Stream& stream = run.model.streams[id];
  core::Draw draw = run.settings.random.draw(stream.returns, run.state.streams[id].deliveries++);
  if (!(draw.uniform() < stream.returned_share)) return;
  const core::Instant back = reaches + core::rounded(core::sample(stream.returned_after, *run.model.tables, draw));
  run.sender.send(stream.place, back, run.settings.phases.arrival,
                  GoodsReturned{.stream = id, .stock = stock, .quantity = quantity});
}

// Of what is missing at the stock, what this customer takes from others; `whole` if that is all that it ordered.
Quantity substituted(Run& run, const Stream& stream, const common::Claim& claim, Quantity missing, bool whole) {
  core::Draw draw = run.settings.random.draw(stream.substitution, claim.number);
  Quantity taken = 0;
  for (std::uint32_t i = stream.substitutes.first; i < stream.substitutes.last && taken < missing; ++i) {
    const Substitute& other = run.model.substitutes[i];
    if (other.in_reserve && run.state.offered[i] == 0) continue;
    if (!(draw.uniform() < other.accepted)) continue;
    const Quantity part = std::min(run.ports.goods_free(other.stock), missing - taken);
    if (part == 0) continue;
    common::Claim instead = claim;
    instead.waits = false;
    instead.open = part;
    instead.from_another = true;
    instead.part_only = !(whole && taken + part == missing);  // the last part of the order completes it
    run.ports.goods_wanted(other.stock, instead);
    taken += part - instead.open;
    if (stream.returned_share > 0 && part > instead.open) {
      may_come_back(run, StreamId{claim.who}, other.stock, stream.has_transit ? instead.latest : run.now(),
                    part - instead.open);
    }
  }
  return taken;
}

}  // namespace

void start(Run& run) {
  run.state.streams.assign(run.model.streams.size(), StreamState{});
  run.state.lead_time_pages.reset(run.sender.lanes());
  run.state.gaps.reset(run.sender.lanes());
  run.state.offered.assign(run.model.reserves ? run.model.substitutes.size() : 0, 0);
  run.state.prices.assign(run.model.prices ? run.model.streams.size() : 0, PriceTally{});
  run.state.changes.assign(run.model.bookings.empty() ? 0 : run.model.streams.size(), ChangeTally{});
  for (std::uint32_t i = 0; i < run.model.streams.size(); ++i) {
    const StreamId id{i};
    run.sender.act_as(run.model.streams[id].place);
    run.bookings.act_as(run.model.streams[id].place);
    if (run.model.streams[id].is_booked()) {
      book_next(run, id, next_date(run, id, run.now()));
    } else {
      schedule_next(run, id);
    }
  }
}

void restart_tallies(Run& run) {
  for (StreamState& stream : run.state.streams) {
    core::TimeWeighted waiting = stream.tally.waiting;
    waiting.restart(run.now());
    stream.tally.lead_times.clear(run.state.lead_time_pages, run.lane());
    stream.tally = {};
    stream.tally.waiting = waiting;
  }
  for (PriceTally& prices : run.state.prices) prices = {.price = prices.price};
  for (ChangeTally& changes : run.state.changes) changes = {};
}

namespace {

// Goods are wanted now: the order is served, waits or is lost.
void wants(Run& run, StreamId id, std::uint64_t number, Quantity quantity) {
  const Stream& stream = run.model.streams[id];
  StreamState& state = run.state.streams[id];
  state.seen.add(run.now(), quantity);
  StreamTally& tally = state.tally;
  ++tally.orders;
  tally.demanded += quantity;
  // Everything counts as waiting for the instant in which it is ordered; what is handed over leaves the count again.
  tally.waiting.add(run.now(), quantity);
  common::Claim claim{.kind = common::Claim::Kind::customer,
                      .waits = stream.waits,
                      .favoured = stream.favoured,
                      .group = stream.group,
                      .who = id.index,
                      .priority = stream.priority,
                      .number = number,
                      .open = quantity,
                      .arrived = run.now()};
  if (stream.is_signal) run.ports.customers_ordered(id, quantity);
  if (!stream.substitutes.empty()) {
    const Quantity missing = quantity - std::min(quantity, run.ports.goods_free(stream.stock));
    const Quantity taken = missing > 0 ? substituted(run, stream, claim, missing, missing == quantity) : 0;
    tally.at_once += taken;
    tally.substituted += taken;
    claim.open -= taken;
    if (claim.open == 0) return;
  }
  const Quantity wanted = claim.open;
  claim.promised_later = stream.promises && run.ports.goods_free(stream.stock) < wanted;
  const core::Ref waiting = run.ports.goods_wanted(stream.stock, claim);
  const Quantity missing = claim.open;
  tally.at_once += wanted - missing;
  if (missing == 0) return;
  tally.not_at_once += missing;
  if (waiting == core::kNoRef) {
    tally.waiting.add(run.now(), -missing);
    lose(run, id, run.now(), missing, claim.promised_later);
  } else if (stream.patience.ticks > 0) {
    run.ports.claim_patience(waiting, run.sender.send(stream.place, run.now() + stream.patience, phase::demand,
                                                      PatienceEnded{.stream = id,
                                                                    .promised_later = claim.promised_later,
                                                                    .arrived = run.now(),
                                                                    .claim = waiting}));
  }
}

// Whether, how and when the customer of a booked order changes it.
void foresee_change(Run& run, StreamId id, const BookingDue& order, core::Instant date) {
  using Change = BookingChanged::Change;
  const Stream& stream = run.model.streams[id];
  const Booking& booking = run.model.bookings[stream.booking];
  core::Draw draw = run.settings.random.draw(stream.changes, order.number);
  const double fate = draw.uniform();
  BookingChanged changed{.stream = id, .date = date, .number = order.number, .quantity = order.quantity};
  if (fate < booking.cancelled) {
    changed.change = Change::cancelled;
  } else if (fate < booking.cancelled + booking.pulled_in) {
    changed.change = Change::pulled_in;
  } else if (fate < booking.cancelled + booking.pulled_in + booking.pushed_out) {
    changed.change = Change::pushed_out;
  } else {
    run.bookings.send(stream.place, date, phase::demand, order);
    return;
  }
  const double window = static_cast<double>((booking.change_from - booking.change_until).ticks);
  const core::Instant at = date - booking.change_until - core::rounded(draw.uniform() * window);
  run.bookings.send(stream.place, std::max(run.now(), at), phase::demand, changed);
}

void book(Run& run, StreamId id, core::Instant date) {
  const Stream& stream = run.model.streams[id];
  StreamState& state = run.state.streams[id];
  const std::uint64_t number = state.next_order++;
  const Quantity quantity = size_of_order(run, stream, state, number, date);
  if (quantity == 0) return;
  run.ports.demand_booked(stream.stock, date, quantity);
  foresee_change(run, id, {.stream = id, .number = number, .quantity = quantity}, date);
}

}  // namespace

void handle(Run& run, const CustomerOrdered& event) {
  const Stream& stream = run.model.streams[event.stream];
  StreamState& state = run.state.streams[event.stream];
  const std::uint64_t number = state.next_order++;
  const Quantity quantity = size_of_order(run, stream, state, number, run.now());
  schedule_next(run, event.stream);
  if (quantity > 0) wants(run, event.stream, number, quantity);
}

void handle(Run& run, const OrderBooked& event) {
  const core::Duration ahead = run.model.bookings[run.model.streams[event.stream].booking].ahead;
  // At the start all that are wanted within this time are booked at once.
  core::Instant date = event.date;
  while (!(run.now() + ahead < date)) {
    book(run, event.stream, date);
    date = next_date(run, event.stream, date);
  }
  book_next(run, event.stream, date);
}

void handle(Run& run, const BookingChanged& event) {
  using Change = BookingChanged::Change;
  const Stream& stream = run.model.streams[event.stream];
  const Booking& booking = run.model.bookings[stream.booking];
  run.ports.demand_booked(stream.stock, event.date, -event.quantity);
  ChangeTally& changes = run.state.changes[event.stream];
  if (event.change == Change::cancelled) return changes.cancelled.add(event.quantity);
  const bool sooner = event.change == Change::pulled_in;
  (sooner ? changes.pulled_in : changes.pushed_out).add(event.quantity);
  const core::Instant date = sooner ? std::max(run.now(), event.date - booking.sooner) : event.date + booking.later;
  run.ports.demand_booked(stream.stock, date, event.quantity);
  run.bookings.send(stream.place, date, phase::demand,
                    BookingDue{.stream = event.stream, .number = event.number, .quantity = event.quantity});
}

void handle(Run& run, const BookingDue& event) { wants(run, event.stream, event.number, event.quantity); }

void expect(const Run& run, const CustomerOrdered& event) {
  core::prefetch(run.state.streams[event.stream]);
  core::prefetch(run.model.streams[event.stream]);
  run.ports.goods_expected(run.model.streams[event.stream].stock);
}

void customer_served(Run& run, common::Claim& claim, Quantity quantity) {
  const StreamId id{claim.who};
  const Stream& stream = run.model.streams[id];
  StreamTally& tally = run.state.streams[id].tally;
  tally.waiting.add(run.now(), -quantity);
  tally.shipped += quantity;
  if (measured(run, claim.arrived)) tally.waited.add(quantity, run.now() - claim.arrived);
  // In periods everybody waits until goods are handed out; who is served in its own period did not.
  const bool in_its_period = run.settings.in_periods() && run.now() - claim.arrived < run.settings.period;
  if (in_its_period && measured(run, claim.arrived)) {
    tally.at_once += quantity;
    tally.not_at_once -= quantity;
  }
  const bool whole = claim.open == 0 && !claim.part_only;
  if (whole && !claim.patience.is_none()) run.sender.cancel(claim.patience);
  const core::Instant due = claim.arrived + stream.due;
  if (!stream.has_transit) {
    if (run.settings.keeps_gaps && due < run.now()) keep_gap(run, id, {due, run.now(), quantity});
    if (stream.returned_share > 0 && !claim.from_another) may_come_back(run, id, stream.stock, run.now(), quantity);
    if (whole) delivered(run, id, claim.arrived, claim.promised_later);
    return;
  }
  core::Draw draw = run.settings.random.draw(stream.delivery, claim.number, claim.shipments);
  ++claim.shipments;
  claim.latest =
      std::max(claim.latest, run.now() + core::rounded(core::sample(stream.transit, *run.model.tables, draw)));
  if (run.settings.keeps_gaps && due < claim.latest) keep_gap(run, id, {due, claim.latest, quantity});
  if (stream.returned_share > 0 && !claim.from_another) may_come_back(run, id, stream.stock, claim.latest, quantity);
  if (whole) {
    run.sender.send(stream.place, claim.latest, run.settings.phases.arrival,
                    OrderDelivered{.stream = id, .promised_later = claim.promised_later, .arrived = claim.arrived});
  }
}

void set_factor(Run& run, StreamId id, double factor) { run.state.streams[id].factor = factor; }

void set_offered(Run& run, std::uint32_t substitute, bool offered) { run.state.offered[substitute] = offered ? 1 : 0; }

double dear_units(const Run& run, StreamId id) {
  if (run.state.prices.empty()) return 0;
  const PriceTally& prices = run.state.prices[id];
  const Quantity since = run.state.streams[id].tally.shipped - prices.shipped;
  return prices.dear_units + static_cast<double>(since) * (prices.price - 1);
}

void set_price(Run& run, StreamId id, double factor) {
  run.state.prices[id] = {
      .price = factor, .shipped = run.state.streams[id].tally.shipped, .dear_units = dear_units(run, id)};
}

void handle(Run& run, const OrderDelivered& event) {
  delivered(run, event.stream, event.arrived, event.promised_later != 0);
}

void handle(Run& run, const GoodsReturned& event) {
  run.state.streams[event.stream].tally.returned += event.quantity;
  run.ports.goods_returned(event.stock, event.quantity);
}

void handle(Run& run, const PatienceEnded& event) {
  const Quantity open = run.ports.claim_withdrawn(run.model.streams[event.stream].stock, event.claim);
  StreamTally& tally = run.state.streams[event.stream].tally;
  tally.waiting.add(run.now(), -open);
  if (measured(run, event.arrived)) tally.waited.add(open, run.now() - event.arrived);
  lose(run, event.stream, event.arrived, open, event.promised_later != 0);
}

}  // namespace tierworks::demand
