// Disruptions as compiled: what each moves at each place that it hits, and when it abates. Constant while time runs.
#pragma once
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/random/distribution.h"
#include "models/common/ids.h"
#include "models/common/ports.h"

namespace tierworks::disruption {

using common::PlaceId;
using HitId = core::Id<struct HitTag>;
using ShockId = core::Id<struct ShockTag>;
using DialId = core::Id<struct DialTag>;
using WatchId = core::Id<struct WatchTag>;
using AnswerId = core::Id<struct AnswerTag>;

// One lever of one thing; where several effects move it at once, their levels are multiplied.
struct Dial {
  common::Lever lever = common::Lever::product_pace;
  std::uint32_t target = 0;
  core::Range effects;  // of Model::by_dial
};

struct Effect {
  DialId dial;
  double level = 0;  // of the lever at the full blow
};

struct Destroys {
  common::Loss loss = common::Loss::stock;
  std::uint32_t target = 0;
  double share = 0;
};

// How far the level is back to what it was before, from so long after the recovery began.
struct Step {
  core::Duration after{0};
  double back = 0;
};

// A shock as one place meets it: the blow itself, what buyers learn of it, or an answer to it.
struct Hit {
  ShockId shock;
  PlaceId place;
  AnswerId answer;          // none: the shock itself
  bool is_blow = false;     // its steps begin when the shock has lasted; the others' with themselves
  bool rises = true;        // steps lead from the full level back to normal; else from normal to the level
  core::Duration delay{0};  // from the strike
  core::Range effects;      // of Model::effects
  core::Range losses;       // of Model::losses
  core::Range steps;        // of Model::steps
};

struct Answer {
  std::string name;
  ShockId shock;
  double cost = 0, cost_per_year = 0;  // money
};

// An answer that shortens what is left, when it takes effect, of the time that a shock lasts.
struct Help {
  AnswerId answer;
  core::Duration after{0};  // from the strike
  double share = 0;         // of what is then left, spared
};

struct Chained {
  ShockId shock;
  double probability = 1;
  core::Duration after{0};
};

// Somebody looks at a stock, a line or a work centre again and again, and a shock strikes when it has been so for long enough.
struct Watch {
  PlaceId place;
  ShockId shock;
  common::StockId stock;  // none: it is a line, or a work centre
  common::LineId line;    // none: it is a work centre
  std::uint32_t centre = 0;
  common::Quantity below = 0;
  double above = 0;
  core::Duration every{0};
  core::Duration lasts{0};
  core::Duration after{0};
};

struct Shock {
  enum class When : std::uint8_t { never, moment, spread, every, condition };
  std::string name;
  When when = When::never;
  core::Instant moment{0};
  core::Duration over{0};
  core::Distribution every;
  core::Distribution lasts;
  core::Duration recovery{0};  // from its beginning to its end
  bool comes = false;          // without being told to: it has a time or a condition, or follows one that has
  core::Range hits;            // of Model::hits
  std::vector<Chained> then;
  std::vector<Help> help;                     // by rising `after`
  core::StreamName strikes, lengths, chains;  // addressed by the number of the strike
};

struct Model {
  core::Table<ShockId, Shock> shocks;
  core::Table<HitId, Hit> hits;
  core::Table<AnswerId, Answer> answers;
  core::Table<DialId, Dial> dials;
  std::vector<Effect> effects;
  std::vector<std::uint32_t> by_dial;  // effects
  std::vector<Destroys> losses;
  std::vector<Step> steps;
  core::Table<WatchId, Watch> watches;
  bool answers_cost = false;  // some answer to a shock that comes
  const core::DistributionTables* tables = nullptr;
};

// By answer, true if it does not happen; empty if all do.
using Asleep = std::vector<bool>;

// How long a strike lasts that would last so long without help. Recovery, which follows, takes its own time.
core::Duration with_help(const Shock& shock, core::Duration lasts, const Asleep& asleep);

// Whether a strike that lasts so long and one that lasts longer are the same run until the first one is over: all whom it
// concerns learn of both, and nothing is chained to it.
bool begins_alike(const Model& model, ShockId shock, core::Duration lasts, const Asleep& asleep);

}  // namespace tierworks::disruption
