// Sub-pixel resampling of 8-bit picture planes, and what joins two frames, for WebAssembly SIMD.
//
// The weights are Catmull-Rom's at the exact position of every pixel: nothing is rounded to a whole pixel, so nothing
// jitters. Each source row that a frame needs is resampled across once, and each output row mixes four of
// those. A view along the axes shares the positions across between all rows (`draw_straight`). A turned view is
// taken apart into the same two passes, whose positions then shift from row to row and from column to column
// (`draw_turned`): out(u, v) = between(u, y), between(u, y) = source(x, y), which any small turn allows exactly.
//
// Pixels are kept as p - 128 in a signed byte, and no 32-bit lanes are needed. Along the axes, where nearly all films
// move, pairs of bytes are multiplied by pairs of 7-bit weights at once, and a row resampled across is bytes again: at
// most two levels away from the plain formula in a photo. A turned view weights one byte in the upper half of a 16-bit
// lane at a time, with 14 bits; its resampled rows have 7 bits of fraction, the mix of four rows 6.
//
// Relaxed instructions give the same on every machine for what they are given here: a swizzle's index is below 16 or
// has its top bit set, a lane is selected by all its bits or none, no rounding multiplication is one of -32768 by
// itself, and a pair's weights are below 128.
//
// Built by build.sh; the layout of the planes in memory is kernel.ts's.
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define MAX_WIDTH 4096 // of the output; kernel.ts refuses more
#define BLOCK 8        // output pixels that share one 16-byte load of the source
#define PADDING 16     // bytes left and right of a source row, the edge pixel repeated


static double floor_of(double value) {
  double whole = (double)(int32_t)value;
  return whole > value ? whole - 1 : whole;
}

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

static double catmull_rom(double distance) {
  double x = distance < 0 ? -distance : distance;
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  if (x < 2) return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2;
  return 0;
}

// A constant for a loop. V8 would put a constant that it knows together anew each time round, which takes longer than
// what it is used for; this one it keeps in a register. (Measured: a third of the time of `draw_straight`.)
static v128_t kept(int32_t lane) {
  __asm__("" : "+r"(lane));
  return wasm_i16x8_splat((int16_t)lane);
}

static v128_t weighted(v128_t values, v128_t weights) { return wasm_i16x8_relaxed_q15mulr(values, weights); }

// ---- Views along the axes ----

#define BATCH 4 // source rows that share one load of a block's weights
#define RING 8  // resampled rows that are kept: four for the mix, and the next batch

#define WHOLE 127    // a weight of 1: the most that seven bits hold
#define BY_WHOLE 258 // 32768 / WHOLE: `weighted` with it divides by WHOLE, so that every whole level stays what it is

// Of the two taps beside the place, and of the two beyond those, which are less than nothing and are held positive.
typedef struct {
  uint8_t inner[2], outer[2];
} TapWeights;

// Rounding must not darken or brighten: inner less outer is WHOLE.
static TapWeights tap_weights_at(double fraction) {
  TapWeights weights;
  weights.outer[0] = (uint8_t)(0.5 - catmull_rom(1 + fraction) * WHOLE);
  weights.outer[1] = (uint8_t)(0.5 - catmull_rom(2 - fraction) * WHOLE);
  int32_t inner = WHOLE + weights.outer[0] + weights.outer[1];
  weights.inner[0] = (uint8_t)clamp((int32_t)(catmull_rom(fraction) * WHOLE + 0.5), inner - WHOLE, WHOLE);
  weights.inner[1] = (uint8_t)(inner - weights.inner[0]);
  return weights;
}

// Eight pixels of p - 128, from pairs of bytes and pairs of weights. `by_whole` is BY_WHOLE in every lane.
static v128_t eight_of_pairs(v128_t inner, v128_t outer, v128_t inner_weights, v128_t outer_weights,
                             v128_t by_whole) {
  return weighted(wasm_i16x8_sub(wasm_i16x8_relaxed_dot_i8x16_i7x16(inner, inner_weights),
                                 wasm_i16x8_relaxed_dot_i8x16_i7x16(outer, outer_weights)),
                  by_whole);
}

typedef struct {
  v128_t inner, outer; // which source bytes become the pairs
  v128_t inner_weights, outer_weights;
} Block;
static Block blocks[MAX_WIDTH / BLOCK];
static int32_t block_start[MAX_WIDTH / BLOCK];
static int8_t ring[RING][MAX_WIDTH] __attribute__((aligned(16))); // source row r is kept in ring[r & 7]

