#include "report/grid.h"

#include <algorithm>

#include "report/text.h"

namespace tierworks::report {

namespace {

constexpr std::size_t kGap = 2;

}  // namespace

struct Grid::Shape {
  struct Width {
    std::size_t text = 0, tail = 0;
    bool alone = false;  // without tails
    std::size_t all() const { return text + (tail > 0 ? 1 + tail : 0); }
  };
  std::vector<std::size_t> shown;
  std::vector<Width> widths;  // by column
  std::size_t total() const {
    std::size_t sum = 0;
    for (const std::size_t c : shown) sum += widths[c].all() + kGap;
    return sum < kGap ? 0 : sum - kGap;
  }
};

Grid::Shape Grid::shape(std::size_t width) const {
  Shape shape;
  shape.widths.resize(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Shape::Width& w = shape.widths[c];
    bool says = c == 0;
    for (const auto& row : rows_) {
      const Cell& cell = row[c];
      says = says || !(cell.text.empty() || cell.text == "-");
      w.text = std::max(w.text, columns(cell.text));
      w.tail = std::max(w.tail, columns(cell.tail));
    }
    if (!says) continue;
    shape.shown.push_back(c);
    const std::size_t head = columns(columns_[c].head);
    if (head > w.all()) w.text += head - w.all();
  }
  const auto excess = [&] { return shape.total() > width ? shape.total() - width : 0; };
  // The widest name gives way first, column by column down to its least width.
  for (;;) {
    std::size_t widest = columns_.size();
    for (const std::size_t c : shape.shown) {
      if (columns_[c].least == 0 || shape.widths[c].text <= columns_[c].least) continue;
      if (widest == columns_.size() || shape.widths[c].text > shape.widths[widest].text) widest = c;
    }
    if (excess() == 0 || widest == columns_.size()) break;
    --shape.widths[widest].text;
  }
  for (auto c = shape.shown.rbegin(); c != shape.shown.rend() && excess() > 0; ++c) {
    Shape::Width& w = shape.widths[*c];
    if (w.tail == 0) continue;
    w = {columns(columns_[*c].head), 0, true};
    for (const auto& row : rows_)
      w.text = std::max(w.text, columns(row[*c].alone.empty() ? row[*c].text : row[*c].alone));
  }
  while (excess() > 0 && shape.shown.size() > 1) shape.shown.pop_back();
  if (excess() > 0) shape.widths[shape.shown[0]].text = width;
  return shape;
}

std::string Grid::text(std::size_t width, bool colour) const {
  const Shape shape = this->shape(width);
  std::string out;
  const auto write = [&](auto&& cell_of) {
    std::string line;
    std::size_t blanks = 0;  // written before the next text, so that no line ends with any
    for (const std::size_t c : shape.shown) {
      std::string cell = cell_of(c);
      const std::size_t own = columns(cell);
      const std::size_t free = shape.widths[c].all() - std::min(own, shape.widths[c].all());
      const std::size_t length = cell.find_last_not_of(' ') + 1;
      const std::size_t trailing = cell.size() - length;
      cell.resize(length);
      if (!cell.empty()) {
        line += std::string(blanks, ' ') + cell_of.dress(c, std::move(cell));
        blanks = 0;
      }
      blanks += free + trailing + kGap;
    }
    out += line + "\n";
  };
  struct Head {
    const Grid& grid;
    const Shape& shape;
    bool colour;
    std::string operator()(std::size_t c) const {
      const Column& column = grid.columns_[c];
      const std::string head = cut_end(column.head, shape.widths[c].all());
      return column.number ? flush_right(head, shape.widths[c].all()) : head;
    }
    std::string dress(std::size_t, std::string text) const { return bold(std::move(text), colour); }
  };
  struct Row {
    const Grid& grid;
    const Shape& shape;
    const std::vector<Cell>& cells;
    bool colour;
    std::string operator()(std::size_t c) const {
      const Shape::Width& w = shape.widths[c];
      const bool alone = w.alone && !cells[c].alone.empty();
      const std::string own = cut_middle(alone ? cells[c].alone : cells[c].text, w.text);
      std::string text = grid.columns_[c].number ? flush_right(own, w.text) : own;
      if (w.tail > 0 && !cells[c].tail.empty()) text = flush_left(std::move(text), w.text) + " " + cells[c].tail;
      return text;
    }
    std::string dress(std::size_t c, std::string text) const {
      if (!cells[c].weak) return text;
      const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
      return text.substr(0, first) + red(text.substr(first), colour);
    }
  };
  write(Head{*this, shape, colour});
  for (const auto& row : rows_) write(Row{*this, shape, row, colour});
  return out;
}

}  // namespace tierworks::report
