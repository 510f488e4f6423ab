#include "models/factory/compile_routing.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

constexpr const char* kLeave = "leave";

class RoutingCompiler {
 public:
  RoutingCompiler(const RoutingSpec& spec, CentresOfSite& centres, CompileContext& context, Model& model)
      : spec_(spec), centres_(centres), context_(context), model_(model) {}

  RoutingId compile(Origin origin, const Where& where) {
    Routing routing;
    routing.site = where.site;
    routing.random_sequence = *spec_.sequence == RoutingSpec::Sequence::random;
    routing.times_known = *spec_.times_known;
    id_ = RoutingId{static_cast<std::uint32_t>(model_.routings.size())};
    first_ = static_cast<std::uint32_t>(model_.operations.size());
    for (const auto& entry : spec_.operations) names_.push_back(entry.name);
    for (const auto& entry : spec_.operations) operation(entry.name, entry.spec);
    routing.operations = {first_, static_cast<std::uint32_t>(model_.operations.size())};
    last_ = routing.operations.last;
    for (std::uint32_t i = routing.operations.first; i < routing.operations.last; ++i) {
      routing.draws_times = routing.draws_times || !model_.operations[OperationId{i}].time.is_constant();
    }
    compile_ties(spec_, first_, context_, model_);
    if (routing.operations.empty()) {
      context_.diagnostics.error(origin, "got no `operations`, expected at least one");
    } else if (context_.diagnostics.ok()) {
      means();
      check_ways_out(spec_, {first_, last_}, context_, model_);
      compile_parts(spec_, {first_, last_}, centres_, context_, model_);
      for (std::uint32_t i = first_; i < last_; ++i) ways(OperationId{i}, spec_.operations.list[i - first_].spec);
    }
    if (routing.random_sequence) fit_for_random(routing);
    return model_.routings.add(routing);
  }

 private:
  void operation(const std::string& name, const OperationSpec& spec) {
    Operation operation;
    operation.routing = id_;
    operation.written = OperationId{static_cast<std::uint32_t>(model_.operations.size())};
    operation.time = context_.time(*spec.time);
    operation.per_piece = *spec.per != OperationSpec::Per::lot;
    operation.pieces_alike = *spec.per == OperationSpec::Per::equal_piece;
    operation.share = *spec.share;
    operation.scrap = *spec.scrap;
    operation.piece_scrap = *spec.scrap_pieces;
    if (spec.split.stated) operation.split = *spec.split;
    operation.joins = *spec.join;
    if (operation.scrap >= 1 || operation.piece_scrap >= 1) {
      context_.diagnostics.error(operation.scrap >= 1 ? spec.scrap.origin : spec.scrap_pieces.origin,
                                 "got an operation that nothing survives, expected a share below 1 (100 %)");
    }
    needs(spec, operation);
    at_centre(spec, spec.work_centre.origin, operation);
    if (spec.choose.stated && spec.alternatives.empty()) {
      context_.diagnostics.error(spec.choose.origin, "got `choose` where there is no choice; expected `alternatives`");
    }
    operation.branches.first = static_cast<std::uint32_t>(model_.branches.size());
    if (!spec.then.empty()) branches(spec);
    operation.branches.last = static_cast<std::uint32_t>(model_.branches.size());
    model_.operations.add(operation);
    model_.operation_names.push_back(name);
  }

  // What an operation is at the work centre that does it.
  void at_centre(const OperationSpec& spec, Origin origin, Operation& operation) {
    CentresOfSite::Entry* centre = nullptr;
    for (std::size_t i = 0; i < centres_.names.size(); ++i) {
      if (centres_.names[i] == *spec.work_centre) centre = &centres_.entries[i];
    }
    if (centre != nullptr) {
      operation.centre = centre->id;
      operation.handling = model_.centres[centre->id].handling;
      centre->uses.push_back({OperationId{static_cast<std::uint32_t>(model_.operations.size())},
                              spec.family.stated ? *spec.family : "", &spec});
      if (spec.setup.stated) setup(spec, *centre);
    }
    way_of_working(spec, operation);
    if (centre != nullptr) return;
    context_.diagnostics.error(
        origin, fmt::format("no work centre \"{}\" at this site{}", *spec.work_centre,
                            centres_.names.empty() ? std::string("; declare it under `work_centres`")
                                                   : common::did_you_mean(*spec.work_centre, centres_.names)));
  }

