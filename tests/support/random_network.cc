#include "tests/support/random_network.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tierworks::tests {

namespace {

class Network {
 public:
  Network(std::uint64_t seed, int most_sites)
      : random_(seed), also_(~seed), ways_(~seed + 1), told_(~seed + 2), open_(~seed + 3), most_sites_(most_sites) {}

  std::string yaml() {
    items();
    const int sites = 3 + below(most_sites_ - 2);
    const int outside = 1 + below(std::max(1, sites / 4));
    for (int s = 0; s < sites; ++s) {
      sites_ += fmt::format("  site_{}:\n", s);
      if (s < outside) {
        seller(s);
      } else {
        buyer(s);
      }
    }
    streams();
    signals();
    return "tierworks: 1\ntime: {horizon: 10 d, warm_up: 5 d}\nmoney: {holding: 20 % / yr, transit_holding: 5 % / yr}\n"
           "items:\n" +
           items_text_ + "sites:\n" + sites_ + (lanes_.empty() ? "" : "lanes:\n" + lanes_) + "demand:\n" + demand_;
  }

 private:
  struct Item {
    int per_unit_of_resolution = 1;  // resolution = 1 / this
    std::vector<int> components;
    std::vector<int> sites;  // that have it
  };

  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  // Draws of their own for what came later, so that the networks of a seed stay as they are otherwise.
  int also_below(int n) { return static_cast<int>(also_() % static_cast<std::uint64_t>(n)); }
  bool also_one_in(int n) { return also_below(n) == 0; }

  // Of how things are made; a draw of its own, so that the rest of a network stays as it is.
  int way(int n) { return static_cast<int>(ways_() % static_cast<std::uint64_t>(n)); }

  // Of what sites tell each other, and of orders that are booked ahead.
  int told(int n) { return static_cast<int>(told_() % static_cast<std::uint64_t>(n)); }

  std::string line_extras() {
    std::string text;
    if (way(3) == 0) {
      text += std::array{", shifts: daily 06:00-18:00", ", shifts: [daily 20:00-04:00, sat 04:00-12:00]",
                         ", shifts: mon-fri 08:00-16:00, holidays: 3 d to 4 d, staffing: 50 % for 3 d after holidays"}
          [static_cast<std::size_t>(way(3))];
      if (way(2) == 0) text += ", overtime: {hours: daily 18:00-20:00, above: 3 h, cost_per_hour: 5}";
    }
    if (way(3) == 0) text += ", change_over: exponential 20 min";
    if (text.ends_with("20 min") && way(2) == 0) text += way(2) == 0 ? ", campaign: 3 batches" : ", campaign: 2 h";
    return text;
  }

  std::string making_extras(int item, int lines, bool has_batch) {
    const Item& made = items_[static_cast<std::size_t>(item)];
    std::string text;
    if (way(3) == 0) {
      text += std::array{", yield: 90 %", ", yield: uniform 70 % to 100 %",
                         ", yield: 85 % each"}[static_cast<std::size_t>(way(made.per_unit_of_resolution == 1 ? 3 : 2))];
    }
    switch (way(8)) {
      case 0:
        text += ", start: full_kit";
        break;
      case 1:
        if (!has_batch) text += ", start: 50 % kit";
        break;
      case 2:
        if (!has_batch) text += ", start: any";
        break;
      default:
        break;
    }
    if (way(4) == 0) {
      text += fmt::format(", choose: {}, alternatives: {{other: {{line: line_{}, time: {} h}}}}",
                          way(2) == 0 ? "priority" : "least_load", way(lines), 1 + way(3));
    }
    if (way(4) == 0) {
      const int also = way(static_cast<int>(items_.size()));
      if (also != item) {
        const double amount = (1 + way(3)) * static_cast<double>(made.per_unit_of_resolution) /
                              items_[static_cast<std::size_t>(also)].per_unit_of_resolution;
        text += fmt::format(", also: {{item_{}: {}}}", also, amount);
      }
    }
    return text;
  }

