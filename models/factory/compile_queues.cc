#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

void error(CompileContext& context, Origin origin, std::string message) {
  context.diagnostics.error(origin, std::move(message));
}

// Which set-up each bucket needs, how long changes take, and how many queues there are.
class Settler {
 public:
  Settler(const CentresOfSite::Entry& entry, CompileContext& context, Model& model)
      : entry_(entry), context_(context), model_(model), centre_(model.centres[entry.id]) {}

  void settle() {
    refuse_at_delay();
    bool plain = true;
    for (const CentresOfSite::Use& use : entry_.uses) {
      const Operation& operation = model_.operations[use.operation];
      plain =
          plain && !use.spec->setup.stated && !use.spec->batch.stated && !operation.is_tied && operation.needs.empty();
    }
    plain = plain && !centre_.keeps_machines && centre_.beyond_shift != BeyondShift::do_not_start &&
            centre_.kits == kNoKits && entry_.spec->speeds.empty();
    Dispatching& dispatching = centre_.dispatching;
    for (const CentresOfSite::Use& use : entry_.uses) centre_.has_setups = centre_.has_setups || use.spec->setup.stated;
    if (!centre_.has_setups) {
      dispatching.setup = SetupKey::none;  // a site's rank list stands for all its work centres
      dispatching.max_wait = core::Duration{0};
    }
    centre_.is_plain = plain && centre_.maintenance.empty() && !centre_.breaks_by_busy_time;
    if (plain || centre_.is_delay) return;
    centre_.has_queues = true;
    buckets();
    if (dispatching.max_wait.ticks > 0) dispatching.is_static = false;
    if (centre_.beyond_shift == BeyondShift::do_not_start) {
      dispatching.is_static = false;
      too_long_for_shifts();
    }
    if (centre_.has_setups) changes();
    centre_.first_queue = model_.queues;
    model_.queues += centre_.queues();
  }

 private:
  void refuse_at_delay() {
    if (!centre_.is_delay) return;
    for (const CentresOfSite::Use& use : entry_.uses) {
      const OperationSpec& spec = *use.spec;
      const Origin origin = spec.batch.stated      ? spec.batch.origin
                            : spec.interval.stated ? spec.interval.origin
                                                   : spec.same_machine_at.origin;
      if (!model_.operations[use.operation].needs.empty()) {
        error(
            context_, spec.operators.stated ? spec.operators.origin : spec.tools.origin,
            "got an `operator` or a `tool` at a work centre with `delay`, where nothing is waited for; expected one of "
            "the two");
      }
      if (!spec.batch.stated && !spec.interval.stated && !spec.same_machine_at.stated) continue;
      error(
          context_, origin,
          "got an operation with `batch`, `interval` or `same_machine_at` at a work centre with `delay`, which has no "
          "machines; expected one of the two");
    }
  }

  void too_long_for_shifts() {
    const core::Duration longest = longest_shift(centre_, model_);
    for (const CentresOfSite::Use& use : entry_.uses) {
      const Operation& operation = model_.operations[use.operation];
      const double ticks = operation.lot_mean + operation.piece_mean;
      if (ticks <= static_cast<double>(longest.ticks)) continue;
      error(context_, use.spec->time.origin,
            fmt::format("got a time of {:.6g} h, longer than the longest shift without a break ({:.6g} h) of a work "
                        "centre that does not start what does not fit, so that it would never start; expected "
                        "`at_shift_end: finish` or `pause`",
                        core::in_hours(core::rounded(ticks)), core::in_hours(longest)));
    }
  }

