// One MP3 frame at a time to two sides of samples, for WebAssembly: minimp3 without a heap and without a C library.
//
// What is wrong with a frame stays in here: minimp3 may read past a buffer where the bits of a frame lie, which in a
// module is its own memory, or a trap. One instance per file, so that no file finds what another left.
//
// minimp3.h is lieff/minimp3's, unmodified, CC0 (it says so itself), as the crate minimp3-sys 0.6.0 carries it; sha256
// 5fb296a790734772b65a5514438cc06d14f24e539c13475ff2a7f737681c82c0. Built by build.sh.
#include <stddef.h>
#include <stdint.h>

// All that minimp3 wants of <string.h>, which build.sh leaves empty, as <stdlib.h>: instructions of WebAssembly.
void *memcpy(void *to, const void *from, size_t bytes) { return __builtin_memcpy(to, from, bytes); }
void *memmove(void *to, const void *from, size_t bytes) { return __builtin_memmove(to, from, bytes); }
void *memset(void *to, int value, size_t bytes) { return __builtin_memset(to, value, bytes); }

#define MINIMP3_ONLY_MP3 // layer III only, as mp3-frames.ts
#define MINIMP3_NO_SIMD  // it has x86's and ARM's; the compiler finds WebAssembly's
#define MINIMP3_FLOAT_OUTPUT
#define MINIMP3_IMPLEMENTATION
#include "minimp3.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

#define MAX_FRAME_BYTES 1441 // 320 kbit/s at 32 kHz, or 160 at 8, with the byte of padding
#define MAX_SAMPLES 1152
#define LACKS_BITS 0
#define IS_DAMAGED -1

static mp3dec_t decoder;
static uint8_t frame[MAX_FRAME_BYTES + 7]; // a few bytes more: bits are read ahead
static float alternating[2 * MAX_SAMPLES];
static float sides[2][MAX_SAMPLES];

uint8_t *EXPORT(frame_address)(void) { return frame; }
float *EXPORT(sides_address)(void) { return sides[0]; }

// Decodes the one frame that lies at frame_address, `bytes` long: how many samples each side has. LACKS_BITS where the
// frame's sound begins in frames that were not there, as at the start of a cut-out piece; IS_DAMAGED where it is none.
int EXPORT(decode)(int bytes) {
  mp3dec_frame_info_t info;
  if (bytes > MAX_FRAME_BYTES) return IS_DAMAGED;
  int samples = mp3dec_decode_frame(&decoder, frame, bytes, alternating, &info);
  // minimp3 forgets the head when it gives up on a frame, not when only the frames before it are missing.
  if (samples == 0) return decoder.header[0] ? LACKS_BITS : IS_DAMAGED;
  if (info.frame_bytes != bytes) return IS_DAMAGED;
  int channels = info.channels;
  for (int i = 0; i < samples; i++) {
    sides[0][i] = alternating[i * channels];
    sides[1][i] = alternating[i * channels + channels - 1];
  }
  return samples;
}
