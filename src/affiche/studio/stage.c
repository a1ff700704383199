/* SPDX-License-Identifier: Apache-2.0
 *
 * Light of a plate with a product standing in it, through a film curve.
 *
 * For every pixel of the picture `develop` reads the plate (two groups of light, depth, normal, roles), recolours it,
 * darkens it where the product stops light, adds the product's mirror image on polished floors and looks the result up
 * in the film curve. The product is a solid made of upright slices of its silhouette, which are kept as pyramids of
 * ever softer pictures: the further a slice is from the surface, the softer the level that its shadow is read from, so
 * that penumbras grow as they do under a lamp of that size and follow whatever they fall on.
 *
 * Scene axes: x right, y away from the camera, z up. Everything is single precision and in fixed order: the same input
 * gives the same bytes.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define CODES 4096
#define ROLES 4
#define LEVELS 10
#define FEET 6
#define BANDS 4
#define SLICES 5
#define CURVE_OCTAVES 18
#define CURVE_STEPS 256
#define ASIDE 2 /* px from a silhouette to where a pixel is of one surface */

struct plate {
    const uint16_t *key, *fill; /* height x width x 3 codes, looked up in `light` */
    const uint16_t *depth;      /* height x width: depth_scale / distance, 0 for nothing */
    const uint8_t *roles;       /* height x width x 3: share of the roles 1, 2, 3 */
    const int8_t *normal;       /* (height / 2) x (width / 2) x 3, 127 is one */
    int32_t width, height;
    float depth_scale;
    float eye[3], right[3], up[3], forward[3], focal; /* focal length in px of the plate */
    float light[CODES];                               /* exposed radiance of a code */
};

struct look {
    float key_gain[ROLES][3], fill_gain[ROLES][3];
    float key_at[3], key_radius;
    float mirror[ROLES], blur[ROLES], polish[ROLES]; /* reflectance at normal incidence, roughness, share of mirrored light */
    const float *curve;                              /* CURVE_OCTAVES x CURVE_STEPS film densities */
    float saturation;
};

struct window {
    float left, top, step; /* plate px of the picture's corner, plate px per picture px */
    int32_t width, height;
};

struct pyramid {
    const float *level[LEVELS]; /* height x width x 4 */
    int32_t width[LEVELS], height[LEVELS];
    int32_t levels;
};

struct foot {
    float x, half_width, half_depth;
};

struct band {
    float x, half_width, half_depth, low, high;
};

struct product {
    struct pyramid colour; /* premultiplied linear RGB and coverage */
    struct pyramid slices; /* coverage of the middle, the outer and the outermost slices */
    float scale;           /* px of the silhouette per unit */
    float axis, ground;    /* column of the foot's middle, row of the ground line in the silhouette */
    float margin;          /* clear px around the silhouette in level 0 of the pyramids */
    float base[3];         /* the foot's middle in the scene */
    float half_depth, height;
    float offset[SLICES];    /* of the slices behind the middle, units */
    int32_t layer[SLICES];   /* which channel of `slices` each is */
    const float *underside;  /* height of the silhouette's lower edge over the ground, units, per column of level 0 */
    int32_t columns;
    float sag;               /* how far the edge of a foot rises on its sides because it is round; higher edges overhang */
    struct foot feet[FEET];
    struct band bands[BANDS], whole;
    int32_t feet_count, bands_count;
    float tint[3]; /* mean colour that it sheds on its surroundings */
};

struct point {
    float x, y, z;
};

