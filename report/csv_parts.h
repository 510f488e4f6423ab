// Cells of the CSV that experiments keep.
#pragma once
#include <string>

namespace tierworks::report {

// Quoted where it must be.
std::string csv_cell(const std::string& text);
// In as many digits as give the number back; "" if it is none.
std::string csv_number(double value);

}  // namespace tierworks::report
