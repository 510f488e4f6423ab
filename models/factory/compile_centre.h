// Work centres: machines and what stops them, where they stand, their set-ups, and the queues in front of them.
#pragma once
#include "models/factory/compile_routing.h"

namespace tierworks::factory {

// All work centres of a site, before its routings.
CentresOfSite compile_centres(const FactorySpec& spec, const Where& where, Factory& factory,
                              common::CompileContext& context, Model& model);
// Operators and tools, before the work centres; and who waits for them, when the operations are known.
std::vector<CrewId> compile_crews(const FactorySpec& spec, const Where& where, common::CompileContext& context,
                                  Model& model);
void settle_crews(const CentresOfSite& centres, Model& model);
// The week of a work centre, or, with days off, its days of the whole run; `origin` is where its shifts are written.
void compile_shifts(const WeekTimes& shifts, const WeekTimes& breaks, const DaysOff& days_off, common::Origin origin,
                    WorkCentre& centre, common::CompileContext& context, Model& model);
// Of a crew, likewise; its count becomes that of its largest shift.
void compile_crew_times(const CrewTimes& times, const DaysOff& days_off, common::Origin origin, Crew& crew,
                        common::CompileContext& context, Model& model);
core::Duration longest_shift(const WorkCentre& centre, const Model& model);
// Set-up times and queues, when it is known which operations a work centre does.
void settle_centres(const CentresOfSite& centres, common::CompileContext& context, Model& model);
// When lots are let in; before the releases, which have to fit to it.
void compile_control(const FactorySpec& spec, const Where& where, const CentresOfSite& centres,
                     common::CompileContext& context, Model& model);
// What its rule does not go together with.
void check_control_fits(const FactorySpec& floor, const Where& where, const CentresOfSite& centres,
                        const Control& control, common::CompileContext& context);
// What is built into lots, when the routings are known.
void compile_assembly(const FactorySpec& spec, const CentresOfSite& centres, common::CompileContext& context,
                      Model& model);
// Which work centres keep machines for super-hot lots, before their queues are settled.
void compile_reserves(const FactorySpec& spec, const CentresOfSite& centres, common::CompileContext& context,
                      Model& model);
// What becomes of lots that are too late for an operation, likewise.
void compile_late_ways(const FactorySpec& spec, const CentresOfSite& centres, common::CompileContext& context,
                       Model& model);
// Work centres that pick lots before they start, likewise.
void compile_kits(const CentresOfSite& centres, common::CompileContext& context, Model& model);
// Whence lots come to batches that look ahead, when the queues are settled.
void compile_sources(const CentresOfSite& centres, common::CompileContext& context, Model& model);
// Batches that could never be filled, or never be begun, by what is released; when the releases are known.
void check_batches(const CentresOfSite& centres, const FactorySpec& spec, const Where& where,
                   common::CompileContext& context, const Model& model);

}  // namespace tierworks::factory
