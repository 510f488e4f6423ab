// Phrases of machines and batches: `30 d`, `2500 pieces`, `0.6 min per piece`, `4 to 6 lots wait 2 h`.
#include <cmath>

#include <fmt/format.h>

#include "scenarios/reader/distribution_phrase.h"
#include "scenarios/reader/phrases.h"
#include "scenarios/reader/words.h"

namespace tierworks::reader {
namespace {

constexpr double kMostCounted = 1e12;

// A whole number of lots or pieces.
std::optional<std::int64_t> whole_count(Words& words, int least = 1) {
  const auto number = words.number();
  if (!number) return std::nullopt;
  if (!(*number >= least) || *number > kMostCounted || *number != std::floor(*number)) {
    words.complain(fmt::format("{:g} is no whole number from {} on", *number, least));
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

// `pieces` or `lots`, or one of them.
std::optional<bool> is_in_pieces(Words& words) {
  if (words.take("pieces") || words.take("piece")) return true;
  if (words.take("lots") || words.take("lot")) return false;
  return std::nullopt;
}

}  // namespace

std::optional<factory::MachineChoice> parse_machine_choice(std::string_view text, std::string& expected) {
  if (text == "least_setup") return factory::MachineChoice::least_setup;
  if (text == "longest_idle") return factory::MachineChoice::longest_idle;
  if (text == "fastest") return factory::MachineChoice::fastest;
  expected = "`least_setup`, `fastest` or `longest_idle`";
  return std::nullopt;
}

std::optional<factory::MaintenanceInterval> parse_maintenance_interval(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "an interval like `30 d`, `2500 pieces` or `100 lots`";
  using By = factory::MaintenanceInterval::By;
  Words counted(text);
  if (const auto number = whole_count(counted)) {
    if (const auto pieces = is_in_pieces(counted); pieces && counted.done()) {
      return factory::MaintenanceInterval{*pieces ? By::pieces : By::lots, *number};
    }
  }
  if (text.ends_with("lots") || text.ends_with("pieces")) return refuse(expected, wanted, counted);
  Words words(text);
  const auto every = duration_in(words);
  if (!every || !words.done()) return refuse(expected, wanted, words);
  if (every->ticks < 1) {
    words.complain("maintenance without time between leaves none for work");
    return refuse(expected, wanted, words);
  }
  return factory::MaintenanceInterval{By::calendar, every->ticks};
}

std::optional<factory::FlowInterval> parse_flow_interval(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "an interval like `0.6 min per piece` or `54 min per lot`";
  Words words(text);
  const auto every = duration_in(words);
  if (!every) return refuse(expected, wanted, words);
  if (!words.take("per")) {
    words.complain("`per piece` or `per lot` is missing");
    return refuse(expected, wanted, words);
  }
  const auto pieces = is_in_pieces(words);
  if (!pieces || !words.done()) return refuse(expected, wanted, words);
  if (every->ticks < 1) {
    words.complain("an interval of 0 would let in everything at once");
    return refuse(expected, wanted, words);
  }
  return factory::FlowInterval{*every, *pieces};
}

std::optional<factory::BufferSize> parse_buffer_size(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted = "a number of lots, `8`, or of pieces, `200 pieces`";
  Words words(text);
  const auto most = whole_count(words, 0);
  if (!most) return refuse(expected, wanted, words);
  const bool in_pieces = !words.done() && is_in_pieces(words).value_or(false);
  if (!words.done()) return refuse(expected, wanted, words);
  return factory::BufferSize{*most, in_pieces};
}

std::optional<factory::BatchSize> parse_batch_size(std::string_view text, std::string& expected) {
  constexpr std::string_view wanted =
      "a batch like `4 to 6 lots`, `100 to 125 pieces wait 6 h` or `1 to 6 lots look_ahead`";
  Words words(text);
  factory::BatchSize batch;
  const auto least = whole_count(words);
  if (!least) return refuse(expected, wanted, words);
  batch.least = batch.most = *least;
  if (words.take("to")) {
    const auto most = whole_count(words);
    if (!most) return refuse(expected, wanted, words);
    batch.most = *most;
    if (batch.most < batch.least) {
      words.complain(fmt::format("the minimum, {}, is above the maximum, {}", batch.least, batch.most));
      return refuse(expected, wanted, words);
    }
  }
  const auto pieces = is_in_pieces(words);
  if (!pieces) {
    words.complain("`lots` or `pieces` is missing behind the number");
    return refuse(expected, wanted, words);
  }
  batch.in_pieces = *pieces;
  if (words.take("wait")) {
    const auto wait = duration_in(words);
    if (!wait) return refuse(expected, wanted, words);
    if (wait->ticks == 0) {
      words.complain("a batch that waits for nothing starts with one lot; write `1 to ...` for that");
      return refuse(expected, wanted, words);
    }
    batch.longest_wait = *wait;
  }
  batch.looks_ahead = words.take("look_ahead");
  if (!words.done()) return refuse(expected, wanted, words);
  return batch;
}

}  // namespace tierworks::reader
