// Sub-pixel resampling of one 8-bit picture plane, and the blend of two frames, for WebAssembly SIMD.
//
// A zoom or a pan along the axes is separable: each source row that a frame needs is resampled across once
// (16 bits, 6 of them fraction), and each output row mixes four of those. The weights are Catmull-Rom's,
// 12 bits, at the exact position of every pixel: nothing is rounded to a whole pixel, so nothing jitters.
//
// Built by build.sh; the layout of the planes in memory is kernel.ts's.
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define MAX_WIDTH 4096 // of the output; kernel.ts refuses more
#define BLOCK 8        // output pixels that share one 16-byte load of the source
#define PADDING 16     // bytes left and right of a source row, the edge pixel repeated

#define WEIGHT_BITS 12
#define ROW_SHIFT 6                                  // 12 + 8 bits of a weighted pixel to 14 of a row
#define PIXEL_SHIFT (2 * WEIGHT_BITS - ROW_SHIFT)    // and a weighted row back to 8

static int32_t block_start[MAX_WIDTH / BLOCK];
static uint8_t block_taps[MAX_WIDTH / BLOCK][64];    // which source byte goes to which 16-bit lane
static int16_t block_weights[MAX_WIDTH / BLOCK][32];
static int16_t rows[4][MAX_WIDTH + BLOCK] __attribute__((aligned(16))); // source row r is kept in rows[r & 3]

static double floor_of(double value) {
  double whole = (double)(int32_t)value;
  return whole > value ? whole - 1 : whole;
}

static double catmull_rom(double distance) {
  double x = distance < 0 ? -distance : distance;
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  if (x < 2) return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2;
  return 0;
}

// The four weights at `fraction` past the second tap. Rounding must not darken or brighten: they add up to one.
static void weights_at(double fraction, int16_t weights[4]) {
  int32_t left = 1 << WEIGHT_BITS;
  for (int tap = 0; tap < 4; tap++) {
    double weight = catmull_rom(fraction + 1 - tap) * (1 << WEIGHT_BITS);
    weights[tap] = (int16_t)(weight < 0 ? weight - 0.5 : weight + 0.5);
    left -= weights[tap];
  }
  weights[fraction < 0.5 ? 1 : 2] += left;
}

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

static void plan_columns(int32_t source_width, double x0, double step, int32_t blocks) {
  for (int32_t block = 0; block < blocks; block++) {
    int32_t start = (int32_t)floor_of(x0 + block * BLOCK * step) - 1;
    start = clamp(start, -PADDING, source_width + PADDING - 16);
    block_start[block] = start;
    for (int pixel = 0; pixel < BLOCK; pixel++) {
      double x = x0 + (block * BLOCK + pixel) * step;
      double whole = floor_of(x);
      uint8_t first = (uint8_t)clamp((int32_t)whole - 1 - start, 0, 12);
      int16_t weights[4];
      weights_at(x - whole, weights);
      // Pixels 0…3 are lanes of the first pair of vectors (taps 0,1 then 2,3), pixels 4…7 of the second.
      int half = pixel >> 2, lane = pixel & 3;
      for (int pair = 0; pair < 2; pair++) {
        uint8_t *taps = block_taps[block] + (half * 2 + pair) * 16 + lane * 4;
        int16_t *lanes = block_weights[block] + (half * 2 + pair) * 8 + lane * 2;
        taps[0] = first + pair * 2, taps[1] = 0x80; // 0x80: a zero, which makes the byte 16 bits wide
        taps[2] = first + pair * 2 + 1, taps[3] = 0x80;
        lanes[0] = weights[pair * 2], lanes[1] = weights[pair * 2 + 1];
      }
    }
  }
}

static v128_t four_pixels(v128_t source, const uint8_t *taps, const int16_t *weights) {
  v128_t low = wasm_i32x4_dot_i16x8(wasm_i8x16_swizzle(source, wasm_v128_load(taps)), wasm_v128_load(weights));
  v128_t high =
      wasm_i32x4_dot_i16x8(wasm_i8x16_swizzle(source, wasm_v128_load(taps + 16)), wasm_v128_load(weights + 8));
  v128_t half = wasm_i32x4_splat(1 << (ROW_SHIFT - 1));
  return wasm_i32x4_shr(wasm_i32x4_add(wasm_i32x4_add(low, high), half), ROW_SHIFT);
}

