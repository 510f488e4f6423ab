#include "report/table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/demand/kpis.h"
#include "models/factory/kpis.h"
#include "models/logistics/kpis.h"
#include "models/production/kpis.h"
#include "models/supply/kpis.h"
#include "models/world/kpis.h"
#include "report/grid.h"
#include "report/numbers.h"
#include "report/scopes.h"
#include "report/sections.h"
#include "report/text.h"
#include "report/weakest.h"

namespace tierworks::report {

namespace {

using common::Kpi;

struct Shown {
  const Kpi* kpi;
  const char* head;
  bool with_half_width = false;
};

class Page {
 public:
  Page(const Subject& subject, const experiments::Replicated& result, const TableOptions& options)
      : subject_(subject), result_(result), options_(options), scopes_(result) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  std::string text() {
    head();
    world();
    regions();
    classes();
    sites();
    items();
    products();
    work_centres();
    lines();
    lanes();
    foot();
    return std::move(out_);
  }

 private:
  void head() {
    out_ += headline(subject_, options_);
    out_ += wrapped(
        fmt::format("{}, {}, seed {}{}", measured_text(subject_), counted(result_.replications, "replication"),
                    result_.seed,
                    result_.replications > 1 ? fmt::format(", ± at {:g} % confidence", 100 * result_.confidence) : ""),
        options_.width, 2);
    if (!result_.plain.empty()) out_ += wrapped(controls_text(result_.controls), options_.width, 2);
    for (const auto& [outcome, count] : result_.outcomes) {
      if (count == 0 || outcome == world::Outcome::complete) continue;
      warning(
          fmt::format("{} of {} {}", count, counted(result_.replications, "replication"), world::in_words(outcome)));
    }
    if (result_.stopped) {
      warning(fmt::format("ended early: {} of {} ran, whole ones only", result_.replications,
                          counted(result_.asked, "replication")));
    }
    if (!result_.precise) {
      warning(
          fmt::format("the precision asked for was not reached in {}", counted(result_.replications, "replication")));
    }
    for (const std::string& note : result_.notes) warning(note);
    out_ += "\n";
  }

  void warning(const std::string& text) { out_ += warning_line(text, options_); }

  void world() {
    Grid grid({{"WORLD", false}, {"mean"}, {"unit", false}, {"weakest, or largest part", false, 12}, {""}});
    for (const Scope* scope : scopes_.of(ScopeKind::world)) {
      for (const std::size_t row : scope->rows) {
        const Kpi& kpi = *result_.rows[row].kpi;
        Measured m = measured(result_.kpis[row], kpi.unit, cut_end(subject_.currency, 8));
        const Weakest weak = weakest(scopes_, kpi, options_);
        grid.add({{kpi.name},
                  {std::move(m.mean), std::move(m.half_width)},
                  {std::move(m.unit)},
                  {weak.where, "", "", weak.worst},
                  {weak.value, "", "", weak.worst}});
      }
    }
    if (!grid.empty()) out_ += grid.text(options_.width, options_.colour);
  }

  Cell cell(const Scope& scope, const Shown& shown) const {
    const core::Interval* found = scopes_.find(scope, shown.kpi->name);
    if (found == nullptr || found->n == 0) return {"-"};
    const std::string alone = cell_text(found->mean, shown.kpi->unit);
    if (!shown.with_half_width) return {alone};
    const Measured m = measured(*found, shown.kpi->unit, "");
    if (m.half_width.empty()) return {alone};
    return {m.mean, m.short_unit.empty() ? m.half_width : m.half_width + " " + m.short_unit, alone};
  }

  // One row for each scope, in their order.
  void section(const std::string& head, const std::vector<const Scope*>& rows, const std::vector<Shown>& shown,
               const auto& first_cell) {
    if (rows.empty()) return;
    std::vector<Column> columns{{head, false, 12}};
    for (const Shown& s : shown) columns.push_back({s.head});
    Grid grid(std::move(columns));
    const std::size_t most = shown_rows(rows.size(), options_);
    for (std::size_t i = 0; i < most; ++i) {
      std::vector<Cell> cells{{rows[i]->name}};
      for (const Shown& s : shown) cells.push_back(cell(*rows[i], s));
      first_cell(i, *rows[i], cells);
      grid.add(std::move(cells));
    }
    out_ += "\n" + grid.text(options_.width, options_.colour) + rest_line(rows.size() - most);
  }

