// How a stock is kept, where that is a phrase: `7..14 d` of cover, `6 cards of 40`.
#include <cmath>

#include "models/common/diagnostics.h"
#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {

namespace {

// `7..14 d`, `4 wk`: the least, below the most, and the most; one number is both.
std::optional<common::TimeBand> parse_band(std::string_view text, std::string_view wanted,
                                           std::string_view not_positive, std::string& expected) {
  const std::size_t dots = text.find("..");
  Words most_words(dots == std::string_view::npos ? text : text.substr(dots + 2));
  const auto number = most_words.number();
  if (!number) return refuse(expected, wanted, most_words);
  const auto unit = most_words.time_unit();
  if (!unit) return refuse(expected, wanted, most_words);
  const auto most = whole_duration(*number * *unit, most_words);
  if (most && most->ticks <= 0) most_words.complain(std::string(not_positive));
  if (!most || most->ticks <= 0 || !most_words.done()) return refuse(expected, wanted, most_words);
  if (dots == std::string_view::npos) return common::TimeBand{*most, *most};
  Words least_words(text.substr(0, dots));
  const auto low = least_words.number();
  if (!low) return refuse(expected, wanted, least_words);
  // `7..14 d`: one unit is that of both.
  const auto low_unit = least_words.done() ? unit : least_words.time_unit();
  if (!low_unit) return refuse(expected, wanted, least_words);
  const auto least = whole_duration(*low * *low_unit, least_words);
  if (least && (least->ticks < 0 || !(least->ticks < most->ticks))) {
    least_words.complain("the least lies below the most, and is not negative");
    return refuse(expected, wanted, least_words);
  }
  if (!least || !least_words.done()) return refuse(expected, wanted, least_words);
  return common::TimeBand{*least, *most};
}

}  // namespace

std::optional<supply::CoverDays> parse_cover(std::string_view text, std::string& expected) {
  const auto band =
      parse_band(text, "a cover like `7..14 d` (least and most) or `4 wk`", "a cover is positive", expected);
  if (!band) return std::nullopt;
  return supply::CoverDays{band->least, band->most};
}

std::optional<common::TimeBand> parse_time_band(std::string_view text, std::string& expected) {
  return parse_band(text, "a window like `1..2 wk` (from 2 wk to 1 wk before) or `3 d`", "a time before is positive",
                    expected);
}

std::optional<supply::KanbanLoop> parse_kanban(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a kanban loop like `6 cards of 40` or `6 cards of 1 reel when started`";
  Words words(text);
  supply::KanbanLoop loop;
  const auto cards = words.number();
  if (!cards) return refuse(expected, wanted, words);
  constexpr double kMost = 1e6;
  if (*cards < 1 || *cards > kMost || *cards != std::floor(*cards)) {
    words.complain("the number of cards is a whole one, from 1 to 1 M");
    return refuse(expected, wanted, words);
  }
  loop.cards = static_cast<std::int64_t>(*cards);
  if (!words.take("cards") && !words.take("card")) return refuse(expected, wanted, words);
  if (!words.take("of")) {
    words.complain("what a container holds is missing: `of 40`");
    return refuse(expected, wanted, words);
  }
  const auto container = words.number();
  if (!container) return refuse(expected, wanted, words);
  if (!(*container > 0)) {
    words.complain("a container holds more than nothing");
    return refuse(expected, wanted, words);
  }
  loop.container.number = *container;
  if (words.peek() != "when") {
    if (auto unit = words.quantity_unit()) loop.container.unit = std::move(*unit);
  }
  if (words.take("when")) {
    loop.when_started = words.take("started");
    if (!loop.when_started && !words.take("empty")) {
      words.complain("a card goes back `when empty` or `when started`");
      return refuse(expected, wanted, words);
    }
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return loop;
}

std::optional<supply::StockBand> parse_stock_band(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "two amounts like `40..120` or `1..3 pallet` (least and most)";
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    expected = wanted;
    return std::nullopt;
  }
  Words least_words(text.substr(0, dots)), most_words(text.substr(dots + 2));
  supply::StockBand band;
  const auto most = most_words.number();
  if (!most) return refuse(expected, wanted, most_words);
  band.most.number = *most;
  if (auto unit = most_words.quantity_unit()) band.most.unit = std::move(*unit);
  if (!most_words.done()) return refuse(expected, wanted, most_words);
  const auto least = least_words.number();
  if (!least) return refuse(expected, wanted, least_words);
  band.least.number = *least;
  band.least.unit = band.most.unit;  // one unit is that of both
  if (auto unit = least_words.quantity_unit()) band.least.unit = std::move(*unit);
  if (!least_words.done()) return refuse(expected, wanted, least_words);
  if (band.least.unit == band.most.unit && !(*least > 0 && *least <= *most)) {
    least_words.complain("the least is above 0 and not above the most");
    return refuse(expected, wanted, least_words);
  }
  return band;
}

