// Several ways to make a product, and the change-overs of the lines that make several.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "models/common/compile.h"
#include "models/world/model.h"
#include "models/world/spec.h"

namespace tierworks::world {

// The site at which something is made: its lines by name, and how a bill of materials becomes components there.
struct MakingSite {
  const std::string& name;
  const std::map<std::string, common::LineId>& lines;
  std::function<core::Range(const std::vector<common::Item::Component>&, common::Origin)> components;
};

// Adds a row of the same stock for each alternative of the entry, whose own row is `main`.
void compile_alternatives(const common::Entries<production::MakesSpec>::Entry& entry, common::ProductId main,
                          const MakingSite& site, Model& model, common::CompileContext& context);

// Of all lines of a site, whose products are those from `first` on. Cost: lines that change over x products.
void compile_change_overs(const SiteSpec& spec, const std::string& site,
                          const std::map<std::string, common::LineId>& lines, std::size_t first, Model& model,
                          common::CompileContext& context);

}  // namespace tierworks::world
