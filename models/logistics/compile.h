// From what the user wrote of a lane to the model's row.
#pragma once
#include "models/common/compile.h"
#include "models/logistics/model.h"
#include "models/logistics/spec.h"

namespace tierworks::logistics {

// A named lane; its ends are set by the caller.
Lane compile_lane(const LaneSpec& spec, common::CompileContext& context);

// The lane of one purchase alone.
Lane own_lane(const common::TimeDistribution& transit, core::Duration at_least, common::CompileContext& context);

}  // namespace tierworks::logistics