std::optional<supply::OnOrderSpec> parse_on_order(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "what is on order like `20 at 3 d`, `20 from mill at 3 d` (goods that come in then) or `20 to mill at 1 d` (an "
      "order "
      "that gets there then)";
  const std::size_t at = text.rfind(" at ");
  const std::string_view head = text.substr(0, at);
  Words words(head.substr(0, std::min(head.find(" from "), head.find(" to "))));
  supply::OnOrderSpec on_order;
  const auto number = words.number();
  if (!number) return refuse(expected, wanted, words);
  on_order.amount.number = *number;
  if (auto unit = words.quantity_unit()) on_order.amount.unit = std::move(*unit);
  if (!(*number > 0)) words.complain("the quantity is more than 0");
  if (at == std::string_view::npos) words.complain("when it comes in is missing: `at 3 d`");
  if (!words.done() || !words.remedy().empty()) return refuse(expected, wanted, words);
  if (const std::size_t from = head.find(" from "); from != std::string_view::npos) {
    on_order.supplier = head.substr(from + 6);
  } else if (const std::size_t to = head.find(" to "); to != std::string_view::npos) {
    on_order.supplier = head.substr(to + 4);
    on_order.to_supplier = true;
  }
  const auto moment = parse_moment(text.substr(at + 4), expected);
  if (!moment) return std::nullopt;
  if (!moment->is_date && moment->after_start.ticks < 0) {
    words.complain("it comes after the start");
    return refuse(expected, wanted, words);
  }
  on_order.at = *moment;
  return on_order;
}

std::optional<supply::LotRule> parse_lot_rule(std::string_view text, std::string& expected) {
  using Kind = supply::LotRule::Kind;
  constexpr std::string_view wanted = "lot sizes like `lot_for_lot`, `fixed 200`, `periods 3` or `wagner_whitin`";
  Words words(text);
  supply::LotRule lot;
  if (words.take("fixed")) {
    lot.kind = Kind::fixed;
    const auto number = words.number();
    if (!number) return refuse(expected, wanted, words);
    if (!(*number > 0)) {
      words.complain("a lot holds more than nothing");
      return refuse(expected, wanted, words);
    }
    lot.size.number = *number;
    if (auto unit = words.quantity_unit()) lot.size.unit = std::move(*unit);
  } else if (words.take("periods")) {
    lot.kind = Kind::periods;
    const auto number = words.number();
    if (!number) return refuse(expected, wanted, words);
    constexpr double kMost = 10000;
    if (*number < 1 || *number > kMost || *number != std::floor(*number)) {
      words.complain("a number of periods is a whole one, from 1 to 10000");
      return refuse(expected, wanted, words);
    }
    lot.periods = static_cast<std::int64_t>(*number);
  } else if (words.take("wagner_whitin")) {
    lot.kind = Kind::wagner_whitin;
  } else if (!words.take("lot_for_lot")) {
    expected = wanted;
    expected += common::did_you_mean(words.peek(), {"lot_for_lot", "fixed", "periods", "wagner_whitin"});
    return std::nullopt;
  }
  if (!words.done()) return refuse(expected, wanted, words);
  return lot;
}

}  // namespace tierworks::reader
