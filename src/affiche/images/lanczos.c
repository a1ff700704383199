/* SPDX-License-Identifier: Apache-2.0
 *
 * Separable resampling of 8-bit RGB to opaque BGRA with whole-number weights, and these weights.
 *
 * Each row of the result is made in two steps: weighted rows of the source are added into one line, then weighted pixels
 * of that line into the row. Weights have 14 binary places and sum to 1 << 14; sums fit 32 bits, so the same input gives
 * the same bytes on every processor.
 *
 * The AVX2 steps do exactly what the portable ones do, on bands of 8 rows: the lines of a band are turned, so that the 8
 * pixels of a column lie side by side and the second step adds whole vectors as the first one does.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PLACES 14
#define HALF (1 << (PLACES - 1))

struct axis {
    const int32_t *starts;  /* where the window of each sample begins */
    const int16_t *weights; /* `taps` of them for each sample */
    int32_t taps;           /* an even number; the last ones may weigh nothing */
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

#define AVX2 __attribute__((target("avx2")))
#define ROWS 8          /* of a band */
#define STEP 32         /* bytes of a vector: 8 pixels of BGRX */
#define OVERREAD 32

/* The weighted sum of `taps` vectors, `stride` bytes apart. */
AVX2 static inline __m256i blended(const uint8_t *at, ptrdiff_t stride, const int16_t *weights, int taps)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i a = _mm256_set1_epi32(HALF), b = a, c = a, d = a;
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
    return _mm256_packus_epi16(left, right);
}

AVX2 static void blend_rows_avx2(
    const uint8_t *rows, ptrdiff_t stride, const int16_t *weights, int taps, int length, uint8_t *line)
{
    int i = 0;
    for (; i + STEP <= length; i += STEP)
        _mm256_storeu_si256((__m256i *)(line + i), blended(rows + i, stride, weights, taps));
    blend_rows(rows, stride, weights, taps, i, length, line);
}

/* Exchanges rows and columns of 8 x 8 pixels of 32 bits. */
AVX2 static inline void turn(__m256i *v)
{
    __m256i pairs[8], fours[8];
    for (int i = 0; i < 8; i += 2) {
        pairs[i] = _mm256_unpacklo_epi32(v[i], v[i + 1]);
        pairs[i + 1] = _mm256_unpackhi_epi32(v[i], v[i + 1]);
    }
    for (int i = 0; i < 8; i += 4) {
        fours[i] = _mm256_unpacklo_epi64(pairs[i], pairs[i + 2]);
        fours[i + 1] = _mm256_unpackhi_epi64(pairs[i], pairs[i + 2]);
        fours[i + 2] = _mm256_unpacklo_epi64(pairs[i + 1], pairs[i + 3]);
        fours[i + 3] = _mm256_unpackhi_epi64(pairs[i + 1], pairs[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        v[i] = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x20);
        v[i + 4] = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x31);
    }
}

