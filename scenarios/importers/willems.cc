#include "scenarios/importers/willems.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <set>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/willems_chain.h"

namespace tierworks::importers {
namespace {

// Defaults of the scenario language that add to a stage's lead time.
constexpr double kOrderDays = 1.0 / 24;
constexpr double kFloorDays = 1.0 / 1440;
constexpr double kDefaultService = 0.95;
constexpr int kReplications = 20;

// What the importer computes of a stage.
struct Plan {
  double demand = 0;    // units per day, outside and from customers
  double variance = 0;  // of the units of one day
  double service = kDefaultService;
  double value = 0;      // money per unit, with all that went into it
  double path_days = 0;  // longest way from a first stage through this one
  double level = 0;
  std::string source;  // the outside supplier of a stage without suppliers
};

// Mean number of days that start within a lead time of T + extra, the day of the order included: E[ceil(T + extra)].
// With one order a day this many orders are under way just after an order has come in.
double cover_days(const StageTime& time, double extra) {
  if (time.points.size() > 1) {
    double cover = 0;
    for (const StageTime::Point& point : time.points) cover += point.weight * std::ceil(point.days + extra);
    return cover;
  }
  if (time.sd <= 0) return std::ceil(time.mean + extra);
  // So wide a density rounds up by half a day on average.
  if (time.sd > 30) return time.mean + extra + 0.5;
  const double shape = (time.mean / time.sd) * (time.mean / time.sd);
  const double scale = time.mean / shape;
  double cover = 1;
  for (int day = 1;; ++day) {
    const double still_under_way = boost::math::gamma_q(shape, (day - extra) / scale);
    if (still_under_way < 1e-9) return cover;
    cover += still_under_way;
  }
}

// lambda * tau + z * sqrt(tau * variance + lambda^2 * sd(T)^2), the textbook level of a stage whose suppliers are never
// short. Orders of this model may overtake each other, which makes the last term an upper bound.
double base_stock(const Plan& plan, const StageTime& time, double extra) {
  const double tau = cover_days(time, extra);
  const double z = boost::math::quantile(boost::math::normal(), plan.service);
  const double spread = std::sqrt(tau * plan.variance + plan.demand * plan.demand * time.sd * time.sd);
  // The slack keeps a level that is a multiple already from being rounded up for its last bit.
  const double thousandths = std::ceil((plan.demand * tau + z * spread) * 1000 - 1e-6);
  return std::max(0.0, thousandths / 1000);
}

double long_time(const StageTime& time) {
  const double largest = time.points.empty() ? 0.0 : time.points.back().days;
  return std::max(time.mean + 2 * time.sd, largest);
}

std::string own_source(const std::string& stage, std::set<std::string>& taken) {
  std::string name = stage + "_source";
  while (!taken.insert(name).second) name += '_';
  return name;
}

std::vector<Plan> plan_chain(const Chain& chain) {
  std::vector<Plan> plans(chain.stages.size());
  std::set<std::string> taken;
  for (const Stage& stage : chain.stages) taken.insert(stage.name);

  // Suppliers first: what adds up along the flow of goods.
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const Stage& stage = chain.stages[i];
    plans[i].value = stage.cost;
    for (const std::size_t supplier : stage.suppliers) {
      plans[i].value += plans[supplier].value;
      plans[i].path_days = std::max(plans[i].path_days, plans[supplier].path_days);
    }
    plans[i].path_days += long_time(stage.time);
    if (stage.suppliers.empty()) plans[i].source = own_source(stage.name, taken);
  }

  // Customers first: what adds up against it. Streams of demand are independent, so their variances add up.
  std::vector<double> highest(plans.size(), 0.0);
  for (std::size_t i = plans.size(); i-- > 0;) {
    const Stage& stage = chain.stages[i];
    plans[i].demand = stage.demand_mean;
    plans[i].variance = stage.demand_sd * stage.demand_sd;
    if (stage.demand_mean > 0) highest[i] = stage.service_level.value_or(kDefaultService);
    for (const std::size_t customer : stage.customers) {
      plans[i].demand += plans[customer].demand;
      plans[i].variance += plans[customer].variance;
      highest[i] = std::max(highest[i], highest[customer]);
    }
    plans[i].service = stage.service_level.value_or(highest[i] > 0 ? highest[i] : kDefaultService);
    plans[i].level = base_stock(plans[i], stage.time, kOrderDays + (stage.suppliers.empty() ? 0 : kFloorDays));
  }
  return plans;
}

// Days to measure so that the standard error of the mean pipeline stock is 0.25 % of it. A unit ordered at an end stage is
// in the pipeline for the stage times of all that go into it, which carries the spread of demand; and each order's own
// stage time varies.
double days_to_measure(const Chain& chain, const std::vector<Plan>& plans) {
  constexpr double kRelativeError = 0.0025;
  std::vector<double> behind(plans.size());  // days in the pipeline of a unit and all that went into it
  double mean = 0, variance = 0;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const Stage& stage = chain.stages[i];
    behind[i] = stage.time.mean;
    for (const std::size_t supplier : stage.suppliers) behind[i] += behind[supplier];
    const double spread = stage.demand_sd * behind[i];
    variance +=
        spread * spread + (plans[i].demand * plans[i].demand + plans[i].variance) * stage.time.sd * stage.time.sd;
    mean += plans[i].demand * stage.time.mean;
  }
  return mean > 0 ? variance / (kRelativeError * kRelativeError * mean * mean) : 0;
}

