// What an operations engineer reads of a shop floor.
#pragma once
#include "models/common/kpi.h"

namespace tierworks::factory::kpi {

using common::Kpi;
using common::Unit;

inline constexpr Kpi lots{"lots", Unit::units, "lots finished in the measured time"};
inline constexpr Kpi cycle_time{"cycle_time", Unit::hours,
                                "time from release to the end of the last operation, mean over lots finished", false};
inline constexpr Kpi cycle_time_p95{"cycle_time_p95", Unit::hours, "95 % of the lots finished took at most this long",
                                    false};
inline constexpr Kpi flow_factor{"flow_factor", Unit::ratio,
                                 "cycle time / process time of all its operations, mean over lots finished", false};
inline constexpr Kpi wip{"wip", Unit::units, "lots in the factory, time average", false};
inline constexpr Kpi tardiness{
    "tardiness", Unit::hours,
    "time by which customers' orders, or lots, are late, 0 if they are not; mean over orders delivered, or over lots "
    "finished that have a due date",
    false};
inline constexpr Kpi tardy_share{"tardy_share", Unit::share,
                                 "lots finished after their due date / lots finished that have one", false};
inline constexpr Kpi makespan{"makespan", Unit::hours,
                              "time from the start of the run to the end of the last lot finished", false};
inline constexpr Kpi busy{"busy", Unit::share, "time that machines work / time"};
inline constexpr Kpi down{"down", Unit::share, "time that machines are broken, or wait for the repair crew / time",
                          false};
inline constexpr Kpi setup{"setup", Unit::share, "time that machines are set up for another lot / time", false};
inline constexpr Kpi maintenance{"maintenance", Unit::share, "time of preventive maintenance / time", false};
inline constexpr Kpi setups{"setups", Unit::units, "set-ups begun in the measured time", false};
inline constexpr Kpi batch_fill{"batch_fill", Unit::share,
                                "size of batches / their maximum, mean over batches started"};
inline constexpr Kpi operations{"operations", Unit::units, "operations started in the measured time"};
inline constexpr Kpi queue_time_violations{
    "queue_time_violations", Unit::units,
    "operations that started later after another one than a queue-time limit says, in the measured time", false};
inline constexpr Kpi blocked{"blocked", Unit::share, "time that machines hold a lot for which there is no room / time",
                             false};
inline constexpr Kpi off{"off", Unit::share, "time that machines stand outside shifts or in breaks / time", false};
inline constexpr Kpi oee{"oee", Unit::share,
                         "(time that machines work / time in their shifts) (1 - pieces lost there / pieces processed)"};
inline constexpr Kpi scrap_share{"scrap_share", Unit::share, "pieces lost / pieces lost or finished", false};
inline constexpr Kpi rework{"rework", Unit::ratio, "times that lots went back to an earlier operation / lots finished",
                            false};
inline constexpr Kpi operator_use{
    "operator_use", Unit::share,
    "operators, or tools, that are in use / those whose shift it is, time averages; above 1 where work outlasts "
    "shifts"};
inline constexpr Kpi bottleneck_rank{
    "bottleneck_rank", Unit::ratio,
    "place of a work centre among those of its site by (busy + setup + maintenance + down) / (1 - off): 1 is the "
    "bottleneck; of equals by queue_time; mean over replications",
    false};
inline constexpr Kpi starved{"starved", Unit::share, "time that machines have nothing to do / time", false};
inline constexpr Kpi queue_time{"queue_time", Unit::hours, "wait for a machine, mean over operations started", false};
inline constexpr Kpi queue_length{"queue_length", Unit::units, "lots that wait for a machine, time average", false};

inline constexpr Kpi pool{"pool", Unit::units, "lots that wait to be let into the shop floor, time average", false};
inline constexpr Kpi pool_time{"pool_time", Unit::hours,
                               "time that lots wait to be let into the shop floor, mean over lots let in", false};
inline constexpr Kpi energy{"energy", Unit::kilowatt_hours, "that machines took in the measured time", false};
inline constexpr Kpi cost_energy{"cost_energy", Unit::money,
                                 "energy that machines took x its price, in the measured time", false};

}  // namespace tierworks::factory::kpi
