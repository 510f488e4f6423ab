#include "tests/diagnostics/command.h"

#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/paths.h"

namespace tierworks::tests {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const char* const kSound = R"(tierworks: 1
time: {horizon: 30 d}
run: {replications: 2}
items: {frame: {value: 30}}
sites:
  mill: {sells: {frame: {quoted: 2 d}}}
  shop:
    buys: {frame: {from: mill, transit: 1 d}}
    stock: {frame: {level: 20}}
demand: {at: shop, item: frame, orders: poisson 4 / d}
)";

void Command::SetUp() {
  if (!fs::exists(command())) GTEST_SKIP() << command() << " is not built";
  folder_.write("shop.yaml", kSound);
}

Ended Command::run(std::vector<std::string> arguments, const std::string& out) {
  const TemporaryFolder streams;
  const std::string out_file = out.empty() ? streams.file("out") : out;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_file.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, streams.file("err").c_str(), O_WRONLY | O_CREAT, 0600);
  arguments.insert(arguments.begin(), "tierworks");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  const int fault = ::posix_spawn(&child, command().c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (fault != 0 || ::waitpid(child, &status, 0) != child) {
    ADD_FAILURE() << "cannot run " << command();
    return {};
  }
  EXPECT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out.empty() ? content(out_file) : "",
          content(streams.file("err"))};
}

void Command::refused(const std::vector<std::string>& arguments, const testing::Matcher<std::string>& words) {
  const Ended ended = run(arguments);
  EXPECT_EQ(ended.code, kUsersInput);
  EXPECT_THAT(ended.out, testing::IsEmpty());
  EXPECT_THAT(ended.err, words);
}

}  // namespace tierworks::tests
