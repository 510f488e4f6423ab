#include "models/world/snapshot.h"

#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "core/base/hash.h"
#include "models/world/engine.h"

namespace tierworks::world {

namespace {

constexpr std::array<char, 16> kMagic = {'t', 'i', 'e', 'r', 'w', 'o', 'r',  'k',
                                         's', ' ', 's', 'n', 'a', 'p', '\r', '\n'};
constexpr std::uint32_t kFormat = 6;

struct Header {
  std::array<char, 16> magic;
  std::uint32_t format;
  std::uint32_t replication;
  std::uint64_t program;  // hash of name, version and the shape of the state
  std::uint64_t model;
  std::uint64_t seed;
  std::int64_t at;
  std::uint64_t bytes;     // that follow
  std::uint64_t checksum;  // of them, and of this header with 0 here
};
static_assert(sizeof(Header) == 72 && std::has_unique_object_representations_v<Header>);

std::uint64_t program_hash(std::string_view program) {
  std::uint64_t hash = core::fnv1a(program);
  for (const std::size_t size : {sizeof(core::EventRecord),
                                 sizeof(supply::StockState),
                                 sizeof(supply::WaitingClaim),
                                 sizeof(supply::OfferState),
                                 sizeof(supply::OpenOrders),
                                 sizeof(production::ProductionOrder),
                                 sizeof(production::Need),
                                 sizeof(production::LineState),
                                 sizeof(production::ProductTally),
                                 sizeof(production::ComponentFlows),
                                 sizeof(logistics::LaneState),
                                 sizeof(logistics::WaitingShipment),
                                 sizeof(logistics::TransitTally),
                                 sizeof(demand::StreamState),
                                 sizeof(supply::AgeClass),
                                 sizeof(supply::ShelfState),
                                 sizeof(logistics::LaneHolds),
                                 sizeof(logistics::ParkedGoods),
                                 sizeof(factory::Lot),
                                 sizeof(factory::MachineState),
                                 sizeof(factory::WorkCentreState),
                                 sizeof(factory::CrewState),
                                 sizeof(factory::ReleaseState),
                                 std::size_t{kKinds}}) {
    hash = core::chained(hash, size);
  }
  return hash;
}

// Four words side by side: a snapshot may be large, and a chain would wait for itself.
std::uint64_t checksum_of(const Header& header, std::string_view state) {
  Header blank = header;
  blank.checksum = 0;
  const std::uint64_t first =
      core::fnv1a({std::bit_cast<std::array<char, sizeof(Header)>>(blank).data(), sizeof(Header)});
  std::array<std::uint64_t, 4> chains{first, first + 1, first + 2, first + 3};
  std::size_t at = 0;
  for (; at + 32 <= state.size(); at += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), state.data() + at, 32);
    for (std::size_t i = 0; i < 4; ++i) chains[i] = core::chained(chains[i], words[i]);
  }
  std::uint64_t hash = core::fnv1a(state.substr(at), first);
  for (const std::uint64_t chain : chains) hash = core::chained(hash, chain);
  return hash;
}

}  // namespace

std::string snapshot(Simulation& simulation, const Model& model, std::string_view program) {
  std::string file = simulation.to_bytes(sizeof(Header));
  const std::string_view state = std::string_view(file).substr(sizeof(Header));
  Header header{.magic = kMagic,
                .format = kFormat,
                .replication = simulation.replication(),
                .program = program_hash(program),
                .model = model.hash,
                .seed = simulation.seed(),
                .at = simulation.now().ticks,
                .bytes = state.size(),
                .checksum = 0};
  header.checksum = checksum_of(header, state);
  std::memcpy(file.data(), &header, sizeof(Header));
  return file;
}

std::optional<SnapshotHead> snapshot_head(std::string_view file, const Model& model, std::string_view program,
                                          std::string& fault) {
  Header header;
  const std::size_t known = std::min(file.size(), sizeof(header.magic));
  if (known == 0 || std::memcmp(file.data(), kMagic.data(), known) != 0) {
    fault = "is no snapshot; expected a file that `tierworks run --snapshot` wrote";
    return std::nullopt;
  }
  constexpr const char* kAgain = "write it again with `tierworks run --snapshot`";
  if (file.size() < sizeof(Header)) {
    fault = fmt::format("is cut short: {} bytes are less than its header; {}", file.size(), kAgain);
    return std::nullopt;
  }
  std::memcpy(&header, file.data(), sizeof(Header));
  if (header.format != kFormat) {
    fault = fmt::format("is written in format {}, and this program reads format {}; {} of this version", header.format,
                        kFormat, kAgain);
    return std::nullopt;
  }
  const std::string_view state = file.substr(sizeof(Header));
  if (state.size() != header.bytes) {
    fault = fmt::format("is {}: it has {} bytes of state and says {}; {}",
                        state.size() < header.bytes ? "cut short" : "longer than it was", state.size(), header.bytes,
                        kAgain);
    return std::nullopt;
  }
  if (header.checksum != checksum_of(header, state)) {
    fault = fmt::format("is damaged: its checksum does not fit; {}", kAgain);
    return std::nullopt;
  }
  if (header.program != program_hash(program)) {
    fault = fmt::format("is of another version of tierworks, whose state may mean another thing; {} of this version",
                        kAgain);
    return std::nullopt;
  }
  if (header.model != model.hash) {
    fault =
        "is of another scenario, or of this one with other values; resume it with the scenario and the `--set`, "
        "`--horizon` and `--warm-up` that it was written with";
    return std::nullopt;
  }
  return SnapshotHead{header.seed, header.replication, {header.at}};
}

bool resume(Simulation& simulation, std::string_view file) {
  return simulation.from_bytes(file.substr(sizeof(Header)));
}

}  // namespace tierworks::world
