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

bool begins_alike(const Model& model, ShockId id, core::Duration lasts, const Asleep& asleep) {
  const Shock& shock = model.shocks[id];
  if (!shock.then.empty()) return false;
  const core::Duration over = with_help(shock, lasts, asleep) + shock.recovery;
  for (std::uint32_t i = shock.hits.first; i < shock.hits.last; ++i) {
    const Hit& hit = model.hits[HitId{i}];
    if (!hit.answer.is_none() && !asleep.empty() && asleep[hit.answer.index]) continue;
    if (!hit.is_blow && !(hit.delay < over)) return false;
  }
  return true;
}

}  // namespace tierworks::disruption
