// Release control of a site: what its rule counts, and where lots wait.
#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "models/factory/compile_centre.h"
#include "models/factory/lot_ways.h"

namespace tierworks::factory {

namespace {

using common::CompileContext;
using common::Origin;
using GateRule = Control::Rule;

constexpr std::array<std::string_view, 6> kRules{
    "conwip", "kanban", "polca", "drum_buffer_rope", "starvation_avoidance", "lums_cor"};
constexpr std::array<std::string_view, 4> kOrders{"first_come", "due", "planned_release", "shortest"};
constexpr std::uint32_t kNone = 0xffffffffU;

template <std::size_t N>
std::vector<std::string> words_of(const std::array<std::string_view, N>& words) {
  return {words.begin(), words.end()};
}

class ControlCompiler {
 public:
  ControlCompiler(const FactorySpec& spec, const Where& where, const CentresOfSite& centres, CompileContext& context,
                  Model& model)
      : spec_(spec.release_control), floor_(spec), where_(where), centres_(centres), context_(context), model_(model) {}

  void compile() {
    if (!is_wanted()) return;
    const auto rule = std::find(kRules.begin(), kRules.end(), *spec_.rule);
    if (rule == kRules.end()) {
      error(spec_.rule.origin, fmt::format("got \"{}\", expected one of {}{}", *spec_.rule, fmt::join(kRules, ", "),
                                           common::nearest(*spec_.rule, words_of(kRules)).empty()
                                               ? "; without `release_control` lots are let in when they come (push)"
                                               : common::did_you_mean(*spec_.rule, words_of(kRules))));
      return;
    }
    control_.rule = static_cast<GateRule>(rule - kRules.begin());
    control_.ranking.ties_by_arrival = true;
    control_.planned_wait = *spec_.planned_wait;
    control_.waits_for_plan = *spec_.wait_for_plan;
    control_.centres = {centres_.entries.empty() ? 0 : centres_.entries.front().id.index, 0};
    control_.centres.last = control_.centres.first + static_cast<std::uint32_t>(centres_.entries.size());
    keys();
    order();
    check_control_fits(floor_, where_, centres_, control_, context_);
    if (centres_.entries.empty()) return;
    control_.accounts.first = static_cast<std::uint32_t>(model_.accounts.size());
    switch (control_.rule) {
      case GateRule::conwip:
      case GateRule::drum_buffer_rope:
        lots_or_work();
        break;
      case GateRule::kanban:
        sections();
        break;
      case GateRule::polca:
        pairs();
        break;
      case GateRule::starvation_avoidance:
        bottleneck();
        control_.alpha = spec_.alpha.stated ? *spec_.alpha : 1;
        control_.lead = *spec_.lead;
        account(kNoLimit);
        break;
      case GateRule::lums_cor:
        norms();
        break;
    }
    control_.accounts.last = static_cast<std::uint32_t>(model_.accounts.size());
    if (context_.diagnostics.ok()) batches();
    model_.factories.back().control = static_cast<std::uint32_t>(model_.controls.size());
    model_.controls.push_back(control_);
  }

 private:
  void error(Origin origin, std::string message) { context_.diagnostics.error(origin, std::move(message)); }

  struct Key {
    std::string_view name;
    bool stated = false;
    Origin origin;
    std::vector<GateRule> rules;
  };
  template <class T>
  static Key key(std::string_view name, const Field<T>& field, std::vector<GateRule> rules) {
    return {name, field.stated, field.origin, std::move(rules)};
  }
  template <class T>
  static Key key(std::string_view name, const common::Entries<T>& entries, std::vector<GateRule> rules) {
    return {name, !entries.empty(), entries.empty() ? Origin{} : entries.list.front().origin, std::move(rules)};
  }
  // Those that only some rules know.
  std::vector<Key> own_keys() const {
    return {key("lots", spec_.lots, {GateRule::conwip, GateRule::drum_buffer_rope}),
            key("work", spec_.work, {GateRule::conwip, GateRule::drum_buffer_rope, GateRule::lums_cor}),
            key("sections", spec_.sections, {GateRule::kanban}),
            key("cards", spec_.cards, {GateRule::polca}),
            key("pairs", spec_.pairs, {GateRule::polca}),
            key("work_centre", spec_.work_centre, {GateRule::drum_buffer_rope, GateRule::starvation_avoidance}),
            key("alpha", spec_.alpha, {GateRule::starvation_avoidance}),
            key("lead", spec_.lead, {GateRule::starvation_avoidance}),
            key("norms", spec_.norms, {GateRule::lums_cor}),
            key("every", spec_.every, {GateRule::lums_cor})};
  }

