// Shifts, holidays, fewer people and overtime: instants worked out by hand.
#include "models/production/calendar.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "models/world/outlook.h"
#include "tests/support/simulate.h"

namespace tierworks::production {
namespace {

using core::hours;
using core::Instant;
using tests::Ran;
using tests::simulate_text;

Instant at(double h) { return Instant{hours(h).ticks}; }

TEST(WorkClock, StandsStillInGapsAndIsSlowerWithFewerPeople) {
  // Worked from 8 h to 16 h, and from 32 h on at half the pace.
  const std::array<Stretch, 4> rows{{{at(0), 0, 0},
                                     {at(8), Stretch::kWhole, 0},
                                     {at(16), 0, hours(8).ticks},
                                     {at(32), Stretch::kWhole / 2, hours(8).ticks}}};
  const WorkClock clock{rows};
  EXPECT_EQ(clock.at(at(5)), at(0));
  EXPECT_EQ(clock.at(at(11)), at(3));
  EXPECT_EQ(clock.at(at(20)), at(8));
  EXPECT_EQ(clock.at(at(34)), at(9));
  EXPECT_EQ(clock.after(at(5), hours(1)), at(9));
  EXPECT_EQ(clock.after(at(10), hours(6)), at(16));  // the end of the shift, not the beginning of the next
  EXPECT_EQ(clock.after(at(10), hours(7)), at(34));
  EXPECT_EQ(clock.after(at(20), hours(0)), at(20));
  EXPECT_EQ(clock.between(at(10), at(34)), hours(7));
}

// One order of `units` hours of work at `order`; the hour after the start at which the line is done with it.
double done_at(const std::string& line, const std::string& order, const std::string& units,
               const std::string& more = "") {
  const Ran run = simulate_text(R"(
tierworks: 1
time: {start: 2025-01-06, horizon: 60 d}
items: {part: {}}
sites:
  plant:
    lines: {press: )" + line + R"(}
    makes: {part: {line: press, time: 1 h, batch: 1000}}
demand: {at: plant, item: part, orders: every 100 d from )" +
                                order + ", size: " + units + "}\n" + more);
  const double hour = std::stod(order);
  return hour + run("order_lead_time");
}

TEST(Shifts, WorkOfTenHoursEndsTwoHoursIntoTheNextDay) {
  // 2025-01-06 is a Monday.
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00}", "8 h", "10"), 24 + 10);
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00}", "0 h", "8"), 16);  // ordered before the shift
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00}", "20 h", "1"), 24 + 9);
  EXPECT_DOUBLE_EQ(done_at("{}", "20 h", "10"), 30);
}

TEST(Shifts, WorkGoesOnAfterTheWeekendAndAHoliday) {
  // From Friday 12:00: 4 h that day; Monday 13 January is a holiday; the other 6 h on Tuesday from 08:00 to 14:00.
  const std::string line = "{shifts: mon-fri 08:00-16:00, holidays: 2025-01-13}";
  EXPECT_DOUBLE_EQ(done_at(line, "108 h", "10"), 8 * 24 + 14);
  // The same by days after the start.
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00, holidays: [7 d]}", "108 h", "10"), 8 * 24 + 14);
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00, holidays: 2025-01-13 to 2025-01-15}", "108 h", "10"),
                   10 * 24 + 14);
}

TEST(Shifts, MayCrossMidnightAndBeSeveral) {
  // Nights from 22:00 to 06:00: of 10 h from Monday noon 8 h by Tuesday 06:00, 2 h by midnight.
  EXPECT_DOUBLE_EQ(done_at("{shifts: daily 22:00-06:00}", "12 h", "10"), 48);
  EXPECT_DOUBLE_EQ(done_at("{shifts: daily 22:00-06:00}", "0 h", "1"), 1);  // that of Sunday evening goes on
  EXPECT_DOUBLE_EQ(done_at("{shifts: [mon-tue 06:00-10:00 12:00-14:00, wed 00:00-24:00]}", "0 h", "13"), 49);
}

TEST(Shifts, OfASiteHoldForLinesThatSayNothing) {
  const auto lead_time = [](const std::string& line) {
    return simulate_text(R"(
tierworks: 1
time: {start: 2025-01-06, horizon: 20 d}
items: {part: {}}
sites:
  plant:
    shifts: daily 08:00-16:00
    holidays: 2025-01-07
    lines: {press: )" + line +
                         R"(}
    makes: {part: {line: press, time: 10 h}}
demand: {at: plant, item: part, orders: every 100 d}
)")("order_lead_time");
  };
  EXPECT_DOUBLE_EQ(lead_time("{}"), 48 + 10);
  EXPECT_DOUBLE_EQ(lead_time("{shifts: daily 06:00-18:00}"), 16);
  EXPECT_DOUBLE_EQ(lead_time("{holidays: 2025-01-06}"), 48 + 10);  // 7 January is worked, the 6th is not
}

