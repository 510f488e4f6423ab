// Exercises that differ only in how long the shock lasts begin as one run and branch where the shorter shock ends: the numbers
// are those of runs of their own, bit by bit, whatever follows the end of a shock.
#include <bit>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "experiments/stress/stress.h"
#include "tests/support/simulate.h"

namespace tierworks::experiments {
namespace {

using ::testing::ElementsAre;

// A mine, works and a plant with lines, random times, and a second source; `fire` as it is said.
std::string cluster(const std::string& fire, const std::string& others = "") {
  return R"(
tierworks: 1
time: {warm_up: 60 d, horizon: 90 d}
items: {ore: {}, part: {bom: {ore: 2}}, car: {bom: {part: 3}}}
sites:
  mine: {sells: {ore: {quoted: lognormal 4 d cv 0.4, capacity: 60 / d}}}
  mine_two: {sells: {ore: {quoted: 6 d}}}
  works:
    buys: {ore: {from: {mine: 70 %, mine_two: 30 %}, transit: lognormal 2 d cv 0.3}}
    lines: {press: {servers: 2}}
    makes: {part: {line: press, time: gamma 40 min cv 0.5, batch: 4}}
    stock: {ore: {level: 400}, part: {reorder_point: 60, quantity: 20}}
  plant:
    buys: {part: {from: works, transit: lognormal 1 d cv 0.3}}
    lines: {bench: {}}
    makes: {car: {line: bench, time: lognormal 2 h cv 0.4}}
    stock: {part: {level: 70}, car: {level: 12}}
demand: {web: {at: plant, item: car, orders: poisson 5 / d, unmet: wait 6 d, due: 1 d}}
disruptions:
  fire: )" +
         fire + "\n" + others;
}

std::vector<std::uint64_t> bits(const Outcome& o) {
  std::vector<double> values{o.survived, o.recovered, o.service_drop, o.worst_service, o.late,
                             o.lost,     o.area,      o.loss,         o.usual_profit};
  for (const SiteHit& site : o.sites) {
    values.push_back(site.site);
    values.push_back(site.after_days);
  }
  std::vector<std::uint64_t> words;
  for (const double v : values) words.push_back(std::bit_cast<std::uint64_t>(v));
  return words;
}

// Of one shock, also for the whole window, not in the order of their lengths.
std::vector<Exercise> lengths_of(const std::string& shock, bool answers) {
  std::vector<Exercise> exercises;
  for (const std::int64_t hours : {700, 61, 1, 0, 337}) {
    exercises.push_back({.shock = shock, .length = {}, .lasts = core::kHour * hours, .answers = answers, .spread = {}});
  }
  exercises.push_back(
      {.shock = shock, .length = {}, .lasts = {}, .whole_window = true, .answers = answers, .spread = {}});
  exercises.push_back({.shock = shock, .length = {}, .lasts = {}, .answers = answers, .spread = {}});  // as drawn
  return exercises;
}

// The exercises in the order in which they were done first, all replications having given what runs from scratch give.
std::vector<std::size_t> same_from_scratch(const std::string& yaml, std::vector<Exercise> exercises) {
  const auto model = tests::model_of_text(yaml);
  StressOptions options;
  options.exercises = std::move(exercises);
  options.replications = 2;
  std::vector<std::size_t> order;
  options.keep = [&](std::size_t e, std::uint32_t replication, const Outcome&) {
    if (replication == 0) order.push_back(e);
  };
  const Stressed branched = stress(*model, options);
  options.keep = nullptr;
  options.from_scratch = true;
  const Stressed scratch = stress(*model, options);
  EXPECT_EQ(branched.events, scratch.events);
  for (std::size_t e = 0; e < options.exercises.size(); ++e) {
    for (std::size_t r = 0; r < options.replications; ++r) {
      EXPECT_EQ(bits(branched.exercises[e].outcomes.at(r)), bits(scratch.exercises[e].outcomes.at(r)))
          << yaml << ": exercise " << e << ", replication " << r;
    }
  }
  return order;
}

TEST(StressOfSeveralLengths, BranchesWhereTheShorterShockEnds) {
  // By rising length, the whole window last; by itself is the one that nobody notices, and the one whose length is drawn.
  const std::string fire = "{hits: [site mine, line works/press], for: exponential 9 d, lost: {stock: 40 %}}";
  EXPECT_THAT(same_from_scratch(cluster(fire), lengths_of("fire", true)), ElementsAre(2, 1, 4, 0, 5, 3, 6));
}

TEST(StressOfSeveralLengths, RecoversByRampAndByHelpAsFromScratch) {
  // An answer comes into effect along its ramp while the shorter shocks end; help spares a share of the longer ones only.
  const std::string fire = R"(
    hits: [site works, lane mine to works]
    capacity: 0 %
    for: 5 d
    recovery: exponential 3 d
    known_after: 0 d
    under_way: held
    lost: {work_in_process: 100 %, in_transit: 50 %}
    answers:
      overtime: {at: line plant/bench, capacity: 150 %, after: 0 h, ramp: linear 9 d}
      people: {shortens: 50 %, after: 10 d}
)";
  for (const bool answers : {true, false}) {
    EXPECT_THAT(same_from_scratch(cluster(fire), lengths_of("fire", answers)), ElementsAre(3, 2, 1, 4, 0, 5, 6));
  }
}

TEST(StressOfSeveralLengths, AShockThatSomeNeverHearOfIsARunOfItsOwn) {
  // Buyers hear of it after two days: those that last 0, 1 and, with its recovery, 47 h go by unknown to them.
  const std::string fire = "{hits: site mine, for: 5 d, known_after: 2 d}";
  EXPECT_THAT(same_from_scratch(cluster(fire), lengths_of("fire", true)), ElementsAre(1, 4, 0, 5, 2, 3, 6));
}

TEST(StressOfSeveralLengths, ChainsAndStrikesOfTheirOwnStayAsTheyAre) {
  const std::string others =
      "  closed: {hits: lane works to plant, for: exponential 3 d}\n"
      "  trips: {hits: line works/press, at: every exponential 12 d, for: exponential 1 d}\n";
  const std::string fire = "{hits: site mine, for: 5 d, then: {closed: {after: 1 d}}}";
  EXPECT_THAT(same_from_scratch(cluster(fire, others), lengths_of("fire", true)), ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_THAT(same_from_scratch(cluster(fire, others), lengths_of("trips", true)), ElementsAre(3, 2, 1, 4, 0, 5, 6));
}

}  // namespace
}  // namespace tierworks::experiments
