// Allocation: who gets how much of scarce goods. First come and priority are orders in which who waits is served; the two
// rules below divide what is there among all who wait. They are asked for each part in turn, in the order of arrival, and
// give whole smallest units, of which none is left over.
// Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, 4th ed., ch. 11 (fair shares).
#pragma once
#include <algorithm>

#include "core/base/int128.h"
#include "models/common/ids.h"

namespace tierworks::supply {

using common::Quantity;

// To each in proportion to what it still wants: after each part, the sum given is available x (sum wanted so far) / total,
// rounded down. Needs 0 <= available <= total wanted.
struct Proportional {
  Quantity available = 0;
  Quantity total = 0;  // wanted by all
  Quantity wanted = 0;
  Quantity given = 0;

  Quantity next(Quantity open) {
    wanted += open;
    const auto due = static_cast<Quantity>(core::Int128{available} * wanted / total);
    const Quantity part = due - given;
    given = due;
    return part;
  }
};

// To each the same, but to nobody more than it wants: the highest level at which sum min(wanted, level) does not exceed
// what is available; the units left over go one by one to the first who want more. `for_each(visit)` visits what each
// wants. Cost: 2 log2(available) passes at most.
struct EqualParts {
  Quantity level = 0;
  Quantity extra = 0;  // units left over

  template <class ForEach>
  static EqualParts of(Quantity available, ForEach&& for_each) {
    const auto taken_at = [&](Quantity most) {
      core::Int128 sum = 0;
      for_each([&](Quantity open) { sum += std::min(open, most); });
      return sum;
    };
    Quantity low = 0, high = available;
    while (low < high) {
      const Quantity middle = low + (high - low + 1) / 2;
      if (taken_at(middle) <= available) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return {low, static_cast<Quantity>(core::Int128{available} - taken_at(low))};
  }

  Quantity next(Quantity open) {
    if (open <= level) return open;
    if (extra == 0) return level;
    --extra;
    return level + 1;
  }
};

}  // namespace tierworks::supply
