#include "report/scopes.h"

#include <array>
#include <limits>

namespace tierworks::report {

namespace {

constexpr std::string_view kSite = "site:", kItem = "/item:", kCentre = "work_centre:";

struct Prefix {
  std::string_view text;
  ScopeKind kind;
};
constexpr std::array kPrefixes{Prefix{"tier:", ScopeKind::tier},
                               Prefix{"region:", ScopeKind::region},
                               Prefix{"class:", ScopeKind::customer_class},
                               Prefix{"item:", ScopeKind::item},
                               Prefix{"lane:", ScopeKind::lane},
                               Prefix{kCentre, ScopeKind::work_centre},
                               Prefix{"product:", ScopeKind::product},
                               Prefix{"operator:", ScopeKind::crew},
                               Prefix{"tool:", ScopeKind::crew},
                               Prefix{"machine:", ScopeKind::machine}};

Scope parsed(std::string_view key) {
  Scope scope;
  scope.key = key;
  if (key.starts_with(kSite)) {
    const std::string_view rest = key.substr(kSite.size());
    const std::size_t slash = rest.find(kItem);
    scope.kind = slash == std::string_view::npos ? ScopeKind::site : ScopeKind::stock;
    scope.name = rest.substr(0, slash);
    if (scope.kind == ScopeKind::stock) scope.name += "/" + std::string(rest.substr(slash + kItem.size()));
    return scope;
  }
  for (const Prefix& prefix : kPrefixes) {
    if (!key.starts_with(prefix.text)) continue;
    scope.kind = prefix.kind;
    scope.name = key.substr(prefix.text.size());
    return scope;
  }
  scope.name = key;
  return scope;
}

}  // namespace

Scopes::Scopes(const experiments::Replicated& result) : result_(result) {
  for (std::size_t row = 0; row < result.rows.size(); ++row) add(row);
  by_kind_.resize(static_cast<std::size_t>(ScopeKind::machine) + 1);
  for (const Scope& scope : scopes_) by_kind_[static_cast<std::size_t>(scope.kind)].push_back(&scope);
  relate();
}

void Scopes::add(std::size_t row) {
  const std::string_view key = result_.rows[row].scope;
  const auto [at, is_new] = index_.emplace(key, scopes_.size());
  if (is_new) scopes_.push_back(parsed(key));
  scopes_[at->second].rows.push_back(row);
}

void Scopes::relate() {
  const auto belongs = [&](std::unordered_map<const Scope*, List>& lists, const std::string& owner, const Scope& part) {
    const auto at = index_.find(owner);
    if (at == index_.end()) return false;
    lists[&scopes_[at->second]].push_back(&part);
    return true;
  };
  for (const Scope* stock : of(ScopeKind::stock)) {
    const std::size_t slash = stock->key.find(kItem);
    belongs(stocks_, std::string(stock->key.substr(0, slash)), *stock);
    belongs(stocks_, std::string(stock->key.substr(slash + 1)), *stock);
  }
  for (const Scope* line : of(ScopeKind::work_centre)) {
    // The name of a site may hold a slash itself: the shortest site that exists is taken.
    for (std::size_t slash = line->name.find('/'); slash != std::string::npos;
         slash = line->name.find('/', slash + 1)) {
      if (belongs(lines_, std::string(kSite) + line->name.substr(0, slash), *line)) break;
    }
  }
}

std::span<const Scope* const> Scopes::of(ScopeKind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }

const core::Interval* Scopes::find(const Scope& scope, std::string_view kpi) const {
  for (const std::size_t row : scope.rows) {
    if (kpi == result_.rows[row].kpi->name) return &result_.kpis[row];
  }
  return nullptr;
}

double Scopes::mean(const Scope& scope, std::string_view kpi) const {
  const core::Interval* found = find(scope, kpi);
  return found == nullptr || found->n == 0 ? std::numeric_limits<double>::quiet_NaN() : found->mean;
}

std::span<const Scope* const> Scopes::stocks_of(const Scope& scope) const {
  const auto at = stocks_.find(&scope);
  return at == stocks_.end() ? std::span<const Scope* const>{} : std::span<const Scope* const>(at->second);
}

std::span<const Scope* const> Scopes::lines_of(const Scope& scope) const {
  const auto at = lines_.find(&scope);
  return at == lines_.end() ? std::span<const Scope* const>{} : std::span<const Scope* const>(at->second);
}

}  // namespace tierworks::report
