// `table: sites.csv` inside a map of entries: each row of the file becomes an entry. The first column is `name`, the
// others are keys or ways to keys (`stock.frame.level`); an empty cell states nothing. What the map itself says of an
// entry is laid over its row.
#pragma once
#include "scenarios/reader/context.h"

namespace tierworks::reader {

void expand_tables(Context& context, NodeId root);

}  // namespace tierworks::reader
