/* SPDX-License-Identifier: Apache-2.0
 *
 * Lays ink on a canvas through a mask, in one pass over memory:
 *
 *     canvas = (canvas * (255 - m) + ink * m) / 255,    m = mask * opacity / 65536
 *
 * where ink may first be multiplied with the canvas (canvas * ink / 255) or screened (canvas + ink - canvas * ink / 255);
 * in whole numbers rounded to nearest, so the same input gives the same bytes on every processor. Pixels are four bytes;
 * the fourth is blended like the others, so 255 on both sides stays 255. The AVX2 steps do exactly what the portable
 * ones do.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FULL 65536

enum blend { NORMAL, MULTIPLY, SCREEN };

struct plane {
    const uint8_t *start;
    ptrdiff_t row;  /* bytes from one row to the next; 0 repeats the first row */
    ptrdiff_t step; /* bytes from one pixel to the next; 0 repeats the first pixel */
};

/* value / 255 to nearest, for value <= 255 * 255 */
static uint32_t share(uint32_t value)
{
    value += 128;
    return (value + (value >> 8)) >> 8;
}

static uint32_t laid(uint32_t canvas, uint32_t ink, int blend)
{
    if (blend == NORMAL)
        return ink;
    const uint32_t product = share(canvas * ink);
    return blend == MULTIPLY ? product : canvas + ink - product;
}

static uint32_t thinned(uint32_t mask, uint32_t opacity)
{
    return opacity == FULL ? mask : (((mask << 8) * opacity >> 16) + 128) >> 8;
}

static void lay_row(
    uint8_t *canvas, const uint8_t *ink, ptrdiff_t ink_step, const uint8_t *mask, ptrdiff_t mask_step, uint32_t opacity,
    int blend, int from, int width)
{
    for (int x = from; x < width; x++) {
        const uint32_t m = thinned(mask[x * mask_step], opacity);
        for (int i = 0; i < 4; i++) {
            const uint32_t old = canvas[4 * x + i];
            canvas[4 * x + i] = (uint8_t)share(old * (255 - m) + laid(old, ink[x * ink_step + i], blend) * m);
        }
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2"))) static __m256i shares(__m256i values)
{
    values = _mm256_add_epi16(values, _mm256_set1_epi16(128));
    return _mm256_srli_epi16(_mm256_add_epi16(values, _mm256_srli_epi16(values, 8)), 8);
}

__attribute__((target("avx2"))) static __m256i mixed(__m256i canvas, __m256i ink, __m256i mask, int blend)
{
    if (blend != NORMAL) {
        const __m256i product = shares(_mm256_mullo_epi16(canvas, ink));
        ink = blend == MULTIPLY ? product : _mm256_sub_epi16(_mm256_add_epi16(canvas, ink), product);
    }
    const __m256i rest = _mm256_sub_epi16(_mm256_set1_epi16(255), mask);
    return shares(_mm256_add_epi16(_mm256_mullo_epi16(canvas, rest), _mm256_mullo_epi16(ink, mask)));
}

/* Eight pixels at a time; returns how many were laid. Masks must lie side by side or be one for all. */
__attribute__((target("avx2"))) static int lay_row_avx2(
    uint8_t *canvas, const uint8_t *ink, ptrdiff_t ink_step, const uint8_t *mask, ptrdiff_t mask_step, uint32_t opacity,
    int blend, int width)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i spread = _mm256_setr_epi8(
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7);
    const __m128i thin = _mm_set1_epi16((short)opacity);
    int32_t colour;
    memcpy(&colour, ink, sizeof colour);
    __m256i inks = _mm256_set1_epi32(colour);
    __m128i masks = _mm_set1_epi8((char)thinned(mask[0], opacity));
    int x = 0;
    for (; x + 8 <= width; x += 8) {
        if (mask_step) {
            masks = _mm_loadl_epi64((const __m128i *)(mask + x));
            if (opacity != FULL) {
                const __m128i wide = _mm_unpacklo_epi8(_mm_setzero_si128(), masks);
                const __m128i thinner = _mm_add_epi16(_mm_mulhi_epu16(wide, thin), _mm_set1_epi16(128));
                masks = _mm_packus_epi16(_mm_srli_epi16(thinner, 8), thinner);
            }
        }
        if (ink_step)
            inks = _mm256_loadu_si256((const __m256i *)(ink + 4 * x));
        const __m256i each = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(masks), spread);
        __m256i *at = (__m256i *)(canvas + 4 * x);
        const __m256i old = _mm256_loadu_si256(at);
        const __m256i low = mixed(
            _mm256_unpacklo_epi8(old, zero), _mm256_unpacklo_epi8(inks, zero), _mm256_unpacklo_epi8(each, zero), blend);
        const __m256i high = mixed(
            _mm256_unpackhi_epi8(old, zero), _mm256_unpackhi_epi8(inks, zero), _mm256_unpackhi_epi8(each, zero), blend);
        _mm256_storeu_si256(at, _mm256_packus_epi16(low, high));
    }
    return x;
}
#endif

/* `canvas` has `stride` bytes a row. The steps of `ink` are 4 or 0, those of `mask` 1 or 0. `opacity` is 0..65536,
 * `blend` one of the values above. `portable` asks for the plain steps. */
void affiche_lay_ink(
    uint8_t *canvas, ptrdiff_t stride, const struct plane *ink, const struct plane *mask, uint32_t opacity, int32_t width,
    int32_t height, int32_t blend, int32_t portable)
{
    for (int y = 0; y < height; y++) {
        uint8_t *row = canvas + y * stride;
        const uint8_t *colours = ink->start + y * ink->row, *masks = mask->start + y * mask->row;
        int done = 0;
#if defined(__x86_64__) && defined(__GNUC__)
        if (!portable && __builtin_cpu_supports("avx2"))
            done = lay_row_avx2(row, colours, ink->step, masks, mask->step, opacity, blend, width);
#endif
        (void)portable;
        lay_row(row, colours, ink->step, masks, mask->step, opacity, blend, done, width);
    }
}
