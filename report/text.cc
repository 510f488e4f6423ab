#include "report/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tierworks::report {
namespace {

struct Glyph {
  std::string_view bytes;
  std::size_t width = 1;
};

struct CodeRange {
  std::uint32_t first, last;
};

// East Asian Wide and Fullwidth, in blocks (Unicode Standard Annex 11).
constexpr std::array kWide{CodeRange{0x1100, 0x115f},   CodeRange{0x2e80, 0x303e},   CodeRange{0x3041, 0xa4cf},
                           CodeRange{0xa960, 0xa97c},   CodeRange{0xac00, 0xd7a3},   CodeRange{0xf900, 0xfaff},
                           CodeRange{0xfe30, 0xfe6f},   CodeRange{0xff00, 0xff60},   CodeRange{0xffe0, 0xffe6},
                           CodeRange{0x1f300, 0x1f64f}, CodeRange{0x1f680, 0x1f6ff}, CodeRange{0x1f900, 0x1faff},
                           CodeRange{0x20000, 0x3fffd}};
constexpr std::array kNoWidth{CodeRange{0x300, 0x36f}, CodeRange{0x20d0, 0x20ff}, CodeRange{0xfe00, 0xfe0f},
                              CodeRange{0xfe20, 0xfe2f}};
// Controls, line separators, changes of direction, invisible characters.
constexpr std::array kUnshown{CodeRange{0, 0x1f},          CodeRange{0x7f, 0x9f},     CodeRange{0x200b, 0x200f},
                              CodeRange{0x2028, 0x202e},   CodeRange{0x2060, 0x206f}, CodeRange{0xfeff, 0xfeff},
                              CodeRange{0xe0000, 0xe0fff}, CodeRange{0xd800, 0xdfff}};

template <std::size_t N>
bool in(const std::array<CodeRange, N>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](CodeRange r) { return r.first <= code && code <= r.last; });
}

// Length and code of the character at the front; length 0 if it is broken.
struct Decoded {
  std::size_t length = 0;
  std::uint32_t code = 0;
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {1, lead};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  std::uint32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[length] || code > 0x10ffff) return {};
  return {length, code};
}

std::vector<Glyph> glyphs(std::string_view text) {
  std::vector<Glyph> found;
  found.reserve(text.size());
  while (!text.empty()) {
    const Decoded d = decode(text);
    if (d.length == 0 || in(kUnshown, d.code)) {
      found.push_back({"?", 1});
    } else {
      found.push_back({text.substr(0, d.length), in(kNoWidth, d.code) ? 0U : in(kWide, d.code) ? 2U : 1U});
    }
    text.remove_prefix(std::max<std::size_t>(1, d.length));
  }
  return found;
}

std::size_t width_of(const std::vector<Glyph>& text) {
  std::size_t width = 0;
  for (const Glyph& g : text) width += g.width;
  return width;
}

std::string joined(const std::vector<Glyph>& text, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) out += text[i].bytes;
  return out;
}

// How many characters fit from the front.
std::size_t fitting(const std::vector<Glyph>& text, std::size_t width) {
  std::size_t n = 0, used = 0;
  while (n < text.size() && used + text[n].width <= width) used += text[n++].width;
  return n;
}

}  // namespace

std::size_t columns(std::string_view text) { return width_of(glyphs(text)); }

std::string clean(std::string_view text) {
  const auto all = glyphs(text);
  return joined(all, 0, all.size());
}

std::string cut_end(std::string_view text, std::size_t width) {
  const auto all = glyphs(text);
  if (width_of(all) <= width) return joined(all, 0, all.size());
  return width == 0 ? "" : joined(all, 0, fitting(all, width - 1)) + "…";
}

std::string cut_middle(std::string_view text, std::size_t width) {
  const auto all = glyphs(text);
  if (width_of(all) <= width) return joined(all, 0, all.size());
  if (width == 0) return "";
  // The end of a name tells it from its neighbours as often as its beginning.
  const std::size_t front = fitting(all, width / 2);
  std::size_t back = all.size(), used = 0;
  while (back > front && used + all[back - 1].width <= width - 1 - width / 2) used += all[--back].width;
  return joined(all, 0, front) + "…" + joined(all, back, all.size());
}

std::string flush_left(std::string text, std::size_t width) {
  const std::size_t own = columns(text);
  if (own < width) text.append(width - own, ' ');
  return text;
}

std::string flush_right(std::string_view text, std::size_t width) {
  const std::size_t own = columns(text);
  return std::string(own < width ? width - own : 0, ' ').append(text);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out, line;
  bool empty = true;  // no word in the line yet
  const auto add = [&](std::string_view word) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      out += line + "\n";
      line.assign(indent, ' ');
      empty = true;
    }
    if (!empty) line += ' ';
    line += cut_end(word, width - std::min(width, columns(line)));
    empty = false;
  };
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    if (blank > 0) add(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return out + line + "\n";
}

std::string bold(std::string text, bool colour) { return colour ? "\x1b[1m" + text + "\x1b[0m" : text; }
std::string red(std::string text, bool colour) { return colour ? "\x1b[31m" + text + "\x1b[0m" : text; }

}  // namespace tierworks::report
