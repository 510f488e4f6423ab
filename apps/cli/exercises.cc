#include "apps/cli/exercises.h"

#include <algorithm>

#include <fmt/format.h>

#include "apps/cli/terminal.h"
#include "models/common/diagnostics.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

using experiments::Exercise;
using experiments::ShockedKind;

bool AskedExercises::read(const ShockOptions& options) {
  shocks_ = options.shocks;
  const std::vector<std::pair<std::string, ShockedKind>> known{{"sites", ShockedKind::sites},
                                                               {"lanes", ShockedKind::lanes},
                                                               {"items", ShockedKind::items},
                                                               {"regions", ShockedKind::regions}};
  for (const std::string& word : options.on) {
    const auto kind = std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == word; });
    if (kind == known.end()) {
      message(fmt::format("--on: got \"{}\"{}; expected some of: sites, lanes, items, regions", word,
                          common::did_you_mean(word, {"sites", "lanes", "items", "regions"})));
      return false;
    }
    kinds_.push_back(kind->second);
  }
  for (const std::string& words : options.durations) {
    std::string expected;
    const auto time = reader::parse_duration(words, expected);
    if (!time || time->ticks <= 0) {
      message(fmt::format("--durations: got \"{}\", expected {}", words,
                          expected.empty() ? "durations above 0 like 1wk,2wk,8wk" : expected));
      return false;
    }
    lengths_.push_back({words, *time});
  }
  for (const std::string& word : options.with) {
    if (word != "answers" && word != "none") {
      message(fmt::format("--with: got \"{}\"; expected answers, none or both of them", word));
      return false;
    }
    with_answers.push_back(word == "answers");
  }
  if (with_answers.empty()) with_answers.push_back(true);
  return true;
}

void AskedExercises::take(world::ScenarioSpec& spec, common::Diagnostics& diagnostics) {
  exercises.clear();
  fault.clear();
  std::vector<std::string> shocks = shocks_;
  const bool catalogue = !kinds_.empty() || (shocks.empty() && (!lengths_.empty() || spec.disruptions.empty()));
  named = !catalogue;
  if (catalogue && !shocks.empty()) {
    fault = "--on: goes with the catalogue of shocks, --shock with those of the scenario; give one of them";
    return;
  }
  if (!catalogue && shocks.empty()) {
    for (const auto& entry : spec.disruptions) shocks.push_back(entry.name);
  }
  std::vector<Exercise> ones;
  for (const std::string& shock : shocks) {
    Exercise one{.shock = shock, .length = {}, .lasts = {}, .spread = {}};
    fault = experiments::take_strike(spec, shock, one, diagnostics);
    if (!fault.empty()) {
      fault = "--shock: " + fault;
      return;
    }
    ones.push_back(std::move(one));
  }
  experiments::calm(spec);
  std::vector<Length> lengths = lengths_;
  if (catalogue) {
    std::vector<ShockedKind> kinds = kinds_;
    if (kinds.empty()) kinds = {ShockedKind::sites, ShockedKind::lanes, ShockedKind::items, ShockedKind::regions};
    if (lengths.empty()) lengths.push_back({"2 wk", core::kDay * 14});
    for (const std::string& shock : experiments::add_catalogue(spec, kinds)) {
      ones.push_back({.shock = shock, .length = {}, .lasts = {}, .spread = {}});
    }
  }
  for (const Exercise& one : ones) {
    const auto& all = spec.disruptions.list;
    const auto entry = std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.name == one.shock; });
    for (const bool answers : with_answers) {
      // What has no answers is the same with and without them.
      if (!answers && with_answers.size() > 1 && entry->spec.answers.empty()) continue;
      Exercise exercise = one;
      exercise.answers = answers;
      if (lengths.empty()) exercises.push_back(exercise);
      for (const Length& length : lengths) {
        exercise.length = length.words;
        exercise.lasts = length.time;
        exercises.push_back(exercise);
      }
      if (!catalogue || !whole_window) continue;
      exercise.length = "whole window";
      exercise.lasts = {};
      exercise.whole_window = true;
      exercises.push_back(exercise);
    }
  }
  if (!exercises.empty()) return;
  fault = catalogue
              ? "--on: the scenario has none of what is to be tried; expected `region` at its sites, named `lanes`, or "
                "another of sites, lanes, items and regions"
              : "the scenario has no `disruptions`, so there is nothing to try; expected --on sites, say";
}

}  // namespace tierworks::cli
