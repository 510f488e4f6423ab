// From what the user wrote of one stock, or one offer, to the model's row; mistakes go to the context's diagnostics.
#pragma once
#include "models/common/compile.h"
#include "models/supply/model.h"
#include "models/supply/spec.h"

namespace tierworks::supply {

// Policy, limits, review, initial stock and costs of `stock`, whose place and item are already set.
void compile_stock(const StockSpec& spec, const common::CarryingRate& holding, common::CompileContext& context,
                   Stock& stock);

Offer compile_offer(const SellsSpec& spec, common::ItemId item, common::CompileContext& context);

}  // namespace tierworks::supply