  // The other ways to do an operation: rows of their own, of which all but the work centre, its time and its set-up are as
  // written. When the means of the routing and the ties of its operations are known.
  void ways(OperationId id, const OperationSpec& spec) {
    if (spec.alternatives.empty()) return;
    fit_for_ways(spec, id);
    static const std::vector<std::string> kChoices{"least_work", "fastest", "least_setup", "longest_idle"};
    const Field<std::string>& choose = spec.choose.stated ? spec.choose : *centres_.choose;
    const auto choice = std::find(kChoices.begin(), kChoices.end(), choose.stated ? *choose : kChoices[0]);
    if (choice == kChoices.end()) {
      context_.diagnostics.error(choose.origin,
                                 fmt::format("got \"{}\", expected one of {}{}", *choose, fmt::join(kChoices, ", "),
                                             common::did_you_mean(*choose, kChoices)));
      return;
    }
    const std::string name = model_.operation_names[id.index];
    core::Range rows{static_cast<std::uint32_t>(model_.operations.size()), 0};
    std::vector<std::string> known{*spec.work_centre};
    for (const auto& entry : spec.alternatives) {
      if (std::find(known.begin(), known.end(), entry.name) != known.end()) {
        context_.diagnostics.error(entry.origin,
                                   fmt::format("work centre \"{}\" is named twice; expected each once", entry.name));
        continue;
      }
      known.push_back(entry.name);
      OperationSpec& there = centres_.ways.emplace_back(spec);
      there.work_centre.value = entry.name;
      if (entry.spec.time.stated) there.time = entry.spec.time;
      if (entry.spec.setup.stated) there.setup = entry.spec.setup;
      if (!entry.spec.setup.stated && !sets_up(entry.name)) there.setup = {};
      const Operation written = model_.operations[id];
      Operation way = written;
      way.time = context_.time(*there.time);
      at_centre(there, entry.origin, way);
      way.lot_mean_left += way.lot_mean - written.lot_mean;
      way.piece_mean_left += way.piece_mean - written.piece_mean;
      model_.operations.add(way);
      model_.operation_names.push_back(name);
    }
    rows.last = static_cast<std::uint32_t>(model_.operations.size());
    model_.operations[id].ways = rows;
    model_.operations[id].choose = static_cast<WayChoice>(choice - kChoices.begin());
    model_.has_ways = true;
  }

  bool sets_up(const std::string& centre) const {
    for (std::size_t i = 0; i < centres_.names.size(); ++i) {
      if (centres_.names[i] == centre) return centres_.entries[i].spec->setup.stated;
    }
    return false;
  }

  void fit_for_ways(const OperationSpec& spec, OperationId id) {
    const Operation& operation = model_.operations[id];
    bool ties_machine = operation.is_tied;
    for (std::uint32_t i = operation.ties.first; i < operation.ties.last; ++i) {
      ties_machine = ties_machine || model_.ties[i].same_machine;
    }
    const std::string_view clash = spec.batch.stated      ? "`batch`"
                                   : spec.interval.stated ? "`interval`"
                                   : ties_machine         ? "`same_machine_at`"
                                   : *spec_.times_known   ? "`times_known`"
                                   : centres_.has_buffers ? "a `buffer` at a work centre of the site"
                                                          : "";
    if (clash.empty()) return;
    context_.diagnostics.error(spec.alternatives.list.front().origin,
                               fmt::format("got `alternatives` and {}, expected one of the two", clash));
  }

  // In the order of the crews, so that those of one crew stand side by side.
  void needs(const OperationSpec& spec, Operation& operation) {
    operation.needs.first = static_cast<std::uint32_t>(model_.needs.size());
    const auto add = [&](const common::Field<std::vector<std::string>>& names, bool is_tool) {
      for (const std::string& name : *names) {
        const CrewId id = crew_named(name, names.origin, is_tool, centres_.crews, context_, model_);
        if (!id.is_none()) model_.needs.push_back(id);
      }
    };
    add(spec.operators, false);
    add(spec.tools, true);
    operation.needs.last = static_cast<std::uint32_t>(model_.needs.size());
    const auto first = model_.needs.begin() + operation.needs.first, last = model_.needs.end();
    std::sort(first, last);
    for (auto at = first; at != last; ++at) {
      const Crew& crew = model_.crews[*at];
      const auto wanted = std::count(first, last, *at);
      if (wanted <= crew.count || (at != first && *(at - 1) == *at)) continue;
      context_.diagnostics.error(crew.is_tool ? spec.tools.origin : spec.operators.origin,
                                 fmt::format("got {} of \"{}\" at once, of which there {} {}", wanted, crew.name,
                                             crew.count == 1 ? "is" : "are", crew.count));
    }
  }

