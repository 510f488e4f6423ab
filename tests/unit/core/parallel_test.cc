#include "core/parallel/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace tierworks::core {
namespace {

TEST(ForEachParallel, RunsEachTaskOnceWhateverTheNumberOfThreads) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{4}, std::size_t{64}}) {
    std::vector<int> runs(100, 0);
    for_each_parallel(3, 100, threads, [&](std::size_t i, std::size_t) { ++runs[i]; });
    for (std::size_t i = 0; i < runs.size(); ++i) EXPECT_EQ(runs[i], i < 3 ? 0 : 1) << i << " on " << threads;
  }
}

TEST(ForEachParallel, DoesNothingForAnEmptyRange) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    for_each_parallel(5, 5, threads, [](std::size_t, std::size_t) { FAIL(); });
    for_each_parallel(6, 5, threads, [](std::size_t, std::size_t) { FAIL(); });
  }
}

TEST(ForEachParallel, NeverLetsTwoTasksUseOneWorkerAtOnce) {
  constexpr std::size_t kThreads = 4;
  std::vector<std::atomic<int>> inside(kThreads);
  std::atomic<bool> clash{false}, outside{false};
  for_each_parallel(0, 2'000, kThreads, [&](std::size_t, std::size_t worker) {
    if (worker >= kThreads) {
      outside = true;
      return;
    }
    if (inside[worker]++ != 0) clash = true;
    --inside[worker];
  });
  EXPECT_FALSE(clash);
  EXPECT_FALSE(outside);
}

TEST(ForEachParallel, OneThreadRunsTheTasksInOrder) {
  std::vector<std::size_t> order;
  for_each_parallel(0, 5, 1, [&](std::size_t i, std::size_t) { order.push_back(i); });
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(ForEachParallel, WhatATaskThrowsComesOutAndLaterTasksAreNotRun) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    std::atomic<std::size_t> runs{0};
    const auto task = [&](std::size_t i, std::size_t) {
      ++runs;
      if (i == 10) throw std::runtime_error("ten");
    };
    EXPECT_THROW(for_each_parallel(0, 1'000'000, threads, task), std::runtime_error);
    EXPECT_LT(runs, 1'000'000U);
  }
}

TEST(HardwareThreads, AreAtLeastOne) { EXPECT_GE(hardware_threads(), 1U); }

}  // namespace
}  // namespace tierworks::core
