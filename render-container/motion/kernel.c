// Sub-pixel resampling of 8-bit picture planes, and what joins two frames, for WebAssembly SIMD.
//
// The weights are Catmull-Rom's at the exact position of every pixel: nothing is rounded to a whole pixel, so nothing
// jitters. Each source row that a frame needs is resampled across once, and each output row mixes four of
// those. A view along the axes shares the positions across between all rows. A turned view is taken apart into the same
// two passes, whose positions then shift from row to row and from column to column:
// out(u, v) = between(u, y), between(u, y) = source(x, y), which any small turn allows exactly. There the positions are
// rounded to a 128th of a pixel, so that weights come from a table.
//
// A draft takes two taps of the four, with linear weights.
//
// Pixels are kept as p - 128 in a signed byte, and no 32-bit lanes are needed: pairs of bytes are multiplied by pairs of
// 7-bit weights at once, and a row resampled across is bytes again: at most two levels away from the plain formula in a
// photo.
//
// Relaxed instructions give the same on every machine for what they are given here: a swizzle's index is below 16, a
// lane is selected by all its bits or none, no rounding multiplication is one of -32768 by itself, and a pair's weights
// are below 128.
//
// Built by build.sh; the layout of the planes in memory is kernel.ts's.
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define MAX_WIDTH 4096 // of the output; kernel.ts refuses more
#define BLOCK 8        // output pixels that share one 16-byte load of the source
#define PADDING 16     // bytes left and right of a source row, the edge pixel repeated
#define PHASES 128     // places within a pixel that a turned view knows
#define PHASE_SHIFT 25 // from 32 bits of fraction to a phase

// For what is called with constants that leave out half of it.
#define INLINE static inline __attribute__((always_inline))

static double floor_of(double value) {
  double whole = (double)(int32_t)value;
  return whole > value ? whole - 1 : whole;
}

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

static double least(double a, double b) { return a < b ? a : b; }
static int64_t fixed(double value) { return (int64_t)(value * 4294967296.0); }

static double catmull_rom(double distance) {
  double x = distance < 0 ? -distance : distance;
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  if (x < 2) return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2;
  return 0;
}

// A constant for a loop. V8 would put a constant that it knows together anew each time round, which takes longer than
// what it is used for; this one it keeps in a register. (Measured: a third of the time of a view along the axes.)
static v128_t kept(int32_t lane) {
  __asm__("" : "+r"(lane));
  return wasm_i16x8_splat((int16_t)lane);
}

static v128_t weighted(v128_t values, v128_t weights) { return wasm_i16x8_relaxed_q15mulr(values, weights); }

// ---- Four taps as two pairs ----

#define WHOLE 127    // a weight of 1: the most that seven bits hold
#define BY_WHOLE 258 // 32768 / WHOLE: `weighted` with it divides by WHOLE, so that every whole level stays what it is

// Of the two taps beside the place, and of the two beyond those, which are less than nothing and are held positive.
typedef struct {
  uint8_t inner[2], outer[2];
} TapWeights;

static int is_linear; // only the two beside the place have any weight

