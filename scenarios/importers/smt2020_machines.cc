#include "scenarios/importers/smt2020_machines.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/importers/plain_text.h"

namespace tierworks::importers::smt2020 {
namespace {

std::string interval(bool in_pieces, double amount) {
  return in_pieces ? fmt::format("{} pieces", plain(std::max(1.0, std::round(amount)))) : minutes_words(amount);
}

std::string changes(const Family& family) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& [state, minutes] : family.any_setup) {
    rows["any"].push_back(fmt::format("{}: {}", state, minutes_words(minutes)));
  }
  for (const auto& [pair, minutes] : family.setup_from) {
    rows[pair.first].push_back(fmt::format("{}: {}", pair.second, minutes_words(minutes)));
  }
  std::string words;
  for (const auto& [from, to] : rows) {
    words += fmt::format("{}{}: {{{}}}", words.empty() ? "" : ", ", from, fmt::join(to, ", "));
  }
  return words;
}

}  // namespace

void Machines::tools(TabTable& t) {
  t.need_columns({"STNFAM", "STNQTY", "FWLRANK"});
  const std::map<std::string_view, std::string_view> ranks{{"rank_HP", "priority"}, {"rank_RSETUP", "setup_avoidance"},
                                                           {"rank_FIFO", "fifo"},   {"rank_CR", "cr"},
                                                           {"rank_EDD", "edd"},     {"rank_SPT", "spt"}};
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const std::string name = name_in(t, row, "STNFAM");
    const auto [place, is_new] = fab_.families.emplace(name, Family{});
    if (!is_new) {
      t.fault(row, "STNFAM", fmt::format("the family {} appears twice", name));
      continue;
    }
    fab_.order_of_families.push_back(name);
    Family& family = place->second;
    t.cell(row, "STN");
    family.tools = t.needed_whole(row, "STNQTY", 1);
    family.area = t.cell(row, "STNGRP");
    family.location = name_in(t, row, "STNFAMLOC");
    family.is_delay = family.location == "Delay";
    load(t, row, family);
    std::string_view list = t.needed(row, "FWLRANK");
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(';'), list.size());
      const auto rank = ranks.find(list.substr(0, end));
      if (rank == ranks.end()) {
        t.fault(row, "FWLRANK", fmt::format("got the rank \"{}\", which is not known", list.substr(0, end)));
      } else {
        family.dispatch += fmt::format("{}{}", family.dispatch.empty() ? "" : ", ", rank->second);
      }
      list.remove_prefix(std::min(end + 1, list.size()));
    }
    const std::string_view wake = t.cell(row, "WAKERESRANK");
    family.machine_choice = wake == "wake_LeastSetupTime" ? "least_setup" : "longest_idle";
    if (!wake.empty() && wake != "wake_LeastSetupTime") {
      fab_.remark(fmt::format("WAKERESRANK {} is read as: the tool that is idle longest", wake));
    }
    note_rules(t, row);
    t.cell(row, "SETUPGRP");
  }
}

// What is read as something else, or not modelled.
void Machines::note_rules(TabTable& t, std::size_t row) {
  const std::string_view rule = t.cell(row, "RULE");
  if (!rule.empty() && rule != "rule_HotLotFIRST") {
    fab_.remark(fmt::format("RULE {} is not modelled: the rank list (FWLRANK) decides alone", rule));
  }
  const std::string_view batches = t.cell(row, "BATCHCRITF");
  if (!batches.empty() && batches != "crit_sameroutestep") {
    fab_.remark(fmt::format("BATCHCRITF {} is read as crit_sameroutestep: same product and step", batches));
  }
  const std::string_view counted = t.cell(row, "BATCHPER");
  if (!counted.empty() && counted != "piece") fab_.remark(fmt::format("BATCHPER {} is read as piece", counted));
  const std::string_view prepared = t.cell(row, "PRERULERWL");
  if (!prepared.empty() && prepared != "no") fab_.remark(fmt::format("PRERULERWL {} is not modelled", prepared));
  const std::string_view capacity = t.cell(row, "STNCAP");
  if (!capacity.empty() && capacity != "2.0" && capacity != "2" && capacity != "1" && capacity != "1.0") {
    fab_.remark(fmt::format("STNCAP {} is not modelled: tools cascade where a step has an interval", capacity));
  }
}

