#include "scenarios/reader/values.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "scenarios/reader/phrases.h"
#include "scenarios/reader/weekday_review.h"

namespace tierworks::reader {
namespace {

std::string bounds(const Limits& limits) {
  if (limits.low && limits.high) {
    return *limits.low == *limits.high ? fmt::format(" equal to {}", *limits.low)
                                       : fmt::format(" from {} to {}", *limits.low, *limits.high);
  }
  if (limits.low) return fmt::format(" >= {}", *limits.low);
  if (limits.positive) return " > 0";
  return limits.not_negative ? " >= 0" : "";
}

// `a number like ...` becomes `a number > 0 like ...`.
std::string narrowed(std::string expected, const Limits& limits) {
  const std::size_t place = std::min(expected.find(" like "), expected.find(';'));
  return expected.insert(std::min(place, expected.size()), bounds(limits));
}

bool reject(Context& context, NodeId node, const std::string& expected) {
  context.faults.at_value(node, fmt::format("got {}, expected {}", found(context.document, node), expected));
  return false;
}

bool within(double number, const Limits& limits) {
  if (limits.positive && !(number > 0)) return false;
  if (limits.not_negative && !(number >= 0)) return false;
  if (limits.low && number < static_cast<double>(*limits.low)) return false;
  return !limits.high || number <= static_cast<double>(*limits.high);
}

// The common road: the text of a scalar through one phrase parser, then the limits.
template <class T, class Parse, class NumberOf>
bool read_phrase(Context& context, NodeId id, const Limits& limits, T& value, Parse parse, NumberOf number_of) {
  const Node& node = context.document.at(id);
  std::string expected;
  const bool is_text = node.kind == NodeKind::scalar;
  auto parsed = parse(is_text ? node.text() : std::string_view{}, expected);
  if (!is_text || node.is_empty()) {
    // What is wrong is the kind: remarks on the words do not apply.
    expected = expected.substr(0, expected.find(';'));
    if (expected.empty()) expected = "a value";
    return reject(context, id, narrowed(expected, limits));
  }
  if (!parsed) return reject(context, id, narrowed(expected, limits));
  if (!within(number_of(*parsed), limits)) {
    std::string kind;
    parse(std::string_view{}, kind);
    return reject(context, id, narrowed(kind.substr(0, kind.find(';')), limits));
  }
  value = std::move(*parsed);
  return true;
}

template <class T, class Parse>
bool read_phrase(Context& context, NodeId id, T& value, Parse parse) {
  return read_phrase(context, id, {}, value, parse, [](const T&) { return 0.0; });
}

ColumnOfFile column_reader(Context& context, NodeId id) {
  return [&context, id](std::string_view file, std::string_view column, std::string& remedy) {
    const std::string folder = context.document.source(context.document.at(id).source).folder;
    return context.csv_files.column(folder, file, column, remedy);
  };
}

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

// A list with a factor for each name, or a map with some of them; the others keep theirs.
template <std::size_t n>
bool read_factors(Context& context, NodeId id, const std::array<std::string_view, n>& names,
                  std::array<double, n>& factors, std::string_view what, std::string_view example) {
  const Document& document = context.document;
  const std::string wanted =
      fmt::format("a map like `{{{}}}`, or a list of {} factors from {} on", example, n, names[0]);
  const NodeKind kind = document.at(id).kind;
  if (kind == NodeKind::scalar) return reject(context, id, wanted);
  if (kind == NodeKind::sequence && document.count_children(id) != n) {
    context.faults.at_value(id, fmt::format("got {} factors, expected {}", document.count_children(id), wanted));
    return false;
  }
  Limits limits;
  limits.not_negative = true;
  bool good = true;
  std::size_t next = 0;
  for (const NodeId child : children(document, id)) {
    std::size_t place = next++;
    if (kind == NodeKind::map) {
      const std::string_view key = document.at(child).key();
      place = static_cast<std::size_t>(std::find(names.begin(), names.end(), key) - names.begin());
      if (place == n) {
        context.faults.at_key(
            child, fmt::format("unknown {} {}{} (known are {})", what, quoted(key),
                               suggestion(context, key, {names.begin(), names.end()}), fmt::join(names, ", ")));
        good = false;
        continue;
      }
    }
    good = read_value(context, child, limits, factors[place]) && good;
  }
  return good;
}

// `edd`, or a list of its words: `[priority, edd]`.
std::string words_of_list(Context& context, NodeId id) {
  const Document& document = context.document;
  if (document.at(id).kind != NodeKind::sequence) return std::string(document.at(id).text());
  std::string text;
  for (const NodeId child : children(document, id)) {
    text += (text.empty() ? "" : " ") + std::string(document.at(child).text());
  }
  return text;
}

template <class T, class Parse>
bool read_words(Context& context, NodeId id, T& value, Parse parse) {
  std::string expected;
  const bool readable = context.document.at(id).kind != NodeKind::map;
  const std::string text = readable ? words_of_list(context, id) : "";
  const auto parsed = parse(text, expected);
  if (!readable || !parsed) return reject(context, id, expected);
  value = *parsed;
  return true;
}

}  // namespace

bool read_value(Context& context, NodeId id, const Limits&, std::string& value) {
  const Node& node = context.document.at(id);
  if (node.kind != NodeKind::scalar || node.text().empty() || node.is_tilde()) return reject(context, id, "a text");
  value = node.text();
  return true;
}

bool read_value(Context& context, NodeId id, const Limits& limits, double& value) {
  if (limits.share) return read_phrase(context, id, value, parse_share);
  return read_phrase(context, id, limits, value, parse_number, [](double number) { return number; });
}

bool read_value(Context& context, NodeId id, const Limits& limits, std::int64_t& value) {
  return read_phrase(context, id, limits, value, parse_integer,
                     [](std::int64_t number) { return static_cast<double>(number); });
}

bool read_value(Context& context, NodeId id, const Limits&, bool& value) {
  return read_phrase(context, id, value, parse_bool);
}

bool read_value(Context& context, NodeId id, const Limits& limits, core::Duration& value) {
  return read_phrase(context, id, limits, value, parse_duration,
                     [](core::Duration d) { return static_cast<double>(d.ticks); });
}

bool read_value(Context& context, NodeId id, const Limits&, common::Date& value) {
  return read_phrase(context, id, value, parse_date);
}

bool read_value(Context& context, NodeId id, const Limits&, std::vector<std::string>& value) {
  const Document& document = context.document;
  const auto add = [&](NodeId item) {
    const Node& node = document.at(item);
    if (node.kind == NodeKind::scalar && node.text_size > 0) {
      value.emplace_back(node.text());
      return true;
    }
    context.faults.at_value(item, fmt::format("got {}, expected values like `[100, 120]`", found(document, item)));
    return false;
  };
  if (document.at(id).kind != NodeKind::sequence) return add(id);
  bool sound = true;
  for (const NodeId child : children(document, id)) sound = add(child) && sound;
  return sound;
}

bool read_value(Context& context, NodeId id, const Limits&, common::GeoPoint& value) {
  const Document& document = context.document;
  std::vector<std::string_view> numbers;
  if (document.at(id).kind == NodeKind::sequence) {
    for (const NodeId child : children(document, id)) {
      if (numbers.size() < 3) numbers.push_back(document.at(child).text());
    }
  }
  const bool is_pair = numbers.size() == 2;
  std::string expected;
  const auto point = parse_location(is_pair ? numbers[0] : "", is_pair ? numbers[1] : "", expected);
  if (point) {
    value = *point;
    return true;
  }
  std::string got = found(document, id);
  if (is_pair) got = fmt::format("[{}, {}]", numbers[0], numbers[1]);
  context.faults.at_value(id, fmt::format("got {}, expected {}", got, expected));
  return false;
}

bool read_value(Context& context, NodeId id, const Limits& limits, common::Amount& value) {
  return read_phrase(context, id, limits, value, parse_amount, [](const common::Amount& a) { return a.number; });
}

bool read_value(Context& context, NodeId id, const Limits&, common::AmountRate& value) {
  return read_phrase(context, id, value, parse_amount_rate);
}

bool read_value(Context& context, NodeId id, const Limits&, common::CarryingRate& value) {
  return read_phrase(context, id, value, parse_carrying_rate);
}

bool read_value(Context& context, NodeId id, const Limits&, common::TimeDistribution& value) {
  const ColumnOfFile columns = column_reader(context, id);
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return parse_time_distribution(text, expected, columns);
  });
}

