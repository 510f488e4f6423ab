// One routing: its operations, where lots go after each, and whether they ever leave.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "models/factory/compile.h"

namespace tierworks::factory {

// What routings have to know of the work centres of their site, and what those have to know of the operations.
struct CentresOfSite {
  struct Use {  // of a work centre by an operation
    OperationId operation;
    std::string family;  // of a batch
    const OperationSpec* spec = nullptr;
  };
  struct Entry {
    WorkCentreId id;
    const WorkCentreSpec* spec = nullptr;
    std::vector<std::string> setups;  // the states of its machines
    std::vector<Use> uses;
  };
  std::vector<std::string> names;
  std::vector<Entry> entries;                  // in the order of the names
  std::vector<CrewId> crews;                   // of this site
  std::deque<OperationSpec> ways;              // what is said of operations at other work centres than the one written
  const Field<std::string>* choose = nullptr;  // of ways, unless an operation says otherwise
  bool has_buffers = false;
  bool is_controlled = false;  // by release control
};

// The operators, or tools, of a site by their name; none, and a diagnostic, if nobody is called so.
CrewId crew_named(const std::string& name, common::Origin origin, bool is_tool, const std::vector<CrewId>& crews,
                  common::CompileContext& context, const Model& model);

// Of a routing whose operations are compiled: lots that are divided and put together again; and a way to the end from each of them.
void compile_parts(const RoutingSpec& spec, core::Range operations, const CentresOfSite& centres,
                   common::CompileContext& context, Model& model);
void check_ways_out(const RoutingSpec& spec, core::Range operations, common::CompileContext& context,
                    const Model& model);

// What its operations, from `first` on, ask of later ones.
void compile_ties(const RoutingSpec& spec, std::uint32_t first, common::CompileContext& context, Model& model);

RoutingId compile_routing(const std::string& name, common::Origin origin, const RoutingSpec& spec, const Where& where,
                          CentresOfSite& centres, common::CompileContext& context, Model& model);

}  // namespace tierworks::factory
