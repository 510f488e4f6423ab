#include "models/world/compile_items.h"

#include <cmath>

#include <fmt/format.h>

namespace tierworks::world {

using common::Item;
using common::ItemId;

std::vector<Item::Component> compile_amounts(const common::Entries<common::Field<common::Amount>>& amounts,
                                             const Item& item, common::CompileContext& context) {
  std::vector<Item::Component> components;
  for (const auto& entry : amounts) {
    const auto component = context.item(entry.name, entry.origin);
    if (!component) continue;
    const auto units = context.units_per(entry.spec->unit, *component, entry.spec.origin);
    if (!units) continue;
    const Item& part = context.items[component->index];
    // Smallest units of the component that go into one smallest unit of the product.
    const double exact = entry.spec->number * *units * item.resolution / part.resolution;
    const double whole = std::nearbyint(exact);
    if (whole > 0x1p40) {
      context.diagnostics.error(entry.spec.origin,
                                "got an amount that is too large to be counted in the component's resolution");
    } else if (whole < 1 || std::abs(exact - whole) > 1e-9 * whole + 1e-9) {
      context.diagnostics.error(
          entry.spec.origin,
          fmt::format("got {:g} {} of \"{}\" for each {}, which for the smallest quantity of {:g} {} is {:g} and no "
                      "multiple of "
                      "the component's resolution, {:g} {}; give \"{}\" a finer `resolution`",
                      entry.spec->number, entry.spec->unit.empty() ? part.unit : entry.spec->unit, part.name, item.unit,
                      item.resolution, item.unit, exact * part.resolution, part.resolution, part.unit, part.name));
    } else {
      components.push_back({*component, static_cast<common::Quantity>(whole)});
    }
  }
  return components;
}

namespace {

// Depth-first search for an item that goes into itself; reports each cycle once, with its path.
class BomCycles {
 public:
  explicit BomCycles(common::CompileContext& context) : context_(context), colour_(context.items.size(), 0) {}

  void search(const ScenarioSpec& spec) {
    for (std::uint32_t root = 0; root < colour_.size(); ++root) {
      if (colour_[root] != 0) continue;
      // An explicit stack: chains of a hundred thousand levels must not end the program.
      std::vector<std::pair<std::uint32_t, std::size_t>> stack{{root, 0}};
      colour_[root] = 1;
      while (!stack.empty()) {
        auto& [item, next] = stack.back();
        const auto& bom = context_.items[item].bom;
        if (next == bom.size()) {
          colour_[item] = 2;
          stack.pop_back();
          continue;
        }
        const std::uint32_t part = bom[next++].item.index;
        if (colour_[part] == 1) report(spec, stack, part);
        if (colour_[part] == 0) {
          colour_[part] = 1;
          stack.emplace_back(part, 0);
        }
      }
    }
  }

 private:
  void report(const ScenarioSpec& spec, const std::vector<std::pair<std::uint32_t, std::size_t>>& stack,
              std::uint32_t part) {
    std::string path;
    bool inside = false;
    for (const auto& [item, next] : stack) {
      inside = inside || item == part;
      if (inside) path += context_.items[item].name + " -> ";
    }
    context_.diagnostics.error(spec.items.list[part].origin,
                               fmt::format("got a bill of materials that goes in a circle: {}{}; expected none", path,
                                           context_.items[part].name));
  }

  common::CompileContext& context_;
  std::vector<char> colour_;  // 0 unseen, 1 on the stack, 2 done
};

}  // namespace

void compile_items(const ScenarioSpec& spec, common::CompileContext& context) {
  for (const auto& entry : spec.items) {
    context.item_names.add(entry.name);
    context.item_specs.push_back(&entry.spec);
    Item item;
    item.name = entry.name;
    item.unit = *entry.spec.unit;
    item.resolution = *entry.spec.resolution;
    if (item.resolution < 1e-9 || item.resolution > 1e9) {
      context.diagnostics.error(
          entry.spec.resolution.origin,
          fmt::format("got a resolution of {:g}, expected one from 1e-9 to 1e9", item.resolution));
      item.resolution = 1;
    }
    item.value = context.payable(entry.spec.value);
    item.attrition = *entry.spec.attrition;
    item.shelf_life = *entry.spec.shelf_life;
    item.disposal_cost = context.payable(entry.spec.disposal_cost);
    if (entry.spec.disposal_cost.stated && !entry.spec.shelf_life.stated) {
      context.diagnostics.error(entry.spec.disposal_cost.origin,
                                "got `disposal_cost` of goods that never spoil, expected also `shelf_life: 10 d`");
    }
    context.items.push_back(std::move(item));
  }
  for (std::size_t i = 0; i < context.items.size(); ++i) {
    context.items[i].bom = compile_amounts(spec.items.list[i].spec.bom, context.items[i], context);
  }
  BomCycles(context).search(spec);
}

}  // namespace tierworks::world
