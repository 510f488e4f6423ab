// `tierworks explain SCENARIO LOT`: where a lot was, how long, and what the machines did that it waited for. The replication
// is run twice: first for the lot's own way, then for its neighbours at the places and times where it waited, so that memory
// follows the lot and not the run.
#include <algorithm>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/loading.h"
#include "apps/cli/lot_way.h"
#include "apps/cli/shop_names.h"
#include "apps/cli/terminal.h"
#include "models/world/simulate.h"

namespace tierworks::cli {

namespace {

using common::WatchedLot;
using core::Duration;
using core::Instant;

double clock_hours(Instant at) { return core::in_hours(at - Instant{0}); }

// What comes beyond the first few of a list.
constexpr std::size_t kShown = 3;
std::string more_text(std::size_t all) { return all > kShown ? fmt::format(", and {} more", all - kShown) : ""; }

void add_item(std::string& list, const std::string& item) { list += (list.empty() ? "" : ", ") + item; }

const char* cause_words(std::size_t cause) {
  constexpr std::array<const char*, factory::kActivities + common::kHeldBack> kWords{
      "idle machines that may not take it",
      "other lots",
      "machines blocked",
      "machines down",
      "set-ups",
      "maintenance",
      "outside shifts",
      "a batch to fill",
      "people or tools",
      "machines kept for hot lots",
      "kit picking",
      "the run of another set-up",
      "too little of the shift left"};
  return kWords[cause];
}

std::string causes_text(const Causes& causes) {
  std::vector<std::size_t> order;
  for (std::size_t a = 0; a < causes.size(); ++a) {
    if (causes[a] >= 0.005) order.push_back(a);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return causes[a] > causes[b]; });
  std::string text;
  for (const std::size_t a : order) add_item(text, fmt::format("{} {:.2f} h", cause_words(a), causes[a]));
  return text;
}

std::string others_text(const Stay& stay, const ShopNames& names) {
  std::vector<std::pair<double, std::pair<std::uint32_t, std::uint64_t>>> order;
  for (const auto& [lot, hours] : stay.others) order.emplace_back(-hours, lot);
  std::sort(order.begin(), order.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    const WatchedLot lot{.release = order[i].second.first, .operation = 0, .number = order[i].second.second};
    add_item(text, fmt::format("{} {:.2f} h", names.lot(lot), -order[i].first));
  }
  return text + more_text(order.size());
}

// The last one first: it is what made the lot wait.
std::string parts_text(const Stay& stay, const ShopNames& names, const char* what_happened) {
  auto order = stay.parts;
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return b.first < a.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    add_item(text,
             fmt::format("{} {} at {:.2f} h", names.lot(order[i].second), what_happened, clock_hours(order[i].first)));
  }
  return text + more_text(order.size());
}

// The answer, as it is told from the lot's first instant to its last.
class Telling {
 public:
  Telling(std::string name, const Way& way, const factory::Model& model, const ShopNames& names)
      : name_(std::move(name)), way_(way), model_(model), names_(names) {
    begin_ = way.divided.value_or(way.released);
    if (!way.stays.empty() && way.stays.front().kind == Stay::Kind::pool) begin_ = way.stays.front().from;
  }

  std::string all() {
    text_ = head() + "\n\n";
    Instant last = begin_;
    for (const Stay& stay : way_.stays) {
      add_gap(last, stay.from);
      add_stay(stay);
      last = std::max(last, stay.until);
    }
    add_gap(last, way_.at);
    return text_ + sums();
  }

 private:
  static bool waits(const Stay& stay) {
    return stay.kind == Stay::Kind::queue || stay.kind == Stay::Kind::components || stay.kind == Stay::Kind::parts ||
           stay.kind == Stay::Kind::card;
  }

  bool is_outside() const {
    return way_.end == Way::End::inside && !way_.stays.empty() && way_.stays.back().kind == Stay::Kind::pool;
  }