  std::string a_time(int hours) {
    switch (below(5)) {
      case 0:
        return fmt::format("{} h", below(2 * hours + 1));
      case 1:
        return fmt::format("exponential {} h", hours);
      case 2:
        return fmt::format("lognormal {} h cv 0.6", hours);
      case 3:
        return fmt::format("uniform 1 min to {} h", 2 * hours);
      default:
        return fmt::format("gamma {} h sd {} h", hours, hours);
    }
  }

  // Raw items first; each made item goes together from some of the items before it.
  void items() {
    const int raw = 1 + below(4), made = 1 + below(6);
    items_.resize(static_cast<std::size_t>(raw + made));
    for (int i = 0; i < raw + made; ++i) {
      Item& item = items_[static_cast<std::size_t>(i)];
      item.per_unit_of_resolution = std::array{1, 1, 2, 10}[static_cast<std::size_t>(below(4))];
      std::string text = fmt::format("value: {}, resolution: {}", 1 + below(50), 1.0 / item.per_unit_of_resolution);
      if (one_in(3)) text += fmt::format(", attrition: {} %", 1 + below(9));
      // Longer than any way takes at least.
      if (also_one_in(4)) text += fmt::format(", shelf_life: {} d", 2 + also_below(8));
      if (i >= raw) {
        text += ", bom: {";
        const int parts = 1 + below(std::min(3, i));
        for (int k = 0, part = below(i); k < parts; ++k, part = (part + 1) % i) {
          item.components.push_back(part);
          // A whole number of the component's smallest units in each smallest unit of the product.
          const double amount = (1 + below(3)) * static_cast<double>(item.per_unit_of_resolution) /
                                items_[static_cast<std::size_t>(part)].per_unit_of_resolution;
          text += fmt::format("{}item_{}: {}", k > 0 ? ", " : "", part, amount);
        }
        text += "}";
      }
      items_text_ += fmt::format("  item_{}: {{{}}}\n", i, text);
    }
  }

  // Site 0 sells all raw items, so that everything comes from somewhere; made ones are sold now and then.
  void seller(int s) {
    sites_ += "    sells:\n";
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const bool raw = items_[i].components.empty();
      const bool always = raw && (s == 0 || i == 0);
      if (!always && !one_in(raw ? 2 : 4)) continue;
      sites_ += fmt::format("      item_{}: {{quoted: {}, price: {}{}}}\n", i, a_time(20), 1 + below(9),
                            one_in(4) ? fmt::format(", capacity: {} / d", 5 + below(60)) : "");
      items_[i].sites.push_back(s);
    }
  }

