// What the commands share before anything runs: from a file and options to a compiled model, and options to numbers.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/commands.h"
#include "models/world/model.h"
#include "report/summary.h"

namespace tierworks::cli {

struct Loaded {
  world::ScenarioSpec spec;
  std::unique_ptr<const world::Model> model;
  std::map<std::string, std::string>
      formulas;  // the user's own: text to file, line, column and path, where it stands first
};

// Reads and compiles. All mistakes, a line each, go to stderr; notes as well, if wanted.
std::optional<Loaded> load(const ScenarioOptions& options, bool with_notes);
// Changes what was read before it is compiled.
using SpecChange = std::function<void(world::ScenarioSpec&, common::Diagnostics&)>;
// The same for who wants to do something about the mistakes.
std::optional<Loaded> try_load(ScenarioOptions options, std::vector<std::string>& mistakes,
                               std::vector<std::string>* notes = nullptr, const SpecChange& change = {});

// Reads only; nothing if there are mistakes, which are not told.
std::optional<world::ScenarioSpec> read_quietly(const ScenarioOptions& options);

report::Subject subject_of(const ScenarioOptions& options, const world::Model& model);

// "1%", "1 %" or "0.01" as a share between 0 and 1, exclusive.
std::optional<double> share_of(std::string text);

// Found out before the work rather than after it; why not goes to stderr.
bool can_make_folder(const std::string& folder);

}  // namespace tierworks::cli
