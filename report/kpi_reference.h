// The reference page of KPIs, from their declarations.
#pragma once
#include <string>

namespace tierworks::report {

std::string kpi_markdown();

}  // namespace tierworks::report
