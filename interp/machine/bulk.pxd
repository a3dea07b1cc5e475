# C types of bulk.py (Cython pure-Python mode).
cimport cython
from cpython cimport array
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING
from interp.machine.words cimport *

ctypedef long long i64
ctypedef unsigned long long u64
ctypedef unsigned char u8

cdef extern from "primitives.h" nogil:
    const i64 INIT8
    const i64 WHOLE8
    i64 rd_i64(u8* p, i64 o)
    void wr8(u8* p, i64 o, i64 v)

cdef enum:
    WORDS_PER_PAGE = 512
    KINDS = 8

cdef i64* words(array.array a)
cdef u8* octets(bytes a)
cdef u8* writable(bytearray a)

@cython.locals(meta="u8*", out="u8*", i="i64", code="i64")
cpdef bint metadata_by_word(bytes a_meta, bytearray a_out)
@cython.locals(codes="u8*", out="u8*", i="i64", code="i64")
cpdef bint metadata_of_words(bytes a_codes, bytearray a_out)
@cython.locals(meta="u8*", prov="i64*", out="i64*", i="i64", n="i64")
cpdef i64 provenance_in_use(bytes a_meta, array.array a_prov, array.array a_out)
@cython.locals(meta="u8*", i="i64", n="i64")
cpdef i64 words_in_use(bytes a_meta)
@cython.locals(meta="u8*", used="i64*", out="i64*", i="i64", n="i64", low="i64", high="i64", word="i64")
cpdef tuple spread_provenance(bytes a_meta, array.array a_used, array.array a_out, i64 start)
@cython.locals(now="i64*", then="i64*", marks="u8*", n="i64", r="i64", at="i64", i="i64", differs="i64")
cpdef i64 mark_changed(array.array a_now, array.array a_then, bytearray a_marks, i64 row, i64 rows)
@cython.locals(ids="i64*", bases="i64*", sizes="i64*", writables="i64*", deltas="i64*", infos="i64*", firsts="i64*",
               nexts="i64*", blocks="i64*", caps="i64*", classes="i64*", births="i64*", class_sizes="i64*",
               rows="i64", r="i64", kind="i64", first="i64", size="i64", base="i64", block="i64", cap="i64", cls="i64",
               at="i64", align="i64")
cpdef tuple wrong_row(list columns, i64 top, i64 sites, i64 next_id, i64 limit, array.array a_sizes)
