#include "scenarios/reader/unknown_names.h"

#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

namespace tierworks::reader {

namespace {

using common::Origin;

// All names of one kind.
class Known {
 public:
  template <class T>
  Known(const char* kind, const common::Entries<T>& entries) : kind_(kind) {
    for (const auto& entry : entries) {
      all_.push_back(entry.name);
      set_.insert(entry.name);
    }
  }

  // Without any there is a larger mistake, which is told.
  void check(const std::string& name, Origin origin, Faults& faults) const {
    if (name.empty() || all_.empty() || set_.contains(name)) return;
    faults.add(origin, fmt::format("no {} \"{}\"{}", kind_, name, common::did_you_mean(name, all_)));
  }
  void check(const common::Field<std::string>& name, Faults& faults) const {
    if (name.stated) check(*name, name.origin, faults);
  }
  template <class T>
  void check_keys(const common::Entries<T>& entries, Faults& faults) const {
    for (const auto& entry : entries) check(entry.name, entry.origin, faults);
  }
  bool has(const std::string& name) const { return set_.contains(name); }

 private:
  const char* kind_;
  std::vector<std::string> all_;
  std::unordered_set<std::string> set_;
};

}  // namespace

void add_unknown_names(const world::ScenarioSpec& spec, Faults& faults) {
  const Known items("item", spec.items), sites("site", spec.sites);
  for (const auto& item : spec.items) items.check_keys(item.spec.bom, faults);
  for (const auto& site : spec.sites) {
    items.check_keys(site.spec.buys, faults);
    items.check_keys(site.spec.makes, faults);
    items.check_keys(site.spec.sells, faults);
    items.check_keys(site.spec.stock, faults);
    for (const auto& buys : site.spec.buys) {
      const auto& from = buys.spec.from;
      if (from.size() == 1 && from.list.front().name == "lanes" && !sites.has("lanes")) continue;
      sites.check_keys(from, faults);
    }
    for (const auto& makes : site.spec.makes) items.check_keys(makes.spec.also, faults);
  }
  for (const auto& lane : spec.lanes) {
    sites.check(lane.spec.from, faults);
    sites.check(lane.spec.to, faults);
  }
  for (const auto& stream : spec.demand) {
    sites.check(stream.spec.at, faults);
    items.check(stream.spec.item, faults);
    items.check_keys(stream.spec.substitutes, faults);
  }
}

}  // namespace tierworks::reader
