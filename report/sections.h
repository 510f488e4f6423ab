// What all pages for people share: the headline, warnings, and how many rows a section shows.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "report/summary.h"
#include "report/table_options.h"

namespace tierworks::report {

// The title, or the scenario's name, in bold.
std::string headline(const Subject& subject, const TableOptions& options);
std::string warning_line(const std::string& text, const TableOptions& options);

std::size_t shown_rows(std::size_t rows, const TableOptions& options);
// "... and 51 more (--all shows them)"; "" if nothing is left.
std::string rest_line(std::size_t left);

// What control variates the numbers of a page are adjusted by.
std::string controls_text(const std::vector<std::string>& controls);

// "1 replication", "30 replications".
std::string counted(std::size_t n, const std::string& noun);
// "365 d measured after a warm-up of 60 d", and from when to when if the scenario says its dates.
std::string measured_text(const Subject& subject);
// "365 d"; below two days in hours, minutes or seconds.
std::string days_text(double days);

}  // namespace tierworks::report