// A name as YAML reads it back: bare where that is safe, else in double quotes.
std::string yaml_name(const std::string& name) {
  static const std::set<std::string> reserved = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool bare = !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), inner);
  if (bare && reserved.count(lower) == 0) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// Weights in whole steps of 1e-10 %, the last one the remainder: as written they add up to exactly 100 %.
std::string discrete(const StageTime& time) {
  constexpr std::int64_t kWhole = 1'000'000'000'000;
  std::int64_t rest = kWhole;
  std::string text = "discrete";
  for (std::size_t i = 0; i < time.points.size(); ++i) {
    const bool last = i + 1 == time.points.size();
    const std::int64_t steps = last ? rest : std::llround(time.points[i].weight * static_cast<double>(kWhole));
    rest -= steps;
    std::string percent = fmt::format("{}.{:010}", steps / 10'000'000'000, steps % 10'000'000'000);
    percent.erase(percent.find_last_not_of('0') + 1);
    if (percent.back() == '.') percent.pop_back();
    text += fmt::format("{} {} d {} %", i == 0 ? "" : " or", plain(time.points[i].days), percent);
  }
  return text;
}

std::string time_phrase(const StageTime& time) {
  if (time.points.size() > 1) return discrete(time);
  if (time.sd > 0) return fmt::format("gamma {} d sd {} d", plain(time.mean), plain(time.sd));
  return fmt::format("{} d", plain(time.mean));
}

// A constant finer than the resolution keeps its mean too: demand carries on what rounding leaves over.
std::string size_phrase(const Stage& stage) {
  if (stage.demand_sd > 0) return fmt::format("gamma {} sd {}", plain(stage.demand_mean), plain(stage.demand_sd));
  return plain(stage.demand_mean);
}

// Money is counted in millionths.
std::string money(double amount) { return plain(std::round(amount * 1e6) / 1e6); }

// A draw below the default floor of a minute must not be raised to it: the stage time is all that goods take.
bool below_floor(const StageTime& time) {
  const double least = time.points.size() > 1 ? time.points.front().days : time.mean;
  return (time.points.size() > 1 || time.sd <= 0) && least < kFloorDays;
}

std::string joined(const Chain& chain, const std::vector<std::size_t>& stages, const char* pattern) {
  std::string text;
  for (const std::size_t i : stages) {
    const std::string name = yaml_name(chain.stages[i].name);
    text += text.empty() ? "" : ", ";
    text += fmt::format(fmt::runtime(pattern), name);
  }
  return text;
}

void write_site(std::back_insert_iterator<std::string> out, const Chain& chain, const Stage& stage, const Plan& plan) {
  const std::string name = yaml_name(stage.name);
  if (stage.suppliers.empty()) {
    fmt::format_to(out, "  {}: {{role: outside_supplier, sells: {{{}: {{}}}}}}\n", yaml_name(plan.source), name);
  }
  fmt::format_to(out, "  {}:\n", name);
  if (!stage.classification.empty()) fmt::format_to(out, "    role: {}\n", yaml_name(stage.classification));
  if (stage.suppliers.empty()) {
    fmt::format_to(out, "    buys: {{{}: {{from: {}, transit: {}{}}}}}\n", name, yaml_name(plan.source),
                   time_phrase(stage.time), below_floor(stage.time) ? ", at_least: 0 s" : "");
  } else {
    fmt::format_to(out, "    buys: {{{}}}\n", joined(chain, stage.suppliers, "{0}: {{from: {0}}}"));
    fmt::format_to(out, "    makes: {{{}: {{time: {}, per: batch", name, time_phrase(stage.time));
    if (stage.cost > 0) fmt::format_to(out, ", cost: {}", money(stage.cost));
    fmt::format_to(out, "}}}}\n");
  }
  fmt::format_to(out, "    stock: {{{}: {{level: {}}}}}\n", name, plain(plan.level));
}

void write_item(std::back_insert_iterator<std::string> out, const Chain& chain, const Stage& stage, const Plan& plan) {
  fmt::format_to(out, "  {}: {{resolution: 0.001, value: {}", yaml_name(stage.name), money(plan.value));
  if (!stage.suppliers.empty()) fmt::format_to(out, ", bom: {{{}}}", joined(chain, stage.suppliers, "{}: 1"));
  fmt::format_to(out, "}}\n");
}

