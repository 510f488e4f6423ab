#include "report/outlook_text.h"

#include <cmath>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/text.h"

namespace tierworks::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using world::LoadOutlook;
using world::Outlook;
using world::StockOutlook;

const Subject kSubject{.scenario = "cluster.yaml",
                       .title = "A cluster",
                       .currency = "CNY",
                       .horizon_days = 365,
                       .warm_up_days = 0,
                       .sites = 5,
                       .items = 3,
                       .stocks = 6,
                       .lines = 1,
                       .lanes = 0,
                       .streams = 1};

StockOutlook stock(const std::string& site, double level, double lead_time_hours) {
  StockOutlook s;
  s.site = site;
  s.item = "pcb";
  s.unit = "pcs";
  s.policy = "order up to some, continuous";
  s.level = level;
  s.rate = 10;
  s.lead_time_hours = lead_time_hours;
  s.cover_days = level / 10;
  return s;
}

Outlook small() {
  Outlook o;
  o.stocks = {stock("ample", 90, 48), stock("short", 10, 48), stock("made", 0, 48), stock("idle", 5, 48)};
  o.stocks[2].to_order = true;
  o.stocks[2].policy = "to order";
  o.stocks[2].cover_days = NAN;
  o.stocks[3].rate = 0;
  o.stocks[3].cover_days = NAN;
  o.lines = {{LoadOutlook::Kind::line, "smt/smt_line", 2, 0.823, 0.823, 264}};
  o.offers = {{LoadOutlook::Kind::offer, "mlcc_one/mlcc", 0, 0.97, 0.97, 4'200'000}};
  o.tiers = {{0, 2, 3}, {1, 3, 3}};
  o.demand = 24;
  o.pipeline_stock = 136.72;
  o.partitions = 5;
  o.has_lookahead = true;
  o.lookahead_seconds = 60;
  o.lookahead_link = "goods from smt to lead";
  o.warnings = {"stock short/pcb: its level is short"};
  return o;
}

TEST(OutlookText, SaysWhatTheModelHoldsAndExpects) {
  EXPECT_EQ(outlook_text(kSubject, small(), {}),
            "A cluster (cluster.yaml)\n"
            "5 sites, 3 items, 6 stocks, 1 line, 0 lanes, 1 demand stream\n"
            "365 d measured\n"
            "2 tiers: 0 with 2 sites, 1 with 3 sites\n"
            "expected: customers order 24 units / d; 137 units on the way and in work\n"
            "\n"
            "LINES, by load    load  servers  made / d\n"
            "smt/smt_line    82.3 %        2       264\n"
            "\n"
            "SUPPLIERS WITH A CAPACITY    load  sold / d\n"
            "mlcc_one/mlcc              97.0 %    4.20 M\n"
            "\n"
            "STOCKS, least cover first  policy                        level  rate / d  unit  lead time  cover\n"
            "short/pcb                  order up to some, continuous     10        10  pcs        48 h   24 h\n"
            "ample/pcb                  order up to some, continuous     90        10  pcs        48 h    9 d\n"
            "made/pcb                   to order                                   10  pcs        48 h      -\n"
            "idle/pcb                   order up to some, continuous      5         0  pcs        48 h      -\n"
            "\n"
            "5 partitions in one run, lookahead 1 min (goods from smt to lead)\n"
            "warning: stock short/pcb: its level is short\n");
}

TEST(OutlookText, LimitsItsRowsAndItsWidth) {
  Outlook o = small();
  const std::string name = "an_extraordinarily_long_name_of_a_site_that_goes_on_and_on_for_ever";
  for (int i = 0; i < 50; ++i) o.stocks.push_back(stock(name + std::to_string(i), 1e30 * i, 1e12));
  o.lookahead_link = "goods from " + name + " to " + name;
  o.warnings.assign(20, "stock " + name + "/" + name + ": its level of 1e+30 pcs covers 1 d");
  Subject subject = kSubject;
  subject.title = name + name;
  const std::string text = outlook_text(subject, o, {});
  EXPECT_THAT(text, HasSubstr("... and 42 more (--all shows them)\n"));
  EXPECT_THAT(text, HasSubstr("... and 8 more (--all shows them)\n"));
  for (const std::size_t width : {60U, 100U}) {
    std::istringstream lines(outlook_text(subject, o, {.width = width, .all = true}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), width) << line;
  }
  EXPECT_THAT(outlook_text(subject, o, {.all = true}), Not(HasSubstr("more (--all")));
}

TEST(OutlookText, MarksWhatIsWeakInRed) {
  const std::string text = outlook_text(kSubject, small(), {.colour = true});
  EXPECT_THAT(text, HasSubstr("\x1b[31m97.0 %\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("\x1b[31m24 h\x1b[0m"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b[31m9 d")));
}

TEST(OutlookText, KnowsTheScopesOfStocksToOrder) {
  EXPECT_THAT(to_order_scopes(small()), testing::ElementsAre("site:made/item:pcb"));
}

}  // namespace
}  // namespace tierworks::report
