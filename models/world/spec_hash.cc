#include "models/world/spec_hash.h"

#include <bit>
#include <string_view>
#include <type_traits>

#include "core/base/hash.h"

namespace tierworks::world {

namespace {

using core::chained;

// What a description is told beside key and field says nothing of the scenario.
struct Ignored {
  Ignored& doc(std::string_view) { return *this; }
  Ignored& refers_to(common::Refers) { return *this; }
  Ignored& positive() { return *this; }
  Ignored& positive_time() { return *this; }
  Ignored& not_negative() { return *this; }
  Ignored& share() { return *this; }
  Ignored& at_least(std::int64_t) { return *this; }
  Ignored& between(std::int64_t, std::int64_t) { return *this; }
};

// Visits a description as readers do, and chains what it finds.
class Hasher {
 public:
  std::uint64_t hash() const { return hash_; }

  void add(logistics::LaneTable& table) {
    if (table.rows.empty()) return;
    for (logistics::LaneSpec& kind : table.kinds) describe(*this, kind);
    for (const auto& row : table.rows) {
      word((static_cast<std::uint64_t>(row.from) << 32) | row.to);
      word((static_cast<std::uint64_t>(row.kind) << 32) | row.name_end);
    }
    add(table.names);
  }

  template <class T>
  Ignored required(std::string_view key, common::Field<T>& field) {
    return optional(key, field);
  }
  template <class T>
  Ignored optional(std::string_view key, common::Field<T>& field) {
    if (key == "title" || key == "description") return {};
    add(key);
    add(field.stated);
    add(field.value);
    return {};
  }
  template <class T>
  Ignored map(std::string_view key, common::Entries<T>& entries) {
    if (key == "measures") return {};
    add(key);
    add(static_cast<std::int64_t>(entries.size()));
    for (auto& entry : entries.list) {
      add(std::string_view(entry.name));
      if constexpr (requires { entry.spec.stated; }) {
        add(entry.spec.value);
      } else {
        describe(*this, entry.spec);
      }
    }
    return {};
  }
  template <class T>
  Ignored streams(std::string_view key, common::Entries<T>& entries) {
    return map(key, entries);
  }
  template <class T>
  Ignored sources(std::string_view key, common::Entries<T>& entries) {
    return map(key, entries);
  }
  template <class T>
  Ignored section(std::string_view key, T& spec) {
    if (key == "compare" || key == "sweep" || key == "targets") return {};
    add(key);
    if (key != "run") describe(*this, spec);
    return {};
  }

 private:
  void word(std::uint64_t w) { hash_ = chained(hash_, w); }

