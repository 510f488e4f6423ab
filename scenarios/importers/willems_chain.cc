#include "scenarios/importers/willems_chain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "models/common/diagnostics.h"
#include "scenarios/importers/sheet.h"

namespace tierworks::importers {
namespace {

constexpr double kMostDays = 36'500;
constexpr double kMostUnits = 1e12;
constexpr double kMostMoney = 1e12;
// Standard deviation over mean; beyond it a gamma distribution is next to nothing but zeros.
constexpr double kMostVariation = 1000;
// A service level of 1 would take an endless stock.
constexpr double kMostService = 0.9999;
// A discrete stage time whose mean differs by more than rounding from the stated one is not the one that is meant.
constexpr double kMeanTolerance = 0.01;
constexpr double kMeanToleranceDays = 0.05;

struct DiscreteColumns {
  std::string number;
  Sheet::Column days;
  Sheet::Column weight;
};

// The stages in the order of the file.
class StageReader {
 public:
  StageReader(Sheet& sheet, std::vector<std::string>& remarks) : sheet_(sheet), remarks_(remarks) {
    name_ = sheet.required("stagename", "Stage Name");
    days_ = sheet.required("stagetime", "stageTime");
    demand_ = sheet.required("avgdemand", "avgDemand");
    demand_sd_ = sheet.column("stddevdemand");
    days_sd_ = sheet.column("stddevstagetime");
    cost_ = sheet.column("stagecost");
    service_ = sheet.column("servicelevel");
    due_ = sheet.column("maxservicetime");
    classification_ = sheet.column("stageclassification");
    for (int k = 1; k < 100; ++k) {
      DiscreteColumns columns{std::to_string(k), sheet.column(fmt::format("stagetime{}", k)),
                              sheet.column(fmt::format("stagetime%{}", k))};
      if (columns.days || columns.weight) discrete_.push_back(std::move(columns));
    }
  }

  std::vector<Stage> read() {
    std::vector<Stage> stages;
    if (!name_) return stages;
    bool any_demand = false;
    for (std::size_t row = 0; row < sheet_.rows(); ++row) {
      stages.push_back(read_stage(row));
      any_demand = any_demand || stages.back().demand_mean > 0;
    }
    if (stages.empty()) {
      sheet_.fault("the table has no stages");
    } else if (demand_ && !any_demand && !bad_demand_) {
      sheet_.fault("no stage has demand: column \"avgDemand\" is blank or 0 everywhere");
    }
    return stages;
  }

 private:
  Stage read_stage(std::size_t row) {
    Stage stage;
    stage.name = sheet_.cell(row, name_);
    check_name(row, stage.name);
    stage.classification = sheet_.cell(row, classification_);
    stage.cost = sheet_.number(row, cost_, "stageCost of " + stage.name, kMostMoney).value_or(0);
    stage.due_days = sheet_.number(row, due_, "maxServiceTime of " + stage.name, kMostDays).value_or(0);
    read_demand(row, stage);
    read_service_level(row, stage);
    read_time(row, stage);
    return stage;
  }

  void check_name(std::size_t row, const std::string& name) {
    if (name.empty()) {
      sheet_.fault(row, name_, "a stage without a name");
    } else if (name.find('*') != std::string::npos) {
      sheet_.fault(row, name_, fmt::format("stage \"{}\": a name cannot hold `*`, which means a pattern", name));
    } else if (const auto [first, is_new] = lines_.emplace(name, sheet_.line(row)); !is_new) {
      sheet_.fault(row, name_, fmt::format("stage \"{}\" was already given in line {}", name, first->second));
    }
  }

