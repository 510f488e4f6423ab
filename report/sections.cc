#include "report/sections.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/numbers.h"
#include "report/text.h"

namespace tierworks::report {

std::string headline(const Subject& subject, const TableOptions& options) {
  const std::string& name = subject.title.empty() ? subject.scenario : subject.title;
  std::string line = bold(cut_end(name, options.width), options.colour);
  if (!subject.title.empty() && !subject.scenario.empty() &&
      columns(name) + columns(subject.scenario) + 3 <= options.width) {
    line += " (" + clean(subject.scenario) + ")";
  }
  return line + "\n";
}

std::string warning_line(const std::string& text, const TableOptions& options) {
  // Coloured line by line, so that no escape is counted or cut.
  const std::string lines = wrapped("warning: " + text, options.width, 2);
  std::string out;
  for (std::size_t from = 0; from < lines.size();) {
    const std::size_t end = lines.find('\n', from);
    out += red(lines.substr(from, end - from), options.colour) + "\n";
    from = end + 1;
  }
  return out;
}

std::size_t shown_rows(std::size_t rows, const TableOptions& options) {
  return options.all ? rows : std::min(rows, options.rows);
}

std::string rest_line(std::size_t left) {
  return left == 0 ? "" : fmt::format("... and {} more (--all shows them)\n", left);
}

std::string controls_text(const std::vector<std::string>& controls) {
  if (controls.empty()) return "no control variates: neither orders nor lots come at random one by one";
  return fmt::format("adjusted by control variates: {}; --json has the plain means beside", fmt::join(controls, ", "));
}

std::string counted(std::size_t n, const std::string& noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string measured_text(const Subject& subject) {
  std::string text = days_text(subject.horizon_days) + " measured";
  if (subject.warm_up_days > 0) text += " after a warm-up of " + days_text(subject.warm_up_days);
  if (!subject.from_date.empty()) text += fmt::format(" ({} to {})", subject.from_date, subject.until_date);
  return text;
}

std::string days_text(double days) { return days >= 2 ? fmt::format("{:g} d", days) : hours_text(days * 24); }

}  // namespace tierworks::report
