#include "apps/cli/policies.h"

#include <algorithm>

#include <fmt/format.h>

#include "models/common/diagnostics.h"

namespace tierworks::cli {

namespace {

// Customers or other sites that draw on this site state a priority.
bool has_priorities(const std::string& site, const world::ScenarioSpec& spec) {
  for (const auto& stream : spec.demand) {
    if (stream.spec.priority.stated && *stream.spec.at == site) return true;
  }
  for (const auto& buyer : spec.sites) {
    for (const auto& buys : buyer.spec.buys) {
      if (!buys.spec.order_priority.stated) continue;
      for (const auto& from : buys.spec.from) {
        if (from.name == site) return true;
      }
    }
  }
  return false;
}

// Who gets scarce goods: at every site, and at stocks that say something else. Priorities only where somebody states one.
std::size_t add_allocation(std::string_view name, const world::ScenarioSpec& spec, std::vector<std::string>& settings) {
  std::size_t places = 0;
  for (const auto& site : spec.sites) {
    if (name == "priority" && !has_priorities(site.name, spec)) continue;
    settings.push_back(fmt::format("sites.{}.allocation={}", site.name, name));
    ++places;
    for (const auto& stock : site.spec.stock) {
      if (!stock.spec.allocation.stated) continue;
      settings.push_back(fmt::format("sites.{}.stock.{}.allocation={}", site.name, stock.name, name));
    }
  }
  return places;
}

// Which of several suppliers gets an order. Shares mean nothing to a rule that is not `split`, so they are taken away.
std::size_t add_sourcing(std::string_view name, const world::ScenarioSpec& spec, std::vector<std::string>& settings) {
  std::size_t places = 0;
  for (const auto& site : spec.sites) {
    for (const auto& buys : site.spec.buys) {
      if (buys.spec.from.size() < 2) continue;
      ++places;
      const std::string purchase = fmt::format("sites.{}.buys.{}", site.name, buys.name);
      settings.push_back(fmt::format("{}.choose={}", purchase, name));
      for (const auto& from : buys.spec.from) {
        const supply::SourceSpec& s = from.spec;
        if (name == "split" || !s.share.stated) continue;
        const bool alone = !(s.transit.stated || s.at_least.stated || s.order_time.stated || s.most_open.stated ||
                             s.answer_within.stated || s.valid_from.stated || s.valid_until.stated);
        settings.push_back(fmt::format("{}.from.{}{}", purchase, from.name, alone ? "={}" : ".share=~"));
      }
    }
  }
  return places;
}

}  // namespace

const std::vector<PolicyKind>& policy_kinds() {
  static const std::vector<PolicyKind> kinds{
      {"allocation", {"first_come", "priority", "proportional", "equal"}},
      {"sourcing", {"split", "priority", "cheapest", "fastest", "nearest"}},
  };
  return kinds;
}

std::string add_policy(std::string_view policy, const world::ScenarioSpec& spec, std::vector<std::string>& settings) {
  const std::size_t equals = policy.find('=');
  const std::string_view kind = policy.substr(0, equals);
  std::vector<std::string> names;
  for (const PolicyKind& k : policy_kinds()) names.emplace_back(k.name);
  const auto known =
      std::find_if(policy_kinds().begin(), policy_kinds().end(), [&](const PolicyKind& k) { return k.name == kind; });
  if (equals == std::string_view::npos || known == policy_kinds().end()) {
    return fmt::format(
        "--policy: got \"{}\"{}; expected KIND=NAME with one of the kinds {}. Other values are changed by "
        "their path: --set path=value",
        policy, common::did_you_mean(kind, names), fmt::join(names, ", "));
  }
  const std::string_view name = policy.substr(equals + 1);
  const std::vector<std::string> values(known->values.begin(), known->values.end());
  if (std::find(values.begin(), values.end(), name) == values.end()) {
    return fmt::format("--policy {}: got \"{}\"{}; expected one of: {}", kind, name, common::did_you_mean(name, values),
                       fmt::join(values, ", "));
  }
  const std::size_t places =
      kind == "allocation" ? add_allocation(name, spec, settings) : add_sourcing(name, spec, settings);
  if (places > 0) return "";
  return fmt::format("--policy {}: this scenario has no place for it{}", kind,
                     kind == "sourcing" ? "; no purchase names several suppliers"
                     : name == "priority"
                         ? "; nobody states a `priority` at a stream or an `order_priority` at a purchase"
                         : "");
}

}  // namespace tierworks::cli
