// From what the user wrote of one stock, or one offer, to the model's row; mistakes go to the context's diagnostics.
#pragma once
#include "models/common/compile.h"
#include "models/supply/model.h"
#include "models/supply/spec.h"

namespace tierworks::supply {

// Policy, limits, review, initial stock and costs of `stock`, whose place and item are already set.
void compile_stock(const StockSpec& spec, const common::CarryingRate& holding, common::CompileContext& context,
                   Stock& stock);

Sourcing compile_sourcing(SourcingRule rule);
// Whom a rule prefers if all are able.
std::size_t preferred(const Sourcing& sourcing, const std::vector<SourceView>& sources);
// Stocks whose orders all go to one source, whatever happens; once it is known what disruptions can hit.
void settle_sources(Model& model);
// Limits and validity of one source, and what does not go with the rule by which it is chosen.
void compile_source(const SourceSpec& spec, SourcingRule rule, common::ItemId item, common::CompileContext& context,
                    Source& source);

// When a source takes orders, what it reports, and whether its orders can be called back.
void compile_exchange(const SourceSpec& spec, const BuysSpec& buys, common::Origin origin,
                      common::CompileContext& context, Model& model, Source& source);
// What does not go together in a purchase; `limited`: some supplier takes no more than so much.
void check_purchase(const BuysSpec& buys, bool limited, common::CompileContext& context);

// An allocation that divides goods, and orders that may not be divided.
void cannot_divide(common::Origin origin, common::CompileContext& context);

Offer compile_offer(const SellsSpec& spec, common::ItemId item, common::CompileContext& context);

}  // namespace tierworks::supply
