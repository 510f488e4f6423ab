#include "scenarios/reader/expand.h"

#include "scenarios/reader/like_count.h"
#include "scenarios/reader/patterns.h"
#include "scenarios/reader/tables.h"

namespace tierworks::reader {

void expand(Context& context, NodeId root, Overrides& overrides) {
  const auto steps = {expand_tables, refuse_patterns_as_names, expand_likes, expand_item_patterns, expand_counts};
  overrides.apply_what_fits(root);
  for (const auto step : steps) {
    if (!context.document.full()) step(context, root);
  }
  if (context.document.full()) return;
  overrides.apply_what_fits(root);
  expand_source_patterns(context, root);
  expand_demand_patterns(context, root);
  overrides.apply_what_fits(root);
  overrides.report_the_rest(root);
}

}  // namespace tierworks::reader
