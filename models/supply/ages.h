// Goods that spoil: a stock holds them in classes of one age, and whoever takes some gets those that expire first. Age counts
// from when they are made, or leave an outside supplier, and travels with them; what is set aside for production is as
// good as used.
// Invariant: the classes of a stock add up to what is available in it. Cost: linear in the classes of the stock.
#pragma once
#include "models/supply/events.h"

namespace tierworks::supply {

// A list of one class, as old as the instant.
core::Ref fresh_goods(Run& run, StockId stock, Quantity quantity);

// A list joins the classes of a stock.
void put_ages(Run& run, StockId stock, core::Ref ages);

// The list of so much, first expired first; the caller lowers what is available.
core::Ref take_ages(Run& run, StockId stock, Quantity quantity);
// The same, of goods that go to a customer or to production: nobody asks for their age again.
void forget_ages(Run& run, core::Ref ages);

// So much of all classes of a list, or of a stock, is lost, of each in proportion.
// Gives what is left of the list; of nothing, there is none any more.
Quantity lose_ages(Run& run, core::Ref ages, Quantity quantity);
void lose_ages_of(Run& run, StockId stock, Quantity quantity);

// After ages were put: what is too old by now leaves the stock, and what is not will in time; gives how much left.
Quantity throw_away(Run& run, StockId stock);

}  // namespace tierworks::supply
