#include "experiments/optimise/box_search.h"

#include <exception>
#include <memory>

#include <fmt/format.h>
#include <nlopt.h>

namespace tierworks::experiments {

namespace {

// Calls that a phase may make in all: rounding makes many of them one point, which costs nothing.
constexpr int kMostCalls = 50'000;
// A phase that hears nothing new for so many calls has converged.
constexpr double kSmallestMove = 1e-7;

struct Freed {
  void operator()(nlopt_opt o) const { nlopt_destroy(o); }
};
using Optimiser = std::unique_ptr<nlopt_opt_s, Freed>;

struct Call {
  const BoxSearch& search;
  SearchPhase phase;
  nlopt_opt optimiser;
  std::exception_ptr thrown;  // may not pass through a library in C
};

double evaluate(unsigned axes, const double* x, double* /*gradient*/, void* data) {
  Call& call = *static_cast<Call*>(data);
  double value = 0;
  if (call.thrown) return value;
  try {
    value = call.search.value(call.phase, std::vector<double>(x, x + axes));
    if (call.search.enough(call.phase)) nlopt_force_stop(call.optimiser);
  } catch (...) {
    call.thrown = std::current_exception();
    nlopt_force_stop(call.optimiser);
  }
  return value;
}

std::string run_phase(const BoxSearch& search, SearchPhase phase, nlopt_algorithm algorithm, BoxSearch::Box box) {
  const Optimiser optimiser(nlopt_create(algorithm, static_cast<unsigned>(search.axes)));
  if (!optimiser) return fmt::format("NLopt cannot make {} for {} parameters", in_words(phase), search.axes);
  Call call{search, phase, optimiser.get(), nullptr};
  nlopt_result result = nlopt_set_min_objective(optimiser.get(), evaluate, &call);
  if (result > 0) result = nlopt_set_lower_bounds(optimiser.get(), box.low.data());
  if (result > 0) result = nlopt_set_upper_bounds(optimiser.get(), box.high.data());
  if (result > 0) result = nlopt_set_maxeval(optimiser.get(), kMostCalls);
  if (result > 0) result = nlopt_set_xtol_abs1(optimiser.get(), kSmallestMove);
  if (result > 0 && phase == SearchPhase::crs) {
    result = nlopt_set_population(optimiser.get(), static_cast<unsigned>(search.population));
  }
  double least = 0;
  if (result > 0) {
    nlopt_srand(static_cast<unsigned long>(search.seed));
    result = nlopt_optimize(optimiser.get(), box.start.data(), &least);
  }
  if (call.thrown) std::rethrow_exception(call.thrown);
  if (result > 0 || result == NLOPT_FORCED_STOP) return "";
  const char* const words = nlopt_get_errmsg(optimiser.get());
  return fmt::format("NLopt's {} ended with {}{}{}", in_words(phase), nlopt_result_to_string(result),
                     words == nullptr ? "" : ": ", words == nullptr ? "" : words);
}

}  // namespace

const char* in_words(SearchPhase phase) {
  switch (phase) {
    case SearchPhase::all:
      return "all points";
    case SearchPhase::direct:
      return "DIRECT-L";
    case SearchPhase::crs:
      return "CRS2";
    case SearchPhase::compass:
      return "compass";
  }
  return "";
}

std::vector<std::string> search_box(const BoxSearch& search) {
  std::vector<std::string> faults;
  const auto add = [&](std::string fault) {
    if (!fault.empty()) faults.push_back(std::move(fault));
  };
  const std::vector<double> low(search.axes, 0.0), high(search.axes, 1.0), middle(search.axes, 0.5);
  add(run_phase(search, SearchPhase::direct, NLOPT_GN_DIRECT_L, {low, high, middle}));
  BoxSearch::Box box;
  if (search.around_the_best(box)) add(run_phase(search, SearchPhase::crs, NLOPT_GN_CRS2_LM, std::move(box)));
  return faults;
}

}  // namespace tierworks::experiments
