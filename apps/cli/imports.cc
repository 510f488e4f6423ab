#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/terminal.h"
#include "scenarios/importers/fjsp.h"
#include "scenarios/importers/jsplib.h"
#include "scenarios/importers/smt2020.h"
#include "scenarios/importers/stockpyl.h"
#include "scenarios/importers/willems.h"

namespace tierworks::cli {

namespace {

std::optional<std::string> read_named(const std::string& name) {
  std::string fault;
  auto whole = read_whole(name, fault);
  if (!whole) message(fmt::format("{}: cannot be read: {}", name, fault));
  return whole;
}

std::optional<std::pair<std::string, std::string>> read_pair(const std::string& first, const std::string& second) {
  auto one = read_named(first);
  auto other = one ? read_named(second) : std::nullopt;
  if (!other) return std::nullopt;
  return std::pair{std::move(*one), std::move(*other)};
}

int refused(const std::vector<importers::ImportError>& errors) {
  for (const importers::ImportError& e : errors) {
    const std::string place = e.line > 0 ? fmt::format("{}:{}:{}", e.file, e.line, e.column) : e.file;
    message(fmt::format("{}: {}", place, e.message));
  }
  return kUsersInput;
}

// False, and why, if the scenario cannot be written.
bool written(const std::string& out, const std::string& yaml) {
  const auto fault = write_whole(out, yaml);
  if (fault) message(fmt::format("--out {}: cannot be written: {}", out, *fault));
  return !fault;
}

}  // namespace

int import_willems(const ImportWillemsOptions& options) {
  const auto texts = read_pair(options.stages, options.links);
  if (!texts) return kUsersInput;
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_willems(texts->first, options.stages, texts->second, options.links, errors);
  if (!imported) return refused(errors);
  if (!written(options.out, imported->yaml)) return kUsersInput;
  for (const std::string& remark : imported->remarks) message("note: " + remark);
  message(fmt::format("wrote {}: {} stages, {} links, {:g} units expected in the pipeline", options.out,
                      imported->stages, imported->links, imported->pipeline_units));
  return kDone;
}

int import_jsplib(const ImportJsplibOptions& options) {
  const auto text = read_named(options.file);
  if (!text) return kUsersInput;
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_jsplib(*text, options.file, errors);
  if (!imported) return refused(errors);
  if (!written(options.out, imported->yaml)) return kUsersInput;
  message(fmt::format("wrote {}: {} jobs on {} machines, {} minutes of work", options.out, imported->jobs,
                      imported->machines, imported->work_minutes));
  return kDone;
}

int import_fjsp(const ImportFjspOptions& options) {
  const auto text = read_named(options.file);
  if (!text) return kUsersInput;
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_fjsp(*text, options.file, errors);
  if (!imported) return refused(errors);
  if (!written(options.out, imported->yaml)) return kUsersInput;
  message(fmt::format("wrote {}: {} jobs on {} machines, {} operations in {} ways", options.out, imported->jobs,
                      imported->machines, imported->operations, imported->ways));
  return kDone;
}

int import_smt2020(const ImportSmt2020Options& options) {
  namespace fs = std::filesystem;
  std::error_code fault;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(options.folder, fault)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  if (fault) {
    message(fmt::format("{}: cannot be read: {}", options.folder, fault.message()));
    return kUsersInput;
  }
  std::sort(paths.begin(), paths.end());
  std::vector<importers::NamedText> files;
  for (const fs::path& path : paths) {
    auto text = read_named(path.string());
    if (!text) return kUsersInput;
    files.push_back({path.filename().string(), std::move(*text)});
  }
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_smt2020(files, options.folder, errors);
  if (!imported) return refused(errors);
  if (!written(options.out, imported->yaml)) return kUsersInput;
  for (const std::string& remark : imported->remarks) message("note: " + remark);
  message(fmt::format("wrote {}: {} families with {} tools, {} orders, {} lots in process", options.out,
                      imported->families, imported->tools, imported->orders, imported->lots_in_process));
  for (const auto& route : imported->routes) {
    message(
        fmt::format("route {}: {} steps, raw process time {:.2f} d", route.name, route.steps, route.raw_process_days));
  }
  return kDone;
}

int import_stockpyl(const ImportStockpylOptions& options) {
  const auto texts = read_pair(options.instance, options.demand);
  if (!texts) return kUsersInput;
  const std::filesystem::path out(options.out);
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_stockpyl(texts->first, options.instance, texts->second, options.demand,
                                                   out.stem().string() + "_demand", errors);
  if (!imported) return refused(errors);
  // The traces first: a scenario never names a file that is not there.
  for (const auto& trace : imported->traces) {
    const std::string path = (out.parent_path() / trace.file).string();
    if (const auto fault = write_whole(path, trace.csv)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (!written(options.out, imported->yaml)) return kUsersInput;
  for (const std::string& level : imported->levels) print(level + "\n");
  for (const std::string& remark : imported->remarks) message("note: " + remark);
  message(fmt::format("wrote {}: {} node{}, {} periods", options.out, imported->nodes, imported->nodes == 1 ? "" : "s",
                      imported->periods));
  return kDone;
}

}  // namespace tierworks::cli