  bool is_wanted() {
    if (spec_.rule.stated) return true;
    std::vector<Key> keys = own_keys();
    keys.push_back(key("order", spec_.order, {}));
    keys.push_back(key("planned_wait", spec_.planned_wait, {}));
    keys.push_back(key("wait_for_plan", spec_.wait_for_plan, {}));
    for (const Key& k : keys) {
      if (!k.stated) continue;
      error(k.origin,
            fmt::format("got `{}` without a rule; expected `rule`, one of {}", k.name, fmt::join(kRules, ", ")));
      return false;
    }
    return false;
  }

  void keys() {
    const std::string_view rule = kRules[static_cast<std::size_t>(control_.rule)];
    std::vector<std::string_view> known;
    std::vector<Key> keys = own_keys();
    const auto takes = [&](const Key& k) {
      return std::find(k.rules.begin(), k.rules.end(), control_.rule) != k.rules.end();
    };
    for (const Key& k : keys) {
      if (takes(k)) known.push_back(k.name);
    }
    for (const Key& k : keys) {
      if (!k.stated || takes(k)) continue;
      error(k.origin, fmt::format("got `{}`, of which `{}` knows nothing; it takes {}, order, planned_wait and "
                                  "wait_for_plan",
                                  k.name, rule, fmt::join(known, ", ")));
    }
  }

  void order() {
    for (const std::string& word : *spec_.order) {
      if (word == "priority" && &word == &spec_.order->front()) {
        control_.ranking.by_priority = true;
        continue;
      }
      const auto known = std::find(kOrders.begin(), kOrders.end(), word);
      if (known == kOrders.end() || &word != &spec_.order->back()) {
        error(spec_.order.origin,
              fmt::format("got \"{}\"{}, expected one of {}, perhaps behind `priority`{}", word,
                          known == kOrders.end() ? "" : " and something behind it", fmt::join(kOrders, ", "),
                          known == kOrders.end() ? common::did_you_mean(word, words_of(kOrders)) : ""));
        return;
      }
      control_.order = static_cast<Control::Order>(known - kOrders.begin());
    }
  }

  AccountId account(std::int64_t limit, WorkCentreId first = WorkCentreId::none()) {
    return model_.accounts.add({.limit = limit, .first = first, .store = QueueId{model_.queues++}});
  }

  std::optional<WorkCentreId> centre_named(const std::string& name, Origin origin) {
    for (std::size_t i = 0; i < centres_.names.size(); ++i) {
      if (centres_.names[i] == name) return centres_.entries[i].id;
    }
    error(origin,
          fmt::format("no work centre \"{}\" at this site{}", name, common::did_you_mean(name, centres_.names)));
    return std::nullopt;
  }

  // The drum, or the bottleneck: one with machines.
  void bottleneck() {
    if (!spec_.work_centre.stated) {
      error(spec_.rule.origin,
            fmt::format("the key \"work_centre\" is missing: the {} of `{}`",
                        control_.rule == GateRule::drum_buffer_rope ? "drum" : "bottleneck", *spec_.rule));
      return;
    }
    const auto found = centre_named(*spec_.work_centre, spec_.work_centre.origin);
    if (!found) return;
    control_.drum = *found;
    const WorkCentre& centre = model_.centres[*found];
    if (centre.is_delay) {
      error(spec_.work_centre.origin, "got a work centre with `delay`, where nobody waits; expected one with machines");
    }
    if (centre.breaks_down) control_.repair_mean = core::mean_of(centre.repair, context_.tables);
  }

