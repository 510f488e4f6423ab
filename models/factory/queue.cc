#include "models/factory/queue.h"

namespace tierworks::factory {

namespace {

using core::kNoRef;
using core::Ref;

// Both are roots; the loser becomes the first child of the other. Nobody can foresee which, so it is not a jump.
Ref meld(core::Pool<Lot>& lots, Ref a, Ref b, const Order& order) {
  const Ref turn = (a ^ b) & -static_cast<Ref>(order(lots[b], lots[a]));
  const Ref winner = a ^ turn, loser = b ^ turn;
  lots[loser].next = lots[winner].child;
  lots[winner].child = loser;
  return winner;
}

}  // namespace

void add_to_heap(core::Pool<Lot>& lots, Ref& root, Ref lot, const Order& order) {
  Lot& added = lots[lot];
  added.child = added.next = kNoRef;
  root = root == kNoRef ? lot : meld(lots, root, lot, order);
}

Ref take_first_of_heap(core::Pool<Lot>& lots, Ref& root, const Order& order) {
  const Ref first = root;
  // Children are melded in pairs from left to right, and the pairs from right to left.
  Ref pairs = kNoRef;
  for (Ref child = lots[first].child; child != kNoRef;) {
    const Ref second = lots[child].next;
    Ref pair = child;
    if (second == kNoRef) {
      child = kNoRef;
    } else {
      child = lots[second].next;
      pair = meld(lots, pair, second, order);
    }
    lots[pair].next = pairs;
    pairs = pair;
  }
  root = kNoRef;
  while (pairs != kNoRef) {
    const Ref next = lots[pairs].next;
    root = root == kNoRef ? pairs : meld(lots, root, pairs, order);
    pairs = next;
  }
  if (root != kNoRef) lots[root].next = kNoRef;
  return first;
}

void add_to_list(core::Pool<Lot>& lots, Ref& root, Ref lot) {
  Lot& added = lots[lot];
  added.previous = kNoRef;
  added.next = root;
  if (root != kNoRef) lots[root].previous = lot;
  root = lot;
}

void remove_from_list(core::Pool<Lot>& lots, Ref& root, Ref lot) {
  const Lot& removed = lots[lot];
  (removed.previous == kNoRef ? root : lots[removed.previous].next) = removed.next;
  if (removed.next != kNoRef) lots[removed.next].previous = removed.previous;
}

}  // namespace tierworks::factory