  void buckets() {
    centre_.buckets.first = static_cast<std::uint32_t>(model_.buckets.size());
    std::map<std::tuple<std::uint32_t, std::string, std::vector<CrewId>>, std::uint32_t> known;
    for (const CentresOfSite::Use& use : entry_.uses) {
      Operation& operation = model_.operations[use.operation];
      centre_.is_dedicated = centre_.is_dedicated || operation.is_tied;
      Bucket bucket;
      if (use.spec->setup.stated) {
        bucket.setup = static_cast<std::uint32_t>(
            std::find(entry_.setups.begin(), entry_.setups.end(), *use.spec->setup) - entry_.setups.begin());
      }
      std::string together;  // lots that are taken one at a time
      if (operation.is_batch) {
        const BatchSize& batch = *use.spec->batch;
        bucket.is_batch = true;
        bucket.least = batch.least;
        bucket.most = batch.most;
        bucket.in_pieces = batch.in_pieces;
        bucket.longest_wait = batch.longest_wait;
        bucket.looks_ahead = batch.looks_ahead;
        together = use.family.empty() ? fmt::format("operation {}", use.operation.index) : "family " + use.family;
        if (batch.longest_wait.ticks > 0) centre_.dispatching.is_static = false;
      }
      bucket.needs = operation.needs;
      const std::vector<CrewId> needs(model_.needs.begin() + bucket.needs.first,
                                      model_.needs.begin() + bucket.needs.last);
      const auto [place, is_new] = known.emplace(std::tuple{bucket.setup, together, needs}, known.size());
      operation.bucket = place->second;
      if (is_new) {
        model_.buckets.add(bucket);
        continue;
      }
      const Bucket& other = model_.buckets[BucketId{centre_.buckets.first + operation.bucket}];
      const bool alike = bucket.least == other.least && bucket.most == other.most &&
                         bucket.in_pieces == other.in_pieces && bucket.longest_wait == other.longest_wait &&
                         bucket.looks_ahead == other.looks_ahead;
      if (alike) continue;
      error(context_, use.spec->batch.origin,
            fmt::format(
                "another operation of the family \"{}\" has a batch of another size; expected the same for all of "
                "a family",
                use.family));
    }
    centre_.buckets.last = static_cast<std::uint32_t>(model_.buckets.size());
  }

  // From each state, and from none, to each. Pairs that no operations ask for need no row.
  void changes() {
    const SetupTimes& times = *entry_.spec->setup;
    const auto states = static_cast<std::uint32_t>(entry_.setups.size());
    centre_.setups = states;
    centre_.first_change = static_cast<std::uint32_t>(model_.changes.size());
    model_.changes.resize(model_.changes.size() + static_cast<std::size_t>(states + 1) * states);
    std::vector<bool> used(states, false);
    for (const CentresOfSite::Use& use : entry_.uses) {
      const auto at = std::find(entry_.setups.begin(), entry_.setups.end(), *use.spec->setup) - entry_.setups.begin();
      if (use.spec->setup.stated && at < states) used[static_cast<std::size_t>(at)] = true;
    }
    for (std::uint32_t to = 0; to < states; ++to) {
      const common::TimeDistribution* const any = time_of(times, SetupTimes::kAny, entry_.setups[to]);
      SetupChange longest;
      for (std::uint32_t from = 0; from < states; ++from) {
        if (from == to) continue;
        const common::TimeDistribution* time = time_of(times, entry_.setups[from], entry_.setups[to]);
        if (time == nullptr) time = any;
        if (time == nullptr) {
          if (used[from] && used[to]) missing(entry_.setups[from], entry_.setups[to]);
          continue;
        }
        SetupChange& change = change_at(from, to);
        change = compiled(*time);
        if (change.mean > longest.mean) longest = change;
      }
      // A machine that was never set up: as from anywhere, or else as from the worst state.
      change_at(states, to) = any != nullptr ? compiled(*any) : longest;
    }
  }

  SetupChange& change_at(std::uint32_t from, std::uint32_t to) {
    return model_.changes[centre_.first_change + from * centre_.setups + to];
  }

  SetupChange compiled(const common::TimeDistribution& time) {
    SetupChange change;
    change.time = context_.time(time);
    change.mean = core::rounded(core::mean_of(change.time, context_.tables)).ticks;
    return change;
  }

