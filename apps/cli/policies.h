// `--policy KIND=NAME`: one policy everywhere, as the settings that write it wherever the scenario could.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/world/spec.h"

namespace tierworks::cli {

// The kinds, and the values of each.
struct PolicyKind {
  std::string_view name;
  std::vector<std::string_view> values;
};
const std::vector<PolicyKind>& policy_kinds();

// Adds the `path=value` of a policy "KIND=NAME" to `settings`. What is wrong with it, or "".
std::string add_policy(std::string_view policy, const world::ScenarioSpec& spec, std::vector<std::string>& settings);

}  // namespace tierworks::cli
