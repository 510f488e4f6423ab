// The tools of an SMT2020 data set, what stops them and what they are set up for, as work centres. For smt2020.cc only.
#pragma once
#include "scenarios/importers/smt2020_parts.h"

namespace tierworks::importers::smt2020 {

class Machines {
 public:
  explicit Machines(Fab& fab) : fab_(fab) {}

  void tools(TabTable& table);
  // When the routes are known, whose steps ask for set-ups.
  void setups(TabTable& table);
  void setup_groups(TabTable& table);
  // Changes that steps may ask for and no table gives a time for take none, and a remark says so.
  void complete_setups();
  void down_calendars(TabTable& table);
  void maintenance_calendars(TabTable& table);
  void attach(TabTable& table);

  // One line of YAML; without a dispatching rule if it is that of the site.
  std::string work_centre(const std::string& name, const std::string& site_dispatch) const;

 private:
  struct Down {
    std::string words, every;
  };
  struct Maintenance {
    bool by_pieces = false;
    std::string every, takes;
  };

  static void load(TabTable& table, std::size_t row, Family& family);
  void note_rules(TabTable& table, std::size_t row);
  void down(TabTable& table, std::size_t row, const std::string& calendar, Family& family);
  void maintain(TabTable& table, std::size_t row, const std::string& calendar, Family& family);

  Fab& fab_;
  std::map<std::string, std::int64_t> min_run_;
  std::map<std::string, Down> downs_;
  std::map<std::string, Maintenance> maintenance_;
};

}  // namespace tierworks::importers::smt2020
