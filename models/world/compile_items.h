// Items of the scenario: units, values and bills of materials as whole numbers of each component's resolution.
#pragma once
#include "models/common/compile.h"
#include "models/world/spec.h"

namespace tierworks::world {

// Smallest units of each item for one smallest unit of `product`; amounts that are no whole number are diagnostics.
std::vector<common::Item::Component> compile_amounts(const common::Entries<common::Field<common::Amount>>& amounts,
                                                     const common::Item& product, common::CompileContext& context);

void compile_items(const ScenarioSpec& spec, common::CompileContext& context);

}  // namespace tierworks::world