  void read_demand(std::size_t row, Stage& stage) {
    const std::optional<double> mean = sheet_.number(row, demand_, "avgDemand of " + stage.name, kMostUnits);
    const std::optional<double> sd = sheet_.number(row, demand_sd_, "stdDevDemand of " + stage.name, kMostUnits);
    if (!mean && !sheet_.cell(row, demand_).empty()) bad_demand_ = true;
    stage.demand_mean = mean.value_or(0);
    if (stage.demand_mean > 0) {
      stage.demand_sd = sd.value_or(0);
      check_variation(row, demand_sd_, "stdDevDemand of " + stage.name, stage.demand_mean, stage.demand_sd);
    } else if (sd.value_or(0) > 0) {
      remarks_.push_back(
          fmt::format("stage {}: a standard deviation of demand without a mean was left out", stage.name));
    }
  }

  void read_service_level(std::size_t row, Stage& stage) {
    bool percent = false;
    std::optional<double> level = sheet_.number(row, service_, "serviceLevel of " + stage.name, 100, &percent);
    if (!level) return;
    if (*level > 1 && !percent) *level /= 100;
    if (*level == 0) {
      remarks_.push_back(fmt::format("stage {}: a service level of 0 was taken as not stated", stage.name));
      return;
    }
    if (*level > kMostService) {
      remarks_.push_back(fmt::format("stage {}: the service level was lowered to {}; no finite stock reaches {}",
                                     stage.name, kMostService, *level));
      level = kMostService;
    }
    stage.service_level = level;
  }

  void read_time(std::size_t row, Stage& stage) {
    const bool stated = !sheet_.cell(row, days_).empty();
    const double mean = sheet_.number(row, days_, "stageTime of " + stage.name, kMostDays).value_or(0);
    const double sd = sheet_.number(row, days_sd_, "stdDev stageTime of " + stage.name, kMostDays).value_or(0);
    StageTime& time = stage.time;
    const StageTime discrete = read_discrete(row, stage.name);
    if (discrete.points.empty()) {
      if (!stated && days_) remarks_.push_back(fmt::format("stage {}: no stage time, taken as 0", stage.name));
    } else if (!stated || std::abs(discrete.mean - mean) <= std::max(kMeanToleranceDays, kMeanTolerance * mean)) {
      time = discrete;
      return;
    } else {
      remarks_.push_back(
          fmt::format("stage {}: the discrete stage times have mean {:.6g} d against a stated stageTime of {} d; "
                      "the stated mean and standard deviation were used",
                      stage.name, discrete.mean, mean));
    }
    time.mean = mean;
    time.sd = sd;
    if (mean == 0 && sd > 0) {
      remarks_.push_back(fmt::format("stage {}: a standard deviation of a stage time of 0 was left out", stage.name));
      time.sd = 0;
    }
    check_variation(row, days_sd_, "stdDev stageTime of " + stage.name, time.mean, time.sd);
  }

  void check_variation(std::size_t row, Sheet::Column column, const std::string& subject, double mean, double sd) {
    if (sd <= kMostVariation * mean) return;
    sheet_.fault(row, column,
                 fmt::format("{}: got {}, expected at most {} times the mean {}", subject, sd, kMostVariation, mean));
  }

