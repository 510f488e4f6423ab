// Names of what a watched run tells of shop floors, as traces and explanations show them.
#pragma once
#include <string>

#include "models/common/shop_watcher.h"
#include "models/world/model.h"

namespace tierworks::cli {

class ShopNames {
 public:
  explicit ShopNames(const world::Model& model) : model_(model) {}

  // `jobs/17`: the 17th of the release; of production orders `board/12.2`, the second lot of the order 12; `jobs/17#2`: the
  // second part of a lot.
  std::string lot(const common::WatchedLot& lot) const;
  const std::string& operation(const common::WatchedLot& lot) const;
  const std::string& product(const common::WatchedLot& lot) const;
  const std::string& site(std::uint32_t centre) const;
  const std::string& centre(std::uint32_t centre) const;
  std::uint32_t centre_of(std::uint32_t machine) const;
  std::uint32_t number_of(std::uint32_t machine) const;  // within its work centre, from 1
  // The lot of such a name; false if no release is called so, or the number makes no sense.
  bool find(const std::string& name, common::WatchedLot& lot) const;

 private:
  const world::Model& model_;
};

// `busy`, `setup`, ... of the factory room's activities.
const char* activity_words(std::uint8_t activity);

}  // namespace tierworks::cli
