#include "apps/cli/policies.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <optional>

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
      const bool by_reports = name == "most_stock" || name == "least_load";
      if (buys.spec.reported_every.stated && !by_reports) settings.push_back(purchase + ".reported_every=~");
      if (buys.spec.report_time.stated && !by_reports) settings.push_back(purchase + ".report_time=~");
      if (buys.spec.split_orders.stated && name == "split") settings.push_back(purchase + ".split_orders=~");
      for (const auto& from : buys.spec.from) {
        const supply::SourceSpec& s = from.spec;
        if (name == "split" || !s.share.stated) continue;
        const bool alone = !(s.transit.stated || s.at_least.stated || s.order_time.stated || s.most_open.stated ||
                             s.answer_within.stated || s.valid_from.stated || s.valid_until.stated ||
                             s.order_days.stated || s.cancellable.stated);
        settings.push_back(fmt::format("{}.from.{}{}", purchase, from.name, alone ? "={}" : ".share=~"));
      }
    }
  }
  return places;
}

// A rule and its parameter as they are written, behind the classes and the set-ups if those come first there.
std::string dispatch_words(const factory::DispatchRule& now, std::string_view rule, std::optional<double> k) {
  std::string setup;
  if (now.setup != factory::SetupKey::none) {
    setup = now.setup == factory::SetupKey::avoid ? "setup_avoidance " : "least_setup ";
    if (now.max_wait.ticks > 0) setup += fmt::format("max_wait {} us ", now.max_wait.ticks);
  }
  const std::string classes = now.by_priority ? "priority " : "";
  return (now.setup_first ? setup + classes : classes + setup) +
         (k ? fmt::format("{} k {:g}", rule, *k) : std::string(rule));
}

// Calls visit(path, rule) for each shop floor, and for each work centre that says something else.
template <class F>
std::size_t for_each_dispatch(const world::ScenarioSpec& spec, F&& visit) {
  std::size_t places = 0;
  for (const auto& site : spec.sites) {
    if (site.spec.factory.work_centres.empty()) continue;
    ++places;
    visit(fmt::format("sites.{}.dispatch", site.name), *site.spec.factory.dispatch);
    for (const auto& centre : site.spec.factory.work_centres) {
      if (!centre.spec.dispatch.stated) continue;
      visit(fmt::format("sites.{}.work_centres.{}.dispatch", site.name, centre.name), *centre.spec.dispatch);
    }
  }
  return places;
}

// Which waiting lot goes next, at every work centre; classes stay in front where they are.
std::size_t add_dispatch(std::string_view name, const world::ScenarioSpec& spec, std::vector<std::string>& settings) {
  return for_each_dispatch(spec, [&](const std::string& path, const factory::DispatchRule& now) {
    settings.push_back(path + "=" + dispatch_words(now, name, std::nullopt));
  });
}

// The parameter of the rules that have one, those among them that another policy has just set.
std::size_t add_dispatch_k(double k, const world::ScenarioSpec& spec, std::vector<std::string>& settings) {
  std::size_t places = 0;
  for_each_dispatch(spec, [&](const std::string& path, const factory::DispatchRule& now) {
    for (auto setting = settings.rbegin(); setting != settings.rend(); ++setting) {
      if (!setting->starts_with(path + "=")) continue;
      const bool takes_k = std::any_of(factory::kRuleNames.begin(), factory::kRuleNames.end(), [&](const auto& known) {
        return factory::has_parameter(known.rule) && setting->ends_with(known.name);
      });
      if (!takes_k) return;
      *setting += fmt::format(" k {:g}", k);
      ++places;
      return;
    }
    if (!factory::has_parameter(now.rule)) return;
    settings.push_back(path + "=" + dispatch_words(now, factory::name_of(now.rule), k));
    ++places;
  });
  return places;
}

const std::vector<std::string_view>& dispatch_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const factory::RuleName& known : factory::kRuleNames) all.push_back(known.name);
    return all;
  }();
  return names;
}

}  // namespace

const std::vector<PolicyKind>& policy_kinds() {
  static const std::vector<PolicyKind> kinds{
      {"dispatch", dispatch_names()},
      {"dispatch.k", {}},
      {"allocation", {"first_come", "priority", "proportional", "equal"}},
      {"sourcing", {"split", "priority", "cheapest", "fastest", "nearest", "most_stock", "least_load"}},
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
  if (kind == "dispatch.k") {
    const std::string text(policy.substr(equals + 1));
    char* end = nullptr;
    const double k = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != 0 || !(k > 0) || !std::isfinite(k)) {
      return fmt::format("--policy dispatch.k: got \"{}\", expected a number above 0", text);
    }
    if (add_dispatch_k(k, spec, settings) > 0) return "";
    std::vector<std::string> with_one;
    for (const factory::RuleName& rule : factory::kRuleNames) {
      if (factory::has_parameter(rule.rule)) with_one.push_back(fmt::format("`{}`", rule.name));
    }
    return fmt::format(
        "--policy dispatch.k: no dispatching rule of this scenario has a parameter k; those with one are {}",
        fmt::join(with_one, ", "));
  }
  std::string name(policy.substr(equals + 1));
  // Rules are known by their initials, which many write in capitals.
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::vector<std::string> values(known->values.begin(), known->values.end());
  if (std::find(values.begin(), values.end(), name) == values.end()) {
    return fmt::format("--policy {}: got \"{}\"{}; expected one of: {}", kind, name, common::did_you_mean(name, values),
                       fmt::join(values, ", "));
  }
  const std::size_t places = kind == "dispatch"     ? add_dispatch(name, spec, settings)
                             : kind == "allocation" ? add_allocation(name, spec, settings)
                                                    : add_sourcing(name, spec, settings);
  if (places > 0) return "";
  return fmt::format("--policy {}: this scenario has no place for it{}", kind,
                     kind == "dispatch"   ? "; no site has work centres"
                     : kind == "sourcing" ? "; no purchase names several suppliers"
                     : name == "priority"
                         ? "; nobody states a `priority` at a stream or an `order_priority` at a purchase"
                         : "");
}

}  // namespace tierworks::cli
