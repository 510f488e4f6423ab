#include "models/disruption/model.h"

namespace tierworks::disruption {

core::Duration with_help(const Shock& shock, core::Duration lasts, const Asleep& asleep) {
  for (const Help& help : shock.help) {
    if (!asleep.empty() && asleep[help.answer.index]) continue;
    const core::Duration left = lasts - help.after;
    if (left.ticks <= 0) break;  // it is over before; so it is for those who come later
    lasts = help.after + core::rounded(static_cast<double>(left.ticks) * (1 - help.share));
  }
  return lasts;
}

}  // namespace tierworks::disruption
