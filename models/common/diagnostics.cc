#include "models/common/diagnostics.h"

#include <algorithm>
#include <array>

namespace tierworks::common {

namespace {

// A word of the input that is a megabyte long is not shown whole, whoever quotes it.
std::string shortened(std::string message) {
  constexpr std::size_t kLongest = 800;
  if (message.size() <= kLongest) return message;
  std::size_t end = kLongest;
  while ((static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U) --end;  // a character is cut off whole
  message.resize(end);
  return message + "...";
}

}  // namespace

void Diagnostics::error(Origin origin, std::string message) {
  message = shortened(std::move(message));
  // Many things may share what is written at one place: it is told once.
  const auto is_told = [&](const Diagnostic& d) { return d.origin.ticket == origin.ticket && d.message == message; };
  if (origin.known() && std::any_of(list_.begin(), list_.end(), is_told)) return;
  ++errors_;
  if (list_.size() < kMost) list_.push_back({origin, std::move(message)});
}

void Diagnostics::note(Origin origin, std::string message) {
  if (notes_.size() < kMost) notes_.push_back({origin, shortened(std::move(message))});
}

namespace {

constexpr std::size_t kLongestName = 64;

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. Names of at most kLongestName.
// Stops early, with `enough` or more, once the distance cannot be below `enough`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t enough) {
  std::array<std::array<std::size_t, kLongestName + 1>, 3> rows;
  std::size_t *before = rows[0].data(), *last = rows[1].data(), *row = rows[2].data();
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  std::size_t least_of_last = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least >= enough && least_of_last + 1 >= enough) return enough;  // a swap may still build on the row before
    least_of_last = least;
    std::size_t* const oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > kLongestName) return {};
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t by_length = std::max(candidate.size(), name.size()) - std::min(candidate.size(), name.size());
    if (candidate.size() > kLongestName || by_length >= best_distance) continue;
    const std::size_t distance = edit_distance(name, candidate, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = &candidate;
    }
  }
  return best == nullptr ? std::string{} : *best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string best = nearest(name, candidates);
  return best.empty() ? std::string{} : "; did you mean \"" + best + "\"?";
}

}  // namespace tierworks::common
