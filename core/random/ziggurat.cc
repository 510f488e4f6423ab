#include "core/random/ziggurat.h"

#include "core/base/math.h"

namespace tierworks::core {
namespace {

// Square root by Newton's method, within an ulp: std::sqrt is no constant expression, and the tables need no more.
constexpr double root(double x) {
  double r = x > 1.0 ? x : 1.0;  // from above the iteration falls until rounding stops it
  for (double next = 0.5 * (r + x / r); next < r; next = 0.5 * (r + x / r)) r = next;
  return r;
}

struct Exponential {
  static constexpr double density(double x) { return det_exp(-x); }
  static constexpr double edge_at(double height) { return -det_log(height); }
};
struct Normal {
  static constexpr double density(double x) { return det_exp(-0.5 * x * x); }
  static constexpr double edge_at(double height) { return root(-2.0 * det_log(height)); }
};

// `tail` is the one edge with which the topmost layer ends at height 1, `area` that of its rectangle and what lies beyond:
// tail density(tail) + the integral of the density from there on.
template <class Law>
constexpr Ziggurat build(double tail, double area) {
  Ziggurat z{};
  z.tail = tail;
  double edge = area / Law::density(tail);
  double next_edge = tail;
  for (int i = 0; i < kZigguratLayers; ++i) {
    z.layers[i] = {static_cast<std::int64_t>(next_edge / edge * 0x1p53), edge * 0x1p-53};
    z.heights[i + 1] = Law::density(next_edge);
    edge = next_edge;
    // Above the last layer but one only the top is left, whose edge is 0.
    next_edge = i + 2 < kZigguratLayers ? Law::edge_at(z.heights[i + 1] + area / edge) : 0.0;
  }
  return z;
}

// How far the topmost layer, given its area, would end from height 1.
constexpr double misses_the_top_by(const Ziggurat& z, double area) {
  const double top_edge = z.layers[kZigguratLayers - 1].width * 0x1p53;
  const double miss = z.heights[kZigguratLayers - 1] + area / top_edge - 1.0;
  return miss < 0 ? -miss : miss;
}

constexpr double kExponentialTail = 0x1.ec9d9297ebb83p+2;  // 7.6971174701310497
constexpr double kExponentialArea = 0x1.02d84bc4b0285p-8;  // (tail + 1) exp(-tail)
constexpr double kNormalTail = 0x1.d3bb48209ad33p+1;       // 3.6541528853610088
constexpr double kNormalArea = 0x1.43016a5a43732p-8;       // tail exp(-tail^2 / 2) + sqrt(pi / 2) erfc(tail / sqrt(2))

// Where within layer's heights an undecided point lies.
double height_in_layer(const Ziggurat& z, std::uint64_t layer, Draw& draw) {
  return z.heights[layer] + draw.uniform() * (z.heights[layer + 1] - z.heights[layer]);
}

// A normal variate, given that it lies beyond `tail` (Marsaglia, 1964).
double beyond(double tail, Draw& draw) {
  for (;;) {
    const double excess = standard_exponential(draw) / tail;
    if (2.0 * standard_exponential(draw) > excess * excess) return tail + excess;
  }
}

}  // namespace

constexpr Ziggurat exponential_ziggurat = build<Exponential>(kExponentialTail, kExponentialArea);
constexpr Ziggurat normal_ziggurat = build<Normal>(kNormalTail, kNormalArea);
static_assert(misses_the_top_by(exponential_ziggurat, kExponentialArea) < 1e-12);
static_assert(misses_the_top_by(normal_ziggurat, kNormalArea) < 1e-12);

namespace ziggurat_detail {

double exponential_after(std::uint64_t word, Draw& draw) {
  const Ziggurat& z = exponential_ziggurat;
  for (double start = 0;; word = draw.word()) {
    const Point point = point_of(z, word);
    if (point.certain) return start + point.x;
    const std::uint64_t layer = word % kZigguratLayers;
    if (layer == 0) {
      start += z.tail;  // no memory: beyond the tail begins another exponential variable
    } else if (height_in_layer(z, layer, draw) < Exponential::density(point.x)) {
      return start + point.x;
    }
  }
}

double normal_after(std::uint64_t word, Draw& draw) {
  const Ziggurat& z = normal_ziggurat;
  for (;; word = draw.word()) {
    const Point point = point_of(z, word);
    if (point.certain) return with_sign_of(word, point.x);
    const std::uint64_t layer = word % kZigguratLayers;
    if (layer == 0) return with_sign_of(word, beyond(z.tail, draw));
    if (height_in_layer(z, layer, draw) < Normal::density(point.x)) return with_sign_of(word, point.x);
  }
}

}  // namespace ziggurat_detail
}  // namespace tierworks::core
