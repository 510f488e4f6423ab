#include "apps/cli/trace.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "apps/cli/shop_names.h"
#include "apps/cli/terminal.h"
#include "models/factory/state.h"
#include "scenarios/reader/phrases.h"

namespace tierworks::cli {

namespace {

using common::WatchedLot;
using core::Instant;

// A name as a cell: in quotes where it would break the row.
std::string cell(const std::string& name) {
  if (name.find_first_of(",\"\r\n") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string json_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

double hours(Instant at) { return core::in_hours(at - Instant{0}); }

class TraceFile final : public common::ShopWatcher {
 public:
  TraceFile(const world::Model& model, std::string path, Instant from, Instant until)
      : model_(model),
        names_(model),
        path_(std::move(path)),
        part_(path_ + ".part"),
        file_(part_, std::ios::binary),
        from_(from),
        until_(until),
        is_json_(path_.ends_with(".json")) {
    if (is_json_) {
      file_ << "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
      name_rows();
    } else {
      file_ << "what,site,work_centre,machine,lot,product,operation,from_h,until_h\n";
    }
    if (!file_) fail();
  }
  ~TraceFile() override {
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;

  void machine_did(std::uint32_t machine, std::uint8_t activity, Instant from, Instant until,
                   const WatchedLot* lot) override {
    const bool idle = activity == static_cast<std::uint8_t>(factory::MachineActivity::idle);
    if (idle || !is_in_window(from, until)) return;
    const std::uint32_t centre = names_.centre_of(machine), number = names_.number_of(machine);
    const char* const words = activity_words(activity);
    if (!is_json_) {
      row(words, centre, std::to_string(number), lot, from, until);
      return;
    }
    const std::string what = lot == nullptr ? words : names_.lot(*lot) + " " + names_.operation(*lot);
    event(fmt::format("{{\"name\":{},\"cat\":\"{}\",\"ph\":\"X\",\"ts\":{},\"dur\":{},\"pid\":{},\"tid\":{}}}",
                      json_text(what), words, from.ticks, (until - from).ticks, centre + 1, number));
  }

  void lot_waited(std::uint32_t centre, common::WaitsFor what, Instant from, Instant until,
                  const WatchedLot& lot) override {
    if (!(from < until) || !is_in_window(from, until)) return;
    const char* const words = what == common::WaitsFor::release ? "pool" : "wait";
    if (!is_json_) {
      row(words, centre, "", &lot, from, until);
      return;
    }
    // Waits overlap, so each is a pair of its own.
    const std::string head = fmt::format("{{\"name\":{},\"cat\":\"{}\",\"id\":{},\"pid\":{},\"tid\":0",
                                         json_text(names_.lot(lot)), words, ++waits_, centre + 1);
    event(fmt::format("{},\"ph\":\"b\",\"ts\":{}}}", head, from.ticks));
    event(fmt::format("{},\"ph\":\"e\",\"ts\":{}}}", head, until.ticks));
  }

  void lot_left(const WatchedLot&, Instant, Instant, Instant, bool) override {}

  void finish() {
    if (is_json_) file_ << "\n]}\n";
    file_.close();
    if (!file_ || std::rename(part_.c_str(), path_.c_str()) != 0) fail();
  }

 private:
  bool is_in_window(Instant from, Instant until) const { return from < until_ && from_ < until; }

  // Of a viewer: a work centre is a process, a machine a thread of it.
  void name_rows() {
    for (std::uint32_t c = 0; c < model_.factory.centres.size(); ++c) {
      event(fmt::format("{{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":{},\"args\":{{\"name\":{}}}}}", c + 1,
                        json_text(names_.site(c) + "/" + names_.centre(c))));
    }
    for (std::uint32_t m = 0; m < model_.factory.machines.size(); ++m) {
      event(fmt::format("{{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":{},\"tid\":{},\"args\":{{\"name\":{}}}}}",
                        names_.centre_of(m) + 1, names_.number_of(m),
                        json_text(fmt::format("{} {}", names_.centre(names_.centre_of(m)), names_.number_of(m)))));
    }
  }

  void event(const std::string& text) {
    file_ << (first_ ? "\n" : ",\n") << text;
    first_ = false;
    if (!file_) fail();
  }

  void row(const char* what, std::uint32_t centre, const std::string& machine, const WatchedLot* lot, Instant from,
           Instant until) {
    const bool some = lot != nullptr;
    file_ << fmt::format("{},{},{},{},{},{},{},{:.9g},{:.9g}\n", what, cell(names_.site(centre)),
                         cell(names_.centre(centre)), machine, some ? cell(names_.lot(*lot)) : "",
                         some ? cell(names_.product(*lot)) : "", some ? cell(names_.operation(*lot)) : "", hours(from),
                         hours(until));
    if (!file_) fail();
  }

  [[noreturn]] void fail() const { throw CannotWrite(fmt::format("--trace {}: cannot be written", path_)); }

  const world::Model& model_;
  ShopNames names_;
  std::string path_, part_;
  std::ofstream file_;
  Instant from_, until_;
  bool is_json_;
  bool first_ = true;
  std::uint64_t waits_ = 0;
};

bool refuse(const std::string& why) {
  message(why);
  return false;
}

// A time of the run, counted from the start of the warm-up.
bool read_instant(const char* option, const std::optional<std::string>& text, Instant& at) {
  if (!text) return true;
  std::string expected;
  const auto duration = reader::parse_duration(*text, expected);
  if (!duration || duration->ticks < 0) {
    return refuse(fmt::format("{}: got \"{}\", expected {}", option, *text,
                              expected.empty() ? "a time from the start of the warm-up like 30 d" : expected));
  }
  at = Instant{0} + *duration;
  return true;
}

}  // namespace

bool write_trace(const RunOptions& options, const world::Model& model, experiments::ReplicateOptions& how) {
  if (!options.trace) return true;
  if (options.snapshot || options.resume || options.series) {
    return refuse("--trace: goes with a whole run of its own, expected neither --snapshot, --resume nor --series");
  }
  if (options.partitions > 1) return refuse("--trace: sees a run in one partition, expected no --partitions");
  if (model.factory.machines.size() == 0) {
    return refuse("--trace: shows machines of shop floors, expected a site with `work_centres`");
  }
  Instant from{0}, until = core::kLastInstant;
  if (!read_instant("--trace-from", options.trace_from, from) || !read_instant("--trace-to", options.trace_to, until)) {
    return false;
  }
  if (!(from < until)) return refuse("--trace-to: is not after --trace-from, so that nothing would be shown");
  how.partitions = 1;
  how.run_one = [&model, from, until, path = *options.trace, first = how.first_replication](
                    world::Simulation& simulation, std::uint64_t seed, std::uint32_t replication) {
    if (replication != first) return simulation.run(seed, replication);
    TraceFile file(model, path, from, until);
    simulation.watch(&file);
    world::RunResult result = simulation.run(seed, replication);
    simulation.watch(nullptr);
    file.finish();
    return result;
  };
  return true;
}

}  // namespace tierworks::cli