static void plan_columns(int32_t source_width, double x0, double step, int32_t count) {
  for (int32_t block = 0; block < count; block++) {
    int32_t start = clamp((int32_t)floor_of(x0 + block * BLOCK * step) - 1, -PADDING, source_width + PADDING - 16);
    uint8_t *inner = (uint8_t *)&blocks[block].inner, *inner_weights = (uint8_t *)&blocks[block].inner_weights;
    uint8_t *outer = (uint8_t *)&blocks[block].outer, *outer_weights = (uint8_t *)&blocks[block].outer_weights;
    block_start[block] = start;
    for (int pixel = 0; pixel < BLOCK; pixel++) {
      double x = x0 + (block * BLOCK + pixel) * step;
      double whole = floor_of(x);
      int32_t first = clamp((int32_t)whole - 1 - start, 0, 12);
      TapWeights weights = tap_weights_at(x - whole);
      for (int side = 0; side < 2; side++) {
        int at = 2 * pixel + side;
        inner[at] = (uint8_t)(first + 1 + side);
        outer[at] = (uint8_t)(first + 3 * side);
        inner_weights[at] = weights.inner[side];
        outer_weights[at] = weights.outer[side];
      }
    }
  }
}

static v128_t eight_across_straight(const uint8_t *from, const Block *b, v128_t by_whole) {
  v128_t pixels = wasm_v128_load(from);
  return eight_of_pairs(wasm_i8x16_relaxed_swizzle(pixels, b->inner), wasm_i8x16_relaxed_swizzle(pixels, b->outer),
                        b->inner_weights, b->outer_weights, by_whole);
}

// Resamples BATCH source rows from `first` on; above and below the picture its first and last row go on.
static void resample_batch(const uint8_t *source, int32_t stride, int32_t source_height, int32_t first,
                           int32_t count) {
  const v128_t by_whole = kept(BY_WHOLE);
  const uint8_t *from[BATCH];
  int8_t *to[BATCH];
  for (int row = 0; row < BATCH; row++) {
    from[row] = source + (ptrdiff_t)clamp(first + row, 0, source_height - 1) * stride;
    to[row] = ring[(first + row) & (RING - 1)];
  }
  for (int32_t block = 0; block < count; block += 2) {
    const Block low = blocks[block], high = blocks[block + 1];
    int32_t low_start = block_start[block], high_start = block_start[block + 1];
#pragma clang loop unroll(full)
    for (int row = 0; row < BATCH; row++)
      wasm_v128_store(to[row] + block * BLOCK,
                      wasm_i8x16_narrow_i16x8(eight_across_straight(from[row] + low_start, &low, by_whole),
                                              eight_across_straight(from[row] + high_start, &high, by_whole)));
  }
}

