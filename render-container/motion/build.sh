#!/bin/sh
# Builds kernel.wasm from kernel.c. Needs clang and wasm-ld 19 or later (Debian: apt-get install clang-19 lld-19, then
# CLANG=clang-19 ./build.sh). The built file is kept beside the source, so nobody else needs a compiler.
set -eu
cd "$(dirname "$0")"
"${CLANG:-clang}" --target=wasm32 -O3 -msimd128 -mrelaxed-simd -mbulk-memory -ffreestanding -nostdlib \
  -Wall -Wextra -Werror -Wl,--no-entry -Wl,--strip-all -o kernel.wasm kernel.c
chmod 644 kernel.wasm