  // The machines of the work centre know its state, or any state if all changes take the same time.
  void setup(const OperationSpec& spec, CentresOfSite::Entry& centre) {
    const std::string& name = *spec.setup;
    if (!centre.spec->setup.stated) {
      context_.diagnostics.error(
          spec.setup.origin,
          fmt::format("got a `setup`, but work centre \"{}\" has no times for it; expected `setup` there",
                      *spec.work_centre));
      return;
    }
    const bool known = std::find(centre.setups.begin(), centre.setups.end(), name) != centre.setups.end();
    if (known) return;
    if (centre.spec->setup->all_alike) {
      centre.setups.push_back(name);
      return;
    }
    context_.diagnostics.error(
        spec.setup.origin,
        fmt::format("no change to \"{}\" in the set-up times of work centre \"{}\"; expected a row to it there, "
                    "or one from `any`{}",
                    name, *spec.work_centre, common::did_you_mean(name, centre.setups)));
  }

  // Batches and intervals, and what an operation takes of a lot's and of a machine's time.
  void way_of_working(const OperationSpec& spec, Operation& operation) {
    const double mean = core::mean_of(operation.time, context_.tables);
    const auto handling = static_cast<double>(operation.handling);
    operation.lot_mean = (operation.per_piece ? 0 : mean) + handling;
    operation.piece_mean = operation.per_piece ? mean : 0;
    operation.lot_busy = operation.lot_mean;
    operation.piece_busy = operation.piece_mean;
    const auto refuse = [&](Origin origin, std::string_view message) {
      context_.diagnostics.error(origin, std::string(message));
    };
    const Origin origin = spec.batch.stated ? spec.batch.origin : spec.interval.origin;
    if (spec.family.stated && !spec.batch.stated) {
      refuse(spec.family.origin, "got a `family` although lots are processed one by one; expected a `batch`");
    }
    if (!spec.batch.stated && !spec.interval.stated) return;
    if (spec.batch.stated && spec.interval.stated)
      refuse(origin, "got `batch` and `interval`, expected one of the two");
    if (operation.per_piece) {
      refuse(spec.per.origin,
             spec.batch.stated
                 ? "got the time of a piece of an operation with `batch`, whose `time` is that of the batch"
                 : "got the time of a piece of an operation with `interval`, whose `time` is that of the lot, "
                   "or of its first piece if the interval is `per piece`; leave `per` out");
      return;
    }
    if (*spec_.times_known) {
      refuse(origin, "got `batch` or `interval` in a routing with `times_known`, expected one of the two");
    }
    if (centres_.has_buffers) {
      refuse(origin,
             "got `batch` or `interval` at a site where a work centre has a `buffer`: its lots leave whether there is "
             "room "
             "or not; expected one of the two");
    }
    if (spec.batch.stated) {
      operation.is_batch = true;
      operation.lot_busy = operation.piece_busy = 0;
      (spec.batch->in_pieces ? operation.piece_busy : operation.lot_busy) =
          operation.lot_mean / static_cast<double>(spec.batch->most);
      return;
    }
    const auto interval = static_cast<double>(spec.interval->every.ticks);
    operation.has_interval = true;
    operation.interval_per_piece = spec.interval->per_piece;
    operation.interval = spec.interval->every.ticks;
    operation.lot_busy = spec.interval->per_piece ? 0 : interval;
    operation.piece_busy = spec.interval->per_piece ? interval : 0;
    if (spec.interval->per_piece) {
      operation.lot_mean -= interval;
      operation.piece_mean += interval;
    }
    if (interval > mean + handling) {
      refuse(spec.interval.origin,
             "got an interval longer than the mean time, loading and unloading included: the "
             "machine cannot be busy for longer than its lot; expected at most that");
    }
  }

  void branches(const OperationSpec& spec) {
    double up_to = 0;
    for (const auto& way : spec.then) {
      up_to += *way.spec;
      Branch branch{.up_to = up_to, .to = OperationId::none()};
      if (way.name != kLeave) {
        const auto place = static_cast<std::size_t>(std::find(names_.begin(), names_.end(), way.name) - names_.begin());
        if (place == names_.size()) {
          context_.diagnostics.error(way.origin,
                                     fmt::format("no operation \"{}\" in this routing{}; `leave` is its end", way.name,
                                                 common::did_you_mean(way.name, names_)));
          continue;
        }
        branch.to = OperationId{first_ + static_cast<std::uint32_t>(place)};
      }
      model_.branches.push_back(branch);
    }
    if (up_to > 1 + 1e-9) {
      context_.diagnostics.error(
          spec.then.list.front().origin,
          fmt::format("the shares under `then` add up to {:.6g}, expected at most 1 (100 %)", up_to));
    } else if (up_to > 1 - 1e-9 && !model_.branches.empty()) {
      model_.branches.back().up_to = 2;  // rounding leaves nobody out
    }
    if (*spec_.times_known || *spec_.sequence == RoutingSpec::Sequence::random) {
      context_.diagnostics.error(
          spec.then.list.front().origin,
          "got `then` in a routing whose lots know their own steps from the start (`times_known`, `sequence: "
          "random`); expected one of the two");
    }
  }

