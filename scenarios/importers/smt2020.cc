#include "scenarios/importers/smt2020.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/smt2020_machines.h"

namespace tierworks::importers {
namespace {

using smt2020::Fab;
using smt2020::Family;
using smt2020::is_plain;
using smt2020::name_in;

// Seconds since 2000-01-01 of `MM/DD/YY HH:MM:SS`.
std::optional<std::int64_t> seconds_of(std::string_view date) {
  std::array<int, 6> part{};
  constexpr std::string_view kSigns = "// ::";
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto [end, fault] = std::from_chars(date.data(), date.data() + date.size(), part[i]);
    if (fault != std::errc{} || part[i] < 0) return std::nullopt;
    date.remove_prefix(static_cast<std::size_t>(end - date.data()));
    if (i == kSigns.size()) break;
    if (date.empty() || date.front() != kSigns[i]) return std::nullopt;
    date.remove_prefix(1);
  }
  const auto [month, day, year, hour, minute, second] = part;
  constexpr std::array<int, 12> kBefore{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  if (!date.empty() || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 ||
      year > 99) {
    return std::nullopt;
  }
  const bool leap = year % 4 == 0;
  const std::int64_t days = 365 * year + (year + 3) / 4 + kBefore[static_cast<std::size_t>(month - 1)] +
                            (leap && month > 2 ? 1 : 0) + day - 1;
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

class FabReader {
 public:
  FabReader(const std::vector<NamedText>& files, std::string folder, std::vector<ImportError>& errors)
      : files_(files), folder_(std::move(folder)), errors_(errors) {
    fab_.errors = &errors;
  }

  std::optional<ImportedFab> read() {
    table("fromto.txt", false, [this](TabTable& t) { moves(t); });
    table("tool.txt.1l", true, [this](TabTable& t) { machines_.tools(t); });
    table("order.txt", true, [this](TabTable& t) { collect_starts(t); });
    table("part.txt", true, [this](TabTable& t) { parts(t); });
    table("setup.txt", false, [this](TabTable& t) { machines_.setups(t); });
    table("setupgrp.txt", false, [this](TabTable& t) { machines_.setup_groups(t); });
    machines_.complete_setups();
    table("downcal.txt", false, [this](TabTable& t) { machines_.down_calendars(t); });
    table("pmcal.txt", false, [this](TabTable& t) { machines_.maintenance_calendars(t); });
    table("attach.txt", false, [this](TabTable& t) { machines_.attach(t); });
    table("order.txt", true, [this](TabTable& t) { orders(t, false); });
    table("WIP.txt", false, [this](TabTable& t) { orders(t, true); });
    for (const NamedText& file : files_) {
      if (read_.count(file.name) == 0) remark(fmt::format("{} is not read", file.name));
    }
    if (!errors_.empty()) return std::nullopt;
    return scenario();
  }

 private:
  void remark(std::string text) {
    if (std::find(remarks_.begin(), remarks_.end(), text) == remarks_.end()) remarks_.push_back(std::move(text));
  }

  void table(const std::string& name, bool needed, const std::function<void(TabTable&)>& use) {
    const auto file = std::find_if(files_.begin(), files_.end(), [&](const NamedText& f) { return f.name == name; });
    if (file == files_.end()) {
      if (needed && read_.insert(name).second) {
        errors_.push_back({folder_, 0, 0, fmt::format("has no file {}, which every SMT2020 data set has", name)});
      }
      return;
    }
    const std::size_t before = errors_.size();
    TabTable t(file->text, name, errors_);
    if (errors_.size() == before) use(t);
    // A table that is read twice gives its remarks with the second.
    if (name != "order.txt" || read_.count(name) > 0) {
      for (std::string& text : t.unread()) remark(std::move(text));
    }
    read_.insert(name);
  }

  void moves(TabTable& t) {
    t.need_columns({"FROMLOC", "TOLOC", "DTIME", "DUNITS"});
    for (std::size_t row = 0; row < t.rows(); ++row) {
      const std::string from = name_in(t, row, "FROMLOC"), to = name_in(t, row, "TOLOC");
      const auto time = smt2020::time_of(t, row, "DDIST", "DTIME", "DTIME2", "DUNITS");
      if (!time) continue;
      fab_.mean_move[{from, to}] = time->mean;
      moves_yaml_ += fmt::format("      {}_{}: {{from: {}, to: {}, time: {}}}\n", from, to, from, to, time->words);
    }
  }

  std::optional<std::int64_t> date(TabTable& t, std::size_t row, std::string_view column) {
    const std::string_view text = t.needed(row, column);
    const auto seconds = seconds_of(text);
    if (!seconds && !text.empty()) {
      t.fault(row, column, fmt::format("{}: got \"{}\", expected a date like 01/31/18 07:29:20", column, text));
    }
    return seconds;
  }

  // Time 0 is the first start of an order; a route's raw process time is that of its first order's lots.
  void collect_starts(TabTable& t) {
    t.need_columns({"LOT", "PART", "PRIOR", "PIECES", "START", "REPEAT", "RUNITS", "DUE"});
    if (t.rows() == 0) errors_.push_back({t.file(), 0, 0, "got no orders, expected at least one"});
    for (std::size_t row = 0; row < t.rows(); ++row) {
      const auto start = date(t, row, "START");
      if (start && (!start_ || *start < *start_)) {
        start_ = start;
        start_text_ = t.cell(row, "START");
      }
      pieces_.emplace(std::string(t.cell(row, "PART")), t.number(row, "PIECES").value_or(1));
      if (const auto priority = t.number(row, "PRIOR")) priorities_.insert(*priority);
    }
    const auto wip = std::find_if(files_.begin(), files_.end(), [](const NamedText& f) { return f.name == "WIP.txt"; });
    if (wip == files_.end()) return;
    std::vector<ImportError> told_later;
    TabTable lots(wip->text, wip->name, told_later);
    for (std::size_t row = 0; row < lots.rows(); ++row) {
      if (const auto priority = lots.number(row, "PRIOR")) priorities_.insert(*priority);
    }
  }

  void parts(TabTable& t) {
    t.need_columns({"PART", "ROUTEFILE", "ROUTE"});
    for (std::size_t row = 0; row < t.rows(); ++row) {
      t.cell(row, "PARTGRP");
      t.cell(row, "PARTFAM");
      const std::string part = name_in(t, row, "PART"), route = name_in(t, row, "ROUTE");
      const std::string file(t.needed(row, "ROUTEFILE"));
      route_of_part_[part] = route;
      if (routes_.count(route) > 0) continue;
      std::string& yaml = routes_[route];
      table(file, true, [&](TabTable& steps) {
        const auto pieces = pieces_.find(part);
        const auto read = smt2020::read_route(steps, fab_, route, pieces == pieces_.end() ? 1 : pieces->second, yaml);
        if (read) fab_routes_.push_back(*read);
      });
    }
  }

  // Of order.txt, or of the lots in process, which start at a step of their own.
  void orders(TabTable& t, bool in_process) {
    if (in_process) t.need_columns({"LOT", "PART", "PRIOR", "PIECES", "START", "CURSTEP", "DUE"});
    for (std::size_t row = 0; row < t.rows(); ++row) {
      const std::string lot = name_in(t, row, "LOT"), part = name_in(t, row, "PART");
      const auto route = route_of_part_.find(part);
      if (route == route_of_part_.end()) {
        if (!part.empty()) t.fault(row, "PART", fmt::format("no part \"{}\" in part.txt", part));
        continue;
      }
      if (!lots_.insert(lot).second) t.fault(row, "LOT", fmt::format("the lot {} appears twice", lot));
      std::string words = fmt::format("routing: {}, pieces: {}", route->second, t.needed_whole(row, "PIECES", 1));
      // The greatest number goes first.
      const auto priority = t.needed_number(row, "PRIOR");
      if (priority)
        words +=
            fmt::format(", priority: {}", 1 + std::distance(priorities_.upper_bound(*priority), priorities_.end()));
      const auto start = date(t, row, "START"), due = date(t, row, "DUE");
      if (start && due) {
        if (*due < *start) fab_.remark("lots that are due before they start are due when they start");
        words += fmt::format(", due: {} s", std::max<std::int64_t>(0, *due - *start));
      }
      if (start && start_ && *start > *start_) words += fmt::format(", from: {} s", *start - *start_);
      if (start && start_ && *start < *start_) fab_.remark("lots that started before the first order start with it");
      t.cell(row, "ORDER");
      const std::string_view hot = t.cell(row, "HOTLOT");
      if (!hot.empty() && hot != "no") fab_.remark(fmt::format("HOTLOT {} is not modelled: PRIOR decides", hot));
      if (in_process) {
        words += process(t, row, part, route->second);
      } else {
        words += repetition(t, row);
      }
      releases_yaml_ += fmt::format("      {}: {{{}}}\n", lot, words);
    }
  }

  std::string process(TabTable& t, std::size_t row, const std::string& part, const std::string& route) {
    ++in_process_;
    t.cell(row, "TRACE");
    const std::int64_t step = t.needed_whole(row, "CURSTEP", 1);
    const auto found =
        std::find_if(fab_routes_.begin(), fab_routes_.end(), [&](const auto& r) { return r.name == route; });
    if (found != fab_routes_.end() && step > static_cast<std::int64_t>(found->steps)) {
      t.fault(row, "CURSTEP", fmt::format("got step {}, but the route {} has {} steps", step, route, found->steps));
    }
    return fmt::format(", product: in_process_{}, starts_at: s{}, count: 1", part, step);
  }

  std::string repetition(TabTable& t, std::size_t row) {
    ++orders_;
    const auto every = smt2020::time_of(t, row, "RDIST", "REPEAT", "REPEAT2", "RUNITS");
    const auto times = t.number(row, "RPT#"), at_once = t.number(row, "LOTSPERRPT");
    std::string words;
    if (every) words += fmt::format(", lots: every {}", every->words);
    if (at_once && *at_once > 1) words += fmt::format(", at_once: {}", plain(*at_once));
    if (times) words += fmt::format(", count: {}", plain(*times * at_once.value_or(1)));
    return words;
  }

  ImportedFab scenario() {
    std::map<std::string, int> rules;
    for (const auto& [name, family] : fab_.families) ++rules[family.dispatch];
    for (const auto& [rule, count] : rules) {
      if (dispatch_.empty() || count > rules[dispatch_]) dispatch_ = rule;
    }
    ImportedFab fab;
    fab.families = fab_.families.size();
    fab.orders = orders_;
    fab.lots_in_process = in_process_;
    fab.routes = fab_routes_;
    for (const auto& [name, family] : fab_.families) {
      if (!family.is_delay) fab.tools += static_cast<std::size_t>(family.tools);
    }
    fab.yaml = fmt::format(
        "# A semiconductor fab of SMT2020. Lots in process at the start are products of their own, in_process_*.\n"
        "# Another rule: --policy dispatch=cr.\n"
        "tierworks: 1\n"
        "title: SMT2020 {}\n"
        "time: {{start: 20{}-{}-{}, horizon: 730 d}}\n"
        "run: {{replications: 10}}\n"
        "sites:\n"
        "  fab:\n"
        "    dispatch: [{}]\n",
        title(), start_text_.substr(6, 2), start_text_.substr(0, 2), start_text_.substr(3, 2), dispatch_);
    if (!moves_yaml_.empty()) fab.yaml += "    moves:\n" + moves_yaml_;
    fab.yaml += "    work_centres:\n";
    for (const std::string& name : fab_.order_of_families) fab.yaml += machines_.work_centre(name, dispatch_);
    fab.yaml += "    routings:\n";
    for (const auto& [name, steps] : routes_)
      fab.yaml += fmt::format("      {}:\n        operations:\n{}", name, steps);
    fab.yaml += "    releases:\n" + releases_yaml_;
    fab.remarks = remarks_;
    for (const auto& [text, count] : fab_.counted) {
      fab.remarks.push_back(count > 1 ? fmt::format("{} ({} times)", text, count) : text);
    }
    return fab;
  }

  std::string title() const {
    std::string plain_title;
    for (const char c : base_name(folder_)) plain_title += is_plain(std::string(1, c)) ? c : ' ';
    return plain_title;
  }

  const std::vector<NamedText>& files_;
  const std::string folder_;
  std::vector<ImportError>& errors_;
  Fab fab_;
  smt2020::Machines machines_{fab_};
  std::vector<std::string> remarks_;
  std::set<std::string> read_;
  std::map<std::string, std::string> route_of_part_, routes_;
  std::vector<ImportedFab::Route> fab_routes_;
  std::map<std::string, double> pieces_;
  std::set<double> priorities_;
  std::set<std::string> lots_;
  std::optional<std::int64_t> start_;
  std::string start_text_;
  std::string dispatch_, moves_yaml_, releases_yaml_;
  std::size_t orders_ = 0, in_process_ = 0;
};

}  // namespace

std::optional<ImportedFab> import_smt2020(const std::vector<NamedText>& files, const std::string& folder,
                                          std::vector<ImportError>& errors) {
  return FabReader(files, folder, errors).read();
}

}  // namespace tierworks::importers
