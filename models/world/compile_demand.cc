#include "models/demand/compile.h"
#include "models/world/compiler.h"

namespace tierworks::world {

void Compiler::streams() {
  for (const auto& entry : spec_.demand) {
    const auto site = context_.site(*entry.spec.at, entry.spec.at.origin);
    const auto item = context_.item(*entry.spec.item, entry.spec.item.origin);
    if (!site || !item) continue;
    const auto stock = stocks_.find({*site, *item});
    if (stock == stocks_.end()) {
      context_.diagnostics.error(
          entry.spec.item.origin,
          fmt::format("site \"{}\" neither buys nor makes \"{}\", so nothing replenishes what is "
                      "ordered there; expected it under `buys` or `makes`",
                      *entry.spec.at, *entry.spec.item));
      continue;
    }
    demand::Stream stream;
    stream.name = entry.name;
    stream.place = place_of(*site);
    stream.site = *site;
    stream.item = *item;
    stream.stock = stock->second;
    stream.arrivals = core::stream_name(*entry.spec.at, entry.name, "arrivals");
    stream.sizes = core::stream_name(*entry.spec.at, entry.name, "sizes");
    stream.delivery = core::stream_name(*entry.spec.at, entry.name, "delivery");
    stream.substitution = core::stream_name(*entry.spec.at, entry.name, "substitution");
    stream.returns = core::stream_name(*entry.spec.at, entry.name, "returns");
    stream.changes = core::stream_name(*entry.spec.at, entry.name, "changes");
    demand::compile_stream(entry.spec, entry.origin, context_, model_->demand, stream);
    late_trace(entry, stream);
    substitutes(entry.spec, *site, stream);
    model_->demand.streams.add(stream);
  }
}

void Compiler::substitutes(const demand::DemandSpec& spec, SiteId site, demand::Stream& stream) {
  auto& all = model_->demand.substitutes;
  stream.substitutes.first = static_cast<std::uint32_t>(all.size());
  for (const bool in_reserve : {false, true}) {
    for (const auto& entry : in_reserve ? spec.reserve_substitutes : spec.substitutes) {
      substitute(spec, site, entry, in_reserve, stream);
    }
  }
  stream.substitutes.last = static_cast<std::uint32_t>(all.size());
}

void Compiler::substitute(const demand::DemandSpec& spec, SiteId site,
                          const common::Entries<common::Field<double>>::Entry& entry, bool in_reserve,
                          const demand::Stream& stream) {
  const common::Item& wanted = context_.items[stream.item.index];
  const auto item = context_.item(entry.name, entry.origin);
  if (!item) return;
  const auto stock = stocks_.find({site, *item});
  const common::Item& other = context_.items[item->index];
  const auto wrong = [&](const std::string& words) { context_.diagnostics.error(entry.origin, words); };
  if (*item == stream.item) {
    wrong("got the item itself as its substitute, expected another item of the site");
  } else if (stock == stocks_.end()) {
    wrong(fmt::format("site \"{}\" neither buys nor makes \"{}\"; expected a substitute that it has in stock", *spec.at,
                      entry.name));
  } else if (other.resolution != wanted.resolution) {
    wrong(fmt::format(
        "\"{}\" is counted in steps of {} and \"{}\" in steps of {}; expected a substitute of the "
        "same `resolution`",
        other.name, common::number_text(other.resolution), wanted.name, common::number_text(wanted.resolution)));
  } else {
    model_->demand.substitutes.push_back({stock->second, *entry.spec, in_reserve});
    if (in_reserve) model_->demand.reserves = true;
  }
}

void Compiler::late_trace(const common::Entries<demand::DemandSpec>::Entry& entry, const demand::Stream& stream) {
  const core::Instant end = core::Instant{0} + model_->warm_up + model_->horizon;
  std::size_t late = 0;
  for (std::uint32_t i = stream.trace.first; i < stream.trace.last; ++i)
    late += model_->demand.trace[i].at < end ? 0 : 1;
  if (late == 0) return;
  context_.diagnostics.note(
      entry.spec.orders.origin,
      fmt::format("{} of {} rows of the trace lie after the end of the run", late, stream.trace.size()));
}

}  // namespace tierworks::world
