// What places tell each other beside orders: suppliers their stock and load to buyers who choose by it, and a stock that its
// supplier keeps (vendor-managed inventory; Waller, Johnson & Davis 1999) what is left of it.
#include "models/supply/events.h"

namespace tierworks::supply {

void handle(Run& run, const ReportDue& event) {
  const Source& source = run.model.sources[event.source];
  Reported report{.source = event.source};
  if (source.kind == Source::Kind::stock) {
    const StockState& stock = run.state.stocks[source.supplier_stock];
    report.stock = stock.available() - stock.backlog;
    report.other = stock.backlog;
  } else {
    const OfferState& offer = run.state.offers[source.offer];
    report.other = offer.ordered - offer.bought;
  }
  run.sender.send(run.model.stocks[source.buyer].place, run.now() + source.report_time, common::phase::demand, report);
  run.sender.send(source.supplier_place, run.now() + source.report_every, common::phase::dispatch, event);
}

namespace {

// The supplier knows what it has sent, and from the report what of it has come; the rest is on the way, or waits here.
void fill_up(Run& run, const Reported& report) {
  const Source& source = run.model.sources[report.source];
  const Stock& stock = run.model.stocks[source.buyer];
  Managed& managed = run.state.managed[report.source];
  const StockView view{.on_hand = report.stock, .on_order = managed.sent - report.other};
  const Quantity wanted = order_of(stock.policy, view);
  if (wanted <= 0) return;
  const Quantity quantity = stock.limits.apply(wanted);
  managed.sent += quantity;
  const std::uint64_t number = managed.orders++;
  handle(run, OrderReceived{.source = report.source, .quantity = quantity, .number = number, .report = {}});
}

}  // namespace

void handle(Run& run, const Reported& event) {
  if (run.model.stocks[run.model.sources[event.source].buyer].vendor_managed) {
    fill_up(run, event);
  } else {
    run.state.seen[event.source] = {event.stock, event.other};
  }
}

void tell_supplier(Run& run, StockId id) {
  const StockState& state = run.state.stocks[id];
  if (state.blind) return;
  const SourceId source{run.model.stocks[id].sources.first};
  // What came is counted down from nothing that was ordered.
  const Reported report{
      .source = source, .stock = state.available() - state.backlog, .other = -run.state.open[source].quantity};
  const Source& link = run.model.sources[source];
  run.sender.send(link.supplier_place, run.now() + link.order_time, common::phase::order, report);
}

}  // namespace tierworks::supply
