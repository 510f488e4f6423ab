// The windows in which partitions run: how long they last, what ends them, and what is refused.
#include "core/parallel/windows.h"

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/event/kernel.h"

namespace tierworks::core {
namespace {

// Two places that throw a ball to each other; `delay` is how long it flies.
struct Ball {
  std::uint64_t throws = 0;
};
struct Court {
  EventLoop& loop;
  Duration delay;
};
const Dispatch<Court>& ball_games() {
  static const Dispatch<Court> table{{{[](Court& court, const Event& e) {
                                         const PlaceId other{1 - e.to.index};
                                         const EventHandle handle =
                                             court.loop.send(other, court.loop.now() + court.delay, 0, 0,
                                                             Ball{e.as<Ball>().throws + 1});
                                         EXPECT_TRUE(handle.is_none());
                                       },
                                       1}}};
  return table;
}
WindowCounts play(Kernel& kernel, Instant end, Duration lookahead, Duration delay, std::size_t threads = 1) {
  return run_windows(kernel, end, lookahead, threads, [&](std::uint32_t part, Instant window_end) {
    Court court{kernel.loop(part), delay};
    kernel.loop(part).run_before(window_end, court, ball_games());
  });
}
constexpr std::uint32_t kApart[] = {0, 1};

TEST(Windows, BeginWithTheFirstEventAndLastOneLookahead) {
  Kernel kernel;
  kernel.reset(2, kApart, 2);
  kernel.loop(0).send(PlaceId{0}, {5}, 0, 0, Ball{});
  // Caught at 5, 15, .. 95: ten windows of an event each; the last ends with the run.
  EXPECT_EQ(play(kernel, {100}, {10}, {10}).windows, 10U);
  EXPECT_EQ(kernel.events(), 10U);
  EXPECT_EQ(kernel.now().ticks, 100);
  EXPECT_EQ(kernel.pending(), 1U);
  EXPECT_EQ(kernel.least_time().ticks, 105);
  // Nothing happens before 105: one window brings the clocks to the end, all of them.
  EXPECT_EQ(play(kernel, {104}, {10}, {10}).windows, 1U);
  EXPECT_EQ(kernel.loop(0).now().ticks, 104);
  EXPECT_EQ(kernel.loop(1).now().ticks, 104);
  // Where nothing happens no window is spent: two throws in 10,000 ticks.
  EXPECT_EQ(play(kernel, {10'104}, {10}, {5'000}, 2).windows, 3U);
  EXPECT_EQ(kernel.events(), 12U);
}

TEST(Windows, AMessageShorterThanTheLookaheadIsOurBug) {
  for (const std::size_t threads : {1U, 2U}) {
    Kernel kernel;
    kernel.reset(2, kApart, 2);
    kernel.loop(1).act_as(PlaceId{1});
    kernel.loop(1).send(PlaceId{1}, {5}, 0, 0, Ball{});
    EXPECT_THROW(play(kernel, {1'000}, {10}, {9}, threads), Broken);
  }
  Kernel together;  // in one partition any delay will do
  together.reset(2);
  together.loop(0).send(PlaceId{0}, {5}, 0, 0, Ball{});
  Court court{together.loop(0), {1}};
  static const Dispatch<Court> at_home{
      {{[](Court& c, const Event& e) { c.loop.send(PlaceId{1 - e.to.index}, c.loop.now() + c.delay, 0, 0, Ball{}); },
        1}}};
  EXPECT_NO_THROW(together.run_before({1'000}, court, at_home));
  EXPECT_EQ(together.events(), 995U);
}

TEST(Windows, NeedALookahead) {
  Kernel kernel;
  kernel.reset(2, kApart, 2);
  EXPECT_THROW(play(kernel, {10}, {0}, {10}), Broken);
}

TEST(Windows, LetOutWhatAHandlerThrows) {
  for (const std::size_t threads : {1U, 2U, 4U}) {
    Kernel kernel;
    kernel.reset(7, std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6}, 7);
    std::atomic<int> windows_after{0};
    const auto run = [&] {
      run_windows(kernel, {100}, {10}, threads, [&](std::uint32_t part, Instant window_end) {
        if (window_end.ticks > 50) ++windows_after;
        if (part == 3 && window_end.ticks == 50) throw std::runtime_error("third");
        if (part == 5 && window_end.ticks == 50) throw std::runtime_error("fifth");
        struct Nothing {
        } nothing;
        const Dispatch<Nothing> silent{{{[](Nothing&, const Event&) {}, 1}}};
        kernel.loop(part).run_before(window_end, nothing, silent);
      });
    };
    for (int at = 0; at < 100; at += 10) {
      kernel.loop_of(PlaceId{3}).act_as(PlaceId{3});
      kernel.loop_of(PlaceId{3}).send(PlaceId{3}, {at}, 0, 0, Ball{});
    }
    try {
      run();
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "third");  // of several the first partition's
    }
    EXPECT_EQ(windows_after, 0);
  }
}

struct Again {
  std::uint64_t left = 0;
};
struct Carousel {
  EventLoop& loop;
};
const Dispatch<Carousel>& carousel() {
  static const Dispatch<Carousel> table{{{[](Carousel& c, const Event& e) {
                                            const std::uint64_t left = e.as<Again>().left;
                                            if (left > 0) c.loop.send(e.to, c.loop.now(), 0, 0, Again{left - 1});
                                          },
                                          1}}};
  return table;
}

TEST(Windows, EndWithALoopWithoutDelayInOnePartition) {
  for (const std::size_t threads : {1U, 2U}) {
    Kernel kernel;
    kernel.reset(2, kApart, 2);
    for (std::int64_t at = 0; at < 100; at += 10) kernel.loop(0).send(PlaceId{0}, {at}, 0, 0, Again{});
    kernel.loop(1).act_as(PlaceId{1});
    kernel.loop(1).send(PlaceId{1}, {33}, 1, 0, Again{100'000});
    run_windows(kernel, {100}, {5}, threads, [&](std::uint32_t part, Instant window_end) {
      Carousel world{kernel.loop(part)};
      kernel.loop(part).run_before(window_end, world, carousel());
    });
    EXPECT_EQ(kernel.status(), RunStatus::loop_without_delay);
    EXPECT_EQ(kernel.loop(1).now().ticks, 33);
    // Windows begin at 0, 10, 20, 30: what comes later does not happen.
    EXPECT_EQ(kernel.loop(0).events(), 4U);
    EXPECT_EQ(kernel.loop(1).events(), EventKey::kMaxDepth + 1U);
    // It stays so, however the run is split, copied or kept.
    Kernel copy;
    copy.copy_from(kernel);
    EXPECT_EQ(copy.status(), RunStatus::loop_without_delay);
    copy.change_partitions({}, 1);
    EXPECT_EQ(copy.status(), RunStatus::loop_without_delay);
    Transfer writer = Transfer::writer();
    kernel.transfer(writer);
    Transfer reader = Transfer::reader(writer.written());
    Kernel kept;
    kept.transfer(reader);
    ASSERT_TRUE(reader.finished());
    EXPECT_EQ(kept.status(), RunStatus::loop_without_delay);
  }
}

}  // namespace
}  // namespace tierworks::core