// Rounding must not darken or brighten: inner less outer is WHOLE.
static TapWeights tap_weights_at(double fraction) {
  TapWeights weights = {{0, 0}, {0, 0}};
  if (is_linear) {
    weights.inner[1] = (uint8_t)(fraction * WHOLE + 0.5);
    weights.inner[0] = (uint8_t)(WHOLE - weights.inner[1]);
    return weights;
  }
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

// Of the two taps beside the place only.
static v128_t eight_of_inner(v128_t inner, v128_t weights, v128_t by_whole) {
  return weighted(wasm_i16x8_relaxed_dot_i8x16_i7x16(inner, weights), by_whole);
}

// Eight pixels across: which of 16 source bytes become the pairs, and their weights.
typedef struct {
  v128_t inner, outer;
  v128_t inner_weights, outer_weights;
} Across;

// Pixel n lies at x + n * step, from the first of the bytes on.
static Across across_from(double x, double step) {
  Across taps;
  uint8_t *inner = (uint8_t *)&taps.inner, *inner_weights = (uint8_t *)&taps.inner_weights;
  uint8_t *outer = (uint8_t *)&taps.outer, *outer_weights = (uint8_t *)&taps.outer_weights;
  for (int pixel = 0; pixel < BLOCK; pixel++, x += step) {
    double whole = floor_of(x);
    int32_t first = clamp((int32_t)whole - 1, 0, 12);
    TapWeights weights = tap_weights_at(x - whole);
    for (int side = 0; side < 2; side++) {
      int at = 2 * pixel + side;
      inner[at] = (uint8_t)(first + 1 + side);
      outer[at] = (uint8_t)(first + 3 * side);
      inner_weights[at] = weights.inner[side];
      outer_weights[at] = weights.outer[side];
    }
  }
  return taps;
}

INLINE v128_t eight_across(const uint8_t *from, const Across *taps, v128_t by_whole, const int linear) {
  v128_t pixels = wasm_v128_load(from);
  if (linear)
    return eight_of_inner(wasm_i8x16_relaxed_swizzle(pixels, taps->inner), taps->inner_weights, by_whole);
  return eight_of_pairs(wasm_i8x16_relaxed_swizzle(pixels, taps->inner),
                        wasm_i8x16_relaxed_swizzle(pixels, taps->outer), taps->inner_weights, taps->outer_weights,
                        by_whole);
}

static v128_t low_pairs(v128_t a, v128_t b) {
  return wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

static v128_t high_pairs(v128_t a, v128_t b) {
  return wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

static v128_t splat_pair(const uint8_t pair[2]) { return wasm_i16x8_splat((int16_t)(pair[0] | pair[1] << 8)); }

// ---- What is to be drawn ----

// Sixteen pixels of an output row down a turned view: which of them lie a row lower, and their weights.
typedef struct {
  v128_t is_next; // by bytes
  v128_t inner_weights[2], outer_weights[2];
} Down;

// A view of a plane. Output pixel (u, v) is the source at y = y0 + u * y_u + v * y_v; the source's row y is sampled for
// it at x = x0 + u * x_u + y * x_y. In source pixels, 0 = the centre of the first.
static struct {
  int32_t stride, source_width, source_height;
  double x0, x_u, x_y, y0, y_u, y_v;
  int32_t width, blocks; // of the output; an even number of blocks
} view;

// Along the axes of each block, where its 16 source bytes begin; in a turned view of each phase, from 1 on.
static Across across[MAX_WIDTH / BLOCK];
static int32_t block_start[MAX_WIDTH / BLOCK];
static Down down[PHASES];

// Source rows, resampled across: row r is kept at r & (ring_rows - 1). Five rows that follow each other in the source
// follow here too: the first four stand again behind the last. A turned row lies between up to MAX_WIDTH / 7 of them.
#define MAX_RING_ROWS 1024
#define MORE_ROWS 4
static int8_t ring[(MAX_RING_ROWS + MORE_ROWS) * (MAX_WIDTH + 64)] __attribute__((aligned(16)));
static int32_t ring_rows, ring_stride;

static void plan_along_axes(void) {
  for (int32_t block = 0; block < view.blocks; block++) {
    double x = view.x0 + block * BLOCK * view.x_u;
    block_start[block] = clamp((int32_t)floor_of(x) - 1, -PADDING, view.source_width + PADDING - 16);
    across[block] = across_from(x - block_start[block], view.x_u);
  }
}

// Of eight or sixteen pixels beside each other, how much higher the highest lies than the first; not more than nothing.
static double highest_of(int pixels) { return least(0, (pixels - 1) * view.y_u); }

// Whether sixteen pixels beside each other reach over less than two rows.
static int is_gentle(void) { return view.y_u * 15 < 1 && view.y_u * -15 < 1; }

static void plan_turned(void) {
  double highest = highest_of(is_gentle() ? 16 : BLOCK);
  for (int phase = 0; phase < PHASES; phase++) {
    double part = (double)phase / PHASES;
    across[phase] = across_from(1 + part, view.x_u);
    uint8_t *is_next = (uint8_t *)&down[phase].is_next;
    uint8_t *inner_weights = (uint8_t *)&down[phase].inner_weights;
    uint8_t *outer_weights = (uint8_t *)&down[phase].outer_weights;
    for (int lane = 0; lane < 16; lane++) {
      double y = part + lane * view.y_u - highest;
      is_next[lane] = y < 1 ? 0 : 0xff;
      TapWeights weights = tap_weights_at(y - floor_of(y));
      for (int side = 0; side < 2; side++) {
        inner_weights[2 * lane + side] = weights.inner[side];
        outer_weights[2 * lane + side] = weights.outer[side];
      }
    }
  }
}

static int8_t *row_of(int32_t row) { return ring + (row & (ring_rows - 1)) * ring_stride; }

// Above and below the picture its first and last row go on.
static const uint8_t *source_row(const uint8_t *source, int32_t row) {
  return source + (ptrdiff_t)clamp(row, 0, view.source_height - 1) * view.stride;
}

// ---- Views along the axes ----

#define BATCH 4     // source rows that share one load of a block's weights
#define RING_ROWS 8 // four for the mix, and the next batch

// Resamples BATCH source rows from `first` on.
INLINE void resample_batch(const uint8_t *source, int32_t first, const int linear) {
  const v128_t by_whole = kept(BY_WHOLE);
  const uint8_t *from[BATCH];
  int8_t *to[BATCH];
  for (int row = 0; row < BATCH; row++) {
    from[row] = source_row(source, first + row);
    to[row] = row_of(first + row);
  }
  for (int32_t block = 0; block < view.blocks; block += 2) {
    const Across low = across[block], high = across[block + 1];
    int32_t low_start = block_start[block], high_start = block_start[block + 1];
#pragma clang loop unroll(full)
    for (int row = 0; row < BATCH; row++)
      wasm_v128_store(to[row] + block * BLOCK,
                      wasm_i8x16_narrow_i16x8(eight_across(from[row] + low_start, &low, by_whole, linear),
                                              eight_across(from[row] + high_start, &high, by_whole, linear)));
  }
}

INLINE void draw_along_axes(const uint8_t *source, uint8_t *out, int32_t height, const int linear) {
  const v128_t by_whole = kept(BY_WHOLE), sign = kept(0x8080);
  int32_t resampled = INT32_MIN / 2; // the last source row in the ring
  for (int32_t v = 0; v < height; v++, out += view.width) {
    double y = view.y0 + v * view.y_v;
    int32_t row = (int32_t)floor_of(y);
    if (resampled < row - 2) resampled = row - 2;
    for (; resampled < row + 2; resampled += BATCH) resample_batch(source, resampled + 1, linear);
    TapWeights weights = tap_weights_at(y - row);
    const v128_t inner = splat_pair(weights.inner), outer = splat_pair(weights.outer);
    const int8_t *r0 = row_of(row - 1), *r1 = row_of(row), *r2 = row_of(row + 1), *r3 = row_of(row + 2);
    for (int32_t x = 0; x < view.width; x += 16) {
      v128_t b = wasm_v128_load(r1 + x), c = wasm_v128_load(r2 + x), low, high;
      if (linear) {
        low = eight_of_inner(low_pairs(b, c), inner, by_whole);
        high = eight_of_inner(high_pairs(b, c), inner, by_whole);
      } else {
        v128_t a = wasm_v128_load(r0 + x), d = wasm_v128_load(r3 + x);
        low = eight_of_pairs(low_pairs(b, c), low_pairs(a, d), inner, outer, by_whole);
        high = eight_of_pairs(high_pairs(b, c), high_pairs(a, d), inner, outer, by_whole);
      }
      wasm_v128_store(out + x, wasm_v128_xor(wasm_i8x16_narrow_i16x8(low, high), sign));
    }
  }
}

// ---- Turned views ----

// A place is rounded to the phase next to it.
static int64_t to_phases(double place) { return fixed(place + 0.5 / PHASES); }

static void resample_row(const uint8_t *source, int32_t row) {
  const v128_t by_whole = kept(BY_WHOLE);
  const uint8_t *from = source_row(source, row);
  int8_t *to = row_of(row);
  int64_t x = to_phases(view.x0 + row * view.x_y), step = fixed(BLOCK * view.x_u);
  int32_t last_start = view.source_width + PADDING - 16;
  for (int32_t block = 0; block < view.blocks; block += 2) {
    v128_t halves[2];
    for (int half = 0; half < 2; half++, x += step) {
      int32_t start = clamp((int32_t)(x >> 32) - 1, -PADDING, last_start);
      halves[half] = eight_across(from + start, &across[(uint32_t)x >> PHASE_SHIFT], by_whole, 0);
    }
    wasm_v128_store(to + block * BLOCK, wasm_i8x16_narrow_i16x8(halves[0], halves[1]));
  }
  if (to < ring + MORE_ROWS * ring_stride)
    __builtin_memcpy(to + ring_rows * ring_stride, to, (size_t)(view.blocks * BLOCK));
}

// Pixels whose places reach from the row after the first over less than two rows: the four rows around each.
typedef struct {
  v128_t a, b, c, d;
} Four;

static Four four_of_five(v128_t r0, v128_t r1, v128_t r2, v128_t r3, v128_t r4, v128_t is_next) {
  return (Four){wasm_i8x16_relaxed_laneselect(r1, r0, is_next), wasm_i8x16_relaxed_laneselect(r2, r1, is_next),
                wasm_i8x16_relaxed_laneselect(r3, r2, is_next), wasm_i8x16_relaxed_laneselect(r4, r3, is_next)};
}

static v128_t sixteen_down(const int8_t *rows, int32_t stride, const Down *taps, v128_t by_whole) {
  Four r = four_of_five(wasm_v128_load(rows), wasm_v128_load(rows + stride), wasm_v128_load(rows + 2 * stride),
                        wasm_v128_load(rows + 3 * stride), wasm_v128_load(rows + 4 * stride), taps->is_next);
  v128_t low = eight_of_pairs(low_pairs(r.b, r.c), low_pairs(r.a, r.d), taps->inner_weights[0],
                              taps->outer_weights[0], by_whole);
  v128_t high = eight_of_pairs(high_pairs(r.b, r.c), high_pairs(r.a, r.d), taps->inner_weights[1],
                               taps->outer_weights[1], by_whole);
  return wasm_i8x16_narrow_i16x8(low, high);
}

static v128_t eight_down(const int8_t *rows, int32_t stride, const Down *taps, v128_t by_whole) {
  Four r = four_of_five(wasm_v128_load64_zero(rows), wasm_v128_load64_zero(rows + stride),
                        wasm_v128_load64_zero(rows + 2 * stride), wasm_v128_load64_zero(rows + 3 * stride),
                        wasm_v128_load64_zero(rows + 4 * stride), taps->is_next);
  return eight_of_pairs(low_pairs(r.b, r.c), low_pairs(r.a, r.d), taps->inner_weights[0], taps->outer_weights[0],
                        by_whole);
}

INLINE void draw_turned(const uint8_t *source, uint8_t *out, int32_t height, const int gentle) {
  const v128_t by_whole = kept(BY_WHOLE), sign = kept(0x8080);
  const int32_t pixels = gentle ? 16 : BLOCK;
  double highest = highest_of(pixels);
  double reach = view.blocks * BLOCK * view.y_u; // how far down a row's far end lies
  int64_t step = fixed(pixels * view.y_u);
  int32_t resampled = (int32_t)floor_of(view.y0 + least(0, reach)) - 3;
  for (int32_t v = 0; v < height; v++, out += view.width) {
    double y = view.y0 + v * view.y_v;
    int32_t needed = (int32_t)floor_of(y - least(0, -reach)) + 4;
    while (resampled < needed) resample_row(source, ++resampled);
    int64_t at = to_phases(y + highest);
    for (int32_t x = 0; x < view.width; x += 16) {
      v128_t parts[2];
#pragma clang loop unroll(full)
      for (int32_t part = 0; part < 16 / pixels; part++, at += step) {
        const int8_t *rows = row_of((int32_t)(at >> 32) - 1) + x + part * BLOCK;
        const Down *taps = &down[(uint32_t)at >> PHASE_SHIFT];
        parts[part] = gentle ? sixteen_down(rows, ring_stride, taps, by_whole)
                             : eight_down(rows, ring_stride, taps, by_whole);
      }
      v128_t drawn = gentle ? parts[0] : wasm_i8x16_narrow_i16x8(parts[0], parts[1]);
      wasm_v128_store(out + x, wasm_v128_xor(drawn, sign));
    }
  }
}

// ---- For kernel.ts ----

// What `draw` draws from now on: luma, or the two planes of chroma. `x_u` is at most 1.5, or a block would need more
// than 16 source pixels; `y_u` is less than 1/7 in size, so that eight pixels beside each other need no more than five
// rows.
__attribute__((export_name("aim"))) void aim(int32_t stride, int32_t source_width, int32_t source_height, double x0,
                                             double x_u, double x_y, double y0, double y_u, double y_v,
                                             int32_t width, int32_t linear) {
  is_linear = linear;
  view.stride = stride, view.source_width = source_width, view.source_height = source_height;
  view.x0 = x0, view.x_u = x_u, view.x_y = x_y;
  view.y0 = y0, view.y_u = y_u, view.y_v = y_v;
  view.width = width, view.blocks = (width + 15) / 16 * 2;
  // Rows are not a large power of two apart, or they would drive each other out of the cache.
  ring_stride = (view.blocks * BLOCK + 63) / 64 * 64 + 64;
  ring_rows = RING_ROWS;
  if (y_u == 0) return plan_along_axes();
  double slope = y_u < 0 ? -y_u : y_u;
  while (ring_rows < view.blocks * BLOCK * slope + 9) ring_rows *= 2;
  plan_turned();
}

// Draws a plane whose first pixel is `source`. Rows are written in steps of 16 bytes, so up to 15 bytes after the plane
// are written too.
__attribute__((export_name("draw"))) void draw(const uint8_t *source, uint8_t *out, int32_t height) {
  if (view.y_u == 0 && is_linear) draw_along_axes(source, out, height, 1);
  else if (view.y_u == 0) draw_along_axes(source, out, height, 0);
  else if (is_gentle()) draw_turned(source, out, height, 1);
  else draw_turned(source, out, height, 0);
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