  void lots_or_work() {
    if (control_.rule == GateRule::drum_buffer_rope) bottleneck();
    if (spec_.lots.stated == spec_.work.stated) {
      error(spec_.lots.stated ? spec_.work.origin : spec_.rule.origin,
            fmt::format("got {} of `{}`, expected one of `lots` and `work`",
                        spec_.lots.stated ? "two limits" : "no limit", *spec_.rule));
    }
    control_.in_work = spec_.work.stated;
    account(control_.in_work ? spec_.work->ticks : *spec_.lots);
  }

  void sections() {
    if (spec_.sections.empty())
      error(spec_.rule.origin, "the key \"sections\" is missing: the loops of cards of `kanban`");
    for (const auto& entry : spec_.sections) {
      const AccountId cards = account(*entry.spec.cards);
      for (const std::string& name : *entry.spec.work_centres) {
        const auto id = centre_named(name, entry.spec.work_centres.origin);
        if (!id) continue;
        AccountId& section = model_.centres[*id].section;
        if (!section.is_none()) {
          error(entry.spec.work_centres.origin,
                fmt::format("work centre \"{}\" stands in two sections, or twice in one; expected it in one", name));
        }
        section = cards;
      }
    }
    if (!context_.diagnostics.ok()) return;
    const auto node = [&](WorkCentreId id) {
      const AccountId section = model_.centres[id].section;
      return section.is_none() ? kNone : section.index - control_.accounts.first;
    };
    refuse_circles(node, spec_.sections.size(), [&](std::uint32_t n) { return spec_.sections.list[n].name; });
  }

  void pairs() {
    if (spec_.pairs.empty() && !spec_.cards.stated) {
      error(spec_.rule.origin, "nothing says how many cards there are; expected `cards` of each pair, or `pairs`");
    }
    const auto has_machines = [&](WorkCentreId id) { return !model_.centres[id].is_delay; };
    std::vector<std::pair<WorkCentreId, WorkCentreId>> found;
    for_each_step(model_, where_.site, [&](WorkCentreId from, WorkCentreId to) {
      const std::pair pair{from, to};
      if (from == to || !has_machines(from) || !has_machines(to)) return;
      if (std::find(found.begin(), found.end(), pair) == found.end()) found.push_back(pair);
    });
    std::sort(found.begin(), found.end());
    std::vector<bool> used(spec_.pairs.size(), false);
    std::vector<std::pair<WorkCentreId, WorkCentreId>> counted;
    for (std::uint32_t c = control_.centres.first; c < control_.centres.last; ++c) {
      WorkCentre& centre = model_.centres[WorkCentreId{c}];
      centre.pairs.first = static_cast<std::uint32_t>(model_.pairs.size());
      for (const auto& [from, to] : found) {
        if (from.index != c) continue;
        std::int64_t cards = *spec_.cards;
        const std::string name = fmt::format("{} to {}", model_.centre_names[c], model_.centre_names[to.index]);
        for (std::size_t i = 0; i < spec_.pairs.size(); ++i) {
          if (spec_.pairs.list[i].name != name) continue;
          cards = *spec_.pairs.list[i].spec;
          used[i] = true;
        }
        if (cards == 0) continue;
        model_.pairs.push_back({to, account(cards)});
        counted.emplace_back(from, to);
      }
      centre.pairs.last = static_cast<std::uint32_t>(model_.pairs.size());
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (used[i]) continue;
      std::vector<std::string> known;
      for (const auto& [from, to] : found) {
        known.push_back(fmt::format("{} to {}", model_.centre_names[from.index], model_.centre_names[to.index]));
      }
      error(spec_.pairs.list[i].origin,
            fmt::format("no operations at \"{}\" follow each other in a routing{}; expected a pair like `saw to mill`",
                        spec_.pairs.list[i].name, common::did_you_mean(spec_.pairs.list[i].name, known)));
    }
    refuse_circles([&](WorkCentreId id) { return id.index - control_.centres.first; }, centres_.entries.size(),
                   [&](std::uint32_t n) { return centres_.names[n]; }, &counted);
  }