static v128_t low_pairs(v128_t a, v128_t b) {
  return wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

static v128_t high_pairs(v128_t a, v128_t b) {
  return wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

static v128_t splat_pair(const uint8_t pair[2]) { return wasm_i16x8_splat((int16_t)(pair[0] | pair[1] << 8)); }

// Output pixel (u, v) is the source at (x0 + u * step_x, y0 + v * step_y), in source pixels, 0 = the centre of the
// first. `source` points at that first pixel; `step_x` is at most 1.5, or a block would need more than 16 bytes.
// Rows are written in steps of 16 bytes, so up to 15 bytes after the plane are written too.
__attribute__((export_name("draw_straight"))) void
draw_straight(const uint8_t *source, int32_t stride, int32_t source_width, int32_t source_height, double x0,
              double step_x, double y0, double step_y, uint8_t *out, int32_t width, int32_t height) {
  const v128_t by_whole = kept(BY_WHOLE), sign = kept(0x8080);
  int32_t count = (width + 15) / 16 * 2;
  int32_t resampled = INT32_MIN / 2; // the last source row in the ring
  plan_columns(source_width, x0, step_x, count);
  for (int32_t v = 0; v < height; v++) {
    double y = y0 + v * step_y;
    int32_t row = (int32_t)floor_of(y);
    if (resampled < row - 2) resampled = row - 2;
    for (; resampled < row + 2; resampled += BATCH)
      resample_batch(source, stride, source_height, resampled + 1, count);
    TapWeights weights = tap_weights_at(y - row);
    const v128_t inner = splat_pair(weights.inner), outer = splat_pair(weights.outer);
    const int8_t *r0 = ring[(row - 1) & (RING - 1)], *r1 = ring[row & (RING - 1)];
    const int8_t *r2 = ring[(row + 1) & (RING - 1)], *r3 = ring[(row + 2) & (RING - 1)];
    uint8_t *line = out + (ptrdiff_t)v * width;
    for (int32_t x = 0; x < width; x += 16) {
      v128_t a = wasm_v128_load(r0 + x), b = wasm_v128_load(r1 + x), c = wasm_v128_load(r2 + x),
             d = wasm_v128_load(r3 + x);
      v128_t low = eight_of_pairs(low_pairs(b, c), low_pairs(a, d), inner, outer, by_whole);
      v128_t high = eight_of_pairs(high_pairs(b, c), high_pairs(a, d), inner, outer, by_whole);
      wasm_v128_store(line + x, wasm_v128_xor(wasm_i8x16_narrow_i16x8(low, high), sign));
    }
  }
}

// ---- Turned views ----

#define STRIP 544       // output columns that are done together, so that their resampled rows stay in the cache
#define STRIP_RING 128  // rows: a strip passes over up to STRIP / 7 + 5 at once, by the limit on `y_u` below
#define X_BITS 11       // fraction of a place across in a 16-bit lane; 4 bits are the place
#define Y_BITS 14       // and of a place down; 1 bit is the place
#define ONE 16384       // a weight of 1
#define PIXEL_BITS 6    // fraction of a pixel that four rows were mixed to

// Five rows that follow each other in the source follow here too: the first four stand again behind the last.
static int16_t strip_ring[STRIP_RING + 4][STRIP] __attribute__((aligned(16)));

typedef struct {
  v128_t w[4];
} Weights;

// Catmull-Rom in 16-bit lanes: `fraction` has 14 bits. w0 and w3 are the outer taps' polynomials; the inner two follow
// from those, as they all add up to one.
static Weights weights_in_lanes(v128_t fraction, v128_t one) {
  v128_t t = wasm_i16x8_shl(fraction, 1);
  v128_t t2 = wasm_i16x8_relaxed_q15mulr(t, t), t3 = wasm_i16x8_relaxed_q15mulr(t2, t);
  v128_t w3 = wasm_i16x8_shr(wasm_i16x8_sub(t3, t2), 2);
  v128_t w0 = wasm_i16x8_shr(wasm_i16x8_sub(wasm_i16x8_sub(wasm_i16x8_add(t2, t2), t3), t), 2);
  v128_t w2 = wasm_i16x8_sub(wasm_i16x8_add(fraction, w0), wasm_i16x8_add(w3, w3));
  v128_t w1 = wasm_i16x8_sub(wasm_i16x8_sub(one, wasm_i16x8_add(w0, w2)), w3);
  return (Weights){{w0, w1, w2, w3}};
}

static v128_t sum_of_four(v128_t a, v128_t b, v128_t c, v128_t d) {
  return wasm_i16x8_add(wasm_i16x8_add(a, b), wasm_i16x8_add(c, d));
}

static v128_t eight_across(v128_t pixels, const v128_t taps[4], const v128_t weights[4]) {
  return sum_of_four(weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[0]), weights[0]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[1]), weights[1]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[2]), weights[2]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[3]), weights[3]));
}

static v128_t lanes_of(double step, double from, int bits) {
  int16_t lanes[8];
  for (int lane = 0; lane < 8; lane++) lanes[lane] = (int16_t)((lane * step + from) * (1 << bits) + 0.5);
  return wasm_v128_load(lanes);
}