/* The RGB lines of a band as columns of 8 pixels BGRX, and up to 7 columns more. Reads 32 bytes beyond a line's pixels. */
AVX2 static void turn_lines(const uint8_t *lines, ptrdiff_t stride, int count, uint8_t *columns)
{
    const __m256i halves = _mm256_setr_epi32(0, 1, 2, 0, 3, 4, 5, 0);
    const __m256i spread = _mm256_setr_epi8(
        2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1, 2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
    for (int x = 0; x < count; x += 8, columns += 8 * STEP) {
        __m256i block[ROWS];
        for (int y = 0; y < ROWS; y++) {
            const __m256i pixels = _mm256_loadu_si256((const __m256i *)(lines + y * stride + 3 * (ptrdiff_t)x));
            block[y] = _mm256_shuffle_epi8(_mm256_permutevar8x32_epi32(pixels, halves), spread);
        }
        turn(block);
        for (int i = 0; i < 8; i++)
            _mm256_storeu_si256((__m256i *)(columns + i * STEP), block[i]);
    }
}

/* Adds the columns of a band into `height` rows of the result. */
AVX2 static void blend_columns_avx2(
    const uint8_t *columns, int first, const struct axis *across, int height, uint8_t *out)
{
    const __m256i opaque = _mm256_set1_epi32((int32_t)0xff000000u);
    for (int x = 0; x < across->samples; x += 8) {
        const int width = across->samples - x < 8 ? across->samples - x : 8;
        __m256i block[8];
        for (int i = 0; i < 8; i++) {
            const int at = x + (i < width ? i : width - 1);
            const uint8_t *column = columns + STEP * (ptrdiff_t)(across->starts[at] - first);
            block[i] = blended(column, STEP, across->weights + (ptrdiff_t)at * across->taps, across->taps);
        }
        turn(block);
        for (int y = 0; y < height; y++) {
            const __m256i pixels = _mm256_or_si256(block[y], opaque);
            memcpy(out + 4 * ((ptrdiff_t)y * across->samples + x), &pixels, 4 * (size_t)width);
        }
    }
}

AVX2 static void resample_avx2(
    const uint8_t *source, ptrdiff_t stride, const struct axis *down, const struct axis *across, int first, int count,
    uint8_t *room, uint8_t *target)
{
    const ptrdiff_t line = 3 * (ptrdiff_t)count + OVERREAD;
    uint8_t *columns = room + ROWS * line;
    for (int top = 0; top < down->samples; top += ROWS) {
        const int height = down->samples - top < ROWS ? down->samples - top : ROWS;
        for (int y = top; y < top + height; y++) {
            const uint8_t *rows = source + down->starts[y] * stride + 3 * (ptrdiff_t)first;
            const int16_t *weights = down->weights + (ptrdiff_t)y * down->taps;
            blend_rows_avx2(rows, stride, weights, down->taps, 3 * count, room + (y - top) * line);
        }
        turn_lines(room, line, count, columns);
        blend_columns_avx2(columns, first, across, height, target + (ptrdiff_t)top * across->samples * 4);
    }
}
#endif

/* `filter` is one half of a symmetric filter, `reach` px long in `entries` steps. */
struct filter {
    const double *values;
    int32_t entries;
    double reach;
};

static double filtered(const struct filter *filter, double distance)
{
    const double step = distance * (filter->entries / filter->reach) + 0.5;
    return step < filter->entries ? filter->values[(int32_t)step] : 0.0;
}

/* `value`, which is far below 2^51, rounded to the nearest whole number, halves to the even one: at this size the places
 * behind the point are gone. What the instruction for it does on every processor, without a call where there is none. */
static double nearest(double value)
{
    const double all_whole = 6755399441055744.0; /* 1.5 * 2^52 */
    return (value + all_whole) - all_whole;
}

/* Rounds to whole numbers that sum to 1 << PLACES; the heaviest takes what is left over. */
static void quantise(const double *exact, int taps, int16_t *weights)
{
    double whole = 0.0;
    for (int tap = 0; tap < taps; tap++)
        whole += exact[tap];
    const double scale = (1 << PLACES) / whole;
    int left = 1 << PLACES, heaviest = 0;
    for (int tap = 0; tap < taps; tap++) {
        weights[tap] = (int16_t)nearest(exact[tap] * scale);
        left -= weights[tap];
        if (weights[tap] > weights[heaviest])
            heaviest = tap;
    }
    weights[heaviest] = (int16_t)(weights[heaviest] + left);
}

/* The windows of `samples` that divide what lies from `start` on into steps of `shrink` px, on a source `length` px long,
 * not shorter than `taps`: what falls beyond its edges weighs on its edge pixels. `exact` has room for `taps` numbers. */
void affiche_weights(
    const struct filter *filter, double start, double shrink, int32_t samples, int32_t length, int32_t taps,
    double *exact, int32_t *starts, int16_t *weights)
{
    for (int32_t i = 0; i < samples; i++, weights += taps) {
        const double centre = start + (i + 0.5) * shrink - 0.5;
        const int64_t begin = (int64_t)floor(centre) - taps / 2 + 1, last = length - 1;
        starts[i] = (int32_t)(begin < 0 ? 0 : begin > length - taps ? length - taps : begin);
        memset(exact, 0, (size_t)taps * sizeof *exact);
        for (int64_t place = begin; place < begin + taps; place++) {
            const int64_t inside = place < 0 ? 0 : place > last ? last : place;
            exact[inside - starts[i]] += filtered(filter, fabs((double)place - centre));
        }
        quantise(exact, taps, weights);
    }
}

/* `source` is RGB with `stride` bytes a row; of each row only the `count` pixels from `first` on are read. `room` holds
 * 8 * (3 * count + 32) + 32 * (count + 7) bytes, `target` across->samples * down->samples * 4. `portable` asks for the plain steps. */
void affiche_resample(
    const uint8_t *source, ptrdiff_t stride, const struct axis *down, const struct axis *across, int32_t first,
    int32_t count, int32_t portable, uint8_t *room, uint8_t *target)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (!portable && __builtin_cpu_supports("avx2")) {
        resample_avx2(source, stride, down, across, first, count, room, target);
        return;
    }
#endif
    (void)portable;
    resample(source, stride, down, across, first, count, room, target);
}