  std::string head() const {
    std::string text = fmt::format("Lot {}: ", name_);
    if (way_.divided) {
      text += fmt::format("divided from {} at {:.2f} h", name_.substr(0, name_.rfind('#')), clock_hours(begin_));
    } else if (is_outside()) {
      text += fmt::format("there at {:.2f} h", clock_hours(begin_));
    } else {
      text += fmt::format("released at {:.2f} h", clock_hours(way_.released));
    }
    text += fmt::format(", {} at {:.2f} h, after {:.2f} h", end_words(), clock_hours(way_.at),
                        core::in_hours(way_.at - (way_.divided || is_outside() ? begin_ : way_.released)));
    if (!(way_.due < core::kLastInstant)) return text;
    const bool late = way_.due < way_.at;
    const double off = core::in_hours(late ? way_.at - way_.due : way_.due - way_.at);
    text += fmt::format("; due at {:.2f} h", clock_hours(way_.due));
    if (way_.end == Way::End::lost) return text;
    if (way_.end != Way::End::inside) return text + fmt::format(", so {:.2f} h {}", off, late ? "late" : "early");
    return late ? text + fmt::format(", so {:.2f} h late already", off) : text;
  }

  std::string end_words() const {
    switch (way_.end) {
      case Way::End::lost:
        return "lost";
      case Way::End::put_together:
        return "put together with it";
      case Way::End::inside:
        return fmt::format("still in the factory ({})", whereabouts());
      case Way::End::finished:
      case Way::End::unknown:
        break;
    }
    return "finished";
  }

  std::string whereabouts() const {
    if (way_.stays.empty() || way_.stays.back().until < way_.at) return "on the way";
    const Stay& last = way_.stays.back();
    if (last.kind == Stay::Kind::pool) return "before release control";
    return fmt::format("{} {}", waits(last) ? "waits at" : "at", place_of(last));
  }

  std::string place_of(const Stay& stay) const {
    if (stay.kind != Stay::Kind::on_machine) return names_.centre(stay.centre);
    return fmt::format("{}/{}", names_.centre(stay.centre), names_.number_of(stay.machine));
  }
  std::string operation_of(const Stay& stay) const {
    return names_.operation({.release = 0, .operation = stay.operation, .number = 0});
  }

  void add_line(Instant from, double length, const std::string& words) {
    text_ += fmt::format("{:10.2f} h  {:8.2f} h  {}\n", clock_hours(from), length, words);
  }
  void add_remark(const char* words, const std::string& what) {
    if (!what.empty()) text_ += fmt::format("{:26}{}{}\n", "", words, what);
  }

  void add_gap(Instant from, Instant until) {
    if (!(from < until)) return;
    moved_ += core::in_hours(until - from);
    add_line(from, core::in_hours(until - from), "on the way");
  }

  void add_stay(const Stay& stay) {
    const double length = core::in_hours(stay.until - stay.from);
    const auto line = [&](const char* what) {
      add_line(stay.from, length, fmt::format("{:<11} {} ({})", what, place_of(stay), operation_of(stay)));
    };
    if (waits(stay)) {
      waited_ += length;
      line("wait");
    }
    switch (stay.kind) {
      case Stay::Kind::pool:
        before_release_ += length;
        add_line(stay.from, length, "before release control lets it in");
        return;
      case Stay::Kind::whole:
        in_whole_ += length;
        add_line(stay.from, length, "as one with the other parts of its lot");
        return;
      case Stay::Kind::on_machine:
        add_at_machine(stay, length);
        return;
      case Stay::Kind::worked:
        did_[static_cast<std::size_t>(factory::MachineActivity::busy)] += length;
        line(activity_words(static_cast<std::uint8_t>(factory::MachineActivity::busy)));
        return;
      case Stay::Kind::components:
        for_components_ += length;
        add_remark("for ", "what is built in" + after_colon(parts_text(stay, names_, "done")));
        return;
      case Stay::Kind::parts:
        for_parts_ += length;
        add_remark("for ", "the other parts of its lot" + after_colon(parts_text(stay, names_, "there")));
        return;
      case Stay::Kind::card:
        for_cards_ += length;
        add_remark("for ", "a card of release control");
        return;
      case Stay::Kind::queue:
        for (std::size_t a = 0; a < causes_.size(); ++a) causes_[a] += stay.causes[a];
        add_remark("because of ", causes_text(stay.causes));
        add_remark("in work: ", others_text(stay, names_));
        return;
    }
  }