bool read_value(Context& context, NodeId id, const Limits&, common::QuantityDistribution& value) {
  const ColumnOfFile columns = column_reader(context, id);
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return parse_quantity_distribution(text, expected, columns);
  });
}

bool read_value(Context& context, NodeId id, const Limits&, common::OrderPattern& value) {
  const ColumnOfFile columns = column_reader(context, id);
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return parse_order_pattern(text, expected, columns);
  });
}

bool read_value(Context& context, NodeId id, const Limits&, common::WeekFactors& value) {
  return read_factors(context, id, kDays, value.of_day, "weekday", "sat: 0.5, sun: 0");
}

bool read_value(Context& context, NodeId id, const Limits&, common::SeasonFactors& value) {
  return read_factors(context, id, kMonths, value.of_month, "month", "jul: 1.4, aug: 1.2");
}

bool read_value(Context& context, NodeId id, const Limits&, common::Growth& value) {
  return read_phrase(context, id, value, parse_growth);
}

bool read_value(Context& context, NodeId id, const Limits&, common::Moment& value) {
  return read_phrase(context, id, value, parse_moment);
}

bool read_value(Context& context, NodeId id, const Limits&, common::ReviewCalendar& value) {
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return names_weekday(text) ? parse_weekday_review(text, start_of_run(context, id), expected)
                               : parse_review(text, expected);
  });
}

