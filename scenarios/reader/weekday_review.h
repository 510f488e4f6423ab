// Reviews on a local weekday: `mondays`, `fridays at 8 h`. Where they fall in the run follows from `time.start`; a run without
// one starts on a Monday at 0:00.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/common/spec.h"
#include "scenarios/reader/context.h"

namespace tierworks::reader {

// Does the phrase start with a weekday?
bool names_weekday(std::string_view text);

// Minutes from 1970-01-01 to the start of the run, by the tree that `node` is in.
std::int64_t start_of_run(const Context& context, NodeId node);

// Every week from the first such weekday at or after the start.
std::optional<common::ReviewCalendar> parse_weekday_review(std::string_view text, std::int64_t start_minutes,
                                                           std::string& expected);

}  // namespace tierworks::reader
