#include "models/planning/mrp.h"

#include <algorithm>
#include <cmath>

#include "models/planning/bookings.h"
#include "models/planning/policies/net_requirements.h"
#include "models/planning/rings.h"

namespace tierworks::planning {

namespace {

using Span = std::span<double>;

// The parts of a stock's memory; see MrpStock::memory.
struct Parts {
  Span released, planned, gross, scheduled;
};

Parts parts_of(State& state, const MrpStock& stock, std::size_t buckets) {
  double* at = state.memory.vector().data() + stock.memory;
  const std::size_t lead = stock.item.lead;
  return {{at, lead}, {at + lead, buckets}, {at + lead + buckets, buckets}, {at + lead + 2 * buckets, buckets}};
}

// Of row `bucket` of a range of the schedule.
double scheduled(const Model& model, core::Range rows, std::size_t bucket) {
  const std::size_t row = rows.first + bucket;
  return row < rows.last ? model.schedule[row] : 0;
}

// What customers, and other sites by forecast, are expected to want in bucket `t` of the plan.
double expected(Run& run, const MrpStock& stock, std::size_t bucket_now, std::size_t t) {
  if (stock.forecast.is_none()) return scheduled(run.model, stock.schedule, bucket_now + t);
  const Plan& plan = run.model.plans[stock.forecast];
  const ConstMemory memory{run.state.memory.vector().data() + plan.memory.first, plan.memory.size()};
  const auto ahead = [&](std::size_t periods) {
    return std::visit([&](const auto& m) { return m.ahead(memory, static_cast<double>(periods)); }, plan.method);
  };
  return ahead(t + 1) - ahead(t);
}

// What comes from outside the plan: customers and other sites by forecast, by what is known of them or by what they say, and
// production that is not planned. Needed `safety_time` sooner than it is asked for.
void independent_needs(Run& run, const MrpSite& site, const MrpStock& stock, std::size_t bucket_now, Span gross) {
  const std::size_t early = stock.item.safety_time;
  std::fill(gross.begin(), gross.end(), 0.0);
  const auto need = [&](std::size_t t, double quantity) { gross[t < early ? 0 : t - early] += quantity; };
  if (stock.bookings.is_none()) {
    for (std::size_t t = 0; t < site.buckets + early; ++t) need(t, stock.others + expected(run, stock, bucket_now, t));
  } else {
    const Bookings& bookings = run.model.bookings[stock.bookings];
    look_at_ring(run, bookings.ring);
    const Span wanted = bookings_scratch(run.state, bookings);
    for (std::size_t t = 0; t < wanted.size(); ++t) wanted[t] = expected(run, stock, bucket_now, t);
    add_bookings(run, bookings, wanted);
    for (std::size_t t = 0; t < site.buckets + early; ++t) {
      need(t, stock.others + scheduled(run.model, stock.certain, bucket_now + t) + wanted[t]);
    }
  }
  if (stock.plans.is_none()) return;
  look_at_ring(run, stock.plans);
  for (std::size_t t = 0; t < site.buckets + early; ++t) need(t, ring_at(run, stock.plans, t));
}

// Orders that are open, by the bucket in which they are due; what is overdue is expected now.
void scheduled_receipts(const Run& run, const MrpSite& site, const MrpStock& stock, double on_order,
                        const Parts& parts) {
  std::fill(parts.scheduled.begin(), parts.scheduled.end(), 0.0);
  for (std::uint32_t i = stock.receipts.first; i < stock.receipts.last; ++i) {
    const ScheduledReceipt& receipt = run.model.receipts[i];
    if (!(run.now() < receipt.at)) continue;
    const double part = std::min(on_order, static_cast<double>(receipt.quantity));
    on_order -= part;
    const auto due = static_cast<std::size_t>((receipt.at - run.now()).ticks / site.bucket.ticks);
    if (due < parts.scheduled.size()) parts.scheduled[due] += part;
  }
  const std::size_t lead = parts.released.size();
  for (std::size_t age = 0; age < lead; ++age) {
    const double part = std::min(on_order, parts.released[age]);
    on_order -= part;
    if (const std::size_t due = lead - 1 - age; due < parts.scheduled.size()) parts.scheduled[due] += part;
  }
  parts.scheduled[0] += on_order;
}

// What has changed of the plan since it was last told, in each bucket.
void tell_plan(Run& run, const MrpSite& site, const MrpStock& stock, Span planned) {
  for (std::uint32_t i = stock.tells.first; i < stock.tells.last; ++i) {
    const PlanLink& link = run.model.plan_links[i];
    const Span told{run.state.memory.vector().data() + link.memory, site.buckets};
    std::rotate(told.begin(), told.begin() + 1, told.end());
    told.back() = 0;
    for (std::size_t t = 0; t < site.buckets; ++t) {
      const double share = std::floor(planned[t] * link.share + 0.5);
      if (share == told[t]) continue;
      const core::Instant there = run.now() + site.bucket * static_cast<std::int64_t>(t) + link.order_time;
      run.sender.send(link.place, run.now() + link.delay, common::phase::demand,
                      PlanToldOf{.link = i, .at = there, .change = static_cast<Quantity>(share - told[t])});
      told[t] = share;
    }
  }
}

void plan_site(Run& run, const MrpSite& site, MrpSiteState& state) {
  const bool first = state.planned_at.ticks < 0;
  state.planned_at = run.now();
  const auto bucket_now = static_cast<std::size_t>((run.now() - site.from).ticks / site.bucket.ticks);
  for (std::uint32_t i = site.stocks.first; i < site.stocks.last; ++i) {
    const MrpStock& stock = run.model.mrp_stocks[MrpStockId{i}];
    const bool whole = !(run.now() - core::Instant{0} < site.bucket);
    if (!stock.forecast.is_none() && whole) {
      observe(run, stock.forecast, demand_seen(run, stock.stock, run.ports.position_of(stock.stock).demanded));
    }
    independent_needs(run, site, stock, bucket_now, parts_of(run.state, stock, site.buckets).gross);
  }
  double* scratch = run.state.memory.vector().data() + site.memory;
  const auto lent = [&](std::size_t part) { return Span{scratch + part * site.buckets, site.buckets}; };
  for (std::uint32_t i = site.stocks.first; i < site.stocks.last; ++i) {
    const MrpStock& stock = run.model.mrp_stocks[MrpStockId{i}];
    const Parts parts = parts_of(run.state, stock, site.buckets);
    const common::Position position = run.ports.position_of(stock.stock);
    scheduled_receipts(run, site, stock, static_cast<double>(position.on_order), parts);
    // One bucket has passed since the last plan, whose next releases are frozen.
    std::rotate(parts.planned.begin(), parts.planned.begin() + 1, parts.planned.end());
    parts.planned.back() = 0;
    plan_item(stock.item, {.gross = parts.gross,
                           .scheduled = parts.scheduled,
                           .planned = parts.planned,
                           .net = lent(0),
                           .setup = lent(1),
                           .cost = lent(2),
                           .covers = lent(3),
                           .available = static_cast<double>(position.available),
                           .open_from = first ? 0 : stock.frozen});
    tell_plan(run, site, stock, parts.planned);
    if (!parts.released.empty()) {
      std::rotate(parts.released.begin(), parts.released.end() - 1, parts.released.end());
      parts.released[0] = parts.planned[0];
    }
    for (std::uint32_t n = stock.needs.first; n < stock.needs.last; ++n) {
      const MrpNeed& need = run.model.mrp_needs[n];
      const MrpStock& part = run.model.mrp_stocks[need.of];
      const Span gross = parts_of(run.state, part, site.buckets).gross;
      const std::size_t early = part.item.safety_time;
      for (std::size_t t = 0; t < site.buckets; ++t)
        gross[t < early ? 0 : t - early] += need.per_unit * parts.planned[t];
    }
  }
}

}  // namespace

void start_mrp(Run& run) { run.state.sites.assign(run.model.mrp_sites.size(), MrpSiteState{}); }

Quantity release_due(Run& run, StockId id) {
  const MrpStock& stock = run.model.mrp_stocks[run.model.mrp_of[id]];
  const MrpSite& site = run.model.mrp_sites[stock.site];
  MrpSiteState& state = run.state.sites[stock.site];
  if (state.planned_at != run.now()) plan_site(run, site, state);
  return static_cast<Quantity>(parts_of(run.state, stock, site.buckets).planned[0]);
}

}  // namespace tierworks::planning