  // Empty if it still waits at the end.
  static std::string after_colon(const std::string& list) { return list.empty() ? list : ": " + list; }

  // Its operation may be the next one already, for which there is no room.
  void add_at_machine(const Stay& stay, double length) {
    did_[stay.activity] += length;
    const factory::WorkCentreId next = model_.operations[factory::OperationId{stay.operation}].centre;
    const bool blocked =
        stay.activity == static_cast<std::uint8_t>(factory::MachineActivity::blocked) || next.index != stay.centre;
    add_line(
        stay.from, length,
        fmt::format("{:<11} {} ({}{})", activity_words(stay.activity), place_of(stay),
                    blocked ? fmt::format("no room at {} for ", names_.centre(next.index)) : "", operation_of(stay)));
  }

  std::string sums() const {
    std::string parts, causes;
    const auto add = [](std::string& list, const char* what, double hours) {
      if (hours > 0) add_item(list, fmt::format("{} {:.2f} h", what, hours));
    };
    add(parts, "before release control", before_release_);
    add_item(parts, fmt::format("waits {:.2f} h", waited_));
    for (std::size_t a = 0; a < did_.size(); ++a) add(parts, activity_words(static_cast<std::uint8_t>(a)), did_[a]);
    add(parts, "as one with its lot", in_whole_);
    add(parts, "on the way", moved_);
    add(causes, "before release control", before_release_);
    if (const std::string machines = causes_text(causes_); !machines.empty()) add_item(causes, machines);
    add(causes, "what is built in", for_components_);
    add(causes, "other parts of its lot", for_parts_);
    add(causes, "cards of release control", for_cards_);
    std::string text = fmt::format("\nIn all: {}\n", parts);
    if (!causes.empty()) text += fmt::format("Waits by cause: {}\n", causes);
    return text;
  }

  const std::string name_;
  const Way& way_;
  const factory::Model& model_;
  const ShopNames& names_;
  Instant begin_;
  std::string text_;
  Causes causes_{};
  std::array<double, factory::kActivities> did_{};
  double waited_ = 0, moved_ = 0, before_release_ = 0, in_whole_ = 0, for_components_ = 0, for_parts_ = 0,
         for_cards_ = 0;
};

// Names that would have been found, if there are any.
std::string those_there(const Way& way, const WatchedLot& lot, const ShopNames& names) {
  if (way.numbers.empty()) return "give it a longer --horizon or take an earlier lot";
  std::string list;
  for (const std::uint64_t number : way.numbers) {
    add_item(list, names.lot({.release = lot.release, .operation = 0, .number = number}));
  }
  return fmt::format("there were {}, for example", list);
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto loaded = load(options, true);
  if (!loaded) return kUsersInput;
  const world::Model& model = *loaded->model;
  const ShopNames names(model);
  WatchedLot lot;
  if (!names.find(options.lot, lot)) {
    const std::vector<std::string>& releases = model.factory.release_names;
    if (releases.empty()) {
      message(fmt::format("{}: no site has `work_centres`, so that there are no lots", options.scenario));
    } else {
      const std::string release = options.lot.substr(0, options.lot.rfind('/'));
      message(fmt::format("LOT: got \"{}\", expected a release and a number from 1 on, as {}/17{}", options.lot,
                          releases.front(), common::did_you_mean(release, releases)));
    }
    return kUsersInput;
  }
  const std::uint64_t seed = options.seed.value_or(static_cast<std::uint64_t>(*loaded->spec.run.seed));
  const auto replication = static_cast<std::uint32_t>(options.replication - 1);
  world::Simulation simulation(model);
  Diary diary(names, lot);
  simulation.watch(&diary);
  simulation.run(seed, replication);
  Way way = diary.take_way();
  if (way.end == Way::End::unknown) {
    message(fmt::format("LOT: {} was not released before the end of replication {}; {}", options.lot,
                        options.replication, those_there(way, lot, names)));
    return kUsersInput;
  }
  Neighbours neighbours(model.factory, names, way.stays);
  simulation.watch(&neighbours);
  simulation.run(seed, replication);
  print(Telling(names.lot(lot), way, model.factory, names).all());
  return kDone;
}

}  // namespace tierworks::cli