  void buyer(int s) {
    std::vector<int> made, bought;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!items_[i].components.empty() && one_in(3)) made.push_back(static_cast<int>(i));
    }
    const auto has = [](const std::vector<int>& list, int i) {
      return std::find(list.begin(), list.end(), i) != list.end();
    };
    // Needs of what is made: made here as well, or bought; without anybody to buy from, made here after all.
    for (std::size_t k = 0; k < made.size(); ++k) {
      for (const int part : items_[static_cast<std::size_t>(made[k])].components) {
        if (has(made, part) || has(bought, part)) continue;
        const bool available = !items_[static_cast<std::size_t>(part)].sites.empty();
        (available ? bought : made).push_back(part);
      }
    }
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const int item = static_cast<int>(i);
      if (!items_[i].sites.empty() && !has(made, item) && !has(bought, item) && (one_in(4) || made.empty())) {
        bought.push_back(item);
      }
    }
    std::string stock;
    if (!bought.empty()) sites_ += "    buys:\n";
    for (const int item : bought) sites_ += fmt::format("      item_{}: {{{}}}\n", item, sources(s, item));
    if (!made.empty()) {
      const int lines = 1 + below(2);
      sites_ += "    lines:\n";
      for (int l = 0; l < lines; ++l) {
        sites_ += fmt::format("      line_{}: {{servers: {}, cost_per_hour: 10{}{}}}\n", l, 1 + below(3),
                              one_in(4) ? fmt::format(", room: {}", 1 + below(4)) : "", line_extras());
      }
      sites_ += "    makes:\n";
      for (const int item : made) {
        const std::string how =
            fmt::format("time: {}{}{}{}", a_time(1), one_in(4) ? "" : fmt::format(", line: line_{}", below(lines)),
                        one_in(3) ? fmt::format(", batch: {}", 1 + below(9)) : "", one_in(3) ? ", per: batch" : "");
        const bool has_batch = how.find(", batch: ") != std::string::npos;
        sites_ += fmt::format("      item_{}: {{{}{}}}\n", item, how, making_extras(item, lines, has_batch));
      }
    }
    for (const auto* list : {&made, &bought}) {
      for (const int item : *list) {
        items_[static_cast<std::size_t>(item)].sites.push_back(s);
        stocks_.emplace_back(s, item);
        if (one_in(4)) continue;
        plans_ = false;
        const std::string kept = policy();
        const std::string name = fmt::format("@{}_{}@", s, item);
        const std::size_t forecast = kept.find("forecast: ");
        if (kept.starts_with("mrp")) mrp_.insert({s, item});
        if (forecast == 0) {
          forecasts_[{s, item}] = kept.substr(0, kept.find(','));
          stock += fmt::format("      item_{}: {{{}{}}}\n", item, name, kept.substr(kept.find(',')));
        } else {
          stock += fmt::format("      item_{}: {{{}{}}}\n", item, kept, name);
        }
        stock.insert(stock.size() - 2, on_order(s, item));
        if (plans_) planned_.emplace_back(s, item);
      }
    }
    if (!stock.empty()) sites_ += "    stock:\n" + stock;
  }

  std::string sources(int s, int item) {
    const std::vector<int>& sellers = items_[static_cast<std::size_t>(item)].sites;
    const int first = below(static_cast<int>(sellers.size()));
    const int n = 1 + below(std::min<int>(3, static_cast<int>(sellers.size())));
    std::string text = "from: {";
    const bool by_share = !one_in(3);
    bool limited = false;
    for (int k = 0; k < n; ++k) {
      const int seller = sellers[static_cast<std::size_t>(first + k) % sellers.size()];
      const std::string how = by_share ? fmt::format("share: {} %", n == 1 ? 100 : (n == 2 ? 50 : (k == 0 ? 20 : 40)))
                              : one_in(2) ? fmt::format("most_open: {}", 5 + below(40))
                                          : fmt::format("answer_within: {} h", 20 + below(80));
      limited = limited || how.starts_with("most_open");
      text += fmt::format("{}site_{}: {{{}{}}}", k > 0 ? ", " : "", seller, how, way(seller, s));
    }
    text += "}";
    if (!by_share) {
      const char* const rule = std::array{"priority", "cheapest", "fastest"}[static_cast<std::size_t>(below(3))];
      const bool reported = also_one_in(3);
      text += fmt::format(", choose: {}", reported ? "least_load" : rule);
      if (reported) text += fmt::format(", reported_every: {} h", 6 + also_below(40));
      if (limited && also_one_in(2)) text += ", split_orders: true";
    }
    const bool on_days = also_one_in(6);
    if (on_days) text += fmt::format(", order_days: {} h", 5 + also_below(60));
    for (int k = 0; k < n; ++k) {
      purchases_.push_back({s, sellers[static_cast<std::size_t>(first + k) % sellers.size()], item, on_days});
    }
    return text + fmt::format(", order_time: {} h", one_in(8) ? 0 : 1 + below(2));
  }

  // A lane between the two sites now and then, shared by all that goes this way; else a transit of this purchase alone.
  std::string way(int from, int to) {
    for (const auto& [a, b] : lane_ends_) {
      if (a == from && b == to) return "";
    }
    for (const auto& [a, b] : own_ways_) {
      if (a == from && b == to) return fmt::format(", transit: {}", a_time(20));
    }
    if (!one_in(3)) {
      own_ways_.emplace_back(from, to);
      return fmt::format(", transit: {}", a_time(20));
    }
    lanes_ += fmt::format("  lane_{}: {{from: site_{}, to: site_{}, transit: {}, cost_per_unit: 0.5{}{}}}\n",
                          lane_ends_.size(), from, to, a_time(15),
                          one_in(2) ? fmt::format(", capacity: {}", 1 + below(4)) : "",
                          one_in(2) ? ", keep_order: true" : "");
    lane_ends_.emplace_back(from, to);
    return "";
  }

  // Goods and orders from one of its suppliers, or what is in work.
  std::string on_order(int s, int item) {
    if (open_() % 3 != 0) return "";
    std::string from, to;
    for (const Purchase& purchase : purchases_) {
      if (purchase.site != s || purchase.item != item) continue;
      from = fmt::format(" from site_{}", purchase.from);
      to = fmt::format(" to site_{}", purchase.from);
      if (open_() % 2 == 0) break;
    }
    std::string text = fmt::format(", on_order: [{}{} at {} h", 1 + open_() % 20, from, open_() % 100);
    if (open_() % 2 == 0) text += fmt::format(", {}{} at {} d", 1 + open_() % 20, from, open_() % 90);
    if (!to.empty() && open_() % 2 == 0) text += fmt::format(", {}{} at {} h", 1 + open_() % 20, to, open_() % 50);
    return text + "]";
  }

  std::string policy() {
    std::string text;
    const int level = 1 + below(40);
    bool limited = true;
    switch (below(12)) {
      case 0:
        text = fmt::format("level: {}", level);
        break;
      case 1:
        text = fmt::format("reorder_point: {}, level: {}", level, level + 1 + below(20));
        break;
      case 2:
        text = fmt::format("reorder_point: {}, quantity: {}", level, 1 + below(20));
        break;
      case 3:
        text = fmt::format("kanban: {} cards of {}{}", 1 + below(6), 1 + below(9), one_in(2) ? " when started" : "");
        limited = false;
        break;
      case 4:
        text = "on_demand: true";
        break;
      case 6:
        text = fmt::format("mrp: {{lead_time: 1 d, frozen: {} d, lot: {}}}, review: 1 d, horizon: 8 d, safety: {}",
                           below(3), one_in(2) ? "periods 2" : "fixed 7", below(20));
        break;
      case 5:
        text = fmt::format("reorder_point: {}, quantity: {}, review: {} h", level, 1 + below(20), 6 + below(40));
        break;
      case 7:
        plans_ = true;
        text = fmt::format(
            "forecast: {}, review: {} h, safety: {}",
            std::array{"smoothing 0.2", "moving_average 3", "croston 0.1"}[static_cast<std::size_t>(below(3))],
            12 + below(36), below(20));
        limited = false;
        break;
      case 8:
        text = fmt::format("order_formula: \"max(0, {} - position)\"", level);
        break;
      case 9:
        plans_ = true;
        text = fmt::format("cover: {}..{} d", 1 + below(3), 4 + below(9));
        break;
      case 10:
        plans_ = true;
        text = fmt::format("ddmrp: {{lead_time_factor: {} %, variability_factor: {} %}}, review: {} h", 20 + below(60),
                           20 + below(60), 12 + below(24));
        break;
      default:
        text = fmt::format("level: {}, review: {} h from {} h", level, 6 + below(40), below(30));
        break;
    }
    if (one_in(4)) text += fmt::format(", initial: {}", below(60));
    if (limited && one_in(4)) text += fmt::format(", minimum: {}", 1 + below(15));
    if (limited && one_in(4)) text += fmt::format(", multiple: {}", 1 + below(8));
    if (one_in(4)) {
      text += fmt::format(", allocation: {}", std::array{"proportional", "equal"}[static_cast<std::size_t>(below(2))]);
    }
    return text;
  }

  // Some of those whose buyers plan, or forecast, go by what these say.
  void signals() {
    for (const auto& [supplier, item] : stocks_) {
      const auto is_told = [&](const auto& by) {
        bool some = false, on_days = false;
        for (const Purchase& purchase : purchases_) {
          if (purchase.from != supplier || purchase.item != item || !by.contains({purchase.site, item})) continue;
          some = true;
          on_days = on_days || purchase.on_days;
        }
        return some && !on_days && told(3) > 0;
      };
      std::string text;
      if (mrp_.contains({supplier, item})) {
        if (is_told(mrp_)) text = ", demand_signal: plans";
      } else if (forecasts_.contains({supplier, item})) {
        text = is_told(forecasts_) ? "demand_signal: forecast" : forecasts_[{supplier, item}];
      }
      const std::string name = fmt::format("@{}_{}@", supplier, item);
      const std::size_t at = sites_.find(name);
      if (at != std::string::npos) sites_.replace(at, name.size(), text);
    }
  }

  std::string bookings() {
    if (told(3) > 0) return "";
    std::string text = fmt::format(", booked: {{ahead: {} d", 2 + told(6));
    if (told(2) == 0) text += fmt::format(", pulled_in: {{share: {} %, by: {} h}}", 10 + told(30), 1 + told(60));
    if (told(2) == 0) text += fmt::format(", pushed_out: {{share: {} %, by: {} h}}", 10 + told(30), 1 + told(90));
    if (told(2) == 0) text += fmt::format(", cancelled: {} %", 5 + told(20));
    return text + "}";
  }

  // Somewhere, and wherever a policy would otherwise find no demand to plan by.
  void streams() {
    const int n = 1 + below(5);
    for (const auto& [site, item] : planned_) {
      demand_ += fmt::format("  planned_{0}_{1}: {{at: site_{0}, item: item_{1}, orders: poisson {2} / d}}\n", site,
                             item, 1 + below(5));
    }
    for (int d = 0; d < n; ++d) {
      const auto [site, item] = stocks_[static_cast<std::size_t>(below(static_cast<int>(stocks_.size())))];
      const std::string orders =
          one_in(3) ? fmt::format("every {} h", 1 + below(12)) : fmt::format("poisson {} / d", 1 + below(12));
      const auto size = std::array<const char*, 4>{"1", "gamma 3 sd 2", "discrete 1 50 % or 7 50 %", "poisson 2"};
      const auto unmet = std::array<const char*, 4>{"backorder", "lost", "wait 9 h", "wait 2 d"};
      demand_ += fmt::format(
          "  stream_{}: {{at: site_{}, item: item_{}, orders: {}, size: {}, unmet: {}, price: 9{}{}}}\n", d, site, item,
          orders, size[static_cast<std::size_t>(below(4))], unmet[static_cast<std::size_t>(below(4))],
          one_in(3) ? fmt::format(", transit: {}", a_time(5)) : "", bookings());
    }
  }

  struct Purchase {
    int site, from, item;
    bool on_days;
  };

  std::mt19937_64 random_, also_, ways_, told_, open_;
  int most_sites_;
  std::vector<Item> items_;
  std::vector<std::pair<int, int>> stocks_, lane_ends_, own_ways_;
  bool plans_ = false;                        // the policy drawn last looks at mean demand
  std::vector<std::pair<int, int>> planned_;  // stocks with such a policy
  std::vector<Purchase> purchases_;
  std::set<std::pair<int, int>> mrp_;                     // stocks
  std::map<std::pair<int, int>, std::string> forecasts_;  // what these stocks forecast by
  std::string items_text_, sites_, lanes_, demand_;
};

}  // namespace

std::string random_network(std::uint64_t seed, int most_sites) { return Network(seed, most_sites).yaml(); }

}  // namespace tierworks::tests
