// What the tables of an SMT2020 data set hold, and the words that their columns become. For smt2020*.cc only.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/importers/smt2020.h"
#include "scenarios/importers/tab_table.h"

namespace tierworks::importers::smt2020 {

struct Family {
  std::string location, area, dispatch, machine_choice;
  bool is_delay = false;
  std::int64_t tools = 1;
  double handling_minutes = 0;
  std::string load;                                                  // `, load: 1 min, unload: 1 min`
  std::map<std::string, double> any_setup;                           // state -> minutes, from any
  std::map<std::pair<std::string, std::string>, double> setup_from;  // (from, to) -> minutes
  std::set<std::string> setups;                                      // that steps ask for
  std::string breakdown;
  std::vector<std::string> maintenance;
};

struct Fab {
  std::map<std::string, Family> families;
  std::vector<std::string> order_of_families;
  std::map<std::pair<std::string, std::string>, double> mean_move;  // minutes by locations
  std::vector<std::string> remarks;
  std::vector<ImportError>* errors = nullptr;

  // Remarks that many rows would give are counted by their text.
  void remark(const std::string& text) { ++counted[text]; }
  std::map<std::string, int> counted;
};

// Letters, digits, `_`, `-` and `.`: names that need no quotes.
bool is_plain(std::string_view name);
// A cell that must hold such a name.
std::string name_in(TabTable& table, std::size_t row, std::string_view column);
// A factor that turns a number in the unit of a column into minutes; a mistake if there is no such unit.
std::optional<double> minutes_in(TabTable& table, std::size_t row, std::string_view units_column);
// A time with its distribution, `uniform 5 min to 10 min`, of columns that hold kind, mean, half-range and unit; and its
// mean in minutes.
struct Time {
  std::string words;
  double mean = 0;
};
std::optional<Time> time_of(TabTable& table, std::size_t row, std::string_view kind, std::string_view mean,
                            std::string_view half_range, std::string_view units, double factor = 1);
std::string minutes_words(double minutes);

// The operations of one route as YAML, with what they ask of their families.
std::optional<ImportedFab::Route> read_route(TabTable& table, Fab& fab, const std::string& name, double pieces,
                                             std::string& yaml);

}  // namespace tierworks::importers::smt2020
