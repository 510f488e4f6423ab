// A scenario file with the files that it extends, merged into one tree.
#pragma once
#include <string>
#include <string_view>

#include "scenarios/reader/context.h"

namespace tierworks::reader {

inline constexpr std::size_t kMostExtends = 16;

// The root (a map), or kNoNode and faults.
NodeId load_file(Context& context, const std::string& path);
// The same for text that did not come from a file; `name` stands in its place, for messages and relative names.
NodeId load_text(Context& context, std::string_view text, const std::string& name);

}  // namespace tierworks::reader