  void add(std::string_view text) { word(core::fnv1a_end_of_part(core::fnv1a(text))); }
  void add(const std::string& text) { add(std::string_view(text)); }
  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void add(T value) { word(static_cast<std::uint64_t>(value)); }
  void add(double value) { word(std::bit_cast<std::uint64_t>(value)); }
  void add(core::Duration value) { add(value.ticks); }
  void add(const common::Date& date) { add(date.minutes); }
  void add(const common::GeoPoint& point) {
    add(point.latitude);
    add(point.longitude);
  }
  void add(const common::Amount& amount) {
    add(amount.number);
    add(amount.unit);
  }
  void add(const common::AmountRate& rate) {
    add(rate.amount);
    add(rate.per);
  }
  void add(const common::CarryingRate& rate) {
    add(rate.number);
    add(rate.of_value);
    add(rate.per);
  }
  void add(const core::DistributionSpec& d) {
    add(d.kind);
    for (const double parameter : {d.a, d.b, d.c}) add(parameter);
    add(static_cast<std::int64_t>(d.values.size()));
    for (const double v : d.values) add(v);
    for (const double w : d.weights) add(w);
  }
  void add(const common::TimeDistribution& d) { add(d.distribution); }
  void add(const common::QuantityDistribution& d) {
    add(d.distribution);
    add(d.unit);
  }
  void add(const common::OrderPattern& orders) {
    add(orders.kind);
    add(orders.per_day);
    add(orders.interval);
    add(orders.from);
    add(orders.per_period);
    add(orders.rho);
    add(orders.chance);
    add(static_cast<std::int64_t>(orders.trace.size()));
    for (const auto& row : orders.trace) {
      add(row.at.ticks);
      add(row.amount);
    }
  }
  void add(const common::WeekFactors& week) {
    for (const double factor : week.of_day) add(factor);
  }
  void add(const common::SeasonFactors& season) {
    for (const double factor : season.of_month) add(factor);
  }
  void add(const common::Growth& growth) {
    add(growth.share);
    add(growth.per);
  }
  void add(const common::Moment& moment) {
    add(moment.is_date);
    add(moment.after_start);
    add(moment.date);
  }
  void add(const common::ReviewCalendar& review) {
    add(review.every);
    add(review.from);
  }
  void add(const common::OrderDays& order) {
    add(static_cast<std::int64_t>(order.days.size()));
    for (const common::ReviewCalendar& day : order.days) add(day);
  }
  void add(const supply::OnOrderSpecs& on_order) {
    add(static_cast<std::int64_t>(on_order.list.size()));
    for (const supply::OnOrderSpec& one : on_order.list) {
      add(one.amount);
      add(std::string_view(one.supplier));
      add(one.to_supplier);
      add(one.at);
    }
  }
  void add(const supply::StockBand& band) {
    add(band.least);
    add(band.most);
  }
  void add(const disruption::UnderWay& under_way) {
    add(under_way.kind);
    add(under_way.detour);
  }
  void add(const common::SafetyStock& safety) {
    add(safety.kind);
    add(safety.amount);
    add(safety.share);
  }
  void add(const common::ForecastSpec& forecast) {
    add(forecast.kind);
    for (const double constant : {forecast.a, forecast.b, forecast.c}) add(constant);
    add(forecast.periods);
  }
  void add(const production::YieldSpec& yield) {
    add(yield.share);
    add(yield.each);
  }
  void add(const production::KitStart& start) {
    add(start.each_batch);
    add(start.share);
  }
  void add(const production::Campaign& campaign) {
    add(campaign.batches);
    add(campaign.time);
  }
  void add(const production::ChangeOver& times) {
    add(times.all_alike);
    add(times.time);
    for (const production::ChangeOver::Row& row : times.rows) {
      add(row.from);
      add(row.to);
      add(row.time);
    }
  }
  void add(const production::Shifts& shifts) {
    add(static_cast<std::int64_t>(shifts.list.size()));
    for (const production::Shift& shift : shifts.list) {
      for (const bool on : shift.of_day) add(on);
      add(shift.from);
      add(shift.until);
    }
  }
  void add(const production::Days& days) {
    add(days.first);
    add(days.last);
  }
  void add(const production::Holidays& holidays) {
    add(static_cast<std::int64_t>(holidays.list.size()));
    for (const production::Days& days : holidays.list) add(days);
  }
  void add(const production::Staffing& staffing) {
    add(static_cast<std::int64_t>(staffing.list.size()));
    for (const production::Staffing::Row& row : staffing.list) {
      add(row.share);
      add(row.after_holidays);
      add(row.length);
      add(row.days);
    }
  }
  void add(const factory::DispatchRule& dispatch) {
    add(dispatch.by_priority);
    add(dispatch.setup);
    add(dispatch.setup_first);
    add(dispatch.max_wait);
    add(dispatch.rule);
    add(dispatch.parameters.k);
    add(dispatch.parameters.k2);
    add(dispatch.formula);
    add(dispatch.largest_first);
  }
  void add(const factory::CrewTimes& times) {
    for (const factory::CrewTimes::Shift& shift : times.shifts) {
      add(factory::WeekTimes{{shift.span}});
      add(shift.people);
    }
  }
  void add(const factory::WeekTimes& times) {
    for (const factory::WeekTimes::Span& span : times.spans) {
      add(static_cast<std::int64_t>(span.first_day * 7 + span.last_day));
      add(span.from);
      add(span.to);
    }
  }
  void add(const factory::TieBreak& tie) { add(tie.by_arrival); }
  void add(const factory::BufferSize& buffer) {
    add(buffer.most);
    add(buffer.in_pieces);
  }
  void add(const common::DueDate& due) {
    add(due.by_work);
    add(due.given);
    add(due.factor);
    add(due.allowance);
  }
  void add(const factory::Breakdown& breakdown) {
    add(breakdown.every);
    add(breakdown.repair);
    add(breakdown.busy_time);
  }
  void add(const disruption::Factor& factor) { add(factor.share); }
  void add(const disruption::Targets& targets) {
    for (const disruption::Target& target : targets.list) {
      add(target.kind);
      add(target.name);
      add(target.kilometres);
      add(target.centre);
    }
  }
  void add(const disruption::Strike& strike) {
    add(strike.kind);
    add(strike.moment);
    add(strike.over);
    add(strike.every);
  }
  void add(const disruption::Recovery& recovery) {
    add(recovery.kind);
    add(recovery.length);
    for (const disruption::Recovery::Step& step : recovery.steps) {
      add(step.share);
      add(step.after);
    }
  }
  void add(const disruption::Frequency& frequency) {
    add(frequency.least);
    add(frequency.most);
  }
  void add(const LeastShare& least) { add(least.share); }
  void add(const MostTime& most) { add(most.time); }
  void add(const factory::SetupTimes& setup) {
    add(setup.all_alike);
    add(setup.time);
    add(static_cast<std::int64_t>(setup.rows.size()));
    for (const auto& row : setup.rows) {
      add(row.from);
      add(row.to);
      add(row.time);
    }
  }
  void add(const factory::MaintenanceInterval& interval) {
    add(interval.by);
    add(interval.amount);
  }
  void add(const factory::FlowInterval& interval) {
    add(interval.every);
    add(interval.per_piece);
  }
  void add(const factory::BatchSize& batch) {
    add(batch.least);
    add(batch.most);
    add(batch.in_pieces);
    add(batch.longest_wait);
    add(batch.looks_ahead);
  }
  void add(const Choices& choices) {
    for (const std::string& choice : choices) add(choice);
  }
  void add(const common::TimeBand& band) {
    add(band.least);
    add(band.most);
  }
  void add(const supply::CoverDays& cover) {
    add(cover.least);
    add(cover.most);
  }
  void add(const supply::LotRule& lot) {
    add(lot.kind);
    add(lot.size);
    add(lot.periods);
  }
  void add(const supply::KanbanLoop& loop) {
    add(loop.cards);
    add(loop.container);
    add(loop.when_started);
  }
  void add(const common::Unmet& unmet) {
    add(unmet.kind);
    add(unmet.patience);
  }

  std::uint64_t hash_ = core::kFnvBasis;
};

}  // namespace

std::uint64_t spec_hash(const ScenarioSpec& spec) {
  Hasher hasher;
  // Descriptions are written once, for readers that fill a spec and for those that only look; this one only looks.
  describe(hasher, const_cast<ScenarioSpec&>(spec));
  hasher.add(const_cast<ScenarioSpec&>(spec).lane_table);
  return hasher.hash();
}

}  // namespace tierworks::world
