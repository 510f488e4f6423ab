#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"
#include "scenarios/importers/smt2020_parts.h"

namespace tierworks::importers::smt2020 {
namespace {

// Nine digits are more than the tables have; beyond them is the rounding of a difference.
std::string short_number(double number) { return plain(std::round(number * 1e9) / 1e9); }

class RouteReader {
 public:
  RouteReader(TabTable& table, Fab& fab, double pieces) : table_(table), fab_(fab), pieces_(pieces) {}

  ImportedFab::Route read(const std::string& name, std::string& yaml) {
    ImportedFab::Route route{.name = name, .steps = table_.rows()};
    for (std::size_t row = 0; row < table_.rows(); ++row) step(row, yaml, route);
    route.raw_process_days = raw_minutes_ / (24 * 60);
    return route;
  }

 private:
  // A step that this one names, 1-based; 0 after a mistake.
  std::int64_t other_step(std::size_t row, std::string_view column) {
    const std::int64_t step = table_.needed_whole(row, column, 1);
    if (step <= static_cast<std::int64_t>(table_.rows())) return step;
    table_.fault(
        row, column,
        fmt::format("{}: got step {}, but this route has {} steps; the file may be cut", column, step, table_.rows()));
    return 0;
  }

  void step(std::size_t row, std::string& yaml, ImportedFab::Route&) {
    table_.cell(row, "ROUTE");
    table_.cell(row, "DESC");
    const std::int64_t number = table_.needed_whole(row, "STEP", 1);
    if (number != static_cast<std::int64_t>(row) + 1) {
      table_.fault(row, "STEP",
                   fmt::format("got step {}, expected {}: steps count from 1 without gaps", number, row + 1));
    }
    const std::string family_name(table_.needed(row, "STNFAM"));
    const auto known = fab_.families.find(family_name);
    if (known == fab_.families.end()) {
      table_.fault(row, "STNFAM", fmt::format("no family of tools \"{}\" in the table of tools", family_name));
      return;
    }
    Family& family = known->second;
    const std::string_view per = table_.needed(row, "PTPER");
    const auto time = time_of(table_, row, "PDIST", "PTIME", "PTIME2", "PTUNITS");
    if (!time) return;
    std::string words = fmt::format("work_centre: {}, time: {}", family_name, time->words);
    double minutes = time->mean;
    if (per != "per_lot" && per != "per_piece" && per != "per_batch") {
      table_.fault(row, "PTPER", fmt::format("got \"{}\", expected per_lot, per_piece or per_batch", per));
    }
    const auto every_piece = interval(row, "PartInterval", "PartIntUnits");
    const auto every_lot = interval(row, "BatchInterval", "BatchIntUnits");
    if (every_piece) {
      words += fmt::format(", interval: {} min per piece", short_number(*every_piece));
      minutes += (pieces_ - 1) * *every_piece;
    } else if (every_lot) {
      words += fmt::format(", interval: {} min per lot", short_number(*every_lot));
    } else if (per == "per_piece") {
      words += ", per: equal_piece";
      minutes *= pieces_;
    }
    if (every_piece && every_lot) fab_.remark("steps with PartInterval and BatchInterval: the latter is not modelled");
    batch(row, per, words);
    setup(row, family, words);
    double share = 1;
    if (const auto percent = table_.number(row, "StepPercent")) {
      share = *percent / 100;
      if (*percent > 100) table_.fault(row, "StepPercent", fmt::format("got {} %, expected at most 100", *percent));
      if (*percent < 100) words += fmt::format(", share: {} %", plain(*percent));
    }
    ties(row, words);
    yaml += fmt::format("          s{}: {{{}}}\n", row + 1, words);
    const auto move = fab_.mean_move.find({family.location, family.location});
    raw_minutes_ += share * (minutes + family.handling_minutes + (move == fab_.mean_move.end() ? 0 : move->second));
  }

  std::optional<double> interval(std::size_t row, std::string_view column, std::string_view units) {
    const auto value = table_.number(row, column);
    if (!value) {
      table_.cell(row, units);
      return std::nullopt;
    }
    const auto factor = minutes_in(table_, row, units);
    if (!factor) return std::nullopt;
    return *value * *factor;
  }

  void batch(std::size_t row, std::string_view per, std::string& words) {
    if (table_.cell(row, "BATCHMN").empty() && table_.cell(row, "BATCHMX").empty()) {
      if (per == "per_batch") table_.fault(row, "BATCHMX", "BATCHMX is empty at a step that is done per_batch");
      return;
    }
    const std::int64_t least = table_.needed_whole(row, "BATCHMN", 1), most = table_.needed_whole(row, "BATCHMX", 1);
    if (least > most) {
      table_.fault(row, "BATCHMN", fmt::format("the smallest batch, {}, is above the greatest, {}", least, most));
    }
    words += fmt::format(", batch: {} to {} pieces", least, most);
  }