static inline float clamp(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

/* exp(-x) for x >= 0, within 0.2 % (bounded rational form of Schraudolph's kind would be coarser). */
static inline float fading(float x)
{
    if (x > 12.0f)
        return 0.0f;
    const float y = 1.0f + x * (1.0f / 16.0f) + x * x * (0.5f / 256.0f);
    const float y2 = y * y, y4 = y2 * y2, y8 = y4 * y4;
    return 1.0f / (y8 * y8);
}

/* log2 within 1e-4, from the float's exponent and a cubic in its mantissa; only used to choose blur levels. */
static inline float rough_log2(float x)
{
    union {
        float value;
        uint32_t bits;
    } u = {x};
    const int exponent = (int)(u.bits >> 23) - 127;
    u.bits = (u.bits & 0x7fffffu) | 0x3f800000u;
    const float m = u.value;
    return (float)exponent + ((-0.33582878f * m + 2.0f) * m - 1.65871022f);
}

/* arc cosine within 7e-5 rad (Abramowitz and Stegun, 4.4.45). */
static inline float arc(float x)
{
    const float a = fabsf(x) > 1.0f ? 1.0f : fabsf(x);
    const float r = sqrtf(1.0f - a) * (1.5707288f + a * (-0.2121144f + a * (0.0742610f - 0.0187293f * a)));
    return x < 0.0f ? 3.14159265f - r : r;
}

static inline float bilinear(const float *level, int width, int height, float x, float y, int channel)
{
    if (x <= 0.0f || y <= 0.0f || x >= (float)(width - 1) || y >= (float)(height - 1))
        return 0.0f;
    const int i = (int)x, j = (int)y;
    const float fx = x - (float)i, fy = y - (float)j;
    const float *p = level + 4 * ((ptrdiff_t)j * width + i) + channel;
    const float above = p[0] + fx * (p[4] - p[0]), below = p[4 * width] + fx * (p[4 * width + 4] - p[4 * width]);
    return above + fy * (below - above);
}

/* `channel` of a pyramid around (x, y) in level-0 px, softened by `sigma` px. */
static float softened(const struct pyramid *pyramid, float x, float y, float sigma, int channel)
{
    float place = sigma > 0.75f ? rough_log2(sigma * 1.33f) : 0.0f;
    place = clamp(place, 0.0f, (float)(pyramid->levels - 1) - 1e-3f);
    const int k = (int)place;
    const float part = place - (float)k, shrink = 1.0f / (float)(1 << k);
    const float sharp = bilinear(
        pyramid->level[k], pyramid->width[k], pyramid->height[k], (x + 0.5f) * shrink - 0.5f, (y + 0.5f) * shrink - 0.5f, channel);
    if (part < 0.01f)
        return sharp;
    const float soft = bilinear(pyramid->level[k + 1], pyramid->width[k + 1], pyramid->height[k + 1],
        (x + 0.5f) * shrink * 0.5f - 0.5f, (y + 0.5f) * shrink * 0.5f - 0.5f, channel);
    return sharp + part * (soft - sharp);
}

/* Share of the key that the product keeps from p, 0..1. A slice stands for the space around it; close to its plane it
 * would show as the thin sheet that it is, so it fades there and leaves the ground to its neighbours and to `contact`. */
static float key_stopped(const struct product *product, const struct look *look, struct point p)
{
    float most = 0.0f;
    for (int k = 0; k < SLICES; k++) {
        const float plane = product->base[1] + product->offset[k], way = look->key_at[1] - p.y;
        if (fabsf(way) < 1e-5f)
            continue;
        const float t = (plane - p.y) / way;
        if (t <= 1e-3f || t >= 1.0f)
            continue;
        const float x = product->axis + (p.x + t * (look->key_at[0] - p.x) - product->base[0]) * product->scale;
        const float y = product->ground - (p.z + t * (look->key_at[2] - p.z) - product->base[2]) * product->scale;
        const float sigma = look->key_radius * t * product->scale + 1.0f, reach = 2.5f * sigma + 2.0f;
        if (x < -reach || y < -reach || x > (float)product->columns + reach || y > product->ground + reach)
            continue;
        const float beside = fabsf(plane - p.y) / (0.4f * product->half_depth);
        const float stopped = softened(&product->slices, x + product->margin, y + product->margin, sigma, product->layer[k])
            * (beside < 1.0f ? beside : 1.0f);
        most = stopped > most ? stopped : most;
    }
    return most;
}

/* Share of the sky over a surface with normal n at p that an upright rectangle hides, weighted by the cosine: the form
 * factor of a polygon (J. H. Lambert, Photometria, 1760). */
static float hidden(const struct point corner[4], struct point n)
{
    float unit[4][3], sum = 0.0f;
    for (int k = 0; k < 4; k++) {
        const float length = sqrtf(corner[k].x * corner[k].x + corner[k].y * corner[k].y + corner[k].z * corner[k].z) + 1e-6f;
        unit[k][0] = corner[k].x / length, unit[k][1] = corner[k].y / length, unit[k][2] = corner[k].z / length;
    }
    for (int k = 0; k < 4; k++) {
        const float *a = unit[k], *b = unit[(k + 1) & 3];
        const float cx = a[1] * b[2] - a[2] * b[1], cy = a[2] * b[0] - a[0] * b[2], cz = a[0] * b[1] - a[1] * b[0];
        const float length = sqrtf(cx * cx + cy * cy + cz * cz);
        if (length < 1e-6f)
            continue;
        sum += arc(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) * (n.x * cx + n.y * cy + n.z * cz) / length;
    }
    return fabsf(sum) * 0.15915494f;
}

/* Share of the light from everywhere that one level piece of the product keeps from p. */
static float sky_stopped_by(const struct band *band, const struct product *product, struct point p, struct point n)
{
    const float dx = product->base[0] + band->x - p.x, dy = product->base[1] - p.y;
    float low = product->base[2] + band->low - p.z;
    const float high = product->base[2] + band->high - p.z;
    if (n.z > 0.7f) {
        low = low < 0.0f ? 0.0f : low;
        if (high <= low)
            return 0.0f;
    }
    const float distance = sqrtf(dx * dx + dy * dy) + 1e-4f, ux = dx / distance, uy = dy / distance;
    const float a = band->half_width * band->half_width, b = band->half_depth * band->half_depth;
    const float wide = sqrtf(a * uy * uy + b * ux * ux), thick = sqrtf(a * ux * ux + b * uy * uy);
    const float near = distance - 0.75f * thick < 0.02f ? 0.02f : distance - 0.75f * thick;
    if (wide * (high - low) < 0.02f * (near * near + high * high))
        return 0.0f;
    const float nx = ux * near, ny = uy * near, sx = -uy * wide, sy = ux * wide;
    const struct point corner[4] = {
        {nx - sx, ny - sy, low}, {nx + sx, ny + sy, low}, {nx + sx, ny + sy, high}, {nx - sx, ny - sy, high}};
    return hidden(corner, n);
}

/* The same of the whole product from further away, where its rectangle is as good as a disc. */
static float sky_stopped_afar(const struct product *product, struct point p, struct point n)
{
    const struct band *whole = &product->whole;
    const float dx = product->base[0] - p.x, dy = product->base[1] - p.y;
    const float dz = product->base[2] + 0.5f * whole->high - p.z, level = dx * dx + dy * dy, squared = level + dz * dz;
    const float facing = n.x * dx + n.y * dy + n.z * dz;
    if (facing <= 0.0f)
        return 0.0f;
    const float area = 2.0f * whole->half_width * whole->high;
    return area * facing * sqrtf(level) / (squared * (3.14159265f * squared + area));
}

/* The same, 0..1: piece by piece where the product is near, eased into its disc further away. */
static float sky_stopped(const struct product *product, struct point p, struct point n, float distance)
{
    const float away = distance / product->height - 1.0f;
    const float far = away > 0.0f ? sky_stopped_afar(product, p, n) : 0.0f;
    if (away >= 0.35f)
        return far;
    float near = 0.0f;
    for (int k = 0; k < product->bands_count; k++)
        near += sky_stopped_by(&product->bands[k], product, p, n);
    near = near > 0.92f ? 0.92f : near;
    return away > 0.0f ? near + (far - near) * away * (1.0f / 0.35f) : near;
}

/* Nearness of a point `outside` units beyond an ellipse and `gap` units under the solid, 1 at the touch. */
static inline float nearness(float x, float y, float half_width, float half_depth, float gap, float reach)
{
    const float a = x / half_width, b = y / half_depth, least = half_width < half_depth ? half_width : half_depth;
    const float outside = (sqrtf(a * a + b * b) - 1.0f) * least;
    const float away = (outside > 0.0f ? outside : 0.0f) + gap;
    if (away > 24.0f * reach)
        return 0.0f;
    return 0.6f * fading(away / reach) + 0.4f * fading(away / (5.0f * reach));
}

/* How closely p lies to the product: to where it stands, and to its underside where that curves away from the ground,
 * 0..1. A surface that rises over the ground line (a cushion) is as near as the line itself. */
static float contact(const struct product *product, struct point p)
{
    const float over = p.z - product->base[2];
    if (over < -0.12f * product->height || over > 0.4f * product->height)
        return 0.0f;
    const float gap = over < 0.0f ? -1.5f * over : 0.0f, reach = 0.062f * product->height;
    const float x = p.x - product->base[0], y = p.y - product->base[1];
    float most = 0.0f;
    for (int k = 0; k < product->feet_count; k++) {
        const struct foot *foot = &product->feet[k];
        const float near = nearness(x - foot->x, y, foot->half_width, foot->half_depth, gap, reach);
        most = near > most ? near : most;
    }
    const int column = (int)(product->axis + x * product->scale);
    if (column >= 0 && column < product->columns) {
        const struct band *body = &product->bands[0];
        const float lift = product->underside[column] - (over > 0.0f ? over : 0.0f);
        const float near = nearness(x - body->x, y, body->half_width, body->half_depth, gap + (lift > 0.0f ? lift : 0.0f), reach);
        most = near > most ? near : most;
    }
    return most;
}

/* Adds the product's image in a polished level floor at p. */
static void mirror_image(const struct product *product, const struct plate *plate, struct point p, float reflectance, float rough,
    float polish, float light[3])
{
    const float vx = p.x - plate->eye[0], vy = p.y - plate->eye[1], vz = p.z - plate->eye[2];
    const float front = product->base[1] - product->feet[0].half_depth;
    /* The column under which p is seen, which lies further in than p itself where p is behind the front. */
    const float seen = p.x + (front - p.y) / vy * vx;
    const float column = product->axis + (seen - product->base[0]) * product->scale;
    const int at = (int)clamp(column, 0.0f, (float)(product->columns - 1));
    const float lift = fminf(product->underside[at], product->sag);
    const float wall = front + lift * -vy / (vz < -1e-4f ? vz : -1e-4f) * 1.0f;
    const float t = (wall - p.y) / vy;
    if (t < 0.0f)
        return;
    const float height = p.z - t * vz - product->base[2];
    const float x = product->axis + (p.x + t * vx - product->base[0]) * product->scale + product->margin;
    const float y = product->ground - (height + lift) * product->scale + product->margin;
    const float sigma = (0.9f * rough * rough + 0.0012f) * height * product->scale * 2.2f;
    const float cover = softened(&product->colour, x, y, sigma, 3);
    if (cover < 2e-3f)
        return;
    const float length = sqrtf(vx * vx + vy * vy + vz * vz);
    const float grazing = 1.0f + vz / length, squared = grazing * grazing;
    const float fresnel = (reflectance + (1.0f - reflectance) * squared * squared * grazing) * fading(0.55f * height / product->height);
    for (int c = 0; c < 3; c++)
        light[c] = light[c] * (1.0f - cover * polish) + fresnel * softened(&product->colour, x, y, sigma, c);
}

/* AgX (T. Sobotka), as the polynomial fit of B. Wrensch tabulated: inset, film curve, look, outset; display code 0..1. */
static void filmed(const struct look *look, const float light[3], float out[3])
{
    static const float inset[3][3] = {{0.842479062f, 0.078433600f, 0.079223745f}, {0.042328242f, 0.878468636f, 0.079166127f},
        {0.042375655f, 0.078433600f, 0.879142973f}};
    static const float outset[3][3] = {{1.196879000f, -0.098020880f, -0.099029744f}, {-0.052896851f, 1.151903130f, -0.098961129f},
        {-0.052971636f, -0.098043450f, 1.151073630f}};
    float dense[3];
    for (int c = 0; c < 3; c++) {
        union {
            float value;
            uint32_t bits;
        } u = {inset[c][0] * light[0] + inset[c][1] * light[1] + inset[c][2] * light[2]};
        u.value = clamp(u.value, 1.8e-4f, 16.0f);
        const int32_t step = (int32_t)((u.bits - (114u << 23)) >> 15);
        dense[c] = look->curve[step < 0 ? 0 : step >= CURVE_OCTAVES * CURVE_STEPS ? CURVE_OCTAVES * CURVE_STEPS - 1 : step];
    }
    const float grey = 0.2126f * dense[0] + 0.7152f * dense[1] + 0.0722f * dense[2];
    for (int c = 0; c < 3; c++)
        dense[c] = grey + look->saturation * (dense[c] - grey);
    for (int c = 0; c < 3; c++)
        out[c] = clamp(outset[c][0] * dense[0] + outset[c][1] * dense[1] + outset[c][2] * dense[2], 0.0f, 1.0f);
}

struct sample {
    float key[3], fill[3], share[ROLES];
};

/* The plate at (column, row), which may lie between pixels. */
static void read_plate(const struct plate *plate, float column, float row, struct sample *s)
{
    const int i = (int)column, j = (int)row;
    const float fx = column - (float)i, fy = row - (float)j;
    const ptrdiff_t at = (ptrdiff_t)j * plate->width + i;
    const uint16_t *key = plate->key + 3 * at, *fill = plate->fill + 3 * at;
    const uint8_t *roles = plate->roles + 3 * at;
    if (fx < 1e-3f && fy < 1e-3f) {
        for (int c = 0; c < 3; c++) {
            s->key[c] = plate->light[key[c]], s->fill[c] = plate->light[fill[c]];
            s->share[c + 1] = (float)roles[c] * (1.0f / 255.0f);
        }
    } else {
        const int across = i + 1 < plate->width ? 3 : 0, down = j + 1 < plate->height ? 3 * plate->width : 0;
        const float w00 = (1.0f - fx) * (1.0f - fy), w10 = fx * (1.0f - fy), w01 = (1.0f - fx) * fy, w11 = fx * fy;
        for (int c = 0; c < 3; c++) {
            s->key[c] = w00 * plate->light[key[c]] + w10 * plate->light[key[c + across]] + w01 * plate->light[key[c + down]]
                + w11 * plate->light[key[c + across + down]];
            s->fill[c] = w00 * plate->light[fill[c]] + w10 * plate->light[fill[c + across]] + w01 * plate->light[fill[c + down]]
                + w11 * plate->light[fill[c + across + down]];
            s->share[c + 1] = (w00 * roles[c] + w10 * roles[c + across] + w01 * roles[c + down] + w11 * roles[c + across + down])
                * (1.0f / 255.0f);
        }
    }
    const float rest = 1.0f - s->share[1] - s->share[2] - s->share[3];
    s->share[0] = rest < 0.0f ? 0.0f : rest;
}

static void recolour(const struct look *look, struct sample *s)
{
    for (int c = 0; c < 3; c++) {
        float key = 0.0f, fill = 0.0f;
        for (int k = 0; k < ROLES; k++)
            key += s->share[k] * look->key_gain[k][c], fill += s->share[k] * look->fill_gain[k][c];
        s->key[c] *= key, s->fill[c] *= fill;
    }
}

static inline struct point place(const struct plate *plate, float column, float row, float distance)
{
    const float a = (column + 0.5f - 0.5f * (float)plate->width) / plate->focal;
    const float b = (0.5f * (float)plate->height - row - 0.5f) / plate->focal;
    const struct point p = {
        plate->eye[0] + distance * (plate->forward[0] + a * plate->right[0] + b * plate->up[0]),
        plate->eye[1] + distance * (plate->forward[1] + a * plate->right[1] + b * plate->up[1]),
        plate->eye[2] + distance * (plate->forward[2] + a * plate->right[2] + b * plate->up[2]),
    };
    return p;
}

/* What the product leaves of key and fill at a point of the scene. */
struct kept {
    float key, stopped;
};

static struct kept kept_at(const struct product *product, const struct look *look, struct point p, struct point n)
{
    const float dx = p.x - product->base[0], dy = p.y - product->base[1], dz = p.z - product->base[2];
    const float distance = sqrtf(dx * dx + dy * dy + dz * dz);
    struct kept kept = {1.0f - key_stopped(product, look, p), 0.0f};
    if (distance < 2.6f * product->height) {
        const float sky = sky_stopped(product, p, n, distance), close = contact(product, p);
        kept.key *= 1.0f - 0.85f * close;
        kept.stopped = sky + (1.0f - sky) * 0.9f * close;
    }
    return kept;
}

static inline int on_edge(const uint16_t *depth, int width)
{
    const int here = depth[0], slack = here >> 6;
    return abs(depth[-1] - here) > slack || abs(depth[1] - here) > slack || abs(depth[-width] - here) > slack
        || abs(depth[width] - here) > slack;
}

/* Whether the four pixels from `depth` on, the next column and the next row, show more than one surface. */
static inline int on_two(const uint16_t *depth, int width)
{
    const int a = depth[0], b = depth[1], c = depth[width], d = depth[width + 1];
    const int most = (a > b ? a : b) > (c > d ? c : d) ? (a > b ? a : b) : (c > d ? c : d);
    const int least = (a < b ? a : b) < (c < d ? c : d) ? (a < b ? a : b) : (c < d ? c : d);
    return most - least > most >> 6;
}

/* Distance along the view's axis at (column, row): between pixels of one surface the codes are interpolated, which is
 * exact on planes; across silhouettes the nearest pixel counts. 0 for nothing. */
static float distance_at(const struct plate *plate, float column, float row)
{
    const int i = (int)column, j = (int)row;
    const float fx = column - (float)i, fy = row - (float)j;
    const int near_i = (int)(column + 0.5f), near_j = (int)(row + 0.5f);
    const float near = (float)plate->depth[(ptrdiff_t)near_j * plate->width + near_i];
    if (near == 0.0f)
        return 0.0f;
    if ((fx < 1e-3f && fy < 1e-3f) || i + 1 >= plate->width || j + 1 >= plate->height)
        return plate->depth_scale / near;
    const uint16_t *depth = plate->depth + (ptrdiff_t)j * plate->width + i;
    const float a = depth[0], b = depth[1], c = depth[plate->width], d = depth[plate->width + 1];
    const float most = fmaxf(fmaxf(a, b), fmaxf(c, d)), least = fminf(fminf(a, b), fminf(c, d));
    if (most - least > near * (1.0f / 64.0f))
        return plate->depth_scale / near;
    return plate->depth_scale / ((a + fx * (b - a)) * (1.0f - fy) + (c + fx * (d - c)) * fy);
}

static struct point normal_at(const struct plate *plate, int column, int row)
{
    const int half_width = plate->width / 2, half_height = plate->height / 2;
    const int i = column / 2 < half_width ? column / 2 : half_width - 1, j = row / 2 < half_height ? row / 2 : half_height - 1;
    const int8_t *normal = plate->normal + 3 * ((ptrdiff_t)j * half_width + i);
    return (struct point){(float)normal[0] / 127.0f, (float)normal[1] / 127.0f, (float)normal[2] / 127.0f};
}

/* How much of a pixel is of the surface of `a` and not of that of `b`, 0..1, told by their roles; -1 if these are alike. */
static float share_of(const uint8_t *here, const uint8_t *a, const uint8_t *b)
{
    int along = 0, whole = 0, rest_here = 255, rest_a = 255, rest_b = 255;
    for (int k = 0; k < ROLES - 1; k++) {
        along += (here[k] - b[k]) * (a[k] - b[k]), whole += (a[k] - b[k]) * (a[k] - b[k]);
        rest_here -= here[k], rest_a -= a[k], rest_b -= b[k];
    }
    along += (rest_here - rest_b) * (rest_a - rest_b), whole += (rest_a - rest_b) * (rest_a - rest_b);
    return whole > 16384 ? clamp((float)along / (float)whole, 0.0f, 1.0f) : -1.0f;
}

static struct kept kept_of(const struct plate *plate, const struct look *look, const struct product *product, int column, int row)
{
    const uint16_t code = plate->depth[(ptrdiff_t)row * plate->width + column];
    if (code == 0)
        return (struct kept){1.0f, 0.0f};
    return kept_at(product, look, place(plate, (float)column, (float)row, plate->depth_scale / (float)code),
        normal_at(plate, column, row));
}

/* What is kept in a pixel at a silhouette, as the roles tell how much of it is of either surface. Returns 0 where they do
 * not tell. */
static int kept_by_share(const struct plate *plate, const struct look *look, const struct product *product, int column, int row,
    struct kept *kept)
{
    if (column < ASIDE || row < ASIDE || column >= plate->width - ASIDE || row >= plate->height - ASIDE)
        return 0;
    const ptrdiff_t at = (ptrdiff_t)row * plate->width + column, down = (ptrdiff_t)ASIDE * plate->width;
    const uint16_t *depth = plate->depth + at;
    const int upright = abs(depth[-down] - depth[down]) >= abs(depth[-ASIDE] - depth[ASIDE]);
    const ptrdiff_t step = upright ? down : ASIDE;
    const uint8_t *roles = plate->roles + 3 * at;
    const float share = share_of(roles, roles - 3 * step, roles + 3 * step);
    if (share < 0.0f)
        return 0;
    const int x = upright ? 0 : ASIDE, y = upright ? ASIDE : 0;
    const struct kept before = kept_of(plate, look, product, column - x, row - y);
    const struct kept after = kept_of(plate, look, product, column + x, row + y);
    kept->key = after.key + share * (before.key - after.key);
    kept->stopped = after.stopped + share * (before.stopped - after.stopped);
    return 1;
}

/* What is kept in a pixel. Light of pixels at a silhouette is mixed of both sides, so what is kept is mixed too. */
static struct kept kept_in(const struct plate *plate, const struct look *look, const struct product *product, int column, int row,
    struct point p, struct point n)
{
    if (column < 1 || row < 1 || column >= plate->width - 1 || row >= plate->height - 1)
        return kept_at(product, look, p, n);
    const uint16_t *depth = plate->depth + (ptrdiff_t)row * plate->width + column;
    if (!on_edge(depth, plate->width))
        return kept_at(product, look, p, n);
    struct kept shared;
    if (kept_by_share(plate, look, product, column, row, &shared))
        return shared;
    const struct kept here = kept_at(product, look, p, n);
    static const int aside[8][2] = {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    struct kept sum = {2.0f * here.key, 2.0f * here.stopped};
    float weight = 2.0f;
    for (int k = 0; k < 8; k++) {
        const uint16_t code = depth[aside[k][1] * plate->width + aside[k][0]];
        if (code == 0)
            continue;
        const struct kept there = kept_at(product, look,
            place(plate, (float)(column + aside[k][0]), (float)(row + aside[k][1]), plate->depth_scale / (float)code), n);
        sum.key += there.key, sum.stopped += there.stopped, weight += 1.0f;
    }
    return (struct kept){sum.key / weight, sum.stopped / weight};
}

/* What is kept at p, which is seen at (column, row). Between pixels of two surfaces the light is a mixture of theirs, so
 * what is kept is mixed by the same shares: the nearest alone would make stairs of every rim in shadow. */
static struct kept kept_between(const struct plate *plate, const struct look *look, const struct product *product, float column,
    float row, struct point p, struct point n)
{
    const int i = (int)column, j = (int)row;
    const float fx = column - (float)i, fy = row - (float)j;
    const uint16_t *depth = plate->depth + (ptrdiff_t)j * plate->width + i;
    const int whole = (fx < 1e-3f && fy < 1e-3f) || i + 1 >= plate->width || j + 1 >= plate->height;
    if (whole || !on_two(depth, plate->width))
        return kept_in(plate, look, product, (int)(column + 0.5f), (int)(row + 0.5f), p, n);
    struct kept sum = {0.0f, 0.0f};
    float weight = 0.0f;
    for (int k = 0; k < 4; k++) {
        const int x = i + (k & 1), y = j + (k >> 1);
        const float share = (k & 1 ? fx : 1.0f - fx) * (k >> 1 ? fy : 1.0f - fy);
        const uint16_t code = plate->depth[(ptrdiff_t)y * plate->width + x];
        if (code == 0 || share < 1e-3f)
            continue;
        const struct kept there = kept_in(plate, look, product, x, y,
            place(plate, (float)x, (float)y, plate->depth_scale / (float)code), normal_at(plate, x, y));
        sum.key += share * there.key, sum.stopped += share * there.stopped, weight += share;
    }
    return weight > 0.0f ? (struct kept){sum.key / weight, sum.stopped / weight} : (struct kept){1.0f, 0.0f};
}

/* The picture of the plate with the product's traces, without the product itself: `out` height x width x 3 display codes
 * 0..1; `before` height x width, 1 where the scene stands before the product. `product` may be NULL. */
void affiche_develop(const struct plate *plate, const struct look *look, const struct window *window,
    const struct product *product, float *out, uint8_t *before)
{
    for (int j = 0; j < window->height; j++) {
        const float row = clamp(window->top + ((float)j + 0.5f) * window->step - 0.5f, 0.0f, (float)plate->height - 1.001f);
        for (int i = 0; i < window->width; i++, out += 3, before++) {
            const float column = clamp(window->left + ((float)i + 0.5f) * window->step - 0.5f, 0.0f, (float)plate->width - 1.001f);
            struct sample s;
            read_plate(plate, column, row, &s);
            recolour(look, &s);
            float light[3] = {s.key[0] + s.fill[0], s.key[1] + s.fill[1], s.key[2] + s.fill[2]};
            const int near_i = (int)(column + 0.5f), near_j = (int)(row + 0.5f);
            const float distance = product != NULL ? distance_at(plate, column, row) : 0.0f;
            *before = 0;
            if (distance > 0.0f) {
                const struct point p = place(plate, column, row, distance);
                *before = p.y < product->base[1] - product->half_depth - 0.03f && p.z > product->base[2] + 0.01f;
                const struct point n = normal_at(plate, near_i, near_j);
                const struct kept kept = kept_between(plate, look, product, column, row, p, n);
                for (int c = 0; c < 3; c++)
                    light[c] = s.key[c] * kept.key + s.fill[c] * (1.0f - kept.stopped * (1.0f - product->tint[c]));
                if (n.z > 0.9f && fabsf(p.z - product->base[2]) < 0.04f) {
                    float mirror = 0.0f, rough = 0.0f, polish = 0.0f;
                    for (int k = 0; k < ROLES; k++)
                        mirror += s.share[k] * look->mirror[k], rough += s.share[k] * look->blur[k], polish += s.share[k] * look->polish[k];
                    if (mirror > 1e-3f)
                        mirror_image(product, plate, p, mirror, rough, polish, light);
                }
            }
            filmed(look, light, out);
        }
    }
}

static inline uint32_t scrambled(uint32_t x)
{
    x ^= x >> 16, x *= 0x7feb352du, x ^= x >> 15, x *= 0x846ca68bu;
    return x ^ (x >> 16);
}

/* Display codes to bytes with grain of standard deviation `grain` levels, equal in the three channels, from `seed`. */
void affiche_print(const float *codes, int32_t width, int32_t height, float grain, uint32_t seed, uint8_t *out)
{
    const float reach = grain * 2.4494897f / 65536.0f;
    for (int32_t j = 0; j < height; j++)
        for (int32_t i = 0; i < width; i++, codes += 3, out += 3) {
            const uint32_t word = scrambled(scrambled((uint32_t)j ^ seed) + (uint32_t)i);
            const float noise = ((float)(word & 0xffffu) + (float)(word >> 16) - 65535.0f) * reach;
            for (int c = 0; c < 3; c++)
                out[c] = (uint8_t)clamp(codes[c] * 255.0f + noise + 0.5f, 0.0f, 255.0f);
        }
}
