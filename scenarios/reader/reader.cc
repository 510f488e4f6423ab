#include "scenarios/reader/reader.h"

#include "scenarios/reader/expand.h"
#include "scenarios/reader/extend.h"
#include "scenarios/reader/lane_table.h"
#include "scenarios/reader/text_file.h"
#include "scenarios/reader/traces.h"
#include "scenarios/reader/unknown_names.h"
#include "scenarios/reader/visitor.h"

namespace tierworks::reader {
namespace {

// The file's name without folder and extension.
std::string scenario_name(const std::string& path) {
  std::string name = path.substr(folder_of(path).size());
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  return name;
}

}  // namespace

Reading read_any(const std::string* text, const std::string& name, const std::vector<std::string>& overrides,
                 common::Diagnostics& diagnostics, bool short_way) {
  Reading reading;
  reading.document_ = std::make_unique<Document>();
  Document& document = *reading.document_;
  Faults faults(document);
  CsvFiles csv_files(document);
  Context context{document, faults, csv_files};
  const NodeId root = text == nullptr ? load_file(context, name) : load_text(context, *text, name);
  if (root != kNoNode) {
    const LargeLaneTable lanes = short_way ? take_large_lane_table(context, root, overrides) : LargeLaneTable{};
    Overrides settings(context, overrides, folder_of(name));
    expand(context, root, settings);
    if (!lanes.file.empty() && (document.full() || !faults.none())) {
      return read_any(text, name, overrides, diagnostics, false);
    }
    if (document.full()) {  // already reported; half a scenario is not worth reading
      faults.hand_over(diagnostics);
      return reading;
    }
    const bool expanded = faults.none();
    world::ScenarioSpec spec;
    spec.name = scenario_name(name);
    StructReader visitor(context, root);
    describe(visitor, spec);
    visitor.finish();
    read_traces(context, spec);
    if (!lanes.file.empty() && (!faults.none() || !read_large_lane_table(context, lanes, spec))) {
      return read_any(text, name, overrides, diagnostics, false);
    }
    if (faults.none()) {
      reading.spec = std::move(spec);
    } else if (expanded) {
      add_unknown_names(spec, faults);
    }
  }
  faults.hand_over(diagnostics);
  return reading;
}

std::string Reading::place(common::Origin origin) const {
  return document_ ? document_->describe(origin) : std::string{};
}

std::string Reading::format(const common::Diagnostic& diagnostic) const {
  const std::string where = place(diagnostic.origin);
  return where.empty() ? diagnostic.message : where + ": " + diagnostic.message;
}

std::vector<std::string> Reading::files() const {
  std::vector<std::string> names;
  for (std::uint16_t i = 0; document_ && i < document_->sources(); ++i) {
    if (document_->source(i).kind != SourceKind::override) names.push_back(document_->source(i).name);
  }
  return names;
}

Reading read_scenario(const std::string& path, const std::vector<std::string>& overrides,
                      common::Diagnostics& diagnostics) {
  return read_any(nullptr, path, overrides, diagnostics, true);
}

Reading read_scenario_text(std::string_view text, const std::string& name, const std::vector<std::string>& overrides,
                           common::Diagnostics& diagnostics) {
  const std::string copy(text);
  return read_any(&copy, name, overrides, diagnostics, true);
}

}  // namespace tierworks::reader
