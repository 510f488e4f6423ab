// What is built into lots, and whether it ever can be.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;

class AssemblyCompiler {
 public:
  AssemblyCompiler(const FactorySpec& spec, const CentresOfSite& centres, CompileContext& context, Model& model)
      : spec_(spec), centres_(centres), context_(context), model_(model) {
    first_ = static_cast<std::uint32_t>(model.routings.size() - spec.routings.list.size());
    for (const auto& entry : spec.routings) names_.push_back(entry.name);
  }

  void compile() {
    const bool assembles = std::any_of(spec_.routings.begin(), spec_.routings.end(), [](const auto& routing) {
      return std::any_of(routing.spec.operations.begin(), routing.spec.operations.end(),
                         [](const auto& operation) { return !operation.spec.assemble.empty(); });
    });
    if (!assembles) return;
    model_.has_assembly = model_.has_comings = true;
    built_in_.resize(names_.size());
    while (model_.components_at.size() < model_.operations.size()) model_.components_at.add({});
    while (model_.component_stores.size() < model_.routings.size()) model_.component_stores.add({});
    for (std::uint32_t r = 0; r < names_.size(); ++r) routing(r);
    for (std::uint32_t r = 0; r < names_.size(); ++r) never_into_itself(r);
    stores();
  }

 private:
  void error(Origin origin, std::string message) { context_.diagnostics.error(origin, std::move(message)); }

  void routing(std::uint32_t place) {
    const auto& entry = spec_.routings.list[place];
    const core::Range rows = model_.routings[RoutingId{first_ + place}].operations;
    for (std::uint32_t i = 0; i < entry.spec.operations.list.size(); ++i) {
      const OperationSpec& spec = entry.spec.operations.list[i].spec;
      if (spec.assemble.empty()) continue;
      const OperationId id{rows.first + i};
      fit(spec, model_.operations[id]);
      components(place, spec, id);
    }
  }

  void fit(const OperationSpec& spec, const Operation& operation) {
    const std::string_view clash = *spec.join             ? "`join`"
                                   : operation.parts > 1  ? "an operation on parts of lots (`split`)"
                                   : centres_.has_buffers ? "a `buffer` at a work centre of the site"
                                   : counts_ahead()       ? "`release_control` by `polca` or `lums_cor`"
                                                          : "";
    if (clash.empty()) return;
    error(spec.assemble.list.front().origin, fmt::format("got `assemble` and {}, expected one of the two", clash));
  }

  // Rules that settle, before a lot goes to an operation, what it will take of the next ones, and when.
  bool counts_ahead() const {
    const std::string& rule = *spec_.release_control.rule;
    return centres_.is_controlled && (rule == "polca" || rule == "lums_cor");
  }

  void components(std::uint32_t place, const OperationSpec& spec, OperationId id) {
    core::Range rows{static_cast<std::uint32_t>(model_.components.size()), 0};
    for (const auto& entry : spec.assemble) {
      const auto part =
          static_cast<std::uint32_t>(std::find(names_.begin(), names_.end(), entry.name) - names_.begin());
      if (part == names_.size()) {
        error(entry.origin,
              fmt::format("no routing \"{}\" at this site{}", entry.name, common::did_you_mean(entry.name, names_)));
        continue;
      }
      supply(part, entry.name, *entry.spec, entry.origin);
      built_in_[place].push_back({part, entry.origin});
      model_.components.push_back({.routing = RoutingId{first_ + part}, .lots = *entry.spec});
    }
    rows.last = static_cast<std::uint32_t>(model_.components.size());
    const core::Range ways = model_.operations[id].ways;
    const QueueId store{model_.queues++};
    const auto set = [&](OperationId row) {
      model_.operations[row].assembles = true;
      model_.operations[row].store = store;
    };
    set(id);
    model_.components_at[id] = rows;
    for (std::uint32_t way = ways.first; way < ways.last; ++way) set(OperationId{way});
  }

  // As many lots can be there at once as the operation needs.
  void supply(std::uint32_t part, const std::string& name, std::int64_t needed, Origin origin) {
    bool endless = false, any = false;
    std::int64_t most = 0;
    for (const auto& release : spec_.releases) {
      if (*release.spec.routing != names_[part]) continue;
      any = true;
      const std::int64_t lots = *release.spec.wip > 0 ? *release.spec.wip : *release.spec.count;
      endless = endless || lots == 0;
      most += lots;
    }
    if (!any) {
      error(origin,
            fmt::format("no release lets lots of \"{}\" in, so that the operation would wait for ever; expected "
                        "one under `releases`",
                        name));
    } else if (!endless && most < needed) {
      error(origin,
            fmt::format("got {} lots of \"{}\", of which no more than {} can ever be there at once; expected at "
                        "most that, or more of them in `wip` or `count` of their release",
                        needed, name, most));
    }
  }

  void never_into_itself(std::uint32_t place) {
    std::vector<bool> seen(names_.size(), false);
    std::vector<std::uint32_t> open{place};
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const auto& [part, origin] : built_in_[at]) {
        if (part == place) {
          error(origin, fmt::format("lots of \"{}\" would be built into themselves{}; expected no circle",
                                    names_[place], at == place ? "" : fmt::format(" by way of \"{}\"", names_[at])));
          return;
        }
        if (!seen[part]) open.push_back(part);
        seen[part] = true;
      }
    }
  }

  // Of the routings of components, with the operations that take from them.
  void stores() {
    for (std::uint32_t part = 0; part < names_.size(); ++part) {
      core::Range takers{static_cast<std::uint32_t>(model_.assemblies.size()), 0};
      for (std::uint32_t place = 0; place < names_.size(); ++place) {
        const core::Range rows = model_.routings[RoutingId{first_ + place}].operations;
        for (std::uint32_t i = rows.first; i < rows.last; ++i) {
          const core::Range components = model_.components_at[OperationId{i}];
          for (std::uint32_t c = components.first; c < components.last; ++c) {
            if (model_.components[c].routing == RoutingId{first_ + part}) model_.assemblies.push_back(OperationId{i});
          }
        }
      }
      takers.last = static_cast<std::uint32_t>(model_.assemblies.size());
      if (takers.empty()) continue;
      model_.component_stores[RoutingId{first_ + part}] = {true, QueueId{model_.queues++}, takers};
    }
  }

  struct Part {
    std::uint32_t routing;
    Origin origin;
  };
  const FactorySpec& spec_;
  const CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
  std::uint32_t first_ = 0;  // routing of the site
  std::vector<std::string> names_;
  std::vector<std::vector<Part>> built_in_;  // by routing of the site
};

}  // namespace

void compile_assembly(const FactorySpec& spec, const CentresOfSite& centres, CompileContext& context, Model& model) {
  AssemblyCompiler(spec, centres, context, model).compile();
}

}  // namespace tierworks::factory
