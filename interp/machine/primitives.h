/* What the engine's loop is made of, for the compiled engine; primitives.py says the same in Python.
 * Compiled with -fwrapv -fno-strict-aliasing.  To add one: here, in primitives.py and in engine.pxd. */
#include <stdint.h>
#include <string.h>
#include <math.h>
#define INL static inline __attribute__((always_inline))
typedef long long i64;
typedef unsigned long long u64;

INL i64 s_ext(i64 x, i64 sh) { return (i64)((u64)x << sh) >> sh; }
INL i64 u_ext(i64 x, i64 sh) { return (i64)(((u64)x << sh) >> sh); }
INL i64 wrap(i64 x) { return x; }
INL i64 less_u(i64 a, i64 b) { return (u64)a < (u64)b; }
INL i64 lowest(i64 sh) { return (i64)((u64)-1 << (63 - sh)); }
INL i64 shift_left(i64 x, i64 n) { return (i64)((u64)x << n); }
INL i64 shift_right_u(i64 x, i64 n) { return (i64)((u64)x >> n); }
INL i64 div_s(i64 a, i64 b) { return b == -1 ? (i64)(0 - (u64)a) : a / b; } /* the processor traps lowest / -1 */
INL i64 rem_s(i64 a, i64 b) { return b == -1 ? 0 : a % b; }
INL i64 div_u(i64 a, i64 b) { return (i64)((u64)a / (u64)b); }
INL i64 rem_u(i64 a, i64 b) { return (i64)((u64)a % (u64)b); }

INL int add_over_s(i64 a, i64 b, i64 sh) { i64 r; if (sh) { r = a + b; return s_ext(r, sh) != r; } return __builtin_add_overflow(a, b, &r); }
INL int sub_over_s(i64 a, i64 b, i64 sh) { i64 r; if (sh) { r = a - b; return s_ext(r, sh) != r; } return __builtin_sub_overflow(a, b, &r); }
INL int mul_over_s(i64 a, i64 b, i64 sh) { i64 r; if (sh) { r = a * b; return s_ext(r, sh) != r; } return __builtin_mul_overflow(a, b, &r); }
INL int add_over_u(i64 a, i64 b, i64 sh) { u64 r; if (sh) { r = a + b; return u_ext(r, sh) != (i64)r; } return __builtin_add_overflow((u64)a, (u64)b, &r); }
INL int sub_over_u(i64 a, i64 b, i64 sh) { (void)sh; return (u64)a < (u64)b; }
INL int mul_over_u(i64 a, i64 b, i64 sh) { u64 r; if (sh) { r = a * b; return u_ext(r, sh) != (i64)r; } return __builtin_mul_overflow((u64)a, (u64)b, &r); }

INL i64 hash_slot(i64 key, i64 shift) { return (i64)(((u64)key * 0x9E3779B97F4A7C15ULL) >> shift); }
INL int vtable_like(i64 x) {
    u64 y = ((u64)x & 0xFEFEFEFEFEFEFEFEULL) ^ 0x7E7E7E7E7E7E7E7EULL;
    return ((y - 0x0101010101010101ULL) & ~y & 0x8080808080808080ULL) != 0;
}
INL i64 popcount(i64 x) { return __builtin_popcountll((u64)x); }
INL i64 leading_zeros(i64 x) { return x ? __builtin_clzll((u64)x) : 64; }
INL i64 trailing_zeros(i64 x) { return x ? __builtin_ctzll((u64)x) : 64; }
INL i64 byte_swap(i64 x, i64 sh) { return (i64)(__builtin_bswap64((u64)x) >> sh); }
static i64 bit_reverse(i64 x, i64 sh) { u64 r = 0, v = (u64)x; for (int i = 0; i < 64; i++) { r = r << 1 | (v & 1); v >>= 1; } return (i64)(r >> sh); }
INL i64 rotate(i64 x, i64 n, i64 sh) { i64 w = 64 - sh; return n ? u_ext((i64)((u64)x << n | (u64)x >> (w - n)), sh) : x; }

