// Where a value of the scenario was written: an opaque ticket that only the reader can turn into file:line:column and
// a path. Default-constructed: nowhere (made by a program, not read from a file).
#pragma once
#include <cstdint>

namespace tierworks::common {

struct Origin {
  std::uint32_t ticket = 0xffffffffU;
  constexpr bool known() const { return ticket != 0xffffffffU; }
};

}  // namespace tierworks::common
