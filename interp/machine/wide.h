/* WIDE, the 128-bit operations of the compiled engine: slow_values.py says the same in Python, and does what this
 * leaves (it answers 0): division by zero or with overflow, and everything where the compiler has no 128-bit type.
 * The order is WIDE_OPS's in code/opcodes.py; a test compares every operation on both engines. */
#ifdef __SIZEOF_INT128__
typedef __int128 i128;
typedef unsigned __int128 u128;

enum {
    W_ADD, W_SUB, W_MUL, W_ADDO_S, W_ADDO_U, W_SUBO_S, W_SUBO_U, W_MULO_S, W_MULO_U, W_DIV_S, W_DIV_U, W_REM_S,
    W_REM_U, W_AND, W_OR, W_XOR, W_NOT, W_NEG, W_SHL, W_SHR_S, W_SHR_U, W_EQ, W_NE, W_LT_S, W_LT_U, W_LE_S, W_LE_U,
    W_CMP_S, W_CMP_U, W_CTPOP, W_CLZ, W_CTZ, W_BSWAP, W_BITREV, W_ROTL, W_ROTR, W_SADD_S, W_SADD_U, W_SSUB_S,
    W_SSUB_U, W_F64_OF_S, W_F64_OF_U, W_F32_OF_S, W_F32_OF_U, W_S_OF_F64, W_U_OF_F64, W_S_OF_F32, W_U_OF_F32
};

#define MAX_I128 ((i128)(~(u128)0 >> 1))
#define MIN_I128 (-MAX_I128 - 1)
#define TWO127 170141183460469231731687303715884105728.0

static int wide_put(i64 *d, u128 x) { d[0] = (i64)x; d[1] = (i64)(x >> 64); return 1; }
static int wide_over(i64 *d, u128 x, int over) { wide_put(d, x); d[2] = over; return 1; }
static int wide_one(i64 *d, i64 x) { d[0] = x; return 1; }

static i128 wide_s_of(double x) {
    return x != x ? 0 : x >= TWO127 ? MAX_I128 : x <= -TWO127 ? MIN_I128 : (i128)x;
}
static u128 wide_u_of(double x) {
    return !(x > 0) ? 0 : x >= 2 * TWO127 ? ~(u128)0 : (u128)x;
}

static int wide(i64 *s, i64 op, i64 to, i64 a, i64 b) {
    i64 *d = s + to;
    u128 u = (u128)(u64)s[a] | (u128)(u64)s[a + 1] << 64, v = 0, r;
    i128 x = (i128)u, y, q;
    int n = 0, over;
    if (op == W_SHL || op == W_SHR_S || op == W_SHR_U || op == W_ROTL || op == W_ROTR) n = (int)(s[b] & 127);
    else if (op < W_NOT || op == W_EQ || (op > W_SHR_U && op < W_CTPOP) || (op > W_ROTR && op < W_F64_OF_S))
        v = (u128)(u64)s[b] | (u128)(u64)s[b + 1] << 64;
    y = (i128)v;
    switch (op) {
    case W_ADD: return wide_put(d, u + v);
    case W_SUB: return wide_put(d, u - v);
    case W_MUL: return wide_put(d, u * v);
    case W_ADDO_S: over = __builtin_add_overflow(x, y, &q); return wide_over(d, (u128)q, over);
    case W_ADDO_U: over = __builtin_add_overflow(u, v, &r); return wide_over(d, r, over);
    case W_SUBO_S: over = __builtin_sub_overflow(x, y, &q); return wide_over(d, (u128)q, over);
    case W_SUBO_U: over = __builtin_sub_overflow(u, v, &r); return wide_over(d, r, over);
    case W_MULO_S: over = __builtin_mul_overflow(x, y, &q); return wide_over(d, (u128)q, over);
    case W_MULO_U: over = __builtin_mul_overflow(u, v, &r); return wide_over(d, r, over);
    case W_DIV_S: return y == 0 || (y == -1 && x == MIN_I128) ? 0 : wide_put(d, (u128)(x / y));
    case W_DIV_U: return v == 0 ? 0 : wide_put(d, u / v);
    case W_REM_S: return y == 0 || (y == -1 && x == MIN_I128) ? 0 : wide_put(d, (u128)(x % y));
    case W_REM_U: return v == 0 ? 0 : wide_put(d, u % v);
    case W_AND: return wide_put(d, u & v);
    case W_OR: return wide_put(d, u | v);
    case W_XOR: return wide_put(d, u ^ v);
    case W_NOT: return wide_put(d, ~u);
    case W_NEG: return wide_put(d, -u);
    case W_SHL: return wide_put(d, u << n);
    case W_SHR_S: return wide_put(d, (u128)(x >> n));
    case W_SHR_U: return wide_put(d, u >> n);
    case W_EQ: return wide_one(d, u == v);
    case W_NE: return wide_one(d, u != v);
    case W_LT_S: return wide_one(d, x < y);
    case W_LT_U: return wide_one(d, u < v);
    case W_LE_S: return wide_one(d, x <= y);
    case W_LE_U: return wide_one(d, u <= v);
    case W_CMP_S: return wide_one(d, (x > y) - (x < y));
    case W_CMP_U: return wide_one(d, (u > v) - (u < v));
    case W_CTPOP: return wide_one(d, popcount((i64)u) + popcount((i64)(u >> 64)));
    case W_CLZ: return wide_one(d, u >> 64 ? leading_zeros((i64)(u >> 64)) : 64 + leading_zeros((i64)u));
    case W_CTZ: return wide_one(d, (u64)u ? trailing_zeros((i64)u) : 64 + trailing_zeros((i64)(u >> 64)));
    case W_BSWAP: return wide_put(d, (u128)(u64)byte_swap((i64)u, 0) << 64 | (u64)byte_swap((i64)(u >> 64), 0));
    case W_BITREV: return wide_put(d, (u128)(u64)bit_reverse((i64)u, 0) << 64 | (u64)bit_reverse((i64)(u >> 64), 0));
    case W_ROTL: return wide_put(d, n ? u << n | u >> (128 - n) : u);
    case W_ROTR: return wide_put(d, n ? u >> n | u << (128 - n) : u);
    case W_SADD_S: return wide_put(d, (u128)(__builtin_add_overflow(x, y, &q) ? (x < 0 ? MIN_I128 : MAX_I128) : q));
    case W_SADD_U: return wide_put(d, __builtin_add_overflow(u, v, &r) ? ~(u128)0 : r);
    case W_SSUB_S: return wide_put(d, (u128)(__builtin_sub_overflow(x, y, &q) ? (x < 0 ? MIN_I128 : MAX_I128) : q));
    case W_SSUB_U: return wide_put(d, u < v ? 0 : u - v);
    case W_F64_OF_S: return wide_one(d, of_f64((double)x));
    case W_F64_OF_U: return wide_one(d, of_f64((double)u));
    case W_F32_OF_S: return wide_one(d, of_f32((float)x));
    case W_F32_OF_U: return wide_one(d, of_f32((float)u));
    case W_S_OF_F64: return wide_put(d, (u128)wide_s_of(as_f64(s[a])));
    case W_U_OF_F64: return wide_put(d, wide_u_of(as_f64(s[a])));
    case W_S_OF_F32: return wide_put(d, (u128)wide_s_of(as_f32(s[a])));
    case W_U_OF_F32: return wide_put(d, wide_u_of(as_f32(s[a])));
    }
    return 0;
}
#else
static int wide(i64 *s, i64 op, i64 to, i64 a, i64 b) { (void)s; (void)op; (void)to; (void)a; (void)b; return 0; }
#endif
