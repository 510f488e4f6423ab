// The docs say what the program does: every YAML snippet is read, and the generated pages are up to date.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "models/world/model.h"
#include "report/kpi_reference.h"
#include "scenarios/reader/parse.h"
#include "scenarios/reader/reader.h"
#include "scenarios/schema/reference.h"
#include "tests/support/paths.h"

namespace tierworks {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Snippet {
  fs::path page;
  int line = 0;
  bool whole = false;  // a scenario; else a part of one
  std::string text;
};

std::vector<Snippet> snippets() {
  std::vector<fs::path> pages{tests::source_dir() / "README.md", tests::source_dir() / "CONTRIBUTING.md"};
  for (const auto& entry : fs::recursive_directory_iterator(tests::source_dir() / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  std::vector<Snippet> found;
  for (const fs::path& page : pages) {
    std::istringstream lines(text_of(page));
    std::string line;
    bool inside = false;
    for (int number = 1; std::getline(lines, line); ++number) {
      const auto start = line.find_first_not_of(' ');
      const std::string_view mark =
          start == std::string::npos ? std::string_view{} : std::string_view(line).substr(start);
      if (!inside && mark.starts_with("```yaml")) {
        inside = true;
        found.push_back({page, number + 1, mark == "```yaml", ""});
      } else if (inside && mark.starts_with("```")) {
        inside = false;
      } else if (inside) {
        found.back().text += line + "\n";
      }
    }
    EXPECT_FALSE(inside) << page << " ends inside a snippet";
  }
  return found;
}

TEST(Docs, EveryWholeScenarioCompiles) {
  int whole = 0;
  for (const Snippet& snippet : snippets()) {
    if (!snippet.whole) continue;
    ++whole;
    common::Diagnostics diagnostics;
    const auto name = (tests::source_dir() / "scenarios/catalogue/tutorial/snippet.yaml").string();
    const reader::Reading reading = reader::read_scenario_text(snippet.text, name, {}, diagnostics);
    if (reading.spec) (void)world::compile(*reading.spec, diagnostics);
    for (const auto& d : diagnostics.list())
      ADD_FAILURE() << snippet.page << ":" << snippet.line << ": " << reading.format(d);
  }
  EXPECT_GE(whole, 3);
}

// A part of a scenario need not stand alone, but it is YAML as strict as a whole one.
TEST(Docs, EveryFragmentIsYaml) {
  for (const Snippet& snippet : snippets()) {
    if (snippet.whole) continue;
    reader::Document document;
    reader::Faults faults(document);
    const std::uint16_t source = document.add_source({reader::SourceKind::file, "fragment.yaml", ""});
    const reader::NodeId root = reader::parse_text(document, source, snippet.text, faults);
    common::Diagnostics diagnostics;
    faults.hand_over(diagnostics);
    for (const auto& d : diagnostics.list()) {
      ADD_FAILURE() << snippet.page << ":" << snippet.line << ": " << document.describe(d.origin) << ": " << d.message;
    }
    EXPECT_NE(root, reader::kNoNode) << snippet.page << ":" << snippet.line;
  }
}

TEST(Docs, TheReferenceOfScenariosIsUpToDate) {
  EXPECT_EQ(text_of(tests::source_dir() / "docs/reference/scenario.md"), schema::reference_markdown())
      << "run: tierworks reference scenario > docs/reference/scenario.md";
}

TEST(Docs, TheReferenceOfKpisIsUpToDate) {
  EXPECT_EQ(text_of(tests::source_dir() / "docs/reference/kpis.md"), report::kpi_markdown())
      << "run: tierworks reference kpis > docs/reference/kpis.md";
}

// The example of the kernel's page is the program that tests/library/check.sh builds and runs.
TEST(Docs, TheKernelsExampleIsTheOneThatIsTested) {
  const std::string program = text_of(tests::source_dir() / "tests/library/mm1.cc");
  EXPECT_NE(text_of(tests::source_dir() / "docs/concepts/kernel.md").find("```cpp\n" + program + "```\n"),
            std::string::npos);
  EXPECT_LT(std::count(program.begin(), program.end(), '\n'), 40);
}

// Relative links of the pages lead to files.
TEST(Docs, EveryLinkLeadsSomewhere) {
  std::vector<fs::path> pages{tests::source_dir() / "README.md", tests::source_dir() / "CONTRIBUTING.md"};
  for (const auto& entry : fs::recursive_directory_iterator(tests::source_dir() / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  for (const fs::path& page : pages) {
    const std::string text = text_of(page);
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      const std::size_t end = text.find(')', at);
      if (end == std::string::npos) continue;
      std::string link = text.substr(at + 2, end - at - 2);
      link = link.substr(0, link.find('#'));
      if (link.empty() || link.find("://") != std::string::npos) continue;
      EXPECT_TRUE(fs::exists(page.parent_path() / link)) << page << " links to " << link;
    }
  }
}

}  // namespace
}  // namespace tierworks