INL i64 rd_u8(unsigned char *p, i64 o) { return p[o]; }
INL i64 rd_i8(unsigned char *p, i64 o) { return (signed char)p[o]; }
INL i64 rd_u16(unsigned char *p, i64 o) { uint16_t v; memcpy(&v, p + o, 2); return v; }
INL i64 rd_i16(unsigned char *p, i64 o) { int16_t v; memcpy(&v, p + o, 2); return v; }
INL i64 rd_u32(unsigned char *p, i64 o) { uint32_t v; memcpy(&v, p + o, 4); return v; }
INL i64 rd_i32(unsigned char *p, i64 o) { int32_t v; memcpy(&v, p + o, 4); return v; }
INL i64 rd_i64(unsigned char *p, i64 o) { i64 v; memcpy(&v, p + o, 8); return v; }
INL void wr1(unsigned char *p, i64 o, i64 v) { p[o] = (unsigned char)v; }
INL void wr2(unsigned char *p, i64 o, i64 v) { uint16_t w = (uint16_t)v; memcpy(p + o, &w, 2); }
INL void wr4(unsigned char *p, i64 o, i64 v) { uint32_t w = (uint32_t)v; memcpy(p + o, &w, 4); }
INL void wr8(unsigned char *p, i64 o, i64 v) { memcpy(p + o, &v, 8); }

#define INIT8 0x0101010101010101LL
#define POINTER8 0x0303030303030303LL
#define WHOLE8 0x0202020202020202LL
#define FRAGMENT8 0x0404040404040404LL
#define MARKED8 0x0606060606060606LL
INL int init1(unsigned char *m, i64 o) { return m[o] & 1; }
INL int init2(unsigned char *m, i64 o) { return (rd_u16(m, o) & 0x0101) == 0x0101; }
INL int init4(unsigned char *m, i64 o) { return (rd_u32(m, o) & 0x01010101) == 0x01010101; }
INL int init8(unsigned char *m, i64 o) { return (rd_i64(m, o) & INIT8) == INIT8; }
INL void set_init1(unsigned char *m, i64 o) { m[o] = 1; }
INL void set_init2(unsigned char *m, i64 o) { wr2(m, o, 0x0101); }
INL void set_init4(unsigned char *m, i64 o) { wr4(m, o, 0x01010101); }
INL void set_init8(unsigned char *m, i64 o) { wr8(m, o, INIT8); }
INL void set_pointer8(unsigned char *m, i64 o) { wr8(m, o, POINTER8); }

INL void touch(unsigned char *dirty, i64 o, i64 n) { dirty[o >> 12] = 255; dirty[(o + n - 1) >> 12] = 255; }
INL void touch_range(unsigned char *dirty, i64 o, i64 n) { if (n > 0) memset(dirty + (o >> 12), 255, ((o + n - 1) >> 12) - (o >> 12) + 1); }
INL void set_bytes(unsigned char *p, i64 o, i64 v, i64 n) { memset(p + o, (int)v, n); }
INL void move_bytes(unsigned char *p, i64 d, i64 o, i64 n) { memmove(p + d, p + o, n); }
INL void move_slots(i64 *p, i64 d, i64 o, i64 n) { memmove(p + d, p + o, n * 8); }
static int all_init(unsigned char *m, i64 o, i64 n) {
    i64 i = 0;
    for (; i + 8 <= n; i += 8) if ((rd_i64(m, o + i) & INIT8) != INIT8) return 0;
    for (; i < n; i++) if (!(m[o + i] & 1)) return 0;
    return 1;
}
static int any_marked(unsigned char *m, i64 o, i64 n, i64 bits) {
    u64 mask = (u64)bits * INIT8; i64 i = 0;
    for (; i + 8 <= n; i += 8) if ((u64)rd_i64(m, o + i) & mask) return 1;
    for (; i < n; i++) if (m[o + i] & bits) return 1;
    return 0;
}
INL i64 compare(unsigned char *p, i64 a, i64 b, i64 n) { int r = memcmp(p + a, p + b, n); return (r > 0) - (r < 0); }
INL i64 find(unsigned char *p, i64 o, i64 n, i64 v) { unsigned char *q = memchr(p + o, (int)v, n); return q ? q - (p + o) : n; }

