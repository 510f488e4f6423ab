#include "models/world/spec_hash.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/simulate.h"

namespace tierworks::world {
namespace {

constexpr const char* kShop = R"(
tierworks: 1
title: A shop
time: {horizon: 25 d}
items: {box: {value: 3}, lid: {}}
sites:
  mill: {sells: {box: {quoted: exponential 12 h}}}
  shop: {buys: {box: {from: mill}}, stock: {box: {level: 4}}}
demand: {at: shop, item: box, orders: poisson 4 / d, due: 1 d}
)";

std::uint64_t hash_with(const std::vector<std::string>& overrides) {
  return tests::model_of_text(kShop, overrides)->hash;
}

TEST(SpecHash, ChangesWithEverythingThatARunRestsOn) {
  std::set<std::uint64_t> hashes{hash_with({})};
  const std::vector<std::string> changes{
      "time.horizon=26 d",
      "time.warm_up=1 d",
      "items.box.value=4",
      "sites.mill.sells.box.quoted=exponential 13 h",
      "sites.mill.sells.box.quoted=12 h",
      "sites.mill.sells.box.capacity=90 / d",
      "sites.shop.stock.box.level=5",
      "sites.shop.stock.box.initial=0",
      "sites.shop.stock.box.on_demand=false",
      "sites.shop.stock.box.review=1 d",
      "sites.shop.stock.box.review=1 d from 2 h",
      "sites.shop.buys.box.transit=2 h",
      "sites.shop.region=north",
      "demand.orders=poisson 5 / d",
      "demand.orders=every 6 h",
      "demand.orders=every 6 h from 1 h",
      "demand.size=2",
      "demand.size=discrete 1 60 % or 2 40 %",
      "demand.size=discrete 1 50 % or 2 50 %",
      "demand.unmet=lost",
      "demand.unmet=wait 3 d",
      "demand.due=2 d",
      "money.currency=CNY",
      "money.holding=20 % / yr",
  };
  for (const std::string& change : changes) {
    EXPECT_TRUE(hashes.insert(hash_with({change})).second) << change;
  }
}

TEST(SpecHash, LeavesOutWhatOnlyPeopleReadAndHowOftenARunIsRepeated) {
  EXPECT_EQ(hash_with({"title=Another shop", "sites.shop.description=A corner", "run.replications=7", "run.seed=3"}),
            hash_with({}));
}

}  // namespace
}  // namespace tierworks::world
