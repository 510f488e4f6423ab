// What an operation asks of later ones of its lot: to start in time, or at its own machine.
#include <algorithm>

#include <fmt/format.h>

#include "models/factory/compile_routing.h"

namespace tierworks::factory {

namespace {

using common::Origin;

constexpr std::string_view kLeave = "leave", kScrap = "scrap";

class TieCompiler {
 public:
  TieCompiler(const RoutingSpec& spec, std::uint32_t first, common::CompileContext& context, Model& model)
      : spec_(spec), context_(context), model_(model), first_(first) {
    for (const auto& entry : spec.operations) names_.push_back(entry.name);
  }

  void compile() {
    ways_on();
    for (std::size_t i = 0; i < spec_.operations.size(); ++i) {
      const OperationSpec& spec = spec_.operations.list[i].spec;
      const OperationId id{first_ + static_cast<std::uint32_t>(i)};
      Operation& operation = model_.operations[id];
      operation.ties.first = static_cast<std::uint32_t>(model_.ties.size());
      for (const auto& limit : spec.start_within) {
        const OperationId to = other_operation(limit.name, limit.origin, id);
        if (to.is_none()) continue;
        model_.operations[to].is_limited = true;
        model_.ties.push_back({.at = to, .within = *limit.spec});
      }
      for (const std::string& name : *spec.same_machine_at) {
        const OperationId to = other_operation(name, spec.same_machine_at.origin, id);
        if (to.is_none()) continue;
        const WorkCentreId there = model_.operations[to].centre;
        if (there != operation.centre || there.is_none()) {
          context_.diagnostics.error(
              spec.same_machine_at.origin,
              fmt::format("operation \"{}\" is done at another work centre, where this one's machine does not stand; "
                          "expected operations at \"{}\"",
                          name, *spec.work_centre));
          continue;
        }
        model_.operations[to].is_tied = true;
        model_.ties.push_back({.at = to, .same_machine = true});
      }
      operation.ties.last = static_cast<std::uint32_t>(model_.ties.size());
      if (!operation.ties.empty() && *spec_.sequence == RoutingSpec::Sequence::random) {
        context_.diagnostics.error(
            spec.start_within.empty() ? spec.same_machine_at.origin : spec.start_within.list.front().origin,
            "got a tie between operations of a random sequence, where the other may have been "
            "done before; expected one of the two");
      }
    }
  }

 private:
  OperationId other_operation(const std::string& name, Origin origin, OperationId self) {
    const auto place = static_cast<std::uint32_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
    if (place == names_.size()) {
      context_.diagnostics.error(
          origin, fmt::format("no operation \"{}\" in this routing{}", name, common::did_you_mean(name, names_)));
      return OperationId::none();
    }
    if (first_ + place == self.index) {
      context_.diagnostics.error(origin, fmt::format("got \"{}\" itself, expected another operation", name));
      return OperationId::none();
    }
    if (!comes_after(place, self.index - first_)) {
      std::vector<std::string> later;
      for (std::uint32_t i = 0; i < names_.size(); ++i) {
        if (comes_after(i, self.index - first_)) later.push_back(names_[i]);
      }
      context_.diagnostics.error(
          origin, fmt::format("no way leads from here to \"{}\", so that it is never done after this one; {}", name,
                              later.empty() ? "expected nothing, as no operation is"
                                            : fmt::format("expected later operations: {}", fmt::join(later, ", "))));
      return OperationId::none();
    }
    return OperationId{first_ + place};
  }

  // Where lots may go from each operation: straight on, where `then` sends them, or back when they are too late for it.
  void ways_on() {
    knows_ways_ = *spec_.sequence == RoutingSpec::Sequence::written;
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const OperationSpec& spec = spec_.operations.list[i].spec;
      std::vector<std::uint32_t> to;
      double sent = 0;
      for (const auto& way : spec.then) {
        sent += *way.spec;
        add_way(way.name, way.name == kLeave || *way.spec <= 0, to);
      }
      if (spec.if_late.stated) add_way(*spec.if_late, *spec.if_late == kScrap, to);
      if (i + 1 < names_.size() && (*spec.share < 1 || sent < 1 - 1e-9)) to.push_back(i + 1);
      ways_.push_back(std::move(to));
    }
  }

  void add_way(const std::string& name, bool leads_nowhere, std::vector<std::uint32_t>& to) {
    if (leads_nowhere) return;
    const auto at = std::find(names_.begin(), names_.end(), name);
    knows_ways_ = knows_ways_ && at != names_.end();  // told elsewhere
    to.push_back(static_cast<std::uint32_t>(at - names_.begin()));
  }

  // By their places in the routing.
  bool comes_after(std::uint32_t place, std::uint32_t self) const {
    if (!knows_ways_) return true;
    std::vector<bool> reached(names_.size(), false);
    std::vector<std::uint32_t> open = ways_[self];
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      if (reached[at]) continue;
      reached[at] = true;
      open.insert(open.end(), ways_[at].begin(), ways_[at].end());
    }
    return reached[place] && place != self;
  }

  const RoutingSpec& spec_;
  common::CompileContext& context_;
  Model& model_;
  std::uint32_t first_;  // operation
  std::vector<std::string> names_;
  std::vector<std::vector<std::uint32_t>> ways_;  // by place in the routing
  bool knows_ways_ = true;                        // of all that is written
};

}  // namespace

void compile_ties(const RoutingSpec& spec, std::uint32_t first, common::CompileContext& context, Model& model) {
  TieCompiler(spec, first, context, model).compile();
}

}  // namespace tierworks::factory
