// One counter, customers at random, 54 minutes each on average: the mean wait is 8.1 hours.
#include <cstdio>
#include <queue>

#include "core/event/component.h"
#include "core/random/counted_stream.h"
#include "core/stats/tally.h"

using namespace tierworks::core;

struct Arrival {};
struct Departure {};
struct Counter {
  CountedStream arrivals{1, "arrivals"}, services{1, "services"};
  std::queue<Instant> line;  // when they came; the first is being served
  Tally waits;               // hours

  void on(auto& at, const Arrival&) {
    at.send_in(hours(arrivals.exponential(1.0)), Arrival{});
    line.push(at.now());
    if (line.size() == 1) serve(at);
  }
  void on(auto& at, const Departure&) {
    line.pop();
    if (!line.empty()) serve(at);
  }
  void serve(auto& at) {
    waits.add(in_hours(at.now() - line.front()));
    at.send_in(hours(services.exponential(0.9)), Departure{});
  }
};

int main() {
  Counter counter;
  Runner<Counter, Arrival, Departure> run(counter);
  run.send_in(PlaceId{0}, hours(0), Arrival{});
  run.until(Instant{0} + kYear * 500);
  std::printf("mean wait %.3f hours\n", counter.waits.mean());
}
