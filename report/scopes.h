// The rows of a result by scope: which site, item, region, lane or line each belongs to, and its KPIs by name.
// It points into the result, which must outlive it. Cost: one pass over the rows; a look-up goes through a scope's KPIs.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "experiments/replicate/replicate.h"

namespace tierworks::report {

enum class ScopeKind : std::uint8_t {
  world,
  tier,
  region,
  customer_class,
  site,
  item,
  stock,
  lane,
  work_centre,
  product,
  crew,  // operators, or tools
  machine
};

struct Scope {
  ScopeKind kind = ScopeKind::world;
  std::string name;               // "smt", of a stock "smt/pcb"
  std::string_view key;           // "site:smt/item:pcb"
  std::vector<std::size_t> rows;  // of the result
};

class Scopes {
 public:
  explicit Scopes(const experiments::Replicated& result);

  // In the order in which the result names them.
  std::span<const Scope* const> of(ScopeKind kind) const;
  const core::Interval* find(const Scope& scope, std::string_view kpi) const;
  // The mean, or NaN if there is none.
  double mean(const Scope& scope, std::string_view kpi) const;
  // The stocks of a site or of an item; the lines of a site.
  std::span<const Scope* const> stocks_of(const Scope& scope) const;
  std::span<const Scope* const> lines_of(const Scope& scope) const;
  const experiments::Replicated& result() const { return result_; }

 private:
  using List = std::vector<const Scope*>;
  void add(std::size_t row);
  void relate();

  const experiments::Replicated& result_;
  std::vector<Scope> scopes_;
  std::unordered_map<std::string_view, std::size_t> index_;
  std::vector<List> by_kind_;
  std::unordered_map<const Scope*, List> stocks_, lines_;
};

}  // namespace tierworks::report