void Machines::load(TabTable& t, std::size_t row, Family& family) {
  for (const auto& [column, units, key] :
       {std::array<std::string_view, 3>{"LTIME", "LTUNITS", "load"}, {"ULTIME", "ULTUNITS", "unload"}}) {
    const auto time = t.number(row, column);
    const auto factor = time ? minutes_in(t, row, units) : std::nullopt;
    if (!time || !factor || *time == 0) continue;
    family.handling_minutes += *time * *factor;
    family.load += fmt::format(", {}: {}", key, minutes_words(*time * *factor));
  }
}

void Machines::setups(TabTable& t) {
  t.need_columns({"CURSETUP", "NEWSETUP", "STIME", "STUNITS"});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const std::string from(t.cell(row, "CURSETUP")), to = name_in(t, row, "NEWSETUP");
    const auto minutes = t.needed_number(row, "STIME");
    const auto factor = minutes_in(t, row, "STUNITS");
    if (!minutes || !factor) continue;
    bool used = false;
    for (auto& [name, family] : fab_.families) {
      if (family.setups.count(to) == 0) continue;
      used = true;
      if (from.empty()) {
        family.any_setup.emplace(to, *minutes * *factor);  // a step's own time stands before the table's
      } else {
        family.setup_from[{from, to}] = *minutes * *factor;
      }
    }
    if (!used) fab_.remark("setup.txt: set-ups that no step asks for are left out");
  }
}

void Machines::setup_groups(TabTable& t) {
  t.need_columns({"SETUP", "MINRUN"});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    t.cell(row, "SETUPGRP");  // on its first row only; tools and steps name the set-ups themselves
    const std::string state = name_in(t, row, "SETUP");
    const std::int64_t run = t.needed_whole(row, "MINRUN", 1);
    for (const auto& [name, family] : fab_.families) {
      if (family.setups.count(state) == 0) continue;
      const auto [known, is_new] = min_run_.emplace(name, run);
      if (is_new || known->second == run) continue;
      fab_.remark(fmt::format("{}: MINRUN differs by set-up; the greatest stands for all", name));
      known->second = std::max(known->second, run);
    }
  }
}

void Machines::complete_setups() {
  for (auto& [name, family] : fab_.families) {
    for (const std::string& to : family.setups) {
      if (family.any_setup.count(to) > 0) continue;
      // A first set-up is taken from the longest change to a state, so one state alone needs a time, too.
      bool missing = family.setups.size() == 1;
      for (const std::string& from : family.setups) {
        missing = missing || (from != to && family.setup_from.count({from, to}) == 0);
      }
      if (!missing) continue;
      family.any_setup[to] = 0;
      fab_.remark(
          fmt::format("{}: no table gives all times of changes to {}; those that are missing take none", name, to));
    }
  }
}

void Machines::down_calendars(TabTable& t) {
  t.need_columns({"DOWNCALNAME", "DOWNCALTYPE", "MTTF", "MTTFUNITS", "MTTR", "MTTRUNITS"});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const std::string name = name_in(t, row, "DOWNCALNAME");
    const std::string_view type = t.needed(row, "DOWNCALTYPE");
    if (type != "mttf_by_cal") {
      t.fault(row, "DOWNCALTYPE", fmt::format("got \"{}\", expected mttf_by_cal", type));
    }
    const auto every = time_of(t, row, "MTTFDIST", "MTTF", "MTTF2", "MTTFUNITS");
    const auto repair = time_of(t, row, "MTTRDIST", "MTTR", "MTTR2", "MTTRUNITS");
    if (every && repair) downs_[name] = {fmt::format("every {} for {}", every->words, repair->words), every->words};
  }
}

void Machines::maintenance_calendars(TabTable& t) {
  t.need_columns({"PMCALNAME", "PMCALTYPE", "MTBPM", "MTBPMUNITS", "MTTR", "MTTRUNITS"});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    Maintenance maintenance;
    const std::string name = name_in(t, row, "PMCALNAME");
    const std::string_view type = t.needed(row, "PMCALTYPE");
    maintenance.by_pieces = type == "mtbpm_by_pieces";
    if (!maintenance.by_pieces && type != "mtbpm_by_cal") {
      t.fault(row, "PMCALTYPE", fmt::format("got \"{}\", expected mtbpm_by_cal or mtbpm_by_pieces", type));
    }
    const auto every = t.needed_number(row, "MTBPM");
    const auto factor = maintenance.by_pieces ? std::optional<double>(1) : minutes_in(t, row, "MTBPMUNITS");
    t.cell(row, "MTBPMUNITS");
    const auto takes = time_of(t, row, "MTTRDIST", "MTTR", "MTTR2", "MTTRUNITS");
    if (!every || !factor || !takes) continue;
    maintenance.every = interval(maintenance.by_pieces, *every * *factor);
    maintenance.takes = takes->words;
    maintenance_[name] = maintenance;
  }
}

