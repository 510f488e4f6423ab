// What all parts of one reading share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/csv_files.h"
#include "scenarios/reader/faults.h"
#include "scenarios/reader/tree.h"

namespace tierworks::reader {

struct Context {
  Document& document;
  Faults& faults;
  CsvFiles& csv_files;
};

// `; did you mean "plant"?` or "". Bounded: large scenarios with many mistakes get fewer suggestions.
inline std::string suggestion(const Context& context, std::string_view name, std::vector<std::string> candidates) {
  constexpr std::size_t kMostCandidates = 10'000;
  constexpr std::size_t kMostSuggestions = 100;
  if (context.faults.count() > kMostSuggestions) return {};
  if (candidates.size() > kMostCandidates) candidates.resize(kMostCandidates);
  return common::did_you_mean(name, candidates);
}

}  // namespace tierworks::reader