// One source row for the `count` blocks from x on, which is a fixed-point number of 32 bits fraction.
static void resample_strip_row(const uint8_t *source, int32_t source_width, int64_t x, int64_t block_step,
                               v128_t lanes, int16_t *row, int32_t count) {
  const v128_t low = kept(0x80), next = kept(0x100);
  const v128_t place = kept(0x0f00), last = kept(12 << X_BITS);
  const v128_t fraction = kept((1 << X_BITS) - 1), one = kept(ONE);
  for (int32_t block = 0; block < count; block++, x += block_step) {
    int32_t wanted = (int32_t)(x >> 32) - 1;
    int32_t start = clamp(wanted, -PADDING, source_width + PADDING - 16);
    // Where the first lane's first tap lies after `start`. Only beyond the picture is that not in 0…1.
    int32_t first = clamp(wanted - start, -16, 15) * (1 << X_BITS) + (int32_t)((uint32_t)x >> (32 - X_BITS));
    v128_t at = wasm_i16x8_add_sat(wasm_i16x8_splat((int16_t)first), lanes);
    at = wasm_i16x8_min(wasm_i16x8_max(at, wasm_i16x8_const_splat(0)), last);
    v128_t tap = wasm_v128_or(wasm_v128_and(wasm_i16x8_shr(at, X_BITS - 8), place), low);
    Weights weights = weights_in_lanes(wasm_i16x8_shl(wasm_v128_and(at, fraction), 14 - X_BITS), one);
    v128_t tap1 = wasm_i16x8_add(tap, next), tap2 = wasm_i16x8_add(tap1, next);
    const v128_t taps[4] = {tap, tap1, tap2, wasm_i16x8_add(tap2, next)};
    wasm_v128_store(row + block * BLOCK, eight_across(wasm_v128_load(source + start), taps, weights.w));
  }
}

// Eight pixels whose places down, in lanes, reach from `rows[0]`'s next row over less than two rows.
static v128_t eight_down_turned(const int16_t *rows, v128_t at, v128_t fraction, v128_t one) {
  v128_t is_next = wasm_i16x8_shr(wasm_i16x8_shl(at, 15 - Y_BITS), 15);
  Weights four = weights_in_lanes(wasm_v128_and(at, fraction), one);
  v128_t mixed = weighted(wasm_v128_load(rows), wasm_v128_andnot(four.w[0], is_next));
  for (int row = 1; row < 4; row++)
    mixed = wasm_i16x8_add(mixed, weighted(wasm_v128_load(rows + row * STRIP),
                                           wasm_i16x8_relaxed_laneselect(four.w[row - 1], four.w[row], is_next)));
  return wasm_i16x8_add(mixed, weighted(wasm_v128_load(rows + 4 * STRIP), wasm_v128_and(four.w[3], is_next)));
}

static int64_t fixed(double value) { return (int64_t)(value * 4294967296.0); }
static double least(double a, double b) { return a < b ? a : b; }

// Output pixel (u, v) is the source at y = y0 + u * y_u + v * y_v; the source's row y is sampled for it at
// x = x0 + u * x_u + y * x_y. `x_u` is at most 1.5 and `y_u` less than 1/7 in size, so that eight pixels beside each
// other need no more than 16 source pixels across and five rows. Writes up to 15 bytes after the plane.
__attribute__((export_name("draw_turned"))) void draw_turned(const uint8_t *source, int32_t stride,
                                                             int32_t source_width, int32_t source_height, double x0,
                                                             double x_u, double x_y, double y0, double y_u, double y_v,
                                                             uint8_t *out, int32_t width, int32_t height) {
  const v128_t lanes_across = lanes_of(x_u, 0, X_BITS);
  double highest_lane = least(0, 7 * y_u);
  const v128_t lanes_down = lanes_of(y_u, -highest_lane, Y_BITS);
  int64_t y_block = fixed(BLOCK * y_u);
  const v128_t fraction = kept((1 << Y_BITS) - 1), one = kept(ONE);
  const v128_t to_pixels = kept(1 << (15 - PIXEL_BITS));
  const v128_t sign = kept(0x8080);
  // From right to left: what a row writes too much after the plane's last column is written over by the first strip.
  for (int32_t u0 = (width - 1) / STRIP * STRIP; u0 >= 0; u0 -= STRIP) {
    int32_t columns = width - u0 < STRIP ? width - u0 : STRIP;
    int32_t count = (columns + 15) / 16 * 2;
    double top = y0 + u0 * y_u;
    double reach = count * BLOCK * y_u; // how far down the strip's far end lies
    int32_t resampled = (int32_t)floor_of(top + least(0, reach)) - 3;
    for (int32_t v = 0; v < height; v++) {
      double y = top + v * y_v;
      int32_t needed = (int32_t)floor_of(y - least(0, -reach)) + 3;
      while (resampled < needed) {
        resampled++;
        const uint8_t *row = source + (ptrdiff_t)clamp(resampled, 0, source_height - 1) * stride;
        int16_t *to = strip_ring[resampled & (STRIP_RING - 1)];
        resample_strip_row(row, source_width, fixed(x0 + u0 * x_u + resampled * x_y), fixed(BLOCK * x_u),
                           lanes_across, to, count);
        if ((resampled & (STRIP_RING - 1)) < 4) __builtin_memcpy(to + STRIP_RING * STRIP, to, sizeof strip_ring[0]);
      }
      int64_t at = fixed(y + highest_lane);
      uint8_t *line = out + (ptrdiff_t)v * width + u0;
      for (int32_t block = 0; block < count; block += 2) {
        v128_t halves[2];
        for (int half = 0; half < 2; half++, at += y_block) {
          const int16_t *rows = strip_ring[((int32_t)(at >> 32) - 1) & (STRIP_RING - 1)] + (block + half) * BLOCK;
          v128_t places = wasm_i16x8_splat((int16_t)((uint32_t)at >> (32 - Y_BITS)));
          halves[half] = weighted(eight_down_turned(rows, wasm_i16x8_add(places, lanes_down), fraction, one), to_pixels);
        }
        wasm_v128_store(line + block * BLOCK, wasm_v128_xor(wasm_i8x16_narrow_i16x8(halves[0], halves[1]), sign));
      }
    }
  }
}

