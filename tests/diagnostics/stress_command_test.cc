// `tierworks stress` and `tierworks reinforce` as their users meet them.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/diagnostics/command.h"

namespace tierworks::tests {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A shop lives on 12 units for 12 days.
constexpr const char* kFire = R"(
tierworks: 1
time: {warm_up: 50 d, horizon: 100 d}
run: {replications: 2}
items: {part: {value: 10}}
sites:
  mill: {sells: {part: {}}}
  other: {sells: {part: {}}}
  shop:
    buys: {part: {from: mill, transit: 2 d, order_time: 0}}
    stock: {part: {level: 12}}
demand: {at: shop, item: part, orders: every 1 d, price: 15}
disruptions:
  fire:
    hits: site mill
    for: 30 d
    answers: {second: {add_source: other, item: part, transit: 3 d, qualified_after: 15 d}}
targets: {weekly_service: at least 50 %, recovery: at most 40 d}
)";

std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    if (c != '\n' && (c != ' ' || line.empty() || line.back() != ' ')) line += c;
    if (c == '\n' && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

class StressCommand : public Command {
 protected:
  json result(std::vector<std::string> more, int code = kDone) {
    more.insert(more.end(), {"--json", "--quiet"});
    const Ended ended = run(more);
    EXPECT_EQ(ended.code, code) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
};

TEST_F(StressCommand, TellsWhatHappensWhenAndWhatTheTargetsAreWorth) {
  folder_.write("fire.yaml", kFire);
  const Ended ended = run({"stress", "fire.yaml", "--with", "answers,none"});
  EXPECT_EQ(ended.code, 3) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("WEAK LINKS"));
  EXPECT_THAT(
      in_one_line(ended.out),
      HasSubstr("fire, answered: day 0 fire strikes; day 12 shop runs short; day 12 customers feel it; day 15 other "
                "supplies part; day 30 it is over; day 32 service is restored"));
  EXPECT_THAT(ended.out, HasSubstr("missed"));
  const json whole = result({"stress", "fire.yaml"}, 3);
  const json fire = whole.at("exercises").at(0);
  EXPECT_EQ(fire.at("time_to_survive").at("restricted_mean_days").at("mean"), 12);
  EXPECT_EQ(fire.at("service_recovery_time").at("restricted_mean_days").at("mean"), 32);
  EXPECT_EQ(fire.at("late_units").at("mean"), 20);
  EXPECT_EQ(fire.at("targets").at("recovery"), 1);
  EXPECT_EQ(fire.at("targets").at("weekly_service"), 0);
  EXPECT_EQ(result({"stress", "fire.yaml", "--set", "targets.weekly_service=at least 0 %"}).at("exercises").size(), 1U);
}

TEST_F(StressCommand, TakesDownEverythingInTurn) {
  folder_.write("fire.yaml", kFire);
  const json whole = result({"stress", "fire.yaml", "--on", "sites,items", "--durations", "10d,20d", "--set",
                             "targets.weekly_service=at least 0 %"});
  // mill, other, shop and part; two lengths and the whole window.
  EXPECT_EQ(whole.at("exercises").size(), 4 * 3U);
  EXPECT_EQ(whole.at("exercises").at(0).at("shock"), "site mill");
  EXPECT_EQ(whole.at("exercises").at(0).at("time_to_survive").at("share_never"), 1);  // 10 d are covered
  EXPECT_EQ(whole.at("exercises").at(2).at("time_to_survive").at("restricted_mean_days").at("mean"), 12);
  EXPECT_EQ(whole.at("weak_links").at(0).at("shock"), "site shop");
  EXPECT_EQ(whole.at("concentration").at(0).at("hhi"), 1);
}

TEST_F(StressCommand, GoesOnWithWhatWasCut) {
  folder_.write("fire.yaml", kFire);
  const std::vector<std::string> asked{"stress",
                                       "fire.yaml",
                                       "--on",
                                       "sites",
                                       "--replications",
                                       "3",
                                       "--quiet",
                                       "--out",
                                       "kept",
                                       "--set",
                                       "targets.weekly_service=at least 0 %"};
  ASSERT_EQ(run(asked).code, kDone);
  const std::string all = content("kept/branches.jsonl");
  const auto exercises = [] { return json::parse(content("kept/stress.json")).at("exercises"); };
  const json uncut = exercises();
  std::vector<std::string> again = asked;
  again.push_back("--resume");
  for (const std::size_t left : {all.find('\n') + 1, all.size() / 2, all.size() - 3}) {
    std::ofstream("kept/branches.jsonl", std::ios::trunc) << all.substr(0, left);
    ASSERT_EQ(run(again).code, kDone) << left;
    EXPECT_EQ(exercises(), uncut) << left;
  }
  again.insert(again.end(), {"--seed", "9"});
  refused(again, HasSubstr("is of another stress test, with another seed; expected"));
  again.insert(again.end(), {"--horizon", "90 d", "--durations", "1wk"});
  refused(again,
          HasSubstr("another scenario, or options that change it and another seed and another list of exercises;"));
  again.resize(asked.size() + 1);
  std::string older = all;
  older.replace(older.find("\"program\":\"") + 11, 1, "9.9.");
  std::ofstream("kept/branches.jsonl", std::ios::trunc) << older;
  refused(again, HasSubstr("is of another stress test, with another version of tierworks; expected"));
  std::ofstream("kept/branches.jsonl", std::ios::trunc) << all.substr(0, all.find('\n') + 1) << "{}\n";
  refused(again, HasSubstr("branches.jsonl:2: no branch in this line"));
  std::ofstream("kept/branches.jsonl", std::ios::trunc) << "a table of mine\n";
  refused(again, HasSubstr("is no file of a stress test; expected"));
  refused({"stress", "fire.yaml", "--resume"}, HasSubstr("--resume requires --out"));
}

TEST_F(StressCommand, NamesTheWeakLinkThatIsThere) {
  // Of three suppliers the goods of one do not last; the assembler itself, of course, must not stop either.
  const std::string chain = R"(
tierworks: 1
time: {warm_up: 60 d, horizon: 150 d}
run: {replications: 3}
items: {a: {value: 1}, b: {value: 1}, c: {value: 1}, car: {value: 100, bom: {a: 1, b: 1, c: 1}}}
sites:
  mill_a: {sells: {a: {quoted: lognormal 3 d cv 0.3}}}
  mill_b: {sells: {b: {quoted: lognormal 3 d cv 0.3}}}
  mill_c: {sells: {c: {quoted: lognormal 3 d cv 0.3}}}
  plant:
    buys: {a: {from: mill_a, transit: 1 d}, b: {from: mill_b, transit: 1 d}, c: {from: mill_c, transit: 1 d}}
    makes: {car: {time: lognormal 3 h cv 0.3}}
    stock: {a: {level: 70}, b: {level: 70}, c: {level: 70}, car: {level: 12}}
demand: {at: plant, item: car, orders: poisson 4 / d, unmet: lost, price: 200}
)";
  folder_.write("chain.yaml", chain);
  for (const std::string weak : {"a", "b", "c"}) {
    const json links = result({"stress", "chain.yaml", "--on", "sites", "--durations", "2wk", "--set",
                               "sites.plant.stock." + weak + ".level=45"})
                           .at("weak_links");
    EXPECT_EQ(links.at(0).at("shock"), "site plant");
    EXPECT_EQ(links.at(1).at("shock"), "site mill_" + weak);
    EXPECT_GT(links.at(1).at("loss"), 2 * links.at(2).at("loss").get<double>());
  }
}