  struct Work {
    double lot = 0, piece = 0;  // mean ticks
  };

  // What is left to do from each operation on, on average: by the shares under `then` and those of sampling, without the ways
  // back; of an operation that all go back from it is what they do then for the first time.
  void means() {
    const std::size_t n = last_ - first_;
    std::vector<Work> coming(n + 1);  // from when a lot comes to each operation, which it may pass by
    const auto after = [&](std::uint32_t i, bool back) {
      const core::Range branches = model_.operations[OperationId{i}].branches;
      Work work;
      double before = 0, counted = 0;
      const auto add = [&](double share, std::size_t to) {
        counted += share;
        work.lot += share * coming[to].lot;
        work.piece += share * coming[to].piece;
      };
      for (std::uint32_t b = branches.first; b < branches.last; ++b) {
        const Branch& branch = model_.branches[b];
        const double share = std::min(1.0, branch.up_to) - before;
        before = std::min(1.0, branch.up_to);
        const bool goes_back = !branch.to.is_none() && branch.to.index <= i;
        if (goes_back == back) add(share, branch.to.is_none() ? n : branch.to.index - first_);
      }
      if (!back) add(1 - before, i + 1 - first_);
      if (counted > 0) work = {work.lot / counted, work.piece / counted};
      return std::pair{work, counted > 0};
    };
    std::vector<std::uint32_t> all_go_back;
    for (std::uint32_t i = last_; i-- > first_;) {
      Operation& operation = model_.operations[OperationId{i}];
      const auto [rest, goes_on] = after(i, false);
      if (!goes_on) all_go_back.push_back(i);
      // The imminent operation itself is done for sure.
      operation.lot_mean_left = operation.lot_mean + rest.lot;
      operation.piece_mean_left = operation.piece_mean + rest.piece;
      const Work next = coming[i + 1 - first_];
      coming[i - first_] = {operation.share * operation.lot_mean_left + (1 - operation.share) * next.lot,
                            operation.share * operation.piece_mean_left + (1 - operation.share) * next.piece};
    }
    for (const std::uint32_t i : all_go_back) {
      const Work rest = after(i, true).first;
      model_.operations[OperationId{i}].lot_mean_left += rest.lot;
      model_.operations[OperationId{i}].piece_mean_left += rest.piece;
    }
  }

  void fit_for_random(const Routing& routing) {
    if (routing.operations.size() > kMostRandomOperations) {
      context_.diagnostics.error(spec_.sequence.origin,
                                 fmt::format("got a random sequence of {} operations, expected at most {}",
                                             routing.operations.size(), kMostRandomOperations));
    }
    for (std::uint32_t i = routing.operations.first; i < routing.operations.last; ++i) {
      const WorkCentreId centre = model_.operations[OperationId{i}].centre;
      if (centre.is_none() || model_.centres[centre].buffer == kNoLimit) continue;
      context_.diagnostics.error(
          spec_.sequence.origin,
          fmt::format("got a random sequence through work centre \"{}\", which has a `buffer`: lots would block "
                      "each other for ever; expected one of the two",
                      model_.centre_names[centre.index]));
      return;
    }
  }

  const RoutingSpec& spec_;
  CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
  RoutingId id_;
  std::uint32_t first_ = 0, last_ = 0;  // of the operations as written
  std::vector<std::string> names_;
};

}  // namespace

RoutingId compile_routing(const std::string& name, Origin origin, const RoutingSpec& spec, const Where& where,
                          CentresOfSite& centres, CompileContext& context, Model& model) {
  model.routing_names.push_back(name);
  const RoutingId id = RoutingCompiler(spec, centres, context, model).compile(origin, where);
  if (!context.diagnostics.ok()) return id;
  const core::Range all = model.routings[id].operations;
  const std::vector<double> visits = expected_visits(model, id, OperationId{all.first});
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    model.operations[OperationId{all.first + i}].expected = std::min(1.0, visits[i]);
  }
  return id;
}

}  // namespace tierworks::factory
