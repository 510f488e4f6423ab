// From what the user wrote of a line and of a made item to the model's rows.
#pragma once
#include "models/common/compile.h"
#include "models/production/model.h"
#include "models/production/spec.h"

namespace tierworks::production {

inline constexpr std::size_t kMostComponents = 255;
// Beyond this many units in a batch, drawing a random time for each of them would cost more than it tells.
inline constexpr double kMostDrawsPerBatch = 10'000;

Line compile_line(const LineSpec& spec, common::CompileContext& context);

// Draws of the yield are named `draws`; all is good if none is stated, but a disruption may change that.
YieldId add_yield(const YieldSpec& spec, core::StreamName draws, common::CompileContext& context, Model& model);

// What must be there for an order of the product, which has its components, to be begun; nothing to say if none is stated.
void compile_kit(const MakesSpec& spec, common::CompileContext& context, Model& model, Product& product);

// The entry as if it were written for this way: what the alternative states instead of what the entry does.
MakesSpec as_written(const MakesSpec& makes, const AlternativeSpec& way);

// Kinds and change-over times of a line that makes these products, by name.
void compile_change_overs(const LineSpec& spec, const std::vector<std::pair<std::string, ProductId>>& products,
                          core::StreamName changing, common::CompileContext& context, Model& model, Line& line);

// Time, batch or lot, and cost of a product; place, stock, line and components are set by the caller.
void compile_product(const MakesSpec& spec, common::CompileContext& context, Product& product);

}  // namespace tierworks::production
