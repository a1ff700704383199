/* SPDX-License-Identifier: Apache-2.0
 *
 * Separable resampling of 8-bit RGB to opaque BGRA with whole-number weights.
 *
 * Each row of the result is made in two steps: `blend_rows` adds weighted rows of the source into one line, then
 * `blend_columns` adds weighted pixels of that line into the row. A line is as long as the source is wide, so it stays in
 * the nearest cache. Weights have 14 binary places and sum to 1 << 14; sums fit 32 bits, so the same input gives the same
 * bytes on every processor. The AVX2 steps do exactly what the portable ones do.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PLACES 14
#define HALF (1 << (PLACES - 1))

struct axis {
    const int32_t *starts;  /* where the window of each sample begins */
    const int16_t *weights; /* `taps` of them for each sample */
    int32_t taps;           /* a multiple of 4; the last ones may weigh nothing */
    int32_t samples;
};

static uint8_t level(int32_t sum)
{
    const int32_t value = (sum + HALF) >> PLACES;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void blend_rows(
    const uint8_t *rows, ptrdiff_t stride, const int16_t *weights, int taps, int from, int length, uint8_t *line)
{
    for (int i = from; i < length; i++) {
        int32_t sum = 0;
        for (int tap = 0; tap < taps; tap++)
            sum += rows[i + tap * stride] * weights[tap];
        line[i] = level(sum);
    }
}

static void blend_columns(const uint8_t *line, int first, const struct axis *across, uint8_t *out)
{
    const int16_t *weights = across->weights;
    for (int x = 0; x < across->samples; x++, weights += across->taps, out += 4) {
        const uint8_t *pixel = line + 3 * (ptrdiff_t)(across->starts[x] - first);
        int32_t red = 0, green = 0, blue = 0;
        for (int tap = 0; tap < across->taps; tap++, pixel += 3) {
            red += pixel[0] * weights[tap];
            green += pixel[1] * weights[tap];
            blue += pixel[2] * weights[tap];
        }
        out[0] = level(blue);
        out[1] = level(green);
        out[2] = level(red);
        out[3] = 255;
    }
}

static void resample(
    const uint8_t *source, ptrdiff_t stride, const struct axis *down, const struct axis *across, int first, int count,
    uint8_t *line, uint8_t *target)
{
    for (int y = 0; y < down->samples; y++) {
        const uint8_t *rows = source + down->starts[y] * stride + 3 * (ptrdiff_t)first;
        blend_rows(rows, stride, down->weights + (ptrdiff_t)y * down->taps, down->taps, 0, 3 * count, line);
        blend_columns(line, first, across, target + (ptrdiff_t)y * across->samples * 4);
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2"))) static void blend_rows_avx2(
    const uint8_t *rows, ptrdiff_t stride, const int16_t *weights, int taps, int length, uint8_t *line)
{
    const __m256i zero = _mm256_setzero_si256(), half = _mm256_set1_epi32(HALF);
    int i = 0;
    for (; i + 32 <= length; i += 32) {
        __m256i a = half, b = half, c = half, d = half;
        const uint8_t *at = rows + i;
        for (int tap = 0; tap < taps; tap += 2, at += 2 * stride) {
            int32_t pair;
            memcpy(&pair, weights + tap, sizeof pair);
            const __m256i weight = _mm256_set1_epi32(pair);
            const __m256i upper = _mm256_loadu_si256((const __m256i *)at);
            const __m256i lower = _mm256_loadu_si256((const __m256i *)(at + stride));
            const __m256i left = _mm256_unpacklo_epi8(upper, lower), right = _mm256_unpackhi_epi8(upper, lower);
            a = _mm256_add_epi32(a, _mm256_madd_epi16(_mm256_unpacklo_epi8(left, zero), weight));
            b = _mm256_add_epi32(b, _mm256_madd_epi16(_mm256_unpackhi_epi8(left, zero), weight));
            c = _mm256_add_epi32(c, _mm256_madd_epi16(_mm256_unpacklo_epi8(right, zero), weight));
            d = _mm256_add_epi32(d, _mm256_madd_epi16(_mm256_unpackhi_epi8(right, zero), weight));
        }
        const __m256i left = _mm256_packs_epi32(_mm256_srai_epi32(a, PLACES), _mm256_srai_epi32(b, PLACES));
        const __m256i right = _mm256_packs_epi32(_mm256_srai_epi32(c, PLACES), _mm256_srai_epi32(d, PLACES));
        _mm256_storeu_si256((__m256i *)(line + i), _mm256_packus_epi16(left, right));
    }
    blend_rows(rows, stride, weights, taps, i, length, line);
}

/* Reads up to 4 bytes beyond the pixels that it uses: the line is that much longer. */
__attribute__((target("avx2"))) static void blend_columns_avx2(
    const uint8_t *line, int first, const struct axis *across, uint8_t *out)
{
    /* Two neighbours of one colour side by side, blue first, pixels 0 and 1 in the low half, 2 and 3 in the high one. */
    const __m256i pick = _mm256_setr_epi8(
        2, -1, 5, -1, 1, -1, 4, -1, 0, -1, 3, -1, -1, -1, -1, -1,
        8, -1, 11, -1, 7, -1, 10, -1, 6, -1, 9, -1, -1, -1, -1, -1);
    const __m256i spread = _mm256_setr_epi8(
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7);
    const __m128i half = _mm_set1_epi32(HALF);
    const int16_t *weights = across->weights;
    for (int x = 0; x < across->samples; x++, weights += across->taps, out += 4) {
        const uint8_t *at = line + 3 * (ptrdiff_t)(across->starts[x] - first);
        __m256i sums = _mm256_setzero_si256();
        for (int tap = 0; tap < across->taps; tap += 4, at += 12) {
            long long four;
            memcpy(&four, weights + tap, sizeof four);
            const __m256i weight = _mm256_shuffle_epi8(_mm256_set1_epi64x(four), spread);
            const __m256i pixels = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)at));
            sums = _mm256_add_epi32(sums, _mm256_madd_epi16(_mm256_shuffle_epi8(pixels, pick), weight));
        }
        __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        sum = _mm_srai_epi32(_mm_add_epi32(sum, half), PLACES);
        sum = _mm_packs_epi32(sum, sum);
        const uint32_t pixel = (uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(sum, sum)) | 0xff000000u;
        memcpy(out, &pixel, sizeof pixel);
    }
}

static void resample_avx2(
    const uint8_t *source, ptrdiff_t stride, const struct axis *down, const struct axis *across, int first, int count,
    uint8_t *line, uint8_t *target)
{
    for (int y = 0; y < down->samples; y++) {
        const uint8_t *rows = source + down->starts[y] * stride + 3 * (ptrdiff_t)first;
        blend_rows_avx2(rows, stride, down->weights + (ptrdiff_t)y * down->taps, down->taps, 3 * count, line);
        blend_columns_avx2(line, first, across, target + (ptrdiff_t)y * across->samples * 4);
    }
}
#endif

/* `source` is RGB with `stride` bytes a row; of each row only the `count` pixels from `first` on are read. `line` has room
 * for 3 * count + 4 bytes, `target` for across->samples * down->samples * 4. `portable` asks for the plain steps. */
void affiche_resample(
    const uint8_t *source, ptrdiff_t stride, const struct axis *down, const struct axis *across, int32_t first,
    int32_t count, int32_t portable, uint8_t *line, uint8_t *target)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (!portable && __builtin_cpu_supports("avx2")) {
        resample_avx2(source, stride, down, across, first, count, line, target);
        return;
    }
#endif
    (void)portable;
    resample(source, stride, down, across, first, count, line, target);
}
