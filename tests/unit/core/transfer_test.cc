#include "core/base/transfer.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/pool.h"

namespace tierworks::core {
namespace {

using RowId = Id<struct RowTag>;

struct Row {
  std::int64_t a = 0;
  double b = 0;
  auto operator<=>(const Row&) const = default;
};

struct Box {
  Table<RowId, Row> table;
  std::vector<std::uint16_t> list;
  Pool<Row> pool;

  auto members() { return std::tie(table, list, pool); }
  auto members() const { return std::tie(table, list, pool); }
};

void fill(Box& box) {
  for (int i = 0; i < 5; ++i) box.table.add({i, i / 2.0});
  box.list = {7, 8, 9};
  for (int i = 0; i < 3; ++i) box.pool.allocate(Lane{0}, {10 + i, 0});
  box.pool.release(Lane{0}, 1);
}

std::string bytes_of(Box& box) {
  Transfer writer = Transfer::writer();
  transfer_state(writer, box);
  return writer.written();
}

void expect_filled(const Box& box) {
  ASSERT_EQ(box.table.size(), 5U);
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(box.table[RowId{i}], (Row{i, i / 2.0}));
  EXPECT_EQ(box.list, (std::vector<std::uint16_t>{7, 8, 9}));
  EXPECT_EQ(box.pool.live(), 2U);
  EXPECT_EQ(box.pool[0].a, 10);
  EXPECT_EQ(box.pool[2].a, 12);
}

TEST(Transfer, BringsBackWhatWasWritten) {
  Box box, read;
  fill(box);
  read.table.add({99, 9});
  const std::string bytes = bytes_of(box);
  Transfer reader = Transfer::reader(bytes);
  transfer_state(reader, read);
  EXPECT_TRUE(reader.finished());
  expect_filled(read);
  EXPECT_EQ(read.pool.allocate(Lane{0}), box.pool.allocate(Lane{0}));
}

TEST(Transfer, ACopyOfAStateIsTheSame) {
  Box box, copy;
  fill(box);
  copy.list = {1};
  copy_state(copy, box);
  expect_filled(copy);
  copy.table[RowId{0}].a = 77;
  copy.pool[0].a = 77;
  expect_filled(box);
}

TEST(Transfer, TruncatedBytesFailAtEveryLength) {
  Box box;
  fill(box);
  const std::string bytes = bytes_of(box);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const std::string part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
    Box read;
    Transfer reader = Transfer::reader(part);
    transfer_state(reader, read);
    EXPECT_TRUE(reader.failed()) << n;
    EXPECT_FALSE(reader.finished()) << n;
  }
}

TEST(Transfer, BytesThatAreLeftOverAreAFaultToo) {
  Box box, read;
  fill(box);
  std::string bytes = bytes_of(box);
  bytes.push_back('\0');
  Transfer reader = Transfer::reader(bytes);
  transfer_state(reader, read);
  EXPECT_FALSE(reader.failed());
  EXPECT_FALSE(reader.finished());
}

TEST(Transfer, AHugeLengthIsRefusedBeforeMemoryIsTaken) {
  // 2^61 rows of 8 bytes would be 2^64 bytes: a product that overflows must not pass for 0.
  for (const std::uint64_t length :
       {std::uint64_t{3}, std::uint64_t{1} << 40, std::uint64_t{1} << 61, ~std::uint64_t{0}}) {
    std::string bytes(sizeof length + 16, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    std::vector<std::uint64_t> rows{5};
    Transfer reader = Transfer::reader(bytes);
    reader.rows(rows);
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(rows, (std::vector<std::uint64_t>{5}));
  }
}

TEST(Transfer, AfterAFaultNothingIsRead) {
  const std::string bytes(6, static_cast<char>(1));
  Transfer reader = Transfer::reader(bytes);
  std::uint64_t eight = 7;
  std::uint16_t two = 7;
  reader.value(eight);
  reader.value(two);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(eight, 7U);
  EXPECT_EQ(two, 7U);
}

}  // namespace
}  // namespace tierworks::core