bool read_value(Context& context, NodeId id, const Limits& limits, common::OrderDays& value) {
  const auto read_one = [&](NodeId node) {
    common::ReviewCalendar day;
    if (!read_value(context, node, limits, day)) return false;
    value.days.push_back(day);
    return true;
  };
  if (context.document.at(id).kind != NodeKind::sequence) return read_one(id);
  bool good = context.document.count_children(id) > 0;
  if (!good) context.faults.at_value(id, "the list is empty, expected at least one day");
  for (const NodeId child : children(context.document, id)) good = read_one(child) && good;
  return good;
}

bool read_value(Context& context, NodeId id, const Limits&, supply::OnOrderSpecs& value) {
  const auto read_one = [&](NodeId node) {
    return read_phrase(context, node, value.list.emplace_back(), parse_on_order);
  };
  if (context.document.at(id).kind != NodeKind::sequence) return read_one(id);
  bool good = true;
  for (const NodeId child : children(context.document, id)) good = read_one(child) && good;
  return good;
}

bool read_value(Context& context, NodeId id, const Limits&, common::SafetyStock& value) {
  return read_phrase(context, id, value, parse_safety);
}

bool read_value(Context& context, NodeId id, const Limits&, common::ForecastSpec& value) {
  return read_phrase(context, id, value, parse_forecast);
}

bool read_value(Context& context, NodeId id, const Limits&, common::Unmet& value) {
  return read_phrase(context, id, value, parse_unmet);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::AllocationRule& value) {
  return read_phrase(context, id, value, parse_allocation);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::PositionOf& value) {
  return read_phrase(context, id, value, parse_position);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::DemandSignal& value) {
  return read_phrase(context, id, value, parse_demand_signal);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::SourcingRule& value) {
  return read_phrase(context, id, value, parse_sourcing);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::TieBreak& value) {
  return read_words(context, id, value, parse_tie);
}

bool read_value(Context& context, NodeId id, const Limits&, common::DueDate& value) {
  return read_phrase(context, id, value, parse_due);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::Breakdown& value) {
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return parse_breakdown(text, expected, column_reader(context, id));
  });
}

bool read_value(Context& context, NodeId id, const Limits&, factory::OperationSpec::Per& value) {
  return read_phrase(context, id, value, parse_per_piece);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::RoutingSpec::Sequence& value) {
  return read_phrase(context, id, value, parse_sequence);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::MachineChoice& value) {
  return read_phrase(context, id, value, parse_machine_choice);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::MaintenanceInterval& value) {
  return read_phrase(context, id, value, parse_maintenance_interval);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::FlowInterval& value) {
  return read_phrase(context, id, value, parse_flow_interval);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::BufferSize& value) {
  return read_phrase(context, id, value, parse_buffer_size);
}

bool read_value(Context& context, NodeId id, const Limits&, factory::BatchSize& value) {
  return read_phrase(context, id, value, parse_batch_size);
}

