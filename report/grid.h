// Columns of text that fit a width: names left, numbers right, a number's "± ..." aligned behind it. Columns in which no
// row says anything are left out. What is too wide first loses the middle of names, then what stands behind numbers, then
// its last columns. Cost: one pass to measure and one to write.
#pragma once
#include <string>
#include <vector>

namespace tierworks::report {

struct Cell {
  std::string text{};   // "" or "-": nothing to say
  std::string tail{};   // "± 0.4 %", flush left behind the text
  std::string alone{};  // instead of the text where tails do not fit
  bool weak = false;    // shown in red
};

struct Column {
  std::string head;
  bool number = true;     // flush right
  std::size_t least = 0;  // a text column may be cut down to this width; 0: never
};

class Grid {
 public:
  explicit Grid(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  // The head line and the rows, each with a line end.
  std::string text(std::size_t width, bool colour) const;

 private:
  struct Shape;
  Shape shape(std::size_t width) const;
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace tierworks::report
