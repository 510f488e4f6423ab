#include "apps/cli/stress_log.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/cli/terminal.h"

namespace tierworks::cli {

namespace {

using experiments::Outcome;
using nlohmann::json;

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

json number(double value) { return std::isnan(value) ? json(nullptr) : json(value); }
double number_of(const json& value) { return value.is_null() ? kNever : value.get<double>(); }

json line_of(std::size_t exercise, std::uint32_t replication, const Outcome& o) {
  json sites = json::array();
  for (const experiments::SiteHit& site : o.sites) sites.push_back({site.site, site.after_days});
  return {{"e", exercise},
          {"r", replication},
          {"v",
           {number(o.survived), number(o.recovered), o.service_drop, o.worst_service, o.late, o.lost, o.area,
            number(o.loss), number(o.usual_profit), o.area_value}},
          {"s", sites}};
}

Outcome outcome_of(const json& line) {
  const json& v = line.at("v");
  Outcome o{.survived = number_of(v.at(0)),
            .recovered = number_of(v.at(1)),
            .service_drop = v.at(2),
            .worst_service = v.at(3),
            .late = v.at(4),
            .lost = v.at(5),
            .area = v.at(6),
            .area_value = v.at(9),
            .loss = number_of(v.at(7)),
            .usual_profit = number_of(v.at(8)),
            .sites = {}};
  for (const json& site : line.at("s")) o.sites.push_back({site.at(0), site.at(1)});
  return o;
}

// What a file with this head cannot be gone on with for, in words.
std::string differs(const std::string& kept, const std::string& asked) {
  const json was = json::parse(kept, nullptr, false), is = json::parse(asked);
  if (!was.is_object() || !was.contains("stress")) return "is no file of a stress test";
  std::vector<std::string> other;
  const auto look = [&](const char* key, const char* words) {
    if (was.value(key, json()) != is.value(key, json())) other.emplace_back(words);
  };
  look("stress", "format");
  look("program", "version of tierworks");
  look("model", "scenario, or options that change it");
  look("seed", "seed");
  look("band", "--band");
  look("exercises", "list of exercises");
  return fmt::format("is of another stress test, with another {}", fmt::join(other, " and another "));
}

}  // namespace

std::optional<std::string> StressLog::open(const std::string& path, const std::string& head, bool resume,
                                           const experiments::StressOptions& options) {
  known.assign(options.exercises.size(), {});
  for (auto& row : known) row.resize(options.replications);
  std::size_t whole = 0;  // bytes up to the last whole line
  if (resume) {
    std::string fault;
    const auto text = read_whole(path, fault, std::size_t{1} << 32);
    if (!text) return fmt::format("{}: cannot be resumed: {}", path, fault);
    bool first = true;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = text->find('\n', at);
      if (end == std::string::npos) break;  // cut while it was written
      const std::string line = text->substr(at, end - at);
      at = end + 1;
      whole = at;
      ++lines;
      if (first) {
        first = false;
        if (line == head) continue;
        return fmt::format("{}: {}; expected all as it was when the file was begun, or another --out", path,
                           differs(line, head));
      }
      try {
        const json parsed = json::parse(line);
        const std::size_t e = parsed.at("e"), r = parsed.at("r");
        if (e < known.size() && r < known[e].size()) known[e][r] = outcome_of(parsed);
      } catch (const json::exception&) {
        return fmt::format("{}:{}: no branch in this line; the file is damaged, begin anew without --resume", path,
                           lines);
      }
    }
    if (first) return fmt::format("{}: is empty; begin anew without --resume", path);
    std::error_code failed;
    std::filesystem::resize_file(path, whole, failed);
    if (failed) return fmt::format("{}: cannot be written: {}", path, failed.message());
  }
  file_.reset(std::fopen(path.c_str(), resume ? "ab" : "wb"));
  if (!file_) return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
  if (!resume && (std::fprintf(file_.get(), "%s\n", head.c_str()) < 0 || std::fflush(file_.get()) != 0)) {
    return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
  }
  return std::nullopt;
}

bool StressLog::add(std::size_t exercise, std::uint32_t replication, const Outcome& outcome) {
  const std::string line = line_of(exercise, replication, outcome).dump() + "\n";
  return std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() && std::fflush(file_.get()) == 0;
}

}  // namespace tierworks::cli