bool read_value(Context& context, NodeId id, const Limits&, common::TimeBand& value) {
  return read_phrase(context, id, value, parse_time_band);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::CoverDays& value) {
  return read_phrase(context, id, value, parse_cover);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::StockBand& value) {
  return read_phrase(context, id, value, parse_stock_band);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::LotRule& value) {
  return read_phrase(context, id, value, parse_lot_rule);
}

bool read_value(Context& context, NodeId id, const Limits&, supply::KanbanLoop& value) {
  return read_phrase(context, id, value, parse_kanban);
}

bool read_value(Context& context, NodeId id, const Limits& limits, disruption::Factor& value) {
  return read_phrase(context, id, limits, value, parse_factor, [](const disruption::Factor& f) { return f.share; });
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::Targets& value) {
  const auto read_one = [&](NodeId node) {
    return read_phrase(context, node, value.list.emplace_back(), parse_target);
  };
  if (context.document.at(id).kind != NodeKind::sequence) return read_one(id);
  bool good = context.document.count_children(id) > 0;
  if (!good) context.faults.at_value(id, "the list is empty, expected at least one thing that is hit");
  for (const NodeId child : children(context.document, id)) good = read_one(child) && good;
  return good;
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::Strike& value) {
  return read_phrase(context, id, value, [&](std::string_view text, std::string& expected) {
    return parse_strike(text, expected, column_reader(context, id));
  });
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::Recovery& value) {
  return read_phrase(context, id, value, parse_recovery);
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::OpenOrders& value) {
  return read_phrase(context, id, value, parse_open_orders);
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::UnderWay& value) {
  return read_phrase(context, id, value, parse_under_way);
}

bool read_value(Context& context, NodeId id, const Limits&, disruption::Frequency& value) {
  return read_phrase(context, id, value, parse_frequency);
}

bool read_value(Context& context, NodeId id, const Limits&, world::LeastShare& value) {
  return read_phrase(context, id, value, parse_least_share);
}

bool read_value(Context& context, NodeId id, const Limits&, world::MostTime& value) {
  return read_phrase(context, id, value, parse_most_time);
}

bool read_value(Context& context, NodeId id, const Limits&, world::SweepDesign& value) {
  return read_phrase(context, id, value, parse_sweep_design);
}

bool read_value(Context& context, NodeId id, const Limits&, production::MakesSpec::Per& value) {
  return read_phrase(context, id, value, parse_per);
}

bool read_value(Context& context, NodeId id, const Limits&, production::YieldSpec& value) {
  return read_phrase(context, id, value, parse_yield);
}

bool read_value(Context& context, NodeId id, const Limits&, production::WayRule& value) {
  return read_phrase(context, id, value, parse_way_rule);
}

bool read_value(Context& context, NodeId id, const Limits&, production::KitStart& value) {
  return read_phrase(context, id, value, parse_kit_start);
}

bool read_value(Context& context, NodeId id, const Limits&, production::Campaign& value) {
  return read_phrase(context, id, value, parse_campaign);
}

namespace {

// One phrase, or a list of them.
template <class ReadOne>
bool read_each(Context& context, NodeId id, std::string_view what, ReadOne read_one) {
  if (context.document.at(id).kind != NodeKind::sequence) return read_one(id);
  bool good = context.document.count_children(id) > 0;
  if (!good) context.faults.at_value(id, fmt::format("the list is empty, expected at least one {}", what));
  for (const NodeId child : children(context.document, id)) good = read_one(child) && good;
  return good;
}

}  // namespace

bool read_value(Context& context, NodeId id, const Limits&, production::Shifts& value) {
  return read_each(context, id, "shift", [&](NodeId node) {
    std::vector<production::Shift> shifts;
    if (!read_phrase(context, node, shifts, parse_shift)) return false;
    value.list.insert(value.list.end(), shifts.begin(), shifts.end());
    return true;
  });
}

bool read_value(Context& context, NodeId id, const Limits&, production::Holidays& value) {
  return read_each(context, id, "day",
                   [&](NodeId node) { return read_phrase(context, node, value.list.emplace_back(), parse_days); });
}

bool read_value(Context& context, NodeId id, const Limits&, production::Staffing& value) {
  return read_each(context, id, "time with fewer people",
                   [&](NodeId node) { return read_phrase(context, node, value.list.emplace_back(), parse_staffing); });
}

}  // namespace tierworks::reader
