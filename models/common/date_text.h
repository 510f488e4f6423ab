// Instants of a run as local dates, where the scenario says when it starts.
#pragma once
#include <string>

#include "models/common/spec.h"

namespace tierworks::common {

// "2025-01-06"; with the time of day if that is not midnight: "2025-01-06 08:00".
std::string date_text(const Date& start, core::Instant at);

}  // namespace tierworks::common
