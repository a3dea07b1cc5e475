# C types of engine.py (Cython pure-Python mode).  Opcodes and words are C enums: without them the switch is lost.
cimport cython
from cpython cimport array
from cpython.bytearray cimport PyByteArray_AS_STRING
from interp.code.opcodes cimport *
from interp.machine.words cimport *

ctypedef long long i64
ctypedef unsigned long long u64
ctypedef unsigned char u8

cdef extern from "primitives.h" nogil:
    const i64 INIT8
    const i64 POINTER8
    const i64 WHOLE8
    const i64 FRAGMENT8
    i64 hash_slot(i64 key, i64 shift)
    int vtable_like(i64 x)
    i64 s_ext(i64 x, i64 sh)
    i64 u_ext(i64 x, i64 sh)
    i64 wrap(i64 x)
    i64 less_u(i64 a, i64 b)
    i64 lowest(i64 sh)
    i64 shift_left(i64 x, i64 n)
    i64 shift_right_u(i64 x, i64 n)
    i64 div_s(i64 a, i64 b)
    i64 rem_s(i64 a, i64 b)
    i64 div_u(i64 a, i64 b)
    i64 rem_u(i64 a, i64 b)
    int add_over_s(i64 a, i64 b, i64 sh)
    int sub_over_s(i64 a, i64 b, i64 sh)
    int mul_over_s(i64 a, i64 b, i64 sh)
    int add_over_u(i64 a, i64 b, i64 sh)
    int sub_over_u(i64 a, i64 b, i64 sh)
    int mul_over_u(i64 a, i64 b, i64 sh)
    i64 popcount(i64 x)
    i64 leading_zeros(i64 x)
    i64 trailing_zeros(i64 x)
    i64 byte_swap(i64 x, i64 sh)
    i64 bit_reverse(i64 x, i64 sh)
    i64 rotate(i64 x, i64 n, i64 sh)
    i64 rd_u8(u8* p, i64 o)
    i64 rd_i8(u8* p, i64 o)
    i64 rd_u16(u8* p, i64 o)
    i64 rd_i16(u8* p, i64 o)
    i64 rd_u32(u8* p, i64 o)
    i64 rd_i32(u8* p, i64 o)
    i64 rd_i64(u8* p, i64 o)
    void wr1(u8* p, i64 o, i64 v)
    void wr2(u8* p, i64 o, i64 v)
    void wr4(u8* p, i64 o, i64 v)
    void wr8(u8* p, i64 o, i64 v)
    int init1(u8* m, i64 o)
    int init2(u8* m, i64 o)
    int init4(u8* m, i64 o)
    int init8(u8* m, i64 o)
    void set_init1(u8* m, i64 o)
    void set_init2(u8* m, i64 o)
    void set_init4(u8* m, i64 o)
    void set_init8(u8* m, i64 o)
    void set_pointer8(u8* m, i64 o)
    void touch(u8* dirty, i64 o, i64 n)
    void touch_range(u8* dirty, i64 o, i64 n)
    void set_bytes(u8* p, i64 o, i64 v, i64 n)
    void move_bytes(u8* p, i64 d, i64 o, i64 n)
    void move_slots(i64* p, i64 d, i64 o, i64 n)
    int all_init(u8* m, i64 o, i64 n)
    int any_marked(u8* m, i64 o, i64 n, i64 bits)
    i64 compare(u8* p, i64 a, i64 b, i64 n)
    i64 find(u8* p, i64 o, i64 n, i64 v)
    u64 next_u64(u64* g)
    double as_f64(i64 x)
    double as_f32(i64 x)
    i64 fadd64(i64 a, i64 b)
    i64 fsub64(i64 a, i64 b)
    i64 fmul64(i64 a, i64 b)
    i64 fdiv64(i64 a, i64 b)
    i64 fadd32(i64 a, i64 b)
    i64 fsub32(i64 a, i64 b)
    i64 fmul32(i64 a, i64 b)
    i64 fdiv32(i64 a, i64 b)
    i64 narrow(i64 a)
    i64 widen(i64 a)
    i64 fmath(i64 op, i64 x, i64 w)
    i64 frem(i64 a, i64 b, i64 w)
    int wide(i64* s, i64 op, i64 to, i64 a, i64 b)
    i64 f64_of_s(i64 x)
    i64 f32_of_s(i64 x)
    i64 f64_of_u(i64 x)
    i64 f32_of_u(i64 x)
    i64 to_signed(double d, i64 sh)
    i64 to_unsigned(double d, i64 sh)