  // Those that are measured first, from the worst to the best.
  std::vector<const Scope*> sorted(ScopeKind kind, const Kpi& kpi, bool low_first) const {
    std::vector<std::pair<double, const Scope*>> keyed;
    for (const Scope* scope : scopes_.of(kind)) {
      const double value = scopes_.mean(*scope, kpi.name);
      keyed.emplace_back(std::isfinite(value) ? (low_first ? value : -value) : INFINITY, scope);
    }
    return in_order(std::move(keyed));
  }

  // By fill rate, then those that serve to order by what waits there, then those from which nobody orders.
  std::vector<const Scope*> by_service(ScopeKind kind) const {
    std::vector<std::pair<double, const Scope*>> keyed;
    for (const Scope* scope : scopes_.of(kind)) {
      double key = scopes_.mean(*scope, supply::kpi::fill_rate.name);
      if (!std::isfinite(key)) {
        key = 3;
      } else if (serves_to_order(scopes_, *scope, options_)) {
        const double waiting = scopes_.mean(*scope, supply::kpi::backorders.name);
        key = 1.5 + (waiting > 0 ? 1 / (1 + waiting) : 1);
      }
      keyed.emplace_back(key, scope);
    }
    return in_order(std::move(keyed));
  }

  static std::vector<const Scope*> in_order(std::vector<std::pair<double, const Scope*>> keyed) {
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const Scope*> scopes;
    for (const auto& [key, scope] : keyed) scopes.push_back(scope);
    return scopes;
  }

  // The fill rate, the first column, of the first row is the weakest; of those that serve to order it says nothing.
  void mark_service(std::size_t row, const Scope& scope, std::vector<Cell>& cells) const {
    Cell& fill_rate = cells[1];
    if (serves_to_order(scopes_, scope, options_)) {
      fill_rate = {.text = "to order"};
    } else if (row == 0 && scopes_.mean(scope, supply::kpi::fill_rate.name) < 1) {
      fill_rate.weak = true;
    }
  }

  void regions() {
    section("REGIONS, worst first", sorted(ScopeKind::region, supply::kpi::fill_rate, true),
            {{&supply::kpi::fill_rate, "fill rate", true},
             {&demand::kpi::on_time, "on time", true},
             {&demand::kpi::order_lead_time, "lead time"},
             {&demand::kpi::demand, "demand / d"},
             {&demand::kpi::lost_sales, "lost / d"},
             {&demand::kpi::revenue, "revenue / d"}},
            [&](std::size_t row, const Scope& scope, std::vector<Cell>& cells) { mark_service(row, scope, cells); });
  }

  void classes() {
    section("CUSTOMER CLASSES, worst first", sorted(ScopeKind::customer_class, supply::kpi::fill_rate, true),
            {{&supply::kpi::fill_rate, "fill rate", true},
             {&demand::kpi::on_time, "on time", true},
             {&demand::kpi::order_lead_time, "lead time"},
             {&demand::kpi::demand, "demand / d"},
             {&supply::kpi::backorders, "backorders"},
             {&demand::kpi::lost_sales, "lost / d"}},
            [&](std::size_t row, const Scope& scope, std::vector<Cell>& cells) { mark_service(row, scope, cells); });
  }

  void sites() {
    section("SITES, weakest first", by_service(ScopeKind::site),
            {{&supply::kpi::fill_rate, "fill rate", true},
             {&supply::kpi::backorders, "backorders"},
             {&supply::kpi::inventory_value, "stock value"},
             {&supply::kpi::turns, "turns"},
             {&production::kpi::utilisation, "utilisation"},
             {&world::kpi::total_cost, "cost / d"}},
            [&](std::size_t row, const Scope& scope, std::vector<Cell>& cells) {
              mark_service(row, scope, cells);
              double highest = NAN;
              for (const Scope* line : scopes_.lines_of(scope)) {
                highest = std::fmax(highest, scopes_.mean(*line, production::kpi::utilisation.name));
              }
              if (std::isfinite(highest)) cells[5] = {.text = cell_text(highest, common::Unit::share)};
            });
  }