TEST_F(StressCommand, ReinforcesWhatIsWorthIt) {
  folder_.write("measured.yaml", std::string(kFire) + R"(
measures:
  buffer: {set: {sites.shop.stock.part.level: 40}, cost: 300}
  small: {set: {sites.shop.stock.part.level: 14}, cost: 100}
  gold: {set: {sites.shop.stock.part.level: 60}, cost: 5 k}
)");
  // No `per_year`: the worst loss decides. A level of 40 covers the 30 days.
  const json whole = result(
      {"reinforce", "measured.yaml", "--budget", "400", "--set", "demand.unmet=lost", "--set", "demand.price=100"});
  EXPECT_THAT(whole.at("best").at("measures"), ElementsAre("buffer"));
  EXPECT_EQ(whole.at("best").at("goal"), 0);
  EXPECT_EQ(whole.at("goal"), "loss_of_worst_shock");
  EXPECT_TRUE(whole.at("all_sets_tried"));
  refused({"reinforce", "measured.yaml", "--budget", "50"},
          HasSubstr("buys nothing; the cheapest measure, small, costs 100"));
  folder_.write("fire.yaml", kFire);
  refused({"reinforce", "fire.yaml", "--budget", "50"}, HasSubstr("got no `measures`"));
}

TEST_F(StressCommand, RefusesWhatItCannotDo) {
  folder_.write("fire.yaml", kFire);
  refused({"stress", "fire.yaml", "--shock", "fir"}, HasSubstr("no disruption \"fir\"; did you mean \"fire\"?"));
  refused({"stress", "fire.yaml", "--on", "site"}, HasSubstr("--on: got \"site\"; did you mean \"sites\"?"));
  refused({"stress", "fire.yaml", "--durations", "2 months"}, HasSubstr("--durations: got \"2 months\""));
  refused({"stress", "fire.yaml", "--with", "hope"}, HasSubstr("--with: got \"hope\""));
  refused({"stress", "fire.yaml", "--band", "2"}, HasSubstr("--band: got \"2\""));
  refused({"stress", "fire.yaml", "--on", "sites", "--shock", "fire"}, HasSubstr("give one of them"));
  refused({"stress", "fire.yaml", "--set", "disruptions.fire.at=10 d"},
          HasSubstr("--set disruptions.fire.at: it strikes before the end of the warm-up"));
  refused({"stress", "fire.yaml", "--set", "disruptions.fire.hits=site mil"},
          HasSubstr("no site \"mil\"; did you mean \"mill\"?"));
}

