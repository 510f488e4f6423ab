// Names with `*` (any characters) and `?` (one character), matched against the items and sites of the scenario.
#pragma once
#include <string_view>

#include "scenarios/reader/context.h"

namespace tierworks::reader {

bool is_pattern(std::string_view name);
bool matches(std::string_view pattern, std::string_view name);

// Keys of a site's buys, makes, sells and stock: one entry for each item; what is written out wins field by field.
void expand_item_patterns(Context& context, NodeId root);
// `from:` of purchases: equal shares of the sites that match, without the buyer itself.
void expand_source_patterns(Context& context, NodeId root);
// `at:` and `item:` of demand: one stream for each match, STREAM@SITE and STREAM/ITEM.
void expand_demand_patterns(Context& context, NodeId root);
// Names of items, sites, lanes and streams are no patterns themselves.
void refuse_patterns_as_names(Context& context, NodeId root);

}  // namespace tierworks::reader