  // Weights may add up to 1 or to 100; equal times are merged. No points: nothing was given, or it was wrong.
  StageTime read_discrete(std::size_t row, const std::string& name) {
    std::map<double, double> weights;
    double sum = 0;
    bool wrong = false;
    bool signs = false;
    Sheet::Column first;
    for (const DiscreteColumns& columns : discrete_) {
      const std::string days_subject = fmt::format("stageTime_{} of {}", columns.number, name);
      const std::string weight_subject = fmt::format("stageTime_%_{} of {}", columns.number, name);
      const bool has_days = !sheet_.cell(row, columns.days).empty();
      const bool has_weight = !sheet_.cell(row, columns.weight).empty();
      if (!has_days && !has_weight) continue;
      bool percent = false;
      const std::optional<double> days = sheet_.number(row, columns.days, days_subject, kMostDays);
      const std::optional<double> weight = sheet_.number(row, columns.weight, weight_subject, 100, &percent);
      signs = signs || percent;
      if ((has_days && !days) || (has_weight && !weight)) {
        wrong = true;
      } else if (!has_weight) {
        wrong = true;
        sheet_.fault(row, columns.days,
                     fmt::format("{}: a time without its weight stageTime_%_{}", days_subject, columns.number));
      } else if (!has_days && *weight > 0) {
        wrong = true;
        sheet_.fault(row, columns.weight,
                     fmt::format("{}: a weight without its time stageTime_{}", weight_subject, columns.number));
      } else if (*weight > 0) {
        if (!first) first = columns.weight;
        weights[*days] += *weight;
        sum += *weight;
      }
    }
    if (wrong || weights.empty()) return {};
    const double whole = sum > 50 && !signs ? 100 : 1;
    if (std::abs(sum / whole - 1) > 0.02) {
      sheet_.fault(row, first,
                   fmt::format("stageTime_% of {}: the weights add up to {:.6g}, expected 1 (or 100)", name, sum));
      return {};
    }
    if (std::abs(sum / whole - 1) > 1e-6) {
      remarks_.push_back(
          fmt::format("stage {}: the weights of its stage times add up to {:.6g} and were scaled", name, sum));
    }
    return time_of(weights, sum);
  }

  static StageTime time_of(const std::map<double, double>& weights, double sum) {
    StageTime time;
    for (const auto& [days, weight] : weights) {
      // What would be printed as 0 % is left to the others.
      if (weight / sum < 1e-9) continue;
      time.points.push_back({days, weight / sum});
      time.mean += days * weight / sum;
    }
    double variance = 0;
    for (const StageTime::Point& point : time.points) {
      variance += point.weight * (point.days - time.mean) * (point.days - time.mean);
    }
    time.sd = time.points.size() > 1 ? std::sqrt(variance) : 0;
    return time;
  }

  Sheet& sheet_;
  std::vector<std::string>& remarks_;
  Sheet::Column name_, days_, demand_, demand_sd_, days_sd_, cost_, service_, due_, classification_;
  std::vector<DiscreteColumns> discrete_;
  std::map<std::string, int> lines_;
  bool bad_demand_ = false;
};

struct Link {
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t row = 0;
};

std::vector<Link> read_links(Sheet& sheet, const std::vector<Stage>& stages) {
  std::vector<Link> links;
  const Sheet::Column from = sheet.required("sourcestage", "sourceStage");
  const Sheet::Column to = sheet.required("destinationstage", "destinationStage");
  if (!from || !to || stages.empty()) return links;

  std::map<std::string, std::size_t, std::less<>> index;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    index.emplace(stages[i].name, i);
    names.push_back(stages[i].name);
  }
  const auto find = [&](std::size_t row, Sheet::Column column, std::string_view title) -> std::optional<std::size_t> {
    const std::string_view name = sheet.cell(row, column);
    const auto found = name.empty() ? index.end() : index.find(name);
    if (found != index.end()) return found->second;
    sheet.fault(row, column,
                name.empty() ? fmt::format("{}: blank, expected the name of a stage", title)
                             : fmt::format("{}: no stage \"{}\"{}", title, name, common::did_you_mean(name, names)));
    return std::nullopt;
  };

  std::map<std::pair<std::size_t, std::size_t>, int> seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const std::optional<std::size_t> source = find(row, from, "sourceStage");
    const std::optional<std::size_t> destination = find(row, to, "destinationStage");
    if (!source || !destination) continue;
    const auto [first, is_new] = seen.emplace(std::pair{*source, *destination}, sheet.line(row));
    if (is_new) {
      links.push_back({*source, *destination, row});
    } else {
      sheet.fault(row, from,
                  fmt::format("the link {} -> {} was already given in line {}", names[*source], names[*destination],
                              first->second));
    }
  }
  return links;
}

