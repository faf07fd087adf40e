// Sub-pixel resampling of 8-bit picture planes, and what joins two frames, for WebAssembly SIMD.
//
// The weights are Catmull-Rom's, 14 bits, at the exact position of every pixel: nothing is rounded to a whole pixel,
// so nothing jitters. Each source row that a frame needs is resampled across once, and each output row mixes four of
// those. A view along the axes shares the positions across between all rows (`draw_straight`). A turned view is
// taken apart into the same two passes, whose positions then shift from row to row and from column to column
// (`draw_turned`): out(u, v) = between(u, y), between(u, y) = source(x, y), which any small turn allows exactly.
//
// Pixels are kept as p - 128 in a signed byte. A swizzle puts such a byte into the upper half of a 16-bit lane, and
// one rounding multiplication weights it, so no 32-bit lanes are needed: a resampled row has 7 bits of fraction,
// the mix of four rows 6. Relaxed instructions give the same on every machine for what they are given here: a
// swizzle's index is below 16 or has its top bit set, a lane is selected by all its bits or none, and no multiplication
// is one of -32768 by itself.
//
// Built by build.sh; the layout of the planes in memory is kernel.ts's.
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define MAX_WIDTH 4096 // of the output; kernel.ts refuses more
#define BLOCK 8        // output pixels that share one 16-byte load of the source
#define PADDING 16     // bytes left and right of a source row, the edge pixel repeated

#define ONE 16384 // a weight of 1
#define ROW_BITS 7
#define PIXEL_BITS 6

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

// The four weights at `fraction` past the second tap. Rounding must not darken or brighten: they add up to one.
static void weights_at(double fraction, int16_t weights[4]) {
  int32_t left = ONE;
  for (int tap = 0; tap < 4; tap++) {
    double weight = catmull_rom(fraction + 1 - tap) * ONE;
    weights[tap] = (int16_t)(weight < 0 ? weight - 0.5 : weight + 0.5);
    left -= weights[tap];
  }
  weights[fraction < 0.5 ? 1 : 2] += left;
}

static v128_t weighted(v128_t values, v128_t weights) { return wasm_i16x8_relaxed_q15mulr(values, weights); }

static v128_t sum_of_four(v128_t a, v128_t b, v128_t c, v128_t d) {
  return wasm_i16x8_add(wasm_i16x8_add(a, b), wasm_i16x8_add(c, d));
}

// Rounds a mix of rows to p - 128 in 16 bits; what is below or above a byte is cut off when it is narrowed.
static v128_t whole_pixels(v128_t mixed) {
  return wasm_i16x8_shr(wasm_i16x8_add(mixed, wasm_i16x8_splat(1 << (PIXEL_BITS - 1))), PIXEL_BITS);
}

static v128_t narrow(v128_t low, v128_t high) {
  return wasm_v128_xor(wasm_i8x16_narrow_i16x8(low, high), wasm_u8x16_const_splat(0x80));
}

// ---- Views along the axes ----

#define BATCH 4 // source rows that share one load of a block's weights
#define RING 8  // resampled rows that are kept: four for the mix, and the next batch

typedef struct {
  v128_t taps[4]; // which source byte goes to the upper half of which lane
  v128_t weights[4];
} Block;
static Block blocks[MAX_WIDTH / BLOCK];
static int32_t block_start[MAX_WIDTH / BLOCK];
static int16_t ring[RING][MAX_WIDTH] __attribute__((aligned(16))); // source row r is kept in ring[r & 7]

static void plan_columns(int32_t source_width, double x0, double step, int32_t count) {
  for (int32_t block = 0; block < count; block++) {
    int32_t start = clamp((int32_t)floor_of(x0 + block * BLOCK * step) - 1, -PADDING, source_width + PADDING - 16);
    uint8_t *taps = (uint8_t *)blocks[block].taps;
    int16_t *weights = (int16_t *)blocks[block].weights;
    block_start[block] = start;
    for (int pixel = 0; pixel < BLOCK; pixel++) {
      double x = x0 + (block * BLOCK + pixel) * step;
      double whole = floor_of(x);
      int32_t first = clamp((int32_t)whole - 1 - start, 0, 12);
      int16_t four[4];
      weights_at(x - whole, four);
      for (int tap = 0; tap < 4; tap++) {
        taps[tap * 16 + pixel * 2] = 0x80; // a zero
        taps[tap * 16 + pixel * 2 + 1] = (uint8_t)(first + tap);
        weights[tap * 8 + pixel] = four[tap];
      }
    }
  }
}

static v128_t eight_across(v128_t pixels, const v128_t taps[4], const v128_t weights[4]) {
  return sum_of_four(weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[0]), weights[0]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[1]), weights[1]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[2]), weights[2]),
                     weighted(wasm_i8x16_relaxed_swizzle(pixels, taps[3]), weights[3]));
}

