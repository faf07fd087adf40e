#!/bin/sh
# Builds decoder.wasm from decoder.c and minimp3.h. Needs clang and wasm-ld 19 or later (Debian: apt-get install clang-19
# lld-19, then CLANG=clang-19 ./build.sh). The built file is kept beside the source, so nobody else needs a compiler.
set -eu
cd "$(dirname "$0")"
# In place of a C library's headers: decoder.c has what minimp3.h takes from them.
headers=$(mktemp -d)
trap 'rm -r "$headers"' EXIT
touch "$headers/stdlib.h" "$headers/string.h"
"${CLANG:-clang}" --target=wasm32 -O3 -msimd128 -mbulk-memory -ffreestanding -nostdlib -isystem "$headers" \
  -Wall -Wextra -Werror -Wl,--no-entry -Wl,--strip-all -o decoder.wasm decoder.c
chmod 644 decoder.wasm
