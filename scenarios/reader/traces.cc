#include "scenarios/reader/traces.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/reader/parse.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::reader {
namespace {

enum class Clock { time, date, day };
struct TimeColumn {
  std::string_view name;
  Clock clock;
};
constexpr std::array<TimeColumn, 3> kTimeColumns{{{"time", Clock::time}, {"date", Clock::date}, {"day", Clock::day}}};

class TraceReader {
 public:
  TraceReader(Context& context, const world::ScenarioSpec& scenario, const CsvFile& file, NodeId named_at,
              bool may_be_due)
      : context_(context),
        scenario_(scenario),
        file_(file),
        table_(*file.table),
        named_at_(named_at),
        may_be_due_(may_be_due) {}

  void read(common::OrderPattern& orders) {
    std::vector<common::OrderPattern::TraceRow>& trace = orders.trace;
    if (!find_columns()) return;
    orders.has_due = due_.has_value();
    const std::size_t faults_before = context_.faults.count();
    core::Instant last{0};
    std::size_t last_line = 0;
    for (const csv::Row& row : table_.rows) {
      const auto at = instant(row, time_);
      const auto due = due_ && !row.cells[*due_].empty() ? instant(row, *due_) : core::kLastInstant;
      const auto quantity = csv::number_in(row.cells[quantity_]);
      if (!quantity || *quantity < 0) {
        fail(row, quantity_, fmt::format("got {}, expected a number >= 0", quoted(row.cells[quantity_])));
      }
      if (!at || !quantity || !due) continue;
      if (*due < *at) {
        fail(row, *due_,
             fmt::format("{} lies before the release of the lots, expected a due date behind it",
                         quoted(row.cells[*due_])));
        continue;
      }
      if (*at < last) {
        fail(row, time_,
             fmt::format("{} lies before the row above it (line {}), expected rows in order of time; sort the "
                         "file",
                         quoted(row.cells[time_]), last_line));
        continue;
      }
      last = *at;
      last_line = row.line;
      if (*quantity > 0) trace.push_back({*at, *quantity, *due});
    }
    if (!trace.empty() || context_.faults.count() != faults_before) return;
    context_.faults.at_value(named_at_,
                             fmt::format("{} orders nothing", quoted(context_.document.at(named_at_).text())));
  }

 private:
  void fail(const csv::Row& row, std::size_t column, std::string message) {
    const Mark mark{static_cast<std::uint32_t>(row.line), static_cast<std::uint32_t>(column + 1)};
    fault_at(context_.document, context_.faults, file_.source, mark, std::move(message));
  }

  bool find_columns() {
    csv::Row header;
    header.line = table_.header_line;
    std::size_t clocks = 0;
    for (const TimeColumn& candidate : kTimeColumns) {
      const auto column = table_.column(candidate.name);
      if (!column) continue;
      time_ = *column;
      clock_ = candidate.clock;
      ++clocks;
    }
    if (clocks != 1) {
      fail(header, 0,
           fmt::format("{} of the columns `time`, `date` and `day` are there, expected exactly one", clocks));
      return false;
    }
    const auto quantity = table_.column("quantity");
    if (!quantity) {
      fail(header, 0, "the column `quantity` is missing" + common::did_you_mean("quantity", table_.header));
      return false;
    }
    quantity_ = *quantity;
    if (may_be_due_) due_ = table_.column("due");
    if (clock_ == Clock::date && !scenario_.time.start.stated) {
      context_.faults.at_value(named_at_, fmt::format("{} has dates, which need `time: {{start: ...}}` in the scenario",
                                                      quoted(context_.document.at(named_at_).text())));
      return false;
    }
    return true;
  }

  std::optional<core::Instant> instant(const csv::Row& row, std::size_t column) {
    const std::string& cell = row.cells[column];
    std::string expected;
    if (clock_ == Clock::time) {
      const auto duration = parse_duration(cell, expected);
      if (duration) return core::Instant{duration->ticks};
    } else if (clock_ == Clock::date) {
      const auto date = parse_date(cell, expected);
      if (date) {
        const std::int64_t minutes = date->minutes - scenario_.time.start.value.minutes;
        const bool fits = minutes >= 0 && minutes <= core::kLastInstant.ticks / core::kMinute.ticks;
        if (fits) return core::Instant{minutes * core::kMinute.ticks};
        expected = "a date between `time.start` and 571 years after it";
      }
    } else {
      const auto days = csv::number_in(cell);
      constexpr double kDay = static_cast<double>(core::kDay.ticks);
      if (days && *days >= 0 && *days * kDay <= static_cast<double>(core::kLastInstant.ticks)) {
        return core::Instant{std::llround(*days * kDay)};
      }
      expected = "a number of days >= 0 since the start";
    }
    fail(row, column, fmt::format("got {}, expected {}", quoted(cell), expected));
    return std::nullopt;
  }

  Context& context_;
  const world::ScenarioSpec& scenario_;
  const CsvFile& file_;
  const csv::CsvTable& table_;
  NodeId named_at_;
  std::size_t time_ = 0;
  std::size_t quantity_ = 0;
  std::optional<std::size_t> due_;
  bool may_be_due_;
  Clock clock_ = Clock::time;
};

}  // namespace

void read_traces(Context& context, world::ScenarioSpec& scenario) {
  const auto read = [&](common::Field<common::OrderPattern>& field, bool of_lots = false) {
    common::OrderPattern& orders = field.value;
    if (!field.stated || orders.kind != common::OrderPattern::Kind::trace) return;
    const NodeId named_at = Document::node_of(field.origin);
    const CsvFile* const file = context.csv_files.read_named_at(named_at, context.faults);
    if (file != nullptr) TraceReader(context, scenario, *file, named_at, of_lots).read(orders);
  };
  for (auto& stream : scenario.demand.list) read(stream.spec.orders);
  for (auto& site : scenario.sites.list) {
    for (auto& release : site.spec.factory.releases.list) read(release.spec.lots, true);
  }
}

}  // namespace tierworks::reader
