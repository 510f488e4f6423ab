// The one way from a scenario file to its spec: read, expand, check, all mistakes at once. A Reading keeps the tree, because
// origins in the spec are tickets into it: whoever finds a mistake later lets the Reading put its place in words.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/common/diagnostics.h"
#include "models/world/spec.h"
#include "scenarios/reader/tree.h"

namespace tierworks::reader {

class Reading {
 public:
  // Nothing if the file has mistakes.
  std::optional<world::ScenarioSpec> spec;

  // `cluster.yaml:14:16: sites.plant.lines.press.servers: got "two", expected an integer >= 1`
  std::string format(const common::Diagnostic& diagnostic) const;
  // `cluster.yaml:14:16: sites.plant.lines.press.servers`; "" if the origin is not known.
  std::string place(common::Origin origin) const;
  // All files that were read, the scenario first.
  std::vector<std::string> files() const;

 private:
  friend Reading read_any(const std::string* text, const std::string& name, const std::vector<std::string>& overrides,
                          common::Diagnostics& diagnostics, bool short_way);
  std::unique_ptr<Document> document_;
};

// `overrides`: the `path=value` of each `--set`.
Reading read_scenario(const std::string& path, const std::vector<std::string>& overrides,
                      common::Diagnostics& diagnostics);
// The same for text in memory; `name` stands for its file, and files named in it are relative to its folder.
Reading read_scenario_text(std::string_view text, const std::string& name, const std::vector<std::string>& overrides,
                           common::Diagnostics& diagnostics);

}  // namespace tierworks::reader
