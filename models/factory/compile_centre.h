// Work centres: machines and what stops them, where they stand, their set-ups, and the queues in front of them.
#pragma once
#include "models/factory/compile_routing.h"

namespace tierworks::factory {

// All work centres of a site, before its routings.
CentresOfSite compile_centres(const FactorySpec& spec, const Where& where, Factory& factory,
                              common::CompileContext& context, Model& model);
// Set-up times and queues, when it is known which operations a work centre does.
void settle_centres(const CentresOfSite& centres, common::CompileContext& context, Model& model);
// Batches that could never be filled, or never be begun, by what is released; when the releases are known.
void check_batches(const CentresOfSite& centres, const FactorySpec& spec, const Where& where,
                   common::CompileContext& context, const Model& model);

}  // namespace tierworks::factory