// Walks upstream among the stages that could not be ordered until one comes again, and tells that cycle.
void report_cycle(Sheet& sheet, const std::vector<Stage>& stages, const std::vector<Link>& links,
                  const std::vector<std::size_t>& waits_for) {
  std::vector<std::size_t> way;
  std::size_t here = 0;
  while (waits_for[here] == 0) ++here;
  while (std::find(way.begin(), way.end(), here) == way.end()) {
    way.push_back(here);
    here = std::find_if(links.begin(), links.end(), [&](const Link& link) {
             return link.to == way.back() && waits_for[link.from] > 0;
           })->from;
  }
  // Written downstream: from the stage that came again back to itself.
  std::string text = stages[here].name;
  const auto first = std::find(way.begin(), way.end(), here);
  for (auto stage = way.end(); stage != first;) text += " -> " + stages[*--stage].name;
  const auto link =
      std::find_if(links.begin(), links.end(), [&](const Link& l) { return l.from == here && l.to == way.back(); });
  sheet.fault(link->row, Sheet::Column{0}, "the links form a cycle: " + text);
}

// Suppliers first; of those that could come next, the one that stands first in the file.
std::optional<std::vector<std::size_t>> topological(Sheet& sheet, const std::vector<Stage>& stages,
                                                    const std::vector<Link>& links) {
  std::vector<std::vector<std::size_t>> customers(stages.size());
  std::vector<std::size_t> waits_for(stages.size(), 0);
  for (const Link& link : links) {
    customers[link.from].push_back(link.to);
    ++waits_for[link.to];
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    if (waits_for[i] == 0) ready.push(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    order.push_back(ready.top());
    ready.pop();
    for (const std::size_t customer : customers[order.back()]) {
      if (--waits_for[customer] == 0) ready.push(customer);
    }
  }
  if (order.size() == stages.size()) return order;
  report_cycle(sheet, stages, links, waits_for);
  return std::nullopt;
}

void remark_on_ends(Chain& chain) {
  for (const Stage& stage : chain.stages) {
    if (stage.demand_mean > 0 || !stage.customers.empty()) continue;
    chain.remarks.push_back(fmt::format("stage {}: no customers and no demand; nothing will ever be ordered from it{}",
                                        stage.name, stage.suppliers.empty() ? " (it has no suppliers either)" : ""));
  }
}

}  // namespace

std::optional<Chain> read_willems_chain(std::string_view stages_csv, std::string_view stages_name,
                                        std::string_view links_csv, std::string_view links_name,
                                        std::vector<ImportError>& errors) {
  const std::size_t errors_before = errors.size();
  Chain chain;
  Sheet stage_sheet(stages_csv, stages_name, errors);
  const std::vector<Stage> stages =
      stage_sheet.readable() ? StageReader(stage_sheet, chain.remarks).read() : std::vector<Stage>{};
  Sheet link_sheet(links_csv, links_name, errors);
  const std::vector<Link> links = link_sheet.readable() ? read_links(link_sheet, stages) : std::vector<Link>{};
  for (const Sheet* sheet : {&stage_sheet, &link_sheet}) {
    chain.remarks.insert(chain.remarks.end(), sheet->remarks().begin(), sheet->remarks().end());
  }
  const auto order = topological(link_sheet, stages, links);
  if (errors.size() != errors_before || !order) return std::nullopt;

  std::vector<std::size_t> place(stages.size());
  for (std::size_t i = 0; i < order->size(); ++i) {
    place[(*order)[i]] = i;
    chain.stages.push_back(stages[(*order)[i]]);
  }
  chain.links = links.size();
  for (const Link& link : links) {
    chain.stages[place[link.to]].suppliers.push_back(place[link.from]);
    chain.stages[place[link.from]].customers.push_back(place[link.to]);
  }
  for (Stage& stage : chain.stages) {
    std::sort(stage.suppliers.begin(), stage.suppliers.end());
    std::sort(stage.customers.begin(), stage.customers.end());
  }
  remark_on_ends(chain);
  return chain;
}

}  // namespace tierworks::importers
