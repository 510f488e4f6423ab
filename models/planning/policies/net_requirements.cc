#include "models/planning/policies/net_requirements.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tierworks::planning {

namespace {

constexpr double kRounding = 1e-6;  // of a unit: what is lacking by less is there

}  // namespace

Quantity LotSizing::lot(double needed) const {
  const double most = static_cast<double>(common::kMostQuantity);
  Quantity quantity = static_cast<Quantity>(std::ceil(std::min(needed, most) - kRounding));
  if (kind == Kind::fixed) quantity = (quantity + size - 1) / size * size;
  quantity = std::max(quantity, minimum);
  if (multiple > 1) quantity = (quantity + multiple - 1) / multiple * multiple;
  return quantity;
}

double wagner_whitin(std::span<const double> demand, std::span<const double> setup, double holding,
                     std::span<double> cost, std::span<double> covers) {
  const std::size_t n = demand.size();
  const auto before = [&](std::size_t t) { return t == 0 ? 0.0 : cost[t - 1]; };
  // First `covers[t]` is the period in which the order is placed that serves t, or n if nothing is wanted in t.
  for (std::size_t t = 0; t < n; ++t) {
    cost[t] = std::numeric_limits<double>::infinity();
    covers[t] = static_cast<double>(n);
    if (!(demand[t] > 0)) cost[t] = before(t);
    // From the latest order to the earliest; what it holds grows by the demand behind it each time.
    double held = 0, behind = 0;
    for (std::size_t j = t + 1; j-- > 0;) {
      const double total = before(j) + setup[j] + held;
      if (total < cost[t]) {
        cost[t] = total;
        covers[t] = static_cast<double>(j);
      }
      behind += demand[j];
      held += holding * behind;
    }
  }
  // From the last period back: what serves it covers all from its order on.
  for (std::size_t end = n; end > 0;) {
    const auto from = static_cast<std::size_t>(covers[end - 1]);
    if (from == n) {
      covers[--end] = 0;
      continue;
    }
    const std::size_t first = from;
    for (std::size_t t = first; t < end; ++t) covers[t] = 0;
    covers[first] = static_cast<double>(end - first);
    end = first;
  }
  return n == 0 ? 0 : cost[n - 1];
}

namespace {

// What is lacking in each bucket if each gets what it lacks; nothing can be there before `first`.
void net_lot_for_lot(const MrpItem& item, const MrpWork& work, std::size_t first) {
  double available = work.available;
  for (std::size_t t = 0; t < work.net.size(); ++t) {
    available += work.scheduled[t] - work.gross[t];
    work.net[t] = 0;
    const double lacking = item.safety - available;
    if (t < first || !(lacking > kRounding)) continue;
    work.net[t] = lacking;
    available = item.safety;
  }
}

// The most that is lacking from bucket `t` to the end of `buckets` buckets, if nothing more is ordered.
double lacking_until(const MrpItem& item, const MrpWork& work, std::size_t t, double available, std::size_t buckets) {
  double most = item.safety - available;
  for (std::size_t u = t + 1; u < std::min(t + buckets, work.gross.size()); ++u) {
    available += work.scheduled[u] - work.gross[u];
    most = std::max(most, item.safety - available);
  }
  return most;
}

}  // namespace

void plan_item(const MrpItem& item, MrpWork work) {
  const std::size_t buckets = work.gross.size();
  const std::size_t first = work.open_from + item.lead;  // no new order is there sooner
  for (std::size_t release = 0; release < buckets; ++release) {
    if (release >= work.open_from) {
      work.planned[release] = 0;
    } else if (release + item.lead < buckets) {
      work.scheduled[release + item.lead] += work.planned[release];
    }
  }
  const LotSizing& lots = item.lots;
  if (lots.kind == LotSizing::Kind::wagner_whitin) {
    net_lot_for_lot(item, work, first);
    std::fill(work.setup.begin(), work.setup.end(), lots.setup);
    wagner_whitin(work.net, work.setup, lots.holding, work.cost, work.covers);
  }
  double available = work.available;
  for (std::size_t t = 0; t < buckets; ++t) {
    available += work.scheduled[t] - work.gross[t];
    if (t < first || !(item.safety - available > kRounding)) continue;
    std::size_t covered = 1;
    if (lots.kind == LotSizing::Kind::periods) covered = lots.periods;
    if (lots.kind == LotSizing::Kind::wagner_whitin) {
      covered = std::max<std::size_t>(1, static_cast<std::size_t>(work.covers[t]));
    }
    const auto quantity = static_cast<double>(lots.lot(lacking_until(item, work, t, available, covered)));
    work.planned[t - item.lead] += quantity;
    available += quantity;
  }
}

}  // namespace tierworks::planning
