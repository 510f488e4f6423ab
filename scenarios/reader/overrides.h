// `--set path=value`: values of the command line, laid over the tree. A path that names a copy (`sites.shop_3.tier`) can
// only be followed once the copies exist, so each override is tried again after every expansion.
#pragma once
#include <string>
#include <vector>

#include "scenarios/reader/context.h"

namespace tierworks::reader {

class Overrides {
 public:
  // `folder`: that of the scenario file, to which files named in a value are relative.
  Overrides(Context& context, const std::vector<std::string>& texts, const std::string& folder);

  // Applies those whose way exists by now.
  void apply_what_fits(NodeId root);
  // Says of the others where their way ends.
  void report_the_rest(NodeId root);

 private:
  struct Override {
    std::vector<std::string> steps;
    NodeId value = kNoNode;
    bool done = false;
  };
  void read(const std::string& text, const std::string& folder);
  // How far the way leads; all but the last step if it fits. `at` is the node where it ends.
  std::size_t follow(const Override& override, NodeId root, NodeId& at) const;
  void put(Override& override, NodeId root);

  Context& context_;
  std::vector<Override> overrides_;
};

}  // namespace tierworks::reader