INL u64 rotl64(u64 x, int k) { return x << k | x >> (64 - k); }
INL u64 next_u64(u64 *g) { /* xoshiro256** */
    u64 r = rotl64(g[1] * 5, 7) * 9, t = g[1] << 17;
    g[2] ^= g[0]; g[3] ^= g[1]; g[1] ^= g[2]; g[0] ^= g[3]; g[2] ^= t; g[3] = rotl64(g[3], 45);
    return r;
}

INL double as_f64(i64 x) { double d; memcpy(&d, &x, 8); return d; }
INL double as_f32(i64 x) { float f; uint32_t w = (uint32_t)x; memcpy(&f, &w, 4); return f; }
INL i64 of_f64(double d) { i64 x; if (d != d) return 0x7FF8000000000000LL; memcpy(&x, &d, 8); return x; }
INL i64 of_f32(float f) { uint32_t x; if (f != f) return 0x7FC00000LL; memcpy(&x, &f, 4); return x; }
INL i64 fadd64(i64 a, i64 b) { return of_f64(as_f64(a) + as_f64(b)); }
INL i64 fsub64(i64 a, i64 b) { return of_f64(as_f64(a) - as_f64(b)); }
INL i64 fmul64(i64 a, i64 b) { return of_f64(as_f64(a) * as_f64(b)); }
INL i64 fdiv64(i64 a, i64 b) { return of_f64(as_f64(a) / as_f64(b)); }
INL i64 fadd32(i64 a, i64 b) { return of_f32((float)as_f32(a) + (float)as_f32(b)); }
INL i64 fsub32(i64 a, i64 b) { return of_f32((float)as_f32(a) - (float)as_f32(b)); }
INL i64 fmul32(i64 a, i64 b) { return of_f32((float)as_f32(a) * (float)as_f32(b)); }
INL i64 fdiv32(i64 a, i64 b) { return of_f32((float)as_f32(a) / (float)as_f32(b)); }
INL i64 narrow(i64 a) { return of_f32((float)as_f64(a)); }
INL i64 widen(i64 a) { return of_f64(as_f32(a)); }
INL i64 f64_of_s(i64 x) { return of_f64((double)x); }
INL i64 f32_of_s(i64 x) { return of_f32((float)x); }
INL i64 f64_of_u(i64 x) { return of_f64((double)(u64)x); }
INL i64 f32_of_u(i64 x) { return of_f32((float)(u64)x); }
INL i64 to_signed(double d, i64 sh) {
    double top = ldexp(1.0, (int)(63 - sh));
    return d != d ? 0 : d >= top ? ~lowest(sh) : d < -top ? lowest(sh) : (i64)d;
}
INL i64 to_unsigned(double d, i64 sh) {
    return !(d > 0) ? 0 : d >= ldexp(1.0, (int)(64 - sh)) ? u_ext(-1, sh) : (i64)(u64)d;
}

/* FMATH_OPS of code/opcodes.py, in their order. */
static double fmath64(i64 op, double x) {
    switch (op) {
    case 0: return sqrt(x);
    case 2: return floor(x);
    case 3: return ceil(x);
    case 4: return trunc(x);
    case 5: return round(x);
    default: return rint(x);
    }
}
INL i64 fmath(i64 op, i64 x, i64 w) {
    if (op == 1) return x & (w == 32 ? 0x7FFFFFFFLL : 0x7FFFFFFFFFFFFFFFLL); /* abs, of a NaN too */
    return w == 64 ? of_f64(fmath64(op, as_f64(x))) : of_f32((float)fmath64(op, as_f32(x)));
}
INL i64 frem(i64 a, i64 b, i64 w) {
    return w == 64 ? of_f64(fmod(as_f64(a), as_f64(b))) : of_f32((float)fmod(as_f32(a), as_f32(b)));
}
#include "wide.h"
