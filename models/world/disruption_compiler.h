// From what the user says of disruptions to rows of the room: what each shock moves at each place, what buyers learn of it, and
// what answers it. Invariant: rows that begin together at one place are one hit, so that a strike is one message to each place.
// Cost: a look at all sources, lanes and streams for each shock.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/world/disruption_targets.h"
#include "models/world/model.h"

namespace tierworks::world {

class DisruptionCompiler {
 public:
  DisruptionCompiler(const ScenarioSpec& spec, Model& model, common::CompileContext& context)
      : spec_(spec), model_(model), context_(context) {}

  void compile();

 private:
  using CompileContext = common::CompileContext;
  using DisruptionSpec = disruption::DisruptionSpec;
  using Lever = common::Lever;
  using LaneId = common::LaneId;
  using Loss = common::Loss;
  using OfferId = common::OfferId;
  using PlaceId = common::PlaceId;
  using ProductId = common::ProductId;
  using Recovery = disruption::Recovery;
  using ShockId = disruption::ShockId;
  using SourceId = common::SourceId;
  using StockId = common::StockId;
  using StreamId = common::StreamId;

  // Rows for one place that begin together.
  struct Draft {
    std::vector<disruption::Effect> effects;
    std::vector<disruption::Destroys> losses;
  };
  using Drafts = std::map<PlaceId, Draft>;

  Things things_of(const common::Field<disruption::Targets>& targets) {
    return world::things_of(targets, spec_, model_, context_);
  }

  // What is moved: disruption_effects.cc.
  void effect(Drafts& drafts, PlaceId place, Lever lever, std::uint32_t target, double level);
  void capacity(Drafts& drafts, const Things& things, double level);
  void lead_time(Drafts& drafts, const Things& things, double factor);
  void demand(Drafts& drafts, const Things& things, double factor);
  void yield(Drafts& drafts, const Things& things, double factor);
  void price(Drafts& drafts, const Things& things, double factor);
  void losses(Drafts& drafts, const Things& things, const DisruptionSpec& spec);
  void knowledge(Drafts& drafts, const Things& things, const common::Field<disruption::OpenOrders>& orders);
  void call_back(Draft& draft, SourceId id, disruption::OpenOrders orders);
  void under_way(Drafts& drafts, const Things& things, const common::Field<disruption::UnderWay>& what);

  // When, and how it ends: disruptions.cc.
  void when(const DisruptionSpec& spec, ShockId id, disruption::Shock& shock);
  void chain(const std::string& name, const DisruptionSpec& spec, disruption::Shock& shock);
  void only_when_down(const DisruptionSpec& spec);
  void shock(const std::string& name, common::Origin origin, const DisruptionSpec& spec);
  void dials();
  void who_comes();
  static void ramp(const Recovery& recovery, std::vector<disruption::Step>& steps);
  static core::Duration length_of(const Recovery& recovery);
  core::Range add_steps(const std::vector<disruption::Step>& steps);
  void add_hits(const Drafts& drafts, disruption::Hit as);

  // What is done about it: disruption_answers.cc.
  void answer(const std::string& name, common::Origin origin, const disruption::AnswerSpec& spec,
              const DisruptionSpec& shock, const Things& hit, ShockId id);
  void help(const disruption::AnswerSpec& spec, disruption::AnswerId answer, const DisruptionSpec& shock);
  void first(Drafts& drafts, const Things& things, const disruption::AnswerSpec& spec);
  void substitute(Drafts& drafts, const Things& things, const disruption::AnswerSpec& spec);
  bool contains(core::Range components, common::ItemId item) const;
  void add_source(const disruption::AnswerSpec& spec, disruption::Hit as, const std::vector<disruption::Step>& steps,
                  const Things& hit);
  bool supplies_already(common::SiteId site, common::ItemId item, const Things& hit) const;
  bool buys_from(StockId buyer, const Things& hit) const;

  const ScenarioSpec& spec_;
  Model& model_;
  CompileContext& context_;
  std::vector<std::string> names_;
  std::map<std::pair<Lever, std::uint32_t>, disruption::DialId> dial_of_;
  std::map<LaneId, core::Duration> detours_;                              // 0: held
  std::map<StockId, std::set<std::pair<bool, std::uint32_t>>> favoured_;  // streams (true) and sources, by stock
  std::vector<disruption::Help> help_;                                    // of the shock in work
};

}  // namespace tierworks::world
