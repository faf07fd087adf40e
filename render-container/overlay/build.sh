#!/bin/sh
# Builds overlay.wasm from overlay.c. Needs clang and wasm-ld 14 or later (Debian: apt-get install clang lld).
# The built file is kept beside the source, so nobody else needs a compiler.
set -eu
cd "$(dirname "$0")"
# Its memory is the motion kernel's.
clang --target=wasm32 -O3 -msimd128 -ffreestanding -nostdlib -Wall -Wextra -Werror \
  -Wl,--no-entry -Wl,--strip-all -Wl,--import-memory -o overlay.wasm overlay.c
chmod 644 overlay.wasm
