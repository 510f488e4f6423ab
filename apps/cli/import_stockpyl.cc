#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/commands.h"
#include "apps/cli/terminal.h"
#include "scenarios/importers/stockpyl.h"

namespace tierworks::cli {

int import_stockpyl(const ImportStockpylOptions& options) {
  std::string texts[2];
  const std::string* names[2] = {&options.instance, &options.demand};
  for (int i = 0; i < 2; ++i) {
    std::string fault;
    auto text = read_whole(*names[i], fault);
    if (!text) {
      message(fmt::format("{}: cannot be read: {}", *names[i], fault));
      return kUsersInput;
    }
    texts[i] = std::move(*text);
  }
  const std::filesystem::path out(options.out);
  std::vector<importers::ImportError> errors;
  const auto imported = importers::import_stockpyl(texts[0], options.instance, texts[1], options.demand,
                                                   out.stem().string() + "_demand", errors);
  if (!imported) {
    for (const importers::ImportError& e : errors) {
      const std::string place = e.line > 0 ? fmt::format("{}:{}:{}", e.file, e.line, e.column) : e.file;
      message(fmt::format("{}: {}", place, e.message));
    }
    return kUsersInput;
  }
  // The traces first: a scenario never names a file that is not there.
  for (const auto& trace : imported->traces) {
    const std::string path = (out.parent_path() / trace.file).string();
    if (const auto fault = write_whole(path, trace.csv)) {
      message(fmt::format("{}: cannot be written: {}", path, *fault));
      return kUsersInput;
    }
  }
  if (const auto fault = write_whole(options.out, imported->yaml)) {
    message(fmt::format("--out {}: cannot be written: {}", options.out, *fault));
    return kUsersInput;
  }
  for (const std::string& level : imported->levels) print(level + "\n");
  for (const std::string& remark : imported->remarks) message("note: " + remark);
  message(fmt::format("wrote {}: {} node{}, {} periods", options.out, imported->nodes, imported->nodes == 1 ? "" : "s",
                      imported->periods));
  return kDone;
}

}  // namespace tierworks::cli