void write_demand(std::back_insert_iterator<std::string> out, const Stage& stage) {
  const std::string name = yaml_name(stage.name);
  fmt::format_to(out, "  {0}: {{at: {0}, item: {0}, orders: every 1 d, size: {1}", name, size_phrase(stage));
  if (stage.due_days > 0) fmt::format_to(out, ", due: {} d", plain(stage.due_days));
  fmt::format_to(out, ", unmet: backorder}}\n");
}

constexpr std::string_view kExplanation =
    "# Each stage is a site with one item. A stage with suppliers makes its item from one unit of each of theirs, "
    "without\n"
    "# limit of capacity; a first stage buys it from an outside supplier that is never short. Parts are bought to "
    "order,\n"
    "# the stage's own item is kept at a base stock. Only the stage time is spent by goods (and 1 min on each link).\n"
    "# Demand of each day: gamma with the stated mean and standard deviation (constant where that is 0), so that it "
    "is\n"
    "# never negative and keeps its mean; resolution 0.001. Stage times: constant, discrete as given, or gamma where "
    "only\n"
    "# mean and standard deviation are given.\n"
    "# Levels: lambda * tau + z * sqrt(tau * variance + lambda^2 * sd(T)^2), rounded up to 0.001, for the stated "
    "service\n"
    "# level (of the best served end stage, where a stage states none; 95 % where nobody does). tau is the mean of "
    "stage\n"
    "# time T, order time 1 h and link 1 min, rounded up to whole days, because orders come once a day. Each stage "
    "stands\n"
    "# alone, its suppliers assumed in stock.\n"
    "# warm_up: the longest way through the chain with each stage time two standard deviations late, and 10 % more.\n"
    "# horizon: long enough, over the replications, to know the mean pipeline stock to 0.25 % (standard error).\n";

std::vector<std::string> general_remarks(const Chain& chain) {
  std::vector<std::string> remarks = {
      "demand of each day: gamma with the stated mean and standard deviation (constant where that is 0), resolution "
      "0.001"};
  const auto gammas = std::count_if(chain.stages.begin(), chain.stages.end(), [](const Stage& stage) {
    return stage.time.points.size() <= 1 && stage.time.sd > 0;
  });
  if (gammas > 0) {
    remarks.push_back(fmt::format("stage times given by mean and standard deviation only, taken as gamma: {}", gammas));
  }
  remarks.push_back("base-stock levels: normal approximation, each stage alone with its suppliers in stock");
  return remarks;
}

}  // namespace

std::optional<Imported> import_willems(std::string_view stages_csv, std::string_view stages_name,
                                       std::string_view links_csv, std::string_view links_name,
                                       std::vector<ImportError>& errors) {
  const std::optional<Chain> chain = read_willems_chain(stages_csv, stages_name, links_csv, links_name, errors);
  if (!chain) return std::nullopt;
  const std::vector<Plan> plans = plan_chain(*chain);

  Imported result;
  result.remarks = general_remarks(*chain);
  result.remarks.insert(result.remarks.end(), chain->remarks.begin(), chain->remarks.end());
  result.stages = chain->stages.size();
  result.links = chain->links;
  double longest = 0;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    result.pipeline_units += plans[i].demand * chain->stages[i].time.mean;
    longest = std::max(longest, plans[i].path_days);
  }
  const double weeks = std::max(1.0, std::ceil(longest * 1.1 / 7 - 1e-9));

  const auto out = std::back_inserter(result.yaml);
  fmt::format_to(out, "# A real multi-echelon supply chain, imported from {} and {}.\n", base_name(stages_name),
                 base_name(links_name));
  fmt::format_to(
      out,
      "# Source: S. P. Willems, Data Set: Real-World Multiechelon Supply Chains Used for Inventory Optimization,\n"
      "# Manufacturing & Service Operations Management 10(1), 2008.\n"
      "# {} stages, {} links; units in transit and in process, sum(lambda * T): {:.3f}.\n#\n",
      result.stages, result.links, result.pipeline_units);
  result.yaml += kExplanation;
  fmt::format_to(out, "tierworks: 1\ntitle: {}\n",
                 yaml_name(fmt::format("Willems chain {}: {} stages, {} links", base_name(stages_name), result.stages,
                                       result.links)));
  const double years = std::clamp(std::ceil(days_to_measure(*chain, plans) / 365 / kReplications), 2.0, 100.0);
  fmt::format_to(out,
                 "time: {{warm_up: {:.0f} wk, horizon: {:.0f} yr}}\nmoney: {{currency: USD, holding: 25 % / yr}}\n",
                 weeks, years);
  fmt::format_to(out, "run: {{replications: {}}}\nitems:\n", kReplications);
  for (std::size_t i = 0; i < plans.size(); ++i) write_item(out, *chain, chain->stages[i], plans[i]);
  result.yaml += "sites:\n";
  for (std::size_t i = 0; i < plans.size(); ++i) write_site(out, *chain, chain->stages[i], plans[i]);
  result.yaml += "demand:\n";
  for (const Stage& stage : chain->stages) {
    if (stage.demand_mean > 0) write_demand(out, stage);
  }
  return result;
}

}  // namespace tierworks::importers
