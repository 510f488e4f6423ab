// The built command, run in a folder of the test's own as one would from a shell; `shop.yaml` is there and sound.
#pragma once
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/diagnostics/mistakes.h"
#include "tests/support/temporary_folder.h"

namespace tierworks::tests {

inline constexpr int kDone = 0, kOurFault = 1, kUsersInput = 2;

std::string content(const std::filesystem::path& path);

struct Ended {
  int code = -1;
  std::string out, err;
};

extern const char* const kSound;

class Command : public testing::Test {
 protected:
  void SetUp() override;

  // `out` may be another file for its stdout.
  Ended run(std::vector<std::string> arguments, const std::string& out = "");

  // Exit code 2, nothing on stdout, and these words on stderr.
  void refused(const std::vector<std::string>& arguments, const testing::Matcher<std::string>& words);

  TemporaryFolder folder_;
  WorkingFolder in_folder_{folder_.path()};
};

}  // namespace tierworks::tests
