// What the user says of how urgent the lots of a shop floor are, whether they are released by a plan or wanted by a stock.
#pragma once
#include <cstdint>

#include "models/common/spec.h"

namespace tierworks::common {

// "30 d" | "4 x work": from the release of a lot, or the order for it, to its due date. "given": by the trace of the release.
struct DueDate {
  core::Duration allowance{0};
  double factor = 0;  // of the lot's whole work
  bool by_work = false;
  bool given = false;
};

struct UrgencySpec {
  Field<std::int64_t> priority{0};
  Field<double> weight{1.0};
  Field<DueDate> due;
};

template <class V>
void describe_urgency(V& v, UrgencySpec& s, const char* due) {
  v.optional("priority", s.priority)
      .at_least(1)
      .doc("of its lots: 1 goes first where dispatching looks at it; last if left out");
  v.optional("weight", s.weight).positive().doc("cost of its lots being late, in proportion; for rules with weights");
  v.optional("due", s.due).doc(due);
}

}  // namespace tierworks::common
