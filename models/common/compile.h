// What every room's compiler needs: the names of the scenario turned into ids, quantities turned into whole numbers of
// the item's resolution, and the one place where mistakes go.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/random/distribution.h"
#include "models/common/diagnostics.h"
#include "models/common/formula.h"
#include "models/common/ids.h"
#include "models/common/spec.h"

namespace tierworks::common {

struct Item {
  std::string name;
  std::string unit;
  double resolution = 1;
  double value = 0;              // money per unit
  double attrition = 0;          // extra share used up in a bill of materials
  core::Duration shelf_life{0};  // 0: for ever
  double disposal_cost = 0;      // money per unit
  struct Component {
    ItemId item;
    Quantity per_unit = 0;  // component's smallest units per smallest unit of the product
  };
  std::vector<Component> bom;
};

// Name -> id of one kind, with the nearest name at hand for mistakes.
template <class IdType>
class Names {
 public:
  IdType add(const std::string& name) {
    const IdType id{static_cast<std::uint32_t>(names_.size())};
    ids_.emplace(name, id.index);
    names_.push_back(name);
    return id;
  }
  std::optional<IdType> find(const std::string& name) const {
    const auto it = ids_.find(name);
    if (it == ids_.end()) return std::nullopt;
    return IdType{it->second};
  }
  const std::string& of(IdType id) const { return names_[id.index]; }
  const std::vector<std::string>& all() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::string> names_;
};

// How instants of a run meet the calendar.
struct TimeFrame {
  static constexpr std::int64_t kAMonday = 4 * 24 * 60;  // 1970-01-05
  std::int64_t start_minutes = kAMonday;                 // local date of time 0, as in Date; a Monday unless stated
  bool dated = false;                                    // it was stated
  core::Duration length{0};                              // of a run, warm-up included
};

struct CompileContext {
  Diagnostics& diagnostics;
  core::DistributionTables& tables;
  Names<ItemId> item_names;
  Names<SiteId> site_names;
  std::vector<Item> items;
  std::vector<const ItemSpec*> item_specs;
  TimeFrame time_frame{};
  core::Table<FormulaId, FormulaText> formulas{};

  // The item of a name, or a diagnostic with the nearest one.
  std::optional<ItemId> item(const std::string& name, Origin origin);
  std::optional<SiteId> site(const std::string& name, Origin origin);
  // `; did you mean "plant"?` or "". Diagnostics that nobody will see get none: it costs a look at every candidate.
  std::string suggestion(const std::string& name, const std::vector<std::string>& candidates) const;

  // Units of the item per written unit (1 for its own, a pack's content), or a diagnostic.
  std::optional<double> units_per(const std::string& unit, ItemId item, Origin origin);
  // A written amount as a whole number of the item's resolution, or a diagnostic (0 then).
  Quantity quantity(const Amount& amount, ItemId item, Origin origin);
  // A distribution of quantities, in multiples of the item's resolution.
  core::Distribution quantity(const QuantityDistribution& written, ItemId item, Origin origin);
  // When it is; 0 if that is before the start. A date without a start of time is a diagnostic.
  core::Instant instant(const Moment& moment, Origin origin);
  core::Distribution time(const TimeDistribution& written) { return core::compile(written.distribution, tables); }
  // A price or cost as it was written, or a diagnostic (0 then) if it is too large to be counted in millionths.
  double payable(const Field<double>& amount);
  // A formula over the names, or a diagnostic with the place inside it; `used` gets which of the names it reads.
  std::optional<FormulaId> formula(const Field<std::string>& written, std::span<const std::string_view> names,
                                   std::vector<bool>& used);
  // Money per smallest unit and tick of keeping one.
  double carrying(const CarryingRate& rate, ItemId item) const;
};

// A number as people write it: up to six significant digits.
std::string number_text(double value);

}  // namespace tierworks::common
