/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of a BGRA canvas as a PNG file keeps them: RGB, each byte less the one above it (filter 2, "Up").
 */
#include <stddef.h>
#include <stdint.h>

#define UP 2

static void up_row(const uint8_t *above, const uint8_t *row, int from, int width, uint8_t *out)
{
    for (int x = from; x < width; x++) {
        out[3 * x] = (uint8_t)(row[4 * x + 2] - above[4 * x + 2]);
        out[3 * x + 1] = (uint8_t)(row[4 * x + 1] - above[4 * x + 1]);
        out[3 * x + 2] = (uint8_t)(row[4 * x] - above[4 * x]);
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* Four pixels at once. Each step writes 4 bytes too many, which the next one overwrites; the last ones are done singly. */
__attribute__((target("ssse3"))) static void up_row_ssse3(
    const uint8_t *above, const uint8_t *row, int width, uint8_t *out)
{
    const __m128i order = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    int x = 0;
    for (; x + 6 <= width; x += 4) {
        const __m128i upper = _mm_loadu_si128((const __m128i *)(above + 4 * x));
        const __m128i lower = _mm_loadu_si128((const __m128i *)(row + 4 * x));
        _mm_storeu_si128((__m128i *)(out + 3 * x), _mm_shuffle_epi8(_mm_sub_epi8(lower, upper), order));
    }
    up_row(above, row, x, width, out);
}
#endif

/* `above` is what lies over the first of `height` rows of `canvas`, which are `stride` bytes apart. `out` has room for
 * height * (1 + 3 * width) bytes. `portable` asks for the plain steps; the bytes are the same. */
void affiche_up_rows(
    const uint8_t *above, const uint8_t *canvas, ptrdiff_t stride, int32_t width, int32_t height, int32_t portable,
    uint8_t *out)
{
#if defined(__x86_64__) && defined(__GNUC__)
    const int vectors = !portable && __builtin_cpu_supports("ssse3");
#endif
    for (int y = 0; y < height; y++, above = canvas, canvas += stride) {
        *out++ = UP;
#if defined(__x86_64__) && defined(__GNUC__)
        if (vectors)
            up_row_ssse3(above, canvas, width, out);
        else
#endif
            up_row(above, canvas, 0, width, out);
        out += 3 * (ptrdiff_t)width;
    }
    (void)portable;
}