// Three answers that sleep until their shock, and a buffer that does not.
TEST_F(StressCommand, BranchesWhatDoesNothingBeforeTheShockAndFindsTheSameNumbers) {
  const std::string works = R"(tierworks: 1
time: {warm_up: 60 d, horizon: 120 d}
money: {holding: 20 % / yr}
items: {ore: {value: 5}, part: {value: 20, bom: {ore: 2}}}
sites:
  mine: {sells: {ore: {quoted: lognormal 4 d cv 0.4, capacity: 60 / d, price: 5}}}
  mine_two: {sells: {ore: {quoted: 6 d, price: 6}}}
  works:
    buys: {ore: {from: mine, transit: lognormal 2 d cv 0.3}}
    lines: {press: {servers: 2}}
    makes: {part: {line: press, time: gamma 40 min cv 0.5, batch: 4}}
    stock: {ore: {level: 400}, part: {reorder_point: 60, quantity: 20}}
demand:
  web: {at: works, item: part, orders: poisson 20 / d, unmet: lost, price: 50}
disruptions:
  fire: {hits: site mine, for: 20 d, known_after: 1 d, per_year: 0.1}
  quake: {hits: site works, capacity: 20 %, for: 15 d, recovery: linear 5 d, per_year: 0.2}
)";
  const auto with_measures = [&](const std::string& more) {
    return works + R"(measures:
  second: {set: {disruptions.fire.answers.second: "{add_source: mine_two, item: ore, qualified_after: 2 d}")" +
           more + R"(}, cost: 3 k}
  shifts: {set: {disruptions.quake.answers.shifts: "{at: line works/press, capacity: 160 %, after: 1 d}")" +
           more + R"(}, cost: 1 k}
  paid: {set: {disruptions.fire.answers.paid: "{shortens: 60 %, after: 6 d}")" +
           more + R"(}, cost: 1 k}
  buffer: {set: {sites.works.stock.ore.level: 700}, cost_per_year: 1 k}
)";
  };
  folder_.write("dormant.yaml", with_measures(""));
  folder_.write("afresh.yaml", with_measures(", title: Works"));  // which says nothing, but more than an answer
  const auto tried = [&](const char* file) {
    return result({"reinforce", file, "--budget", "6k", "--replications", "3"});
  };
  const json dormant = tried("dormant.yaml"), afresh = tried("afresh.yaml");
  EXPECT_THAT(dormant.at("branched"), ElementsAre("second", "shifts", "paid"));
  EXPECT_THAT(dormant.at("warmed_up_afresh"), ElementsAre("buffer"));
  EXPECT_THAT(afresh.at("branched"), ElementsAre());
  EXPECT_EQ(dormant.at("tried").size(), 16U);
  EXPECT_EQ(dormant.at("tried"), afresh.at("tried"));
  EXPECT_GT(dormant.at("best").at("saved").at("mean").get<double>(), 0);
  // Each of them does something by itself.
  for (const json& set : dormant.at("tried")) {
    if (set.at("measures").size() != 1) continue;
    EXPECT_NE(set.at("loss"), dormant.at("tried").at(0).at("loss")) << set;
  }
  const Ended page = run({"reinforce", "dormant.yaml", "--budget", "6k", "--replications", "2"});
  EXPECT_THAT(page.out, HasSubstr("branched from one warmed-up state: sets that differ in second, shifts, paid only"));
}

}  // namespace
}  // namespace tierworks::tests