  void items() {
    section("ITEMS, weakest first", by_service(ScopeKind::item),
            {{&supply::kpi::fill_rate, "fill rate", true},
             {&supply::kpi::cycle_service_level, "cycle service"},
             {&supply::kpi::on_hand, "on hand"},
             {&supply::kpi::backorders, "backorders"},
             {&logistics::kpi::pipeline_stock, "pipeline"},
             {&supply::kpi::inventory_value, "stock value"}},
            [&](std::size_t row, const Scope& scope, std::vector<Cell>& cells) { mark_service(row, scope, cells); });
  }

  void products() {
    section("PRODUCTS, latest first", sorted(ScopeKind::product, factory::kpi::tardiness, false),
            {{&factory::kpi::tardiness, "tardiness", true},
             {&factory::kpi::tardy_share, "tardy"},
             {&factory::kpi::cycle_time, "cycle time", true},
             {&factory::kpi::cycle_time_p95, "95 % below"},
             {&factory::kpi::flow_factor, "flow factor"},
             {&factory::kpi::wip, "WIP"},
             {&supply::kpi::throughput, "made / d"}},
            [](std::size_t, const Scope&, std::vector<Cell>&) {});
  }

  // Lines and work centres of shop floors share their scope; only the latter know what their machines do.
  std::vector<const Scope*> centres(bool of_shop_floors) const {
    std::vector<const Scope*> all = of_shop_floors
                                        ? sorted(ScopeKind::work_centre, factory::kpi::bottleneck_rank, true)
                                        : sorted(ScopeKind::work_centre, production::kpi::utilisation, false);
    std::erase_if(all, [&](const Scope* scope) {
      return (scopes_.find(*scope, factory::kpi::queue_length.name) != nullptr) != of_shop_floors;
    });
    return all;
  }

  void work_centres() {
    const std::vector<const Scope*> rows = centres(true);
    std::vector<Shown> shown{{&factory::kpi::busy, "busy", true},       {&factory::kpi::down, "down"},
                             {&factory::kpi::blocked, "blocked"},       {&factory::kpi::starved, "starved"},
                             {&factory::kpi::queue_time, "queue time"}, {&factory::kpi::queue_length, "queue"}};
    // What only some shop floors know.
    for (const Shown& rare :
         {Shown{&factory::kpi::maintenance, "maintenance"}, Shown{&factory::kpi::setup, "set-up"}}) {
      const bool happens =
          std::any_of(rows.begin(), rows.end(), [&](const Scope* s) { return scopes_.mean(*s, rare.kpi->name) > 0; });
      if (happens) shown.insert(shown.begin() + 1, rare);
    }
    section("WORK CENTRES, bottleneck first", rows, shown,
            [](std::size_t row, const Scope&, std::vector<Cell>& cells) { cells[1].weak = row == 0; });
  }

  void lines() {
    section("LINES, busiest first", centres(false),
            {{&production::kpi::utilisation, "utilisation", true},
             {&supply::kpi::throughput, "made / d", true},
             {&production::kpi::cost_production, "cost / d"}},
            [](std::size_t row, const Scope&, std::vector<Cell>& cells) { cells[1].weak = row == 0; });
  }

  void lanes() {
    section("LANES, fullest first", sorted(ScopeKind::lane, logistics::kpi::pipeline_stock, false),
            {{&logistics::kpi::pipeline_stock, "under way", true},
             {&supply::kpi::throughput, "arrived / d", true},
             {&logistics::kpi::cost_transport, "freight / d"}},
            [](std::size_t, const Scope&, std::vector<Cell>&) {});
  }

  void foot() {
    const double per_second = static_cast<double>(result_.events) / result_.cpu_seconds;
    std::string text = fmt::format("{} events, {} wall, {} CPU", short_number(static_cast<double>(result_.events)),
                                   seconds_text(result_.wall_seconds), seconds_text(result_.cpu_seconds));
    if (std::isfinite(per_second)) text += fmt::format(" ({} events / s)", short_number(per_second));
    if (result_.peak_memory_bytes > 0) text += ", " + bytes_text(static_cast<double>(result_.peak_memory_bytes));
    text += fmt::format(", fingerprint {:016x}", result_.fingerprint);
    out_ += "\n" + wrapped(text, options_.width, 2);
  }

  const Subject& subject_;
  const experiments::Replicated& result_;
  TableOptions options_;
  Scopes scopes_;
  std::string out_;
};

}  // namespace

std::string table(const Subject& subject, const experiments::Replicated& result, const TableOptions& options) {
  return Page(subject, result, options).text();
}

}  // namespace tierworks::report
