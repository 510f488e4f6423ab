// How a stock is replenished, in the words of `tierworks check`: its policy with its numbers, reviews and limits.
// Cost: text for one stock.
#pragma once
#include <string>

#include "models/world/model.h"

namespace tierworks::world {

// "order up to 120", "(s,S) = (20, 80), every 1 wk", "to order".
std::string policy_in_words(const Model& model, common::StockId stock);
// The highest position that the policy orders up to; not for one without (`has_level`).
bool has_level(const supply::Stock& stock);
common::Quantity level_of(const supply::Stock& stock);

}  // namespace tierworks::world
