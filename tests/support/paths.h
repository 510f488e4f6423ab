// Where tests find things: the sources, the reference data, and the command of the same build.
#pragma once
#include <cstdlib>
#include <filesystem>

namespace tierworks::tests {

inline std::filesystem::path source_dir() { return TIERWORKS_SOURCE_DIR; }

// Exact results and public data sets: $TIERWORKS_DATA, or `shared/data` beside the clone.
// It may be missing; a test that needs it says so with GTEST_SKIP.
inline std::filesystem::path data_dir() {
  const char* stated = std::getenv("TIERWORKS_DATA");
  return stated != nullptr ? stated : TIERWORKS_DATA;
}

inline std::filesystem::path command() { return TIERWORKS_COMMAND; }

}  // namespace tierworks::tests
