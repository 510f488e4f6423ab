// YAML text to a tree, in one strict pass over libyaml's events. Strict: one document, keys are distinct scalars, no
// merge keys, no tags but the core ones, no tabs in the indentation. Aliases are expanded by copying.
// Invariant: time and memory are bounded whatever the text is; a fault has its line and column. Nothing is thrown.
#pragma once
#include <cstddef>
#include <string_view>

#include "scenarios/reader/faults.h"
#include "scenarios/reader/tree.h"

namespace tierworks::reader {

inline constexpr std::size_t kMostScenarioBytes = std::size_t{64} << 20U;
inline constexpr std::size_t kMostDepth = 64;
inline constexpr std::size_t kMostNodesInFile = 4'000'000;
inline constexpr std::size_t kMostNodesByAliases = 100'000;

// The root, or kNoNode and at least one fault.
NodeId parse_text(Document& document, std::uint16_t source, std::string_view text, Faults& faults);

// Reports something at a place that has no node of its own.
void fault_at(Document& document, Faults& faults, std::uint16_t source, Mark mark, std::string message);

}  // namespace tierworks::reader