// Resamples BATCH source rows from `first` on; above and below the picture its first and last row go on.
static void resample_batch(const uint8_t *source, int32_t stride, int32_t source_height, int32_t first,
                           int32_t count) {
  const uint8_t *from[BATCH];
  int16_t *to[BATCH];
  for (int row = 0; row < BATCH; row++) {
    from[row] = source + (ptrdiff_t)clamp(first + row, 0, source_height - 1) * stride;
    to[row] = ring[(first + row) & (RING - 1)];
  }
  for (int32_t block = 0; block < count; block++) {
    const Block b = blocks[block];
    int32_t start = block_start[block];
#pragma clang loop unroll(full)
    for (int row = 0; row < BATCH; row++)
      wasm_v128_store(to[row] + block * BLOCK, eight_across(wasm_v128_load(from[row] + start), b.taps, b.weights));
  }
}

static v128_t eight_down(const int16_t *r[4], int32_t x, const v128_t w[4]) {
  return whole_pixels(sum_of_four(weighted(wasm_v128_load(r[0] + x), w[0]), weighted(wasm_v128_load(r[1] + x), w[1]),
                                  weighted(wasm_v128_load(r[2] + x), w[2]), weighted(wasm_v128_load(r[3] + x), w[3])));
}

// Output pixel (u, v) is the source at (x0 + u * step_x, y0 + v * step_y), in source pixels, 0 = the centre of the
// first. `source` points at that first pixel; `step_x` is at most 1.5, or a block would need more than 16 bytes.
// Rows are written in steps of 16 bytes, so up to 15 bytes after the plane are written too.
__attribute__((export_name("draw_straight"))) void
draw_straight(const uint8_t *source, int32_t stride, int32_t source_width, int32_t source_height, double x0,
              double step_x, double y0, double step_y, uint8_t *out, int32_t width, int32_t height) {
  int32_t count = (width + 15) / 16 * 2;
  int32_t resampled = INT32_MIN / 2; // the last source row in the ring
  plan_columns(source_width, x0, step_x, count);
  for (int32_t v = 0; v < height; v++) {
    double y = y0 + v * step_y;
    int32_t row = (int32_t)floor_of(y);
    if (resampled < row - 2) resampled = row - 2;
    for (; resampled < row + 2; resampled += BATCH)
      resample_batch(source, stride, source_height, resampled + 1, count);
    int16_t four[4];
    weights_at(y - row, four);
    const v128_t w[4] = {wasm_i16x8_splat(four[0]), wasm_i16x8_splat(four[1]), wasm_i16x8_splat(four[2]),
                         wasm_i16x8_splat(four[3])};
    const int16_t *r[4] = {ring[(row - 1) & (RING - 1)], ring[row & (RING - 1)], ring[(row + 1) & (RING - 1)],
                           ring[(row + 2) & (RING - 1)]};
    uint8_t *line = out + (ptrdiff_t)v * width;
    for (int32_t x = 0; x < width; x += 16)
      wasm_v128_store(line + x, narrow(eight_down(r, x, w), eight_down(r, x + 8, w)));
  }
}

// ---- Turned views ----

#define STRIP 544       // output columns that are done together, so that their resampled rows stay in the cache
#define STRIP_RING 128  // rows: a strip passes over up to STRIP / 7 + 5 at once, by the limit on `y_u` below
#define X_BITS 11       // fraction of a place across in a 16-bit lane; 4 bits are the place
#define Y_BITS 14       // and of a place down; 1 bit is the place

// Five rows that follow each other in the source follow here too: the first four stand again behind the last.
static int16_t strip_ring[STRIP_RING + 4][STRIP] __attribute__((aligned(16)));

typedef struct {
  v128_t w[4];
} Weights;

// Catmull-Rom in 16-bit lanes: `fraction` has 14 bits. w0 and w3 are the outer taps' polynomials; the inner two follow
// from those, as they all add up to one.
static Weights weights_in_lanes(v128_t fraction) {
  v128_t t = wasm_i16x8_shl(fraction, 1);
  v128_t t2 = wasm_i16x8_relaxed_q15mulr(t, t), t3 = wasm_i16x8_relaxed_q15mulr(t2, t);
  v128_t w3 = wasm_i16x8_shr(wasm_i16x8_sub(t3, t2), 2);
  v128_t w0 = wasm_i16x8_shr(wasm_i16x8_sub(wasm_i16x8_sub(wasm_i16x8_add(t2, t2), t3), t), 2);
  v128_t w2 = wasm_i16x8_sub(wasm_i16x8_add(fraction, w0), wasm_i16x8_add(w3, w3));
  v128_t w1 = wasm_i16x8_sub(wasm_i16x8_sub(wasm_i16x8_splat(ONE), wasm_i16x8_add(w0, w2)), w3);
  return (Weights){{w0, w1, w2, w3}};
}

