// Lays pictures with transparency over 8-bit planes, for WebAssembly SIMD, in the motion kernel's memory.
//
// A picture is two planes: `colour`, what it adds (already multiplied by how opaque it is), and `through`, how much of
// what lies below still shows, 0…255. So a pixel becomes below * through / 255 + colour.
//
// There is no data and no stack here: the memory is the kernel's, and every address comes from its `reserve`.
// Built by build.sh.
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

static v128_t by_255(v128_t product) { // rounded; exact for every product of two bytes
  v128_t sum = wasm_i16x8_add(product, wasm_i16x8_splat(128));
  return wasm_u16x8_shr(wasm_i16x8_add(sum, wasm_u16x8_shr(sum, 8)), 8);
}

// With `stride` 0 every row is laid over with the same one.
__attribute__((export_name("blend"))) void blend(uint8_t *below, int32_t below_stride, const uint8_t *colour,
                                                 const uint8_t *through, int32_t stride, int32_t width,
                                                 int32_t rows) {
  for (int32_t y = 0; y < rows; y++, below += below_stride, colour += stride, through += stride) {
    int32_t x = 0;
    for (; x + 16 <= width; x += 16) {
      v128_t t = wasm_v128_load(through + x);
      if (!wasm_v128_any_true(wasm_v128_not(t))) continue; // nothing here
      v128_t b = wasm_v128_load(below + x);
      v128_t shown = wasm_u8x16_narrow_i16x8(by_255(wasm_u16x8_extmul_low_u8x16(b, t)),
                                             by_255(wasm_u16x8_extmul_high_u8x16(b, t)));
      wasm_v128_store(below + x, wasm_u8x16_add_sat(shown, wasm_v128_load(colour + x)));
    }
    for (; x < width; x++) {
      uint32_t product = (uint32_t)below[x] * through[x] + 128;
      uint32_t sum = ((product + (product >> 8)) >> 8) + colour[x];
      below[x] = (uint8_t)(sum > 255 ? 255 : sum);
    }
  }
}

// `white` and `black` are one picture over both; what remains in `white` is how much shows through.
__attribute__((export_name("subtract"))) void subtract(uint8_t *white, const uint8_t *black, int32_t bytes) {
  for (int32_t i = 0; i < bytes; i++) white[i] = (uint8_t)(white[i] > black[i] ? white[i] - black[i] : 0);
}

// The first column in which anything is drawn, and the one behind the last in the upper 16 bits, in whole blocks of 16
// where the rows are that wide (the last block then ends with the row); both 0 when there is none.
__attribute__((export_name("columns"))) int32_t columns(const uint8_t *through, int32_t width, int32_t rows) {
  if (width < 16) return width << 16;
  int32_t first = width, end = 0;
  for (int32_t x = 0; x < width; x += 16) {
    int32_t left = x + 16 <= width ? x : width - 16;
    v128_t all = wasm_i8x16_splat(-1);
    for (int32_t y = 0; y < rows; y++) all = wasm_v128_and(all, wasm_v128_load(through + (ptrdiff_t)y * width + left));
    if (!wasm_v128_any_true(wasm_v128_not(all))) continue;
    if (left < first) first = left;
    end = left + 16;
  }
  return end == 0 ? 0 : first | (end << 16);
}