void Machines::attach(TabTable& t) {
  t.need_columns({"CALNAME", "CALTYPE", "RESTYPE", "RESNAME"});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const std::string calendar(t.needed(row, "CALNAME")), resource(t.needed(row, "RESNAME"));
    const bool is_area = t.needed(row, "RESTYPE") == "stngrp";
    const bool is_down = t.needed(row, "CALTYPE") == "down";
    if (!is_area && t.cell(row, "RESTYPE") != "stnfam") {
      t.fault(row, "RESTYPE", fmt::format("got \"{}\", expected stnfam or stngrp", t.cell(row, "RESTYPE")));
    }
    if (is_down ? downs_.count(calendar) == 0 : maintenance_.count(calendar) == 0) {
      t.fault(row, "CALNAME", fmt::format("no calendar \"{}\" in {}", calendar, is_down ? "downcal.txt" : "pmcal.txt"));
      continue;
    }
    bool found = false;
    for (auto& [name, family] : fab_.families) {
      if ((is_area ? family.area : name) != resource) continue;
      found = true;
      if (is_down) {
        down(t, row, calendar, family);
      } else {
        maintain(t, row, calendar, family);
      }
    }
    if (!found)
      t.fault(row, "RESNAME", fmt::format("no {} \"{}\" in the table of tools", is_area ? "area" : "family", resource));
  }
}

void Machines::down(TabTable& t, std::size_t row, const std::string& calendar, Family& family) {
  const auto first = time_of(t, row, "FOADIST", "FOA", "FOA2", "FOAUNITS");
  const Down& down = downs_[calendar];
  if (!family.breakdown.empty()) {
    t.fault(row, "CALNAME",
            fmt::format("{}: the tools of {} have a breakdown already", calendar, t.cell(row, "RESNAME")));
  }
  if (first && first->words != down.every) {
    fab_.remark("attach.txt: FOA of breakdowns other than MTTF is not modelled: the first one comes as all others");
  }
  family.breakdown = down.words;
}

void Machines::maintain(TabTable& t, std::size_t row, const std::string& calendar, Family& family) {
  const Maintenance& maintenance = maintenance_[calendar];
  const std::string_view kind = t.cell(row, "FOADIST");
  if (!kind.empty() && kind != "constant") {
    fab_.remark(fmt::format("attach.txt: FOADIST {} of maintenance is read as constant, spread over the tools", kind));
  }
  std::string words = fmt::format("{}: {{every: {}, takes: {}", calendar, maintenance.every, maintenance.takes);
  const auto first = t.number(row, "FOA");
  if (maintenance.by_pieces) {
    t.cell(row, "FOAUNITS");
    if (first) words += ", first: " + interval(true, *first);
  } else if (first) {
    const auto factor = minutes_in(t, row, "FOAUNITS");
    if (factor) words += ", first: " + interval(false, *first * *factor);
  }
  family.maintenance.push_back(words + "}");
}

std::string Machines::work_centre(const std::string& name, const std::string& site_dispatch) const {
  const Family& family = fab_.families.at(name);
  std::string words = family.is_delay ? "delay: true" : fmt::format("machines: {}", family.tools);
  if (!fab_.mean_move.empty()) words += ", location: " + family.location;
  words += family.load;
  if (family.dispatch != site_dispatch) words += fmt::format(", dispatch: [{}]", family.dispatch);
  if (!family.setups.empty()) {
    words += ", setup: {" + changes(family) + "}";
    if (family.machine_choice != "least_setup") words += ", machine_choice: " + family.machine_choice;
    if (const auto run = min_run_.find(name); run != min_run_.end()) words += fmt::format(", min_run: {}", run->second);
  }
  if (!family.breakdown.empty()) words += ", breakdown: " + family.breakdown;
  if (!family.maintenance.empty()) words += fmt::format(", maintenance: {{{}}}", fmt::join(family.maintenance, ", "));
  return fmt::format("      {}: {{{}}}\n", name, words);
}

}  // namespace tierworks::importers::smt2020
