#include "report/outlook_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "report/grid.h"
#include "report/numbers.h"
#include "report/sections.h"
#include "report/text.h"

namespace tierworks::report {

namespace {

using world::LoadOutlook;
using world::StockOutlook;

constexpr double kNearlyFull = 0.95;

class CheckPage {
 public:
  CheckPage(const Subject& subject, const world::Outlook& outlook, const TableOptions& options)
      : subject_(subject), outlook_(outlook), options_(options) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  std::string text() {
    head();
    loads("LINES, by load", outlook_.lines, "made / d", "servers");
    loads("WORK CENTRES, by load", outlook_.work_centres, "operations / d", "machines");
    loads("SUPPLIERS WITH A CAPACITY", outlook_.offers, "sold / d", "");
    loads("LANES WITH A CAPACITY", outlook_.lanes, "shipments / d", "at once");
    stocks();
    safety();
    partitions();
    warnings();
    return std::move(out_);
  }

 private:
  void paragraph(const std::string& text) { out_ += wrapped(text, options_.width, 2); }

  void head() {
    out_ += headline(subject_, options_);
    const auto n = [](std::int64_t count, const char* noun) { return counted(static_cast<std::size_t>(count), noun); };
    paragraph(fmt::format("{}, {}, {}, {}, {}, {}", n(subject_.sites, "site"), n(subject_.items, "item"),
                          n(subject_.stocks, "stock"), n(subject_.lines, "line"), n(subject_.lanes, "lane"),
                          n(subject_.streams, "demand stream")));
    if (subject_.work_centres > 0) {
      paragraph(fmt::format("shop floor: {}, {}, {}, {}", n(subject_.work_centres, "work centre"),
                            n(subject_.machines, "machine"), n(subject_.routings, "routing"),
                            n(subject_.releases, "release")));
    }
    paragraph(fmt::format("{}", measured_text(subject_)));
    std::string tiers = counted(outlook_.tiers.size(), "tier");
    for (std::size_t i = 0; i < outlook_.tiers.size(); ++i) {
      const world::TierOutlook& tier = outlook_.tiers[i];
      tiers += fmt::format("{} {} with {}", i == 0 ? ":" : ",", tier.tier, counted(tier.sites, "site"));
    }
    paragraph(tiers);
    paragraph(fmt::format("expected: customers order {} units / d; {} units on the way and in work",
                          short_number(outlook_.demand), short_number(outlook_.pipeline_stock)));
  }

  void loads(const char* head, const std::vector<LoadOutlook>& loads, const char* rate, const char* servers) {
    if (loads.empty()) return;
    Grid grid({{head, false, 12}, {"load"}, {servers}, {rate}});
    const std::size_t most = shown_rows(loads.size(), options_);
    for (std::size_t i = 0; i < most; ++i) {
      const LoadOutlook& load = loads[i];
      grid.add({{load.name},
                {.text = cell_text(load.load, common::Unit::share), .weak = load.load > kNearlyFull},
                {load.servers > 0 ? std::to_string(load.servers) : ""},
                {short_number(load.rate)}});
    }
    out_ += "\n" + grid.text(options_.width, options_.colour) + rest_line(loads.size() - most);
  }

  // How many lead times the level covers: the stock with the fewest is shown first.
  static double lead_times_covered(const StockOutlook& stock) {
    if (stock.to_order || !std::isfinite(stock.cover_days)) return INFINITY;
    const double days = stock.lead_time_hours / 24;
    return days > 0 ? stock.cover_days / days : INFINITY;
  }

  void stocks() {
    std::vector<const StockOutlook*> sorted;
    for (const StockOutlook& stock : outlook_.stocks) sorted.push_back(&stock);
    const auto rank = [](const StockOutlook* s) { return s->to_order ? 1 : s->rate > 0 ? 0 : 2; };
    std::stable_sort(sorted.begin(), sorted.end(), [&](const StockOutlook* a, const StockOutlook* b) {
      if (rank(a) != rank(b)) return rank(a) < rank(b);
      return lead_times_covered(*a) < lead_times_covered(*b);
    });
    Grid grid({{"STOCKS, least cover first", false, 16},
               {"policy", false, 16},
               {"level"},
               {"rate / d"},
               {"unit", false, 4},
               {"lead time"},
               {"cover"}});
    const std::size_t most = shown_rows(sorted.size(), options_);
    for (std::size_t i = 0; i < most; ++i) {
      const StockOutlook& s = *sorted[i];
      grid.add({{s.site + "/" + s.item},
                {s.policy},
                {s.to_order ? "" : short_number(s.level)},
                {short_number(s.rate)},
                {s.unit},
                {hours_text(s.lead_time_hours)},
                {.text = hours_text(s.cover_days * 24), .weak = lead_times_covered(s) < 1}});
    }
    if (!grid.empty()) out_ += "\n" + grid.text(options_.width, options_.colour) + rest_line(sorted.size() - most);
  }

  void safety() {
    if (outlook_.safety.empty()) return;
    out_ += "\nSAFETY STOCKS, computed\n";
    const std::size_t most = shown_rows(outlook_.safety.size(), options_);
    for (std::size_t i = 0; i < most; ++i) {
      const world::SafetyOutlook& s = outlook_.safety[i];
      paragraph(
          fmt::format("{} for {}: {} {}, on top of a demand of {} until the next goods arrive, sd {} ({}); lead time "
                      "{}, sd {}",
                      s.stock, s.asked, short_number(s.safety_stock), s.unit, short_number(s.demand_mean),
                      short_number(s.demand_deviation), s.variability, hours_text(s.lead_time_hours),
                      hours_text(s.lead_time_deviation_hours)));
    }
    out_ += rest_line(outlook_.safety.size() - most);
  }

  void partitions() {
    out_ += "\n";
    std::string text = fmt::format("{} in one run", counted(outlook_.partitions, "partition"));
    if (outlook_.has_lookahead) {
      text +=
          fmt::format(", lookahead {} ({})", hours_text(outlook_.lookahead_seconds / 3600), outlook_.lookahead_link);
    } else {
      text += ": nothing passes between them";
    }
    paragraph(text);
  }

  void warnings() {
    const std::size_t most = shown_rows(outlook_.warnings.size(), options_);
    for (std::size_t i = 0; i < most; ++i) out_ += warning_line(outlook_.warnings[i], options_);
    out_ += rest_line(outlook_.warnings.size() - most);
  }

  const Subject& subject_;
  const world::Outlook& outlook_;
  TableOptions options_;
  std::string out_;
};

}  // namespace

std::string outlook_text(const Subject& subject, const world::Outlook& outlook, const TableOptions& options) {
  return CheckPage(subject, outlook, options).text();
}

std::string defaults_text(const std::vector<DefaultLine>& defaults, const TableOptions& options) {
  if (defaults.empty()) return {};
  Grid grid({{"DEFAULTS USED", false, 13}, {"value", false}, {"times"}});
  for (const DefaultLine& line : defaults) grid.add({{line.key}, {line.standard}, {std::to_string(line.times)}});
  return "\n" + grid.text(options.width, options.colour);
}

std::set<std::string> to_order_scopes(const world::Outlook& outlook) {
  std::set<std::string> scopes;
  for (const StockOutlook& stock : outlook.stocks) {
    if (stock.to_order) scopes.insert("site:" + stock.site + "/item:" + stock.item);
  }
  return scopes;
}

}  // namespace tierworks::report
