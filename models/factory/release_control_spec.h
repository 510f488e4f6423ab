// What the user says of the gate of a shop floor: when lots that wait before it are let in, and in what order.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/common/spec.h"

namespace tierworks::factory {

using common::Field;

// A kanban loop: work centres, and most lots in them.
struct SectionSpec {
  Field<std::vector<std::string>> work_centres;
  Field<std::int64_t> cards{1};
};

template <class V>
void describe(V& v, SectionSpec& s) {
  v.required("work_centres", s.work_centres).doc("work centres of this site that share the cards");
  v.required("cards", s.cards)
      .between(1, 1'000'000)
      .doc("most lots in them, those that wait for a card behind included");
}

struct ReleaseControlSpec {
  Field<std::string> rule;
  Field<std::int64_t> lots{0};
  Field<core::Duration> work{core::Duration{0}};
  common::Entries<SectionSpec> sections;
  Field<std::int64_t> cards{0};
  common::Entries<Field<std::int64_t>> pairs;
  Field<std::string> work_centre;
  Field<double> alpha{0.0};
  Field<core::Duration> lead{core::Duration{0}};
  common::Entries<Field<core::Duration>> norms;
  Field<core::Duration> every{core::Duration{0}};
  Field<std::vector<std::string>> order;
  Field<core::Duration> planned_wait{core::Duration{0}};
  Field<bool> wait_for_plan{false};
};

template <class V>
void describe(V& v, ReleaseControlSpec& s) {
  v.optional("rule", s.rule)
      .doc(
          "`conwip`, `kanban`, `polca`, `drum_buffer_rope`, `starvation_avoidance` or `lums_cor`; lots are let in when "
          "they come if left out");
  v.optional("lots", s.lots)
      .at_least(1)
      .doc(
          "of `conwip`: most lots in the shop; of `drum_buffer_rope`: most before the drum; no such limit if left out");
  v.optional("work", s.work)
      .positive_time()
      .doc(
          "likewise, their work: of `conwip` all of it, of `drum_buffer_rope` that at the drum, of `lums_cor` the "
          "norm, "
          "the most corrected work before each machine of any work centre; no such limit if left out");
  v.map("sections", s.sections).doc("of `kanban`: the loops of cards");
  v.optional("cards", s.cards)
      .at_least(1)
      .doc("of `polca`: cards of each pair of work centres that follow each other; those of `pairs` only if left out");
  v.map("pairs", s.pairs).between(1, 1'000'000).doc("of `polca`: cards of single pairs, `{saw to mill: 3}`");
  v.optional("work_centre", s.work_centre)
      .doc("of `drum_buffer_rope` the drum, of `starvation_avoidance` the bottleneck; none if left out");
  v.optional("alpha", s.alpha)
      .positive()
      .doc(
          "of `starvation_avoidance`: lots are let in while the work on its way is less than alpha leads; 1 if left "
          "out");
  v.optional("lead", s.lead)
      .positive_time()
      .doc("of `starvation_avoidance`: from the gate to the bottleneck; the lot's work up to there if left out");
  v.map("norms", s.norms).positive_time().doc("of `lums_cor`: norms of single work centres, `{mill: 5 h}`");
  v.optional("every", s.every).positive_time().doc("of `lums_cor`: time from one look at the whole pool to the next");
  v.optional("order", s.order)
      .doc(
          "of the lots that wait: `first_come`, `due`, `planned_release` or `shortest` (work), perhaps behind their "
          "classes, `[priority, due]`; `first_come` if left out");
  v.optional("planned_wait", s.planned_wait)
      .not_negative()
      .doc("planned release = due date - work - `planned_wait` for each operation; none if left out");
  v.optional("wait_for_plan", s.wait_for_plan)
      .doc("no lot is let in before its planned release; any lot may be if left out");
}

}  // namespace tierworks::factory