  void norms() {
    if (!spec_.every.stated) {
      error(spec_.rule.origin, "the key \"every\" is missing: time from one look at the whole pool to the next");
    }
    if (!spec_.work.stated && spec_.norms.empty()) {
      error(spec_.rule.origin, "nothing says what the norms are; expected `work`, for all work centres, or `norms`");
    }
    control_.every = *spec_.every;
    std::vector<std::int64_t> norms(centres_.entries.size(), spec_.work.stated ? spec_.work->ticks : kNoLimit);
    for (const auto& entry : spec_.norms) {
      const auto id = centre_named(entry.name, entry.origin);
      if (id) norms[id->index - control_.centres.first] = entry.spec->ticks;
    }
    for (std::size_t i = 0; i < norms.size(); ++i) {
      WorkCentre& centre = model_.centres[centres_.entries[i].id];
      std::int64_t limit = kNoLimit;
      if (!centre.is_delay && norms[i] != kNoLimit) {
        limit = core::rounded(static_cast<double>(norms[i]) * static_cast<double>(centre.machines.size()) *
                              centre.mean_speed)
                    .ticks;
      }
      centre.section = account(limit, centres_.entries[i].id);
    }
  }

  // Lots that keep a card until they have the next one wait for each other for ever where their ways meet in a circle.
  void refuse_circles(const std::function<std::uint32_t(WorkCentreId)>& node, std::size_t nodes,
                      const std::function<std::string(std::uint32_t)>& name,
                      const std::vector<std::pair<WorkCentreId, WorkCentreId>>* only = nullptr) {
    std::vector<std::vector<std::uint32_t>> next(nodes);
    for_each_step(model_, where_.site, [&](WorkCentreId from, WorkCentreId to) {
      if (only != nullptr && std::find(only->begin(), only->end(), std::pair{from, to}) == only->end()) return;
      const std::uint32_t a = node(from), b = node(to);
      if (a != kNone && b != kNone && a != b) next[a].push_back(b);
    });
    const std::vector<std::uint32_t> circle = circle_in(next);
    if (circle.empty()) return;
    std::string words;
    for (const std::uint32_t n : circle) words += (words.empty() ? "" : " to ") + name(n);
    error(spec_.rule.origin,
          fmt::format("lots go in a circle, {}, where they would wait for each other's cards for ever; expected {}",
                      words,
                      control_.rule == GateRule::kanban ? "those work centres in one section"
                                                        : "`pairs` that leave one of these without cards"));
  }

  // A batch of more lots than may be there at once would never start.
  void batches() {
    if (control_.in_work || (control_.rule != GateRule::conwip && control_.rule != GateRule::kanban)) return;
    for (const CentresOfSite::Entry& entry : centres_.entries) {
      const WorkCentre& centre = model_.centres[entry.id];
      const AccountId account = control_.rule == GateRule::conwip ? AccountId{control_.accounts.first} : centre.section;
      if (account.is_none()) continue;
      const std::int64_t most = model_.accounts[account].limit;
      for (const CentresOfSite::Use& use : entry.uses) {
        if (!use.spec->batch.stated || use.spec->batch->in_pieces || use.spec->batch->longest_wait.ticks > 0) continue;
        if (use.spec->batch->least <= most) continue;
        error(
            use.spec->batch.origin,
            fmt::format("got a batch of at least {} lots under `release_control` that lets in no more than {}, so that "
                        "it would never start; expected at most that, or `wait`",
                        use.spec->batch->least, most));
      }
    }
  }

  const ReleaseControlSpec& spec_;
  const FactorySpec& floor_;
  const Where& where_;
  const CentresOfSite& centres_;
  CompileContext& context_;
  Model& model_;
  Control control_;
};

}  // namespace

void compile_control(const FactorySpec& spec, const Where& where, const CentresOfSite& centres, CompileContext& context,
                     Model& model) {
  ControlCompiler(spec, where, centres, context, model).compile();
}

}  // namespace tierworks::factory