static v128_t lanes_of(double step, double from, int bits) {
  int16_t lanes[8];
  for (int lane = 0; lane < 8; lane++) lanes[lane] = (int16_t)((lane * step + from) * (1 << bits) + 0.5);
  return wasm_v128_load(lanes);
}

// One source row for the `count` blocks from x on, which is a fixed-point number of 32 bits fraction.
static void resample_strip_row(const uint8_t *source, int32_t source_width, int64_t x, int64_t block_step,
                               v128_t lanes, int16_t *row, int32_t count) {
  const v128_t low = wasm_i16x8_const_splat(0x80), next = wasm_i16x8_const_splat(0x100);
  for (int32_t block = 0; block < count; block++, x += block_step) {
    int32_t wanted = (int32_t)(x >> 32) - 1;
    int32_t start = clamp(wanted, -PADDING, source_width + PADDING - 16);
    // Where the first lane's first tap lies after `start`. Only beyond the picture is that not in 0…1.
    int32_t first = clamp(wanted - start, -16, 15) * (1 << X_BITS) + (int32_t)((uint32_t)x >> (32 - X_BITS));
    v128_t at = wasm_i16x8_add_sat(wasm_i16x8_splat((int16_t)first), lanes);
    at = wasm_i16x8_min(wasm_i16x8_max(at, wasm_i16x8_const_splat(0)), wasm_i16x8_const_splat(12 << X_BITS));
    v128_t tap = wasm_v128_or(
        wasm_v128_and(wasm_i16x8_shr(at, X_BITS - 8), wasm_i16x8_const_splat(0x0f00)), low);
    Weights weights = weights_in_lanes(wasm_i16x8_shl(
        wasm_v128_and(at, wasm_i16x8_const_splat((1 << X_BITS) - 1)), 14 - X_BITS));
    v128_t tap1 = wasm_i16x8_add(tap, next), tap2 = wasm_i16x8_add(tap1, next);
    const v128_t taps[4] = {tap, tap1, tap2, wasm_i16x8_add(tap2, next)};
    wasm_v128_store(row + block * BLOCK, eight_across(wasm_v128_load(source + start), taps, weights.w));
  }
}

// Eight pixels whose places down, in lanes, reach from `rows[0]`'s next row over less than two rows.
static v128_t eight_down_turned(const int16_t *rows, v128_t at) {
  v128_t is_next = wasm_i16x8_shr(wasm_i16x8_shl(at, 15 - Y_BITS), 15);
  v128_t fraction = wasm_v128_and(at, wasm_i16x8_const_splat((1 << Y_BITS) - 1));
  Weights four = weights_in_lanes(fraction);
  const v128_t none = wasm_i16x8_const_splat(0);
  v128_t mixed = weighted(wasm_v128_load(rows), wasm_i16x8_relaxed_laneselect(none, four.w[0], is_next));
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
          halves[half] = whole_pixels(eight_down_turned(rows, wasm_i16x8_add(places, lanes_down)));
        }
        wasm_v128_store(line + block * BLOCK, narrow(halves[0], halves[1]));
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

// below + (above - below) * weight, for eight pixels; a weight is negative, -32768 for all of `above`.
static v128_t eight_mixed(v128_t below, v128_t above, v128_t weights) {
  v128_t change = weighted(wasm_i16x8_shl(wasm_i16x8_sub(below, above), ROW_BITS), weights);
  return wasm_i16x8_shr(wasm_i16x8_add(wasm_i16x8_add(wasm_i16x8_shl(below, ROW_BITS), change),
                                       wasm_i16x8_splat(1 << (ROW_BITS - 1))), ROW_BITS);
}

// Mixes `above` into `below`, with a weight for each column. What is left of a row after whole steps of 16 pixels is
// mixed one by one: a pixel must not be mixed twice.
__attribute__((export_name("mix"))) void mix(uint8_t *below, const uint8_t *above, const int16_t *weights,
                                             int32_t width, int32_t height) {
  for (int32_t y = 0; y < height; y++, below += width, above += width) {
    int32_t x = 0;
    for (; x + 16 <= width; x += 16) {
      v128_t a = wasm_v128_load(below + x), b = wasm_v128_load(above + x);
      v128_t low = eight_mixed(wasm_u16x8_extend_low_u8x16(a), wasm_u16x8_extend_low_u8x16(b),
                               wasm_v128_load(weights + x));
      v128_t high = eight_mixed(wasm_u16x8_extend_high_u8x16(a), wasm_u16x8_extend_high_u8x16(b),
                                wasm_v128_load(weights + x + 8));
      wasm_v128_store(below + x, wasm_u8x16_narrow_i16x8(low, high));
    }
    for (; x < width; x++) {
      int32_t change = ((below[x] - above[x]) * (1 << ROW_BITS) * weights[x] + (1 << 14)) >> 15;
      below[x] = (uint8_t)((below[x] * (1 << ROW_BITS) + change + (1 << (ROW_BITS - 1))) >> ROW_BITS);
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