static void resample_row(const uint8_t *source, int16_t *row, int32_t blocks) {
  for (int32_t block = 0; block < blocks; block++) {
    v128_t pixels = wasm_v128_load(source + block_start[block]);
    const uint8_t *taps = block_taps[block];
    const int16_t *weights = block_weights[block];
    wasm_v128_store(row + block * BLOCK, wasm_i16x8_narrow_i32x4(four_pixels(pixels, taps, weights),
                                                                 four_pixels(pixels, taps + 32, weights + 16)));
  }
}

static v128_t eight_pixels(const int16_t *r[4], int32_t x, v128_t weights01, v128_t weights23) {
  v128_t a = wasm_v128_load(r[0] + x), b = wasm_v128_load(r[1] + x);
  v128_t c = wasm_v128_load(r[2] + x), d = wasm_v128_load(r[3] + x);
  v128_t half = wasm_i32x4_splat(1 << (PIXEL_SHIFT - 1));
  v128_t ab_low = wasm_i16x8_shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  v128_t cd_low = wasm_i16x8_shuffle(c, d, 0, 8, 1, 9, 2, 10, 3, 11);
  v128_t ab_high = wasm_i16x8_shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  v128_t cd_high = wasm_i16x8_shuffle(c, d, 4, 12, 5, 13, 6, 14, 7, 15);
  v128_t low = wasm_i32x4_add(wasm_i32x4_dot_i16x8(ab_low, weights01), wasm_i32x4_dot_i16x8(cd_low, weights23));
  v128_t high = wasm_i32x4_add(wasm_i32x4_dot_i16x8(ab_high, weights01), wasm_i32x4_dot_i16x8(cd_high, weights23));
  return wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(wasm_i32x4_add(low, half), PIXEL_SHIFT),
                                 wasm_i32x4_shr(wasm_i32x4_add(high, half), PIXEL_SHIFT));
}

static v128_t weight_pair(int16_t first, int16_t second) {
  return wasm_i32x4_splat((int32_t)((uint16_t)first | ((uint32_t)(uint16_t)second << 16)));
}

// Output pixel (i, j) is the source at (x0 + i * step_x, y0 + j * step_y), in source pixels, 0 = the centre of
// the first. `source` points at that first pixel; `step_x` is at most 1.5, or a block would need more than 16 bytes.
__attribute__((export_name("resample"))) void resample(const uint8_t *source, int32_t stride, int32_t source_width,
                                                       int32_t source_height, double x0, double step_x, double y0,
                                                       double step_y, uint8_t *out, int32_t width, int32_t height) {
  int32_t blocks = (width + BLOCK - 1) / BLOCK;
  int32_t resampled = INT32_MIN / 2; // the last source row in `rows`
  plan_columns(source_width, x0, step_x, blocks);
  for (int32_t y = 0; y < height; y++) {
    double position = y0 + y * step_y;
    int32_t row = (int32_t)floor_of(position);
    int32_t next = resampled + 1 > row - 1 ? resampled + 1 : row - 1;
    for (; next <= row + 2; next++) {
      int32_t inside = clamp(next, 0, source_height - 1);
      resample_row(source + (ptrdiff_t)inside * stride, rows[next & 3], blocks);
      resampled = next;
    }
    int16_t w[4];
    weights_at(position - row, w);
    const int16_t *r[4] = {rows[(row - 1) & 3], rows[row & 3], rows[(row + 1) & 3], rows[(row + 2) & 3]};
    v128_t weights01 = weight_pair(w[0], w[1]), weights23 = weight_pair(w[2], w[3]);
    uint8_t *line = out + (ptrdiff_t)y * width;
    int32_t x = 0;
    for (; x + 16 <= width; x += 16)
      wasm_v128_store(line + x, wasm_u8x16_narrow_i16x8(eight_pixels(r, x, weights01, weights23),
                                                        eight_pixels(r, x + 8, weights01, weights23)));
    for (; x < width; x++) {
      int32_t sum = r[0][x] * w[0] + r[1][x] * w[1] + r[2][x] * w[2] + r[3][x] * w[3];
      line[x] = (uint8_t)clamp((sum + (1 << (PIXEL_SHIFT - 1))) >> PIXEL_SHIFT, 0, 255);
    }
  }
}

// below = below * (256 - weight) / 256 + above * weight / 256
__attribute__((export_name("blend"))) void blend(uint8_t *below, const uint8_t *above, int32_t bytes, int32_t weight) {
  for (int32_t i = 0; i < bytes; i++)
    below[i] = (uint8_t)((uint16_t)(below[i] * (256 - weight) + above[i] * weight + 128) >> 8);
}

extern uint8_t __heap_base;
__attribute__((export_name("heap"))) uint8_t *heap(void) { return &__heap_base; }