  static const common::TimeDistribution* time_of(const SetupTimes& times, std::string_view from, std::string_view to) {
    if (times.all_alike) return &times.time;
    for (const SetupTimes::Row& row : times.rows) {
      if (row.from == from && row.to == to) return &row.time;
    }
    return nullptr;
  }

  void missing(const std::string& from, const std::string& to) {
    error(context_, entry_.spec->setup.origin,
          fmt::format(
              "no time for the change from \"{}\" to \"{}\", which operations of this work centre ask for; expected "
              "a row for it, or one from `any`",
              from, to));
  }

  const CentresOfSite::Entry& entry_;
  CompileContext& context_;
  Model& model_;
  WorkCentre& centre_;
};

}  // namespace

void settle_centres(const CentresOfSite& centres, CompileContext& context, Model& model) {
  for (const CentresOfSite::Entry& entry : centres.entries) Settler(entry, context, model).settle();
}

void check_batches(const CentresOfSite& centres, const FactorySpec& spec, const Where& where, CompileContext& context,
                   const Model& model) {
  struct Supply {
    std::int64_t most = 0;  // at once, in pieces or lots; unless endless
    bool endless = false;
  };
  std::map<std::uint32_t, Supply> supplies;  // by bucket
  for (std::uint32_t r = 0; r < model.releases.size(); ++r) {
    const Release& release = model.releases[ReleaseId{r}];
    if (release.site != where.site) continue;
    const core::Range operations = model.routings[release.routing].operations;
    std::map<std::uint32_t, bool> seen;
    for (std::uint32_t i = operations.first; i < operations.last; ++i) {
      const Operation& operation = model.operations[OperationId{i}];
      if (!operation.is_batch || operation.centre.is_none()) continue;
      const std::uint32_t id = model.centres[operation.centre].buckets.first + operation.bucket;
      const Bucket& bucket = model.buckets[BucketId{id}];
      const auto parts = static_cast<std::int64_t>(operation.parts);
      if (bucket.in_pieces && (release.pieces + parts - 1) / parts > bucket.most) {
        for (const auto& entry : spec.releases) {
          if (*entry.spec.pieces != release.pieces || *entry.spec.routing != model.routing_names[release.routing.index])
            continue;
          error(
              context, entry.spec.pieces.stated ? entry.spec.pieces.origin : entry.origin,
              fmt::format("got lots of {} pieces, of which a batch of at most {} at operation \"{}\" cannot hold one; "
                          "expected at most that",
                          release.pieces, bucket.most, model.operation_names[i]));
          return;
        }
      }
      if (!seen.emplace(id, true).second) continue;
      const std::int64_t lots = release.wip > 0 ? release.wip : release.count;
      Supply& supply = supplies[id];
      supply.most += lots * (bucket.in_pieces ? release.pieces : parts);
      supply.endless = supply.endless || lots == 0;
    }
  }
  if (where.makes_to_order) return;
  for (const CentresOfSite::Entry& entry : centres.entries) {
    const WorkCentre& centre = model.centres[entry.id];
    for (const CentresOfSite::Use& use : entry.uses) {
      if (!model.operations[use.operation].is_batch) continue;
      const std::uint32_t id = centre.buckets.first + model.operations[use.operation].bucket;
      const Bucket& bucket = model.buckets[BucketId{id}];
      const auto supply = supplies.find(id);
      if (supply == supplies.end() || supply->second.endless || supply->second.most >= bucket.least) continue;
      if (bucket.longest_wait.ticks > 0) continue;
      error(
          context, use.spec->batch.origin,
          fmt::format("got a batch of at least {}, but no more than {} {} can ever wait for it, so that it would never "
                      "start; expected at most that, or `wait`",
                      bucket.least, supply->second.most, bucket.in_pieces ? "pieces" : "lots"));
    }
  }
}

}  // namespace tierworks::factory