cdef i64* words(array.array a)
cdef u64* unsigned_words(array.array a)
cdef u8* octets(bytearray a)

@cython.final
cdef class Engine:
    cdef i64* text
    cdef i64* regs
    cdef u64* rng
    cdef i64* info
    cdef i64* tab
    cdef i64* cold
    cdef i64* table
    cdef i64* globs
    cdef i64* vt_text
    cdef i64* vt_at
    cdef i64* vt_places
    cdef i64* heads
    cdef i64* validity
    cdef i64* dead_stack
    cdef i64* dead_other
    cdef i64* reuse
    cdef u8* data
    cdef u8* meta
    cdef i64* prov
    cdef i64* exposed
    cdef u8* dirty
    cdef i64* slots
    cdef i64* frames
    cdef i64 arena_cap, tab_cap, tab_mask, slot_limit, frame_limit, found, table_mask, table_shift

    cdef object state, thread
    cdef array.array a_text
    cdef array.array a_regs
    cdef array.array a_info
    cdef array.array a_tab
    cdef array.array a_cold
    cdef array.array a_table
    cdef array.array a_globs
    cdef array.array a_vt_text
    cdef array.array a_vt_at
    cdef array.array a_vt_places
    cdef array.array a_heads
    cdef array.array a_validity
    cdef array.array a_dead_stack
    cdef array.array a_dead_other
    cdef array.array a_reuse
    cdef array.array a_prov
    cdef array.array a_rng
    cdef array.array a_exposed
    cdef array.array a_slots
    cdef array.array a_frames
    cdef bytearray a_data, a_meta, a_dirty

    cdef int bind(self, object state) except -1
    cdef int acquire(self, object state) except -1
    @cython.locals(tab="i64*", row="i64", at="i64")
    cdef inline i64 readable(self, i64 addr, i64 prov, i64 off, i64 size, i64 misaligned) noexcept
    @cython.locals(tab="i64*", row="i64", at="i64")
    cdef inline i64 writable(self, i64 addr, i64 prov, i64 size, i64 misaligned) noexcept
    @cython.locals(tab="i64*", row="i64", at="i64", size="i64")
    cdef inline bint in_bounds(self, i64 addr, i64 prov, i64 off) noexcept
    cdef inline bint valid_ref(self, i64 addr, i64 prov, i64 size, i64 am) noexcept
    @cython.locals(tab="i64*", row="i64")
    cdef inline i64 callee(self, i64 addr, i64 prov) noexcept
    cdef inline i64 vtable_at(self, i64 addr) noexcept
    @cython.locals(table="i64*", at="i64")
    cdef inline i64 entry(self, i64 key) noexcept
    @cython.locals(tab="i64*", row="i64")
    cdef bint heap_block(self, i64 addr, i64 prov, i64 size, i64 align) noexcept
    @cython.locals(regs="i64*", pool="i64", count="i64", start="i64", n="i64", at="i64", base="i64")
    cdef i64 address(self, i64 size, i64 align, bint heap) noexcept
    @cython.locals(pool="i64", count="i64", at="i64")
    cdef void retire_address(self, i64 base, i64 size, i64 align) noexcept
    @cython.locals(at="i64", n="i64")
    cdef i64 birth(self, i64 pc) noexcept
    @cython.locals(regs="i64*", tab="i64*", cold="i64*", need="i64", cls="i64", cap="i64", k="i64", step="i64", q="i64", row="i64")
    cdef i64 alloc(self, i64 size, i64 align, i64 kind, i64 pc) noexcept
    @cython.locals(regs="i64*", tab="i64*", base="i64", at="i64")
    cdef void occupy(self, i64 row, i64 size, i64 align, i64 kind, i64 pc) noexcept
    @cython.locals(cold="i64*", row="i64", cls="i64")
    cdef bint kill(self, i64 prov, i64 pc) noexcept
    @cython.locals(regs="i64*", tab="i64*", ring="i64*", at="i64")
    cdef void bury(self, i64 row, i64 pc) noexcept
    @cython.locals(meta="u8*", head="i64", tail="i64")
    cdef bint copy(self, i64 d, i64 a, i64 n) noexcept
    @cython.locals(s="i64*", data="u8*", meta="u8*")
    cdef bint load_at(self, i64 x, i64 kind, i64 d) noexcept
    @cython.locals(s="i64*", data="u8*", meta="u8*")
    cdef bint store_at(self, i64 x, i64 kind, i64 a) noexcept
    cdef i64 kind_size(self, i64 kind) noexcept
    @cython.locals(n="i64", x="i64")
    cdef bint load_kind(self, i64 addr, i64 prov, i64 kind, i64 d) noexcept
    @cython.locals(n="i64", x="i64")
    cdef bint store_kind(self, i64 addr, i64 prov, i64 kind, i64 a) noexcept
    @cython.locals(n="i64", x="i64", s="i64*", t="i64", old="i64", new="i64")
    cdef bint rmw(self, i64 op, i64 addr, i64 prov, i64 kind, i64 d, i64 a) noexcept
    @cython.locals(n="i64", x="i64", s="i64*", t="i64", done="bint")
    cdef bint cas(self, i64 addr, i64 prov, i64 kind, i64 d, i64 o, i64 old, i64 a, i64 weak) noexcept
    @cython.locals(s="i64*")
    cdef bint load_maybe(self, i64 x, i64 kind, i64 d, i64 o) noexcept
    cdef bint store_maybe(self, i64 x, i64 kind, i64 a, i64 o) noexcept
    cdef i64 read_unsigned(self, i64 x, i64 n) noexcept
    @cython.locals(m="i64")
    cdef bint pointer_at(self, i64 x) noexcept
    cdef bint valid_slice(self, i64 addr, i64 prov, i64 n, i64 size, i64 am, i64 head) noexcept
    @cython.locals(at="i64", inner="i64")
    cdef bint valid_dyn(self, i64 addr, i64 prov, i64 meta, i64 am, i64 head, i64 trait_) noexcept
    @cython.locals(v="i64*", x="i64")
    cdef bint valid_at(self, i64 addr, i64 prov, i64 off, i64 start, bint keep) noexcept
    @cython.locals(v="i64*", data="u8*", meta="u8*", k="i64", at="i64", n="i64", target="i64")
    cdef bint valid(self, i64 start, i64 w, i64 x, bint keep) noexcept

    cpdef i64 allocate(self, object state, i64 size, i64 align, i64 kind, i64 pc)
    cpdef place(self, object state, i64 row, i64 size, i64 align, i64 kind, i64 pc)
    cpdef bint free(self, object state, i64 prov, i64 pc)
    cpdef bury_row(self, object state, i64 row, i64 pc)
    cpdef bint copy_range(self, object state, i64 d, i64 a, i64 n)
    cpdef bint is_valid(self, object state, i64 addr, i64 prov, i64 off, i64 start)
    @cython.locals(tab="i64*", row="i64")
    cdef i64 function_row(self, i64 word) noexcept
    @cython.locals(salt="i64")
    cdef i64 vtable_row(self, i64 word) noexcept
    @cython.locals(data="u8*", meta="u8*", n="i64", last="i64", pieces="i64", x="i64", end="i64", marks="i64", row="i64",
                   at="i64")
    cdef i64 scan_page(self, i64 page, i64* found) noexcept
    @cython.locals(dirty="u8*", marks="u8*", found="i64*", end="i64", n="i64")
    cpdef tuple next_page(self, object state, i64 page, bytearray known, array.array a_found)
    @cython.locals(slots="i64*", found="i64*", n="i64", word="i64", row="i64")
    cpdef i64 scan_slots(self, object state, array.array a_slots, i64 start, i64 end, array.array a_found)

    @cython.locals(code="i64*", regs="i64*", info="i64*", tab="i64*", s="i64*", frames="i64*", data="u8*", meta="u8*",
                   prov="i64*", dirty="u8*", globs="i64*", slot_limit="i64", frame_limit="i64",
                   depth="i64", pc="i64", fp="i64", left="i64", op="i64", a="i64", d="i64", f="i64", x="i64", y="i64",
                   z="i64", fr="i64")
    cpdef bint run(self, object state, i64 budget)
