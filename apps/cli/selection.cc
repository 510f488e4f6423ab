#include "apps/cli/selection.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "apps/cli/loading.h"
#include "apps/cli/terminal.h"

namespace tierworks::cli {

namespace {

// "1%" of the base's mean, or a number in the unit of the KPI.
std::optional<experiments::Indifference> indifference_of(const std::string& text) {
  if (!text.empty() && text.find('%') != std::string::npos) {
    const auto share = share_of(text);
    return share ? std::optional(experiments::Indifference{*share, true}) : std::nullopt;
  }
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value <= 0) {
    return std::nullopt;
  }
  return experiments::Indifference{value, false};
}

}  // namespace

bool choose_selection(const CompareOptions& options, std::size_t variants, experiments::CompareOptions& how) {
  if (options.indifference && !(how.indifference = indifference_of(*options.indifference))) {
    message(fmt::format(
        "--indifference: got \"{}\", expected a share of the base's mean such as 1%, or a number above 0 in "
        "the unit of the KPI",
        *options.indifference));
    return false;
  }
  const bool ocba = options.select == "ocba" || (!options.select && options.budget);
  const auto fail = [](const std::string& why) {
    message(why);
    return false;
  };
  if (!ocba) {
    if (options.budget) return fail("--budget: is shared out by OCBA; leave --select out, or write --select ocba");
    if (options.select && !how.indifference) {
      return fail("--select kn: needs the smallest difference that matters: --indifference 1%");
    }
    return true;
  }
  if (!options.budget) return fail("--select ocba: needs a number of replications to share out: --budget 500");
  if (how.precision || how.indifference) {
    return fail(fmt::format("{}: a budget ends when it is used up; leave one of the two out",
                            how.precision ? "--precision" : "--indifference"));
  }
  how.budget = static_cast<std::size_t>(*options.budget);
  const std::size_t first = std::max<std::size_t>(2, how.replications) * variants;
  if (*how.budget < first) {
    return fail(
        fmt::format("--budget: got {}, expected at least {}, the first stage of {} variants with {} replications "
                    "each; ask for more, or for fewer at first: --replications 5",
                    *how.budget, first, variants, std::max<std::size_t>(2, how.replications)));
  }
  return true;
}

}  // namespace tierworks::cli
