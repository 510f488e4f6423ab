// Lots of a routing that are divided and put together again.
#include <fmt/format.h>

#include "models/factory/compile_routing.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;

class PartsCompiler {
 public:
  PartsCompiler(const RoutingSpec& spec, core::Range operations, const CentresOfSite& centres, CompileContext& context,
                Model& model)
      : spec_(spec),
        centres_(centres),
        context_(context),
        model_(model),
        first_(operations.first),
        last_(operations.last) {}

  // From an operation that divides lots to the one where their parts go on together, or to the end, lots are parts.
  void parts() {
    const Field<std::int64_t>* split = nullptr;  // of the open stretch
    std::uint32_t from = 0;
    for (std::uint32_t i = first_; i < last_; ++i) {
      const OperationSpec& spec = spec_.operations.list[i - first_].spec;
      Operation& operation = model_.operations[OperationId{i}];
      if (operation.joins) {
        if (split == nullptr) {
          context_.diagnostics.error(spec.join.origin,
                                     "got `join` although no operation before divides the lot; expected `split` there");
          return;
        }
        model_.operations[OperationId{from}].joins_at = OperationId{i};
        operation.store = QueueId{model_.queues++};
        stretch(from, i);
        split = nullptr;
      }
      if (!spec.split.stated) continue;
      fit_for_parts(spec);
      if (split != nullptr || i + 1 == last_) {
        context_.diagnostics.error(spec.split.origin,
                                   split != nullptr
                                       ? "got lots that are divided already, expected `join` before this `split`"
                                       : "got `split` of the last operation, behind which there is nothing");
        return;
      }
      model_.has_parts = model_.has_comings = true;
      split = &spec.split;
      from = i;
    }
    if (split != nullptr) stretch(from, last_);
  }

 private:
  // No way leads into the operations from..to of parts from elsewhere, or out of them but at their end.
  void stretch(std::uint32_t from, std::uint32_t to) {
    const auto parts = static_cast<double>(model_.operations[OperationId{from}].split);
    const bool joined = to < last_;
    for (std::uint32_t i = from + 1; i < to; ++i) model_.operations[OperationId{i}].parts = parts;
    const auto is_inside = [&](std::uint32_t i) { return i > from && i < to; };
    for (std::uint32_t i = first_; i < last_; ++i) {
      const Operation& operation = model_.operations[OperationId{i}];
      for (std::uint32_t b = operation.branches.first; b < operation.branches.last; ++b) {
        const Branch& branch = model_.branches[b];
        const bool leaves = branch.to.is_none();
        const bool stays =
            leaves ? !is_inside(i) || !joined
                   : is_inside(i) == is_inside(branch.to.index) || (is_inside(i) && joined && branch.to.index == to);
        const bool divides = i == from && (leaves || branch.to.index != from + 1);
        if (stays && !divides) continue;
        const auto& entry = spec_.operations.list[i - first_];
        context_.diagnostics.error(entry.spec.then.list.front().origin,
                                   "got a way between a lot and parts of it (behind `split`, until `join`), expected "
                                   "ways that stay with one of them");
        return;
      }
      const bool passes = operation.share < 1 && (i == from || (joined && i == to));
      if (!passes) continue;
      context_.diagnostics.error(
          spec_.operations.list[i - first_].spec.share.origin,
          "got a `share` of an operation that divides lots or puts them together, expected all lots");
      return;
    }
  }

  void fit_for_parts(const OperationSpec& spec) {
    const bool own_steps = *spec_.times_known || *spec_.sequence == RoutingSpec::Sequence::random;
    const std::string_view clash = own_steps                ? "a routing whose lots know their own steps from the start"
                                   : centres_.has_buffers   ? "a `buffer` at a work centre of the site"
                                   : centres_.is_controlled ? "`release_control`, which counts whole lots"
                                                            : "";
    if (clash.empty()) return;
    context_.diagnostics.error(spec.split.origin, fmt::format("got `split` and {}, expected one of the two", clash));
  }

  const RoutingSpec& spec_;
  const CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
  const std::uint32_t first_, last_;
};

}  // namespace

void compile_parts(const RoutingSpec& spec, core::Range operations, const CentresOfSite& centres,
                   CompileContext& context, Model& model) {
  PartsCompiler(spec, operations, centres, context, model).parts();
}

}  // namespace tierworks::factory