TEST(Staffing, OfHalfThePeopleTakesTwiceTheTime) {
  const std::string shifts = "shifts: daily 08:00-16:00";
  EXPECT_DOUBLE_EQ(done_at("{" + shifts + ", staffing: 50 % from 2025-01-06 to 2025-01-07}", "0 h", "9"), 48 + 9);
  // A holiday on Monday; two days at half: 4 h each, and the ninth hour on Thursday morning.
  EXPECT_DOUBLE_EQ(done_at("{" + shifts + ", holidays: 2025-01-06, staffing: 50 % for 2 d after holidays}", "0 h", "9"),
                   72 + 9);
}

TEST(Calendar, CountsStaffedHoursOnly) {
  // 4 h of work on each of ten days with a shift of 8 h.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {start: 2025-01-06, warm_up: 2 d, horizon: 10 d}
items: {part: {}}
sites:
  plant:
    lines: {press: {servers: 2, shifts: daily 08:00-16:00, cost_per_hour: 30}}
    makes: {part: {line: press, time: 4 h}}
demand: {at: plant, item: part, orders: every 1 d from 14 h, size: 2}
)");
  // Both servers: 2 h on the day of the order, 2 h in the next morning.
  EXPECT_DOUBLE_EQ(run("utilisation"), 0.5);
  EXPECT_DOUBLE_EQ(run("cost_production"), 8 * 30);
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 20);
}

TEST(Calendar, StretchesLoadsAndLeadTimes) {
  const auto model = tests::model_of_text(R"(
tierworks: 1
time: {start: 2025-01-06, horizon: 28 d}
items: {part: {}}
sites:
  plant:
    lines: {press: {shifts: mon-fri 08:00-16:00}}
    makes: {part: {line: press, time: 2 h}}
    stock: {part: {level: 20}}
demand: {at: plant, item: part, orders: every 1 d, size: 2}
)");
  const world::Outlook outlook = world::outlook(*model);
  EXPECT_NEAR(outlook.lines[0].load, 4 / 24.0 / (40 / 168.0), 1e-12);
  EXPECT_NEAR(outlook.stocks[0].lead_time_hours, 4 / (40 / 168.0), 1e-9);
}

TEST(Calendar, HoldsForWorkThatADisruptionSlows) {
  // From Monday 08:00, 10 h of work; from noon on at half the pace for two days: 4 h + 2 h on Monday, 4 h on Tuesday.
  const std::string slow = "disruptions: {sick: {hits: line plant/press, capacity: 50 %, at: 12 h, for: 2 d}}\n";
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00}", "8 h", "10", slow), 24 + 16);
  const std::string stop =
      "disruptions: {fire: {hits: line plant/press, at: 12 h, for: 22 h}}\n";  // until Tuesday 10:00
  EXPECT_DOUBLE_EQ(done_at("{shifts: mon-fri 08:00-16:00}", "8 h", "10", stop), 24 + 16);
}

TEST(Overtime, IsWorkedByBatchesThatBeginWithMuchWorkWaiting) {
  // Two batches of 12 h from Monday 08:00 on: 24 h are to be done, so the first goes on in the evening, from 16:00 to 20:00. The
  // second begins with 12 h to do: 8 h on Tuesday, 4 h on Wednesday.
  const Ran run = simulate_text(R"(
tierworks: 1
time: {start: 2025-01-06, horizon: 4 d}
items: {part: {}}
sites:
  plant:
    lines:
      press: {shifts: daily 08:00-16:00, cost_per_hour: 10, overtime: {hours: daily 16:00-22:00, above: 16 h, cost_per_hour: 5}}
    makes: {part: {line: press, time: 12 h}}
demand: {at: plant, item: part, orders: every 100 d from 8 h, size: 2}
)");
  EXPECT_DOUBLE_EQ(run("order_lead_time"), 48 + 12 - 8);
  EXPECT_DOUBLE_EQ(run("backorders") * 4, (2 * 12 + 1 * 40) / 24.0);
  EXPECT_DOUBLE_EQ(run("cost_production") * 4, 24 * 10 + 4 * 5);
  EXPECT_DOUBLE_EQ(run("overtime"), 4 / 24.0);
  EXPECT_DOUBLE_EQ(run("utilisation"), 24 / (4 * 8 + 4.0));
}

}  // namespace
}  // namespace tierworks::production