  void setup(std::size_t row, Family& family, std::string& words) {
    const std::string state = table_.cell(row, "SETUP").empty() ? "" : name_in(table_, row, "SETUP");
    const std::string_view when = table_.cell(row, "WHEN");
    const auto minutes = table_.number(row, "STIME");
    const std::string_view units = table_.cell(row, "STUNITS");
    if (state.empty()) return;
    words += fmt::format(", setup: {}", state);
    family.setups.insert(state);
    if (when != "need" && !when.empty()) fab_.remark(fmt::format("WHEN \"{}\" of set-ups is read as need", when));
    if (!minutes || units.empty()) return;
    const auto factor = minutes_in(table_, row, "STUNITS");
    if (!factor) return;
    const auto [known, is_new] = family.any_setup.emplace(state, *minutes * *factor);
    if (is_new || known->second == *minutes * *factor) return;
    fab_.remark(
        fmt::format("set-up {} takes different times (STIME) at different steps: the longest stands for all", state));
    known->second = std::max(known->second, *minutes * *factor);
  }

  // Rework, queue-time limits, and steps that only this one's tool may do.
  void ties(std::size_t row, std::string& words) {
    const auto rework = table_.number(row, "REWORK");
    if (!table_.cell(row, "RWKSTEP").empty()) {
      const std::int64_t to = other_step(row, "RWKSTEP");
      if (rework && *rework > 100) table_.fault(row, "REWORK", fmt::format("got {} %, expected at most 100", *rework));
      if (rework && to > 0) words += fmt::format(", then: {{s{}: {} %}}", to, plain(*rework));
      const std::string_view type = table_.cell(row, "RWKTYPE");
      if (!type.empty() && type != "lot")
        fab_.remark(fmt::format("RWKTYPE \"{}\" is read as lot: whole lots go back", type));
    } else if (rework) {
      table_.fault(row, "RWKSTEP", "RWKSTEP is empty although REWORK is not");
    }
    if (!table_.cell(row, "STEP_CQT").empty()) {
      const std::int64_t to = other_step(row, "STEP_CQT");
      const auto within = table_.needed_number(row, "CQT");
      const auto factor = minutes_in(table_, row, "CQTUNITS");
      if (to > 0 && within && factor) {
        words += fmt::format(", start_within: {{s{}: {}}}", to, minutes_words(*within * *factor));
      }
    } else {
      table_.cell(row, "CQT");
      table_.cell(row, "CQTUNITS");
    }
    const std::string_view keeps = table_.cell(row, "SVESTN");
    if (table_.cell(row, "FORSTEP").empty()) return;
    const std::int64_t to = other_step(row, "FORSTEP");
    if (keeps == "yes" && to > 0) words += fmt::format(", same_machine_at: s{}", to);
  }

  TabTable& table_;
  Fab& fab_;
  double pieces_;
  double raw_minutes_ = 0;
};

}  // namespace

bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '.';
  });
}

std::string name_in(TabTable& table, std::size_t row, std::string_view column) {
  std::string name(table.needed(row, column));
  if (!name.empty() && !is_plain(name)) {
    table.fault(row, column, fmt::format("got the name \"{}\", expected letters, digits, `_`, `-` and `.`", name));
  }
  return name;
}

std::optional<double> minutes_in(TabTable& table, std::size_t row, std::string_view units_column) {
  const std::string_view unit = table.needed(row, units_column);
  if (unit.empty()) return std::nullopt;
  if (unit == "sec") return 1.0 / 60;
  if (unit == "min") return 1;
  if (unit == "hr") return 60;
  if (unit == "day") return 24 * 60;
  table.fault(row, units_column, fmt::format("got the unit \"{}\", expected sec, min, hr or day", unit));
  return std::nullopt;
}

std::string minutes_words(double minutes) { return short_number(minutes) + " min"; }

std::optional<Time> time_of(TabTable& table, std::size_t row, std::string_view kind, std::string_view mean,
                            std::string_view half_range, std::string_view units, double factor) {
  const auto unit = minutes_in(table, row, units);
  const auto number = table.needed_number(row, mean);
  const auto half = table.number(row, half_range);
  const std::string_view distribution = table.cell(row, kind);
  if (!unit || !number) return std::nullopt;
  const double middle = *number * *unit * factor;
  if (distribution == "uniform" && half && *half > 0) {
    const double around = *half * *unit * factor;
    if (around > middle) {
      table.fault(row, half_range,
                  fmt::format("got a half-range of {} around {}, which reaches below 0", *half, *number));
      return std::nullopt;
    }
    return Time{fmt::format("uniform {} to {}", minutes_words(middle - around), minutes_words(middle + around)),
                middle};
  }
  if (distribution == "constant" || distribution == "uniform" || distribution.empty()) {
    return Time{minutes_words(middle), middle};
  }
  if (distribution == "exponential") return Time{"exponential " + minutes_words(middle), middle};
  table.fault(row, kind,
              fmt::format("got the distribution \"{}\", expected constant, uniform or exponential", distribution));
  return std::nullopt;
}

std::optional<ImportedFab::Route> read_route(TabTable& table, Fab& fab, const std::string& name, double pieces,
                                             std::string& yaml) {
  table.need_columns({"STEP", "STNFAM", "PTIME", "PTPER"});
  if (table.rows() == 0) {
    fab.errors->push_back({table.file(), 0, 0, "got no steps, expected at least one"});
    return std::nullopt;
  }
  return RouteReader(table, fab, pieces).read(name, yaml);
}

}  // namespace tierworks::importers::smt2020
