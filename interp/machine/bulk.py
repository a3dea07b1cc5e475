"""Loops over whole pages and tables that snapshots are made with, and restored ones checked: compiled where the engine
is, by the same means (Cython in pure-Python mode, types in `bulk.pxd`), else run as they stand.

Callers have checked the sizes of what they hand over; the contents may be anything.  To add a loop: here, its types in
`bulk.pxd`; without a compiler it must be right, not fast.
"""

try:
    import cython
except ImportError:  # uncompiled, and no Cython installed
    from . import no_cython as cython

if not cython.compiled:
    from .primitives import INIT8, WHOLE8, rd_i64, wr8
    from .words import M_FREE, M_TLS, NCLASSES, PAGE_BITS, TAG_MASK

    WORDS_PER_PAGE = 1 << PAGE_BITS >> 3
    KINDS = 8  # metadata of a byte are three bits


def words(a):
    """The words of an array: a C pointer, or the array itself."""
    if cython.compiled:
        return a.data.as_longlongs
    return a


def octets(a):
    """The bytes of a bytes object."""
    if cython.compiled:
        return cython.cast("unsigned char*", PyBytes_AS_STRING(a))
    return a


def writable(a):
    """The bytes of a bytearray."""
    if cython.compiled:
        return cython.cast("unsigned char*", PyByteArray_AS_STRING(a))
    return a


# --- pages -----------------------------------------------------------------------------------------


def metadata_by_word(a_meta, a_out):
    """A code for each 8 bytes of a page's metadata into `a_out` if each 8 are alike; whether they are."""
    meta = octets(a_meta)
    out = writable(a_out)
    i = 0
    while i < WORDS_PER_PAGE:
        code = meta[8 * i]
        if code >= KINDS or rd_i64(meta, 8 * i) != code * INIT8:
            return False
        out[i] = code
        i += 1
    return True


def metadata_of_words(a_codes, a_out):
    """The way back: `a_codes` into the metadata of a page; whether all are codes."""
    codes = octets(a_codes)
    out = writable(a_out)
    i = 0
    while i < WORDS_PER_PAGE:
        code = codes[i]
        if code >= KINDS:
            return False
        wr8(out, 8 * i, code * INIT8)
        i += 1
    return True


def provenance_in_use(a_meta, a_prov, a_out):
    """The words of `a_prov` that a page's metadata say are in use, into `a_out`; how many."""
    meta = octets(a_meta)
    prov = words(a_prov)
    out = words(a_out)
    n = 0
    i = 0
    while i < WORDS_PER_PAGE:
        if rd_i64(meta, 8 * i) & WHOLE8:
            out[n] = prov[i]
            n += 1
        i += 1
    return n


def words_in_use(a_meta):
    """How many words of provenance a page's metadata say are in use."""
    meta = octets(a_meta)
    n = 0
    i = 0
    while i < WORDS_PER_PAGE:
        if rd_i64(meta, 8 * i) & WHOLE8:
            n += 1
        i += 1
    return n


def spread_provenance(a_meta, a_used, a_out, start):
    """The way back: `a_used` into `a_out` from word `start` on, where the metadata say; the least and the highest."""
    meta = octets(a_meta)
    used = words(a_used)
    out = words(a_out)
    n = 0
    low = used[0]
    high = low
    i = 0
    while i < WORDS_PER_PAGE:
        if rd_i64(meta, 8 * i) & WHOLE8:
            word = used[n]
            out[start + i] = word
            if word < low:
                low = word
            if word > high:
                high = word
            n += 1
        i += 1
    return low, high


# --- tables ----------------------------------------------------------------------------------------


def mark_changed(a_now, a_then, a_marks, row, rows):
    """Marks those of the first `rows` rows (of `row` words) that differ, and makes them equal; how many they are."""
    now = words(a_now)
    then = words(a_then)
    marks = writable(a_marks)
    n = 0
    r = 0
    at = 0
    while r < rows:
        differs = 0
        i = at
        at += row
        while i < at:
            if now[i] != then[i]:
                then[i] = now[i]
                differs = 1
            i += 1
        if differs:
            marks[r] = 1
            n += 1
        r += 1
    return n


def wrong_row(columns, top, sites, next_id, limit, a_sizes):
    """What is wrong with the rows of an allocation table, given as its columns in the order of `AllocationRecord`
    (slots first): (row, 0), or (the first wrong row, which rule it breaks).

    `a_sizes`: bytes of a block by class, 0 for classes that are not there.
    """
    ids = words(columns[1])
    bases = words(columns[2])
    sizes = words(columns[3])
    writables = words(columns[4])
    deltas = words(columns[5])
    infos = words(columns[6])
    firsts = words(columns[7])
    nexts = words(columns[8])
    blocks = words(columns[9])
    caps = words(columns[10])
    classes = words(columns[11])
    births = words(columns[15])
    class_sizes = words(a_sizes)
    rows = len(columns[0])
    r = 0
    while r < rows:
        kind = infos[r] & 255
        first = firsts[r]
        size = sizes[r]
        base = bases[r]
        block = blocks[r]
        cap = caps[r]
        cls = classes[r]
        if kind > M_TLS or first < 0 or first > nexts[r] or nexts[r] > TAG_MASK or births[r] < 0 or births[r] >= sites:
            return r, 1
        if cls < 0 or cls >= NCLASSES or ids[r] < 0 or ids[r] >= limit or cap < 0 or cap > top:
            return r, 1
        if cap and (block < 64 or block > top - cap):
            return r, 1
        if (block | cap) & 15 and cap:
            return r, 6
        if size < 0 or size >= limit or (writables[r] != 0 and writables[r] != size):
            return r, 1
        if base < 0 or base >= limit or deltas[r] <= -limit or deltas[r] >= limit:
            return r, 1
        if cls != NCLASSES - 1 and class_sizes[cls] != cap:
            return r, 4
        if kind == M_FREE:
            if size or first != nexts[r] or (cls == NCLASSES - 1) != (cap == 0):
                return r, 2
        else:
            at = base + deltas[r]
            if size > cap or at < block or at + size > block + cap or (base & 7) != (at & 7):
                return r, 3
            align = infos[r] >> 16
            if first >= nexts[r] or ids[r] >= next_id or align <= 0 or align & (align - 1):
                return r, 5
        r += 1
    return rows, 0
