// From what the user wrote of a stream of demand to the model's row.
#pragma once
#include "models/common/compile.h"
#include "models/demand/model.h"
#include "models/demand/spec.h"

namespace tierworks::demand {

// All but place, site, item and stock, which the caller has set in `stream`; a trace goes to the end of `model.trace`.
void compile_stream(const DemandSpec& spec, common::Origin origin, common::CompileContext& context, Model& model,
                    Stream& stream);

}  // namespace tierworks::demand