// ---- Pictures in, frames joined ----

// Makes a plane whose rows already lie in place ready to be drawn from: signed, and its edge pixels repeated.
__attribute__((export_name("prepare"))) void prepare(uint8_t *plane, int32_t stride, int32_t width, int32_t height) {
  for (int32_t y = 0; y < height; y++) {
    uint8_t *row = plane + (ptrdiff_t)y * stride;
    for (int32_t x = 0; x < width; x++) row[x] ^= 0x80;
    __builtin_memset(row - PADDING, row[0], PADDING);
    __builtin_memset(row + width, row[width - 1], PADDING);
  }
}

#define MIX_BITS 7 // fraction of a pixel while two are mixed

// below + (above - below) * weight, for eight pixels; a weight is negative, -32768 for all of `above`.
static v128_t eight_mixed(v128_t below, v128_t above, v128_t weights, v128_t to_pixels) {
  v128_t change = weighted(wasm_i16x8_shl(wasm_i16x8_sub(below, above), MIX_BITS), weights);
  return weighted(wasm_i16x8_add(wasm_i16x8_shl(below, MIX_BITS), change), to_pixels);
}

// Mixes `above` into `below`, with a weight for each column. What is left of a row after whole steps of 16 pixels is
// mixed one by one: a pixel must not be mixed twice.
__attribute__((export_name("mix"))) void mix(uint8_t *below, const uint8_t *above, const int16_t *weights,
                                             int32_t width, int32_t height) {
  const v128_t to_pixels = kept(1 << (15 - MIX_BITS));
  for (int32_t y = 0; y < height; y++, below += width, above += width) {
    int32_t x = 0;
    for (; x + 16 <= width; x += 16) {
      v128_t a = wasm_v128_load(below + x), b = wasm_v128_load(above + x);
      v128_t low = eight_mixed(wasm_u16x8_extend_low_u8x16(a), wasm_u16x8_extend_low_u8x16(b),
                               wasm_v128_load(weights + x), to_pixels);
      v128_t high = eight_mixed(wasm_u16x8_extend_high_u8x16(a), wasm_u16x8_extend_high_u8x16(b),
                                wasm_v128_load(weights + x + 8), to_pixels);
      wasm_v128_store(below + x, wasm_u8x16_narrow_i16x8(low, high));
    }
    for (; x < width; x++) {
      int32_t change = ((below[x] - above[x]) * (1 << MIX_BITS) * weights[x] + (1 << 14)) >> 15;
      below[x] = (uint8_t)((below[x] * (1 << MIX_BITS) + change + (1 << (MIX_BITS - 1))) >> MIX_BITS);
    }
  }
}

// Moves each row of `below` out to the left by `columns`, and `above` in behind it.
__attribute__((export_name("push"))) void push(uint8_t *below, const uint8_t *above, int32_t columns, int32_t width,
                                               int32_t height) {
  for (int32_t y = 0; y < height; y++, below += width, above += width) {
    __builtin_memmove(below, below + columns, (size_t)(width - columns));
    __builtin_memcpy(below + width - columns, above, (size_t)columns);
  }
}

extern uint8_t __heap_base;
__attribute__((export_name("heap"))) uint8_t *heap(void) { return &__heap_base; }
