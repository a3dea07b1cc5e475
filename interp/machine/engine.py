"""The engine: one loop that executes bytecode, on flat arrays only.

`Engine.run(state, budget)` executes the current thread until `budget` terminators were executed (result True) or the
instruction at `R_PC` needs more than the loop can do (False): it is not linked, memory must grow, a check failed,
it is a call-out.  The caller (`machine.py`) then lets `slow.py` do that one instruction, or report it.  So the loop has
one way out, decides nothing about errors, and an instruction that leaves has changed nothing that doing it again would
not.

Compiled by Cython in pure-Python mode: types stand in `engine.pxd`, opcodes and words are C enums, the chain of
`if op == ...` becomes a C `switch`, no Python object is touched per step.  Uncompiled it runs as it stands
(`engines.py` turns the chain into a binary decision).  State is `state.State`; this class holds nothing between runs
but pointers into it, taken anew at each `run`, and hints.

To add an opcode: its branch in `run`; a terminator falls through to the step counter, any other ends in `continue`;
`break` leaves it to `slow.py`.
"""

from array import array

try:
    import cython
except ImportError:  # uncompiled, and no Cython installed
    from . import no_cython as cython

if not cython.compiled:
    from ..code.code import *  # noqa: F403
    from ..code.opcodes import NUMBER
    from .primitives import *  # noqa: F403
    from .words import *  # noqa: F403

    globals().update({f"OP_{_name}": _number for _name, _number in NUMBER.items()})


def words(a):
    """The words of an array: a C pointer, or the array itself."""
    if cython.compiled:
        return a.data.as_longlongs
    return a


def unsigned_words(a):
    if cython.compiled:
        return a.data.as_ulonglongs
    return a


def octets(a):
    """The bytes of a bytearray."""
    if cython.compiled:
        return cython.cast("unsigned char*", PyByteArray_AS_STRING(a))
    return a


class Engine:
    """Pointers into the state's arrays, and what the loop needs often enough to be a function."""

    def __init__(self):
        self.state = None
        self.thread = None

    def bind(self, state):
        """Remembers a state's arrays: they grow in place, but are never replaced."""
        self.state = state
        self.thread = None
        self.a_text = state.text
        self.a_regs = state.regs
        self.a_info = state.info
        self.a_tab = state.tab
        self.a_cold = state.cold
        self.a_table = state.table
        self.a_globs = state.globs
        self.a_vt_text = state.vt_text
        self.a_vt_at = state.vt_at
        self.a_vt_places = state.vt_places
        self.a_heads = state.heads
        self.a_validity = state.validity
        self.a_dead_stack = state.dead_stack
        self.a_dead_other = state.dead_other
        self.a_reuse = state.reuse
        self.a_prov = state.prov
        self.a_rng = state.rng
        self.a_exposed = array("q", bytes(8 * EXPOSED))
        self.a_data = state.data
        self.a_meta = state.meta
        self.a_dirty = state.dirty

    def acquire(self, state):
        """Takes the pointers; they hold until Python code runs that may grow an array."""
        if state is not self.state:
            self.bind(state)
        thread = state.thread
        if thread is not self.thread:
            self.thread = thread
            self.a_slots = thread.slots
            self.a_frames = thread.frames
        self.text = words(self.a_text)
        self.regs = words(self.a_regs)
        self.info = words(self.a_info)
        self.tab = words(self.a_tab)
        self.cold = words(self.a_cold)
        self.table = words(self.a_table)
        self.table_mask = len(self.a_table) // 2 - 1
        self.table_shift = leading_zeros(self.table_mask)
        self.globs = words(self.a_globs)
        self.vt_text = words(self.a_vt_text)
        self.vt_at = words(self.a_vt_at)
        self.vt_places = words(self.a_vt_places)
        self.heads = words(self.a_heads)
        self.validity = words(self.a_validity)
        self.dead_stack = words(self.a_dead_stack)
        self.dead_other = words(self.a_dead_other)
        self.reuse = words(self.a_reuse)
        self.prov = words(self.a_prov)
        self.exposed = words(self.a_exposed)
        self.rng = unsigned_words(self.a_rng)
        self.data = octets(self.a_data)
        self.meta = octets(self.a_meta)
        self.dirty = octets(self.a_dirty)
        self.slots = words(self.a_slots)
        self.frames = words(self.a_frames)
        self.arena_cap = len(self.a_data)
        self.tab_cap = len(self.a_tab) // ROW
        self.tab_mask = self.tab_cap - 1  # a power of two: whatever a word says, its row is one of the table
        self.slot_limit = len(self.a_slots) - MARGIN
        self.frame_limit = len(self.a_frames) // ROW - 2

    # --- access checks: offset in the arena, or -1 ---------------------------------------------------

    def readable(self, addr, prov, off, size, misaligned):
        tab = self.tab
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        if (prov & TAG_MASK) < tab[row + A_FIRST] or misaligned & addr:
            return -1
        addr += off
        at = addr - tab[row + A_BASE]
        if at < 0 or size > tab[row + A_SIZE] - at or size < 0:
            return -1
        return addr + tab[row + A_DELTA]

    def writable(self, addr, prov, size, misaligned):
        tab = self.tab
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        if (prov & TAG_MASK) < tab[row + A_FIRST] or misaligned:
            return -1
        at = addr - tab[row + A_BASE]
        if at < 0 or size > tab[row + A_WSIZE] - at or size < 0:
            return -1
        return addr + tab[row + A_DELTA]

    def in_bounds(self, addr, prov, off):
        """Whether moving a pointer by `off` bytes stays in its live allocation (`off` 0 always does)."""
        if off == 0:
            return True
        tab = self.tab
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        if (prov & TAG_MASK) < tab[row + A_FIRST]:
            return False
        at = addr - tab[row + A_BASE]
        size = tab[row + A_SIZE]
        return 0 <= at <= size and -at <= off <= size - at

    def valid_ref(self, addr, prov, size, am):
        if addr == 0 or addr & am or size < 0:
            return False
        return size == 0 or self.readable(addr, prov, 0, size, 0) >= 0

    def hint(self, state, addr, row):
        """An exposed function was found at this address: the next calls by integers find it in the loop."""
        if state is not self.state:
            self.bind(state)
        self.a_exposed[(addr >> 4) & (EXPOSED - 1)] = row

    def callee(self, addr, prov):
        """The instance a function pointer calls, or -1."""
        tab = self.tab
        if prov == WILDCARD:  # a hint is checked: what lies there now must be that function, exposed
            row = self.exposed[(addr >> 4) & (EXPOSED - 1)]
            if tab[row + A_INFO] & (255 | FLAG_EXPOSED) != M_FN | FLAG_EXPOSED or tab[row + A_BASE] != addr:
                return -1
            return self.cold[row + B_DATA]
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        if (prov & TAG_MASK) < tab[row + A_FIRST] or tab[row + A_INFO] & 255 != M_FN or tab[row + A_BASE] != addr:
            return -1
        return self.cold[row + B_DATA]

    def vtable_at(self, addr):
        """Where the vtable at this address stands in `vt_text`, or 0."""
        addr -= VT_BASE
        if addr < 0 or addr & (VT_STRIDE - 1) or addr >> VT_SHIFT >= self.regs[R_VTABLES]:
            return 0
        return self.vt_at[addr >> VT_SHIFT]

    def entry(self, key):
        """The row of the address cache's entry with this key, or 0."""
        table = self.table
        at = hash_slot(key, self.table_shift)
        while table[2 * at] != 0:
            if table[2 * at] == key:
                return table[2 * at + 1]
            at = (at + 1) & self.table_mask
        return 0

    def heap_block(self, addr, prov, size, align):
        """Whether that is a live heap block of just this layout."""
        tab = self.tab
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        if (prov & TAG_MASK) < tab[row + A_FIRST] or tab[row + A_INFO] & 255 != M_HEAP:
            return False
        return tab[row + A_BASE] == addr and tab[row + A_SIZE] == size and tab[row + A_INFO] >> 16 == align

    # --- allocation ----------------------------------------------------------------------------------

    def address(self, size, align, heap):
        """An address as Miri would give it: a freed one again now and then, else the next with some slack."""
        regs = self.regs
        if heap and align <= 4096:
            pool = trailing_zeros(align) * POOL_ROW
            count = self.reuse[pool]
            if count and next_u64(self.rng) & 1:
                start = next_u64(self.rng) % count
                n = 0
                while n < count:
                    at = pool + 1 + 2 * ((start + n) % count)
                    if self.reuse[at + 1] >= size:
                        base = self.reuse[at]
                        self.reuse[pool] = count - 1
                        self.reuse[at] = self.reuse[pool + 2 * count - 1]
                        self.reuse[at + 1] = self.reuse[pool + 2 * count]
                        return base
                    n += 1
        base = (regs[R_NEXT_ADDR] + (next_u64(self.rng) & 15) + align - 1) & -align
        regs[R_NEXT_ADDR] = base + (size if size > 0 else 1)
        return base

    def retire_address(self, base, size, align):
        """Remembers a freed heap address for reuse, half of the time."""
        if align <= 4096 and next_u64(self.rng) & 1:
            pool = trailing_zeros(align) * POOL_ROW
            count = self.reuse[pool]
            if count == POOL:
                at = pool + 1 + 2 * (next_u64(self.rng) & (POOL - 1))
            else:
                at = pool + 1 + 2 * count
                self.reuse[pool] = count + 1
            self.reuse[at] = base
            self.reuse[at + 1] = size if size > 0 else 1

    def birth(self, pc):
        """The instruction of the user's crate that an allocation is blamed on: of the nearest such frame."""
        at = self.regs[R_DEPTH] * ROW
        n = 0
        while at >= 0 and n < 32:
            if self.info[self.frames[at + F_FN] * ROW + I_FLAGS] & IF_LOCAL:
                return pc
            at -= ROW
            n += 1
            if at >= 0:
                pc = self.frames[at + F_PC] - 1
        return pc

    def alloc(self, size, align, kind, pc):
        """A new allocation: its row in `tab`, or 0 if `slow.py` must make room or it is too big."""
        regs = self.regs
        tab = self.tab
        cold = self.cold
        need = size + 7 if align < 8 else size
        if need < 1:
            need = 1
        if need > BIG or regs[R_LIVE_BYTES] + size > regs[R_MAX_BYTES] or size < 0:
            return 0
        if need <= 512:
            cls = (need + 15) >> 4
            cap = cls << 4
        else:
            k = 63 - leading_zeros(need - 1)
            step = shift_left(1, k - 2)
            q = (need - shift_left(1, k) + step - 1) // step
            cls = 32 + (k - 9) * 4 + q
            cap = shift_left(1, k) + q * step
        row = self.heads[cls]
        if row:
            self.heads[cls] = cold[row + B_LINK]
        else:
            if regs[R_NALLOCS] >= self.tab_cap or regs[R_ARENA_TOP] + cap > self.arena_cap:
                return 0
            row = regs[R_NALLOCS] * ROW
            regs[R_NALLOCS] += 1
            cold[row + B_BLOCK] = regs[R_ARENA_TOP]
            cold[row + B_CAP] = cap
            cold[row + B_CLASS] = cls
            tab[row + A_NEXT] = 1
            regs[R_ARENA_TOP] += cap
        self.occupy(row, size, align, kind, pc)
        return row

    def occupy(self, row, size, align, kind, pc):
        """Fills in a free row that has its block: address, tag, id, uninitialised memory."""
        regs = self.regs
        tab = self.tab
        base = self.address(size, align, kind == M_HEAP or kind == M_FN)
        at = self.cold[row + B_BLOCK] + (base & 7)
        tab[row + A_BASE] = base
        tab[row + A_SIZE] = size
        tab[row + A_WSIZE] = size
        tab[row + A_DELTA] = at - base
        tab[row + A_ID] = regs[R_NEXT_ID]
        tab[row + A_INFO] = kind | FLAG_MUT | align << 16
        tab[row + A_FIRST] = tab[row + A_NEXT]
        tab[row + A_NEXT] += 1
        self.cold[row + B_BIRTH] = self.birth(pc) if kind == M_HEAP else pc
        self.cold[row + B_THREAD] = regs[R_THREAD]
        regs[R_NEXT_ID] += 1
        regs[R_LIVE] += 1
        regs[R_LIVE_BYTES] += size
        if kind == M_HEAP:
            regs[R_HEAP] += 1
        if regs[R_LIVE_BYTES] > regs[R_PEAK_BYTES]:
            regs[R_PEAK_BYTES] = regs[R_LIVE_BYTES]
        if size > 0:
            set_bytes(self.meta, at, 0, size)
            touch_range(self.dirty, at, size)

    def kill(self, prov, pc):
        """Ends a live allocation that has a block; False if it is a big one, which `slow.py` does."""
        cold = self.cold
        row = ((prov >> TAG_BITS) & self.tab_mask) * ROW
        cls = cold[row + B_CLASS]
        if cls == CLASS_BIG:
            return False
        self.bury(row, pc)
        cold[row + B_LINK] = self.heads[cls]
        self.heads[cls] = row
        return True

    def bury(self, row, pc):
        """Marks a row dead and keeps a record of what it was."""
        regs = self.regs
        tab = self.tab
        if tab[row + A_INFO] & 255 == M_STACK:
            ring = self.dead_stack
            at = (regs[R_DEAD_STACK] & (RING_STACK - 1)) * ROW
            regs[R_DEAD_STACK] += 1
        else:
            ring = self.dead_other
            at = (regs[R_DEAD_OTHER] & (RING_OTHER - 1)) * ROW
            regs[R_DEAD_OTHER] += 1
            if tab[row + A_INFO] & 255 == M_HEAP or tab[row + A_INFO] & 255 == M_FN:
                self.retire_address(tab[row + A_BASE], tab[row + A_SIZE], tab[row + A_INFO] >> 16)
        ring[at + D_SLOT] = row // ROW
        ring[at + D_FIRST] = tab[row + A_FIRST]
        ring[at + D_LAST] = tab[row + A_NEXT]
        ring[at + D_ID] = tab[row + A_ID]
        ring[at + D_SIZE] = tab[row + A_SIZE]
        ring[at + D_INFO] = tab[row + A_INFO]
        ring[at + D_BIRTH] = self.cold[row + B_BIRTH]
        ring[at + D_DEATH] = self.birth(pc) if tab[row + A_INFO] & 255 == M_HEAP else pc
        regs[R_LIVE] -= 1
        regs[R_LIVE_BYTES] -= tab[row + A_SIZE]
        if tab[row + A_SIZE] > 0:  # no mark of a pointer outlives its allocation: the collector reads pages
            at = tab[row + A_BASE] + tab[row + A_DELTA]
            set_bytes(self.meta, at, 0, tab[row + A_SIZE])
            touch_range(self.dirty, at, tab[row + A_SIZE])
        tab[row + A_FIRST] = tab[row + A_NEXT]
        tab[row + A_SIZE] = 0
        tab[row + A_WSIZE] = 0
        tab[row + A_INFO] = M_FREE

    # --- copies --------------------------------------------------------------------------------------

    def copy(self, d, a, n):
        """Copies `n` bytes inside the arena with their metadata; False if pointers need `slow.py`'s care."""
        meta = self.meta
        if (d ^ a) & 7 == 0:
            head = -a & 7
            if head > n:
                head = n
            tail = (a + n) & 7 if n > head else 0
            if any_marked(meta, a, head, WHOLE) or any_marked(meta, a + n - tail, tail, WHOLE):
                return False
            if self.regs[R_FRAGMENTS] and any_marked(meta, a, n, FRAGMENT):
                return False
            move_slots(self.prov, (d + head) >> 3, (a + head) >> 3, (n - head - tail) >> 3)
        elif any_marked(meta, a, n, WHOLE | FRAGMENT):
            return False
        move_bytes(self.data, d, a, n)
        move_bytes(meta, d, a, n)
        touch_range(self.dirty, d, n)
        return True

    # --- values of a kind (index into KINDS) ---------------------------------------------------------

    def load_at(self, x, kind, d):
        """The initialised value at arena offset `x` to slot `d` (two for ptr, w128); False: `slow.py`."""
        s = self.slots
        data = self.data
        meta = self.meta
        if kind <= 1 or kind == 7:
            if not init1(meta, x):
                return False
            s[d] = rd_i8(data, x) if kind == 1 else rd_u8(data, x)
        elif kind <= 3:
            if not init2(meta, x):
                return False
            s[d] = rd_u16(data, x) if kind == 2 else rd_i16(data, x)
        elif kind <= 5:
            if not init4(meta, x):
                return False
            s[d] = rd_u32(data, x) if kind == 4 else rd_i32(data, x)
        else:
            if not init8(meta, x):
                return False
            if kind == 8:
                if x & 7 or (rd_i64(meta, x) != POINTER8 and rd_i64(meta, x) != INIT8):
                    return False
                s[d + 1] = self.prov[x >> 3] if rd_i64(meta, x) == POINTER8 else 0
            elif kind == 9:
                if not init8(meta, x + 8):
                    return False
                s[d + 1] = rd_i64(data, x + 8)
            s[d] = rd_i64(data, x)
        return True

    def store_at(self, x, kind, a):
        """The value in slot `a` to arena offset `x`; False: `slow.py`."""
        s = self.slots
        data = self.data
        meta = self.meta
        if kind <= 1 or kind == 7:
            wr1(data, x, s[a])
            set_init1(meta, x)
        elif kind <= 3:
            wr2(data, x, s[a])
            set_init2(meta, x)
        elif kind <= 5:
            wr4(data, x, s[a])
            set_init4(meta, x)
        else:
            if kind == 8 and x & 7:
                return False
            wr8(data, x, s[a])
            set_init8(meta, x)
            if kind == 8 and s[a + 1]:
                self.prov[x >> 3] = s[a + 1]
                set_pointer8(meta, x)
            elif kind == 9:
                wr8(data, x + 8, s[a + 1])
                set_init8(meta, x + 8)
        touch(self.dirty, x, 16 if kind == 9 else 8)
        return True

    def kind_size(self, kind):
        return 1 if kind <= 1 or kind == 7 else 2 if kind <= 3 else 4 if kind <= 5 else 16 if kind == 9 else 8

    def load_kind(self, addr, prov, kind, d):
        """Atomic read: aligned to its size."""
        n = self.kind_size(kind)
        x = self.readable(addr, prov, 0, n, n - 1)
        return x >= 0 and self.load_at(x, kind, d)

    def store_kind(self, addr, prov, kind, a):
        n = self.kind_size(kind)
        x = self.writable(addr, prov, n, addr & (n - 1))
        return x >= 0 and self.store_at(x, kind, a)

    def rmw(self, op, addr, prov, kind, d, a):
        """Read-modify-write of an integer or bool, or exchange of a pointer; the scratch slots are above the frame."""
        n = self.kind_size(kind)
        s = self.slots
        x = self.writable(addr, prov, n, addr & (n - 1))
        if x < 0 or kind == 9 or (kind == 8 and op != 0):
            return False
        t = self.slot_limit + MARGIN - 4  # never part of a frame or a window
        s[t] = s[a]
        if kind == 8:
            s[t + 1] = s[a + 1]
        if not self.load_at(x, kind, t + 2):
            return False
        old = s[t + 2]
        new = s[t]
        if op == 1:
            new = wrap(old + new)
        elif op == 2:
            new = wrap(old - new)
        elif op == 3:
            new = old & new
        elif op == 4:
            new = ~(old & new)
        elif op == 5:
            new = old | new
        elif op == 6:
            new = old ^ new
        elif op == 7:
            new = old if old > new else new
        elif op == 8:
            new = old if old < new else new
        elif op == 9:
            new = new if less_u(old, new) else old
        elif op == 10:
            new = old if less_u(old, new) else new
        s[t] = new
        if not self.store_at(x, kind, t):
            return False
        s[d] = old
        if kind == 8:
            s[d + 1] = s[t + 3]
        return True

    def cas(self, addr, prov, kind, d, o, old, a, weak):
        """Compare and exchange: slots d (result), o (flag), old, a (new)."""
        n = self.kind_size(kind)
        s = self.slots
        x = self.writable(addr, prov, n, addr & (n - 1))
        t = self.slot_limit + MARGIN - 4
        if x < 0 or kind == 9 or not self.load_at(x, kind, t + 2):
            return False
        done = s[t + 2] == s[old]
        if done and weak:
            done = next_u64(self.rng) & 3 != 0
        if done and not self.store_at(x, kind, a):
            return False
        s[d] = s[t + 2]
        if kind == 8:
            s[d + 1] = s[t + 3]
        s[o] = done
        return True

    def load_maybe(self, x, kind, d, o):
        """`load_at`, or 0 if not all bytes are initialised; slot `o` says which."""
        s = self.slots
        if all_init(self.meta, x, self.kind_size(kind)):
            s[o] = 1
            return self.load_at(x, kind, d)
        s[o] = 0
        s[d] = 0
        if kind >= 8:
            s[d + 1] = 0
        return True

    def store_maybe(self, x, kind, a, o):
        if self.slots[o]:
            return self.store_at(x, kind, a)
        set_bytes(self.meta, x, 0, self.kind_size(kind))
        touch(self.dirty, x, 16)
        return True

    # --- validity of a value in memory: the programs of `Code.validity` ----------------------------------

    def read_unsigned(self, x, n):
        return rd_u8(self.data, x) if n == 1 else rd_u16(self.data, x) if n == 2 else (
            rd_u32(self.data, x) if n == 4 else rd_i64(self.data, x))

    def pointer_at(self, x):
        """Provenance of the pointer at arena offset `x` into `self.found`, whether it is one that the loop can read."""
        if x & 7:
            return False
        m = rd_i64(self.meta, x)
        self.found = self.prov[x >> 3] if m == POINTER8 else 0
        return m == POINTER8 or m == INIT8

    def valid_slice(self, addr, prov, n, size, am, head):
        """A reference to `head` bytes and n elements of `size`, rounded up to the alignment."""
        if n < 0 or mul_over_s(n, size, 0) or add_over_s(n * size, head + am, 0):
            return False
        return self.valid_ref(addr, prov, (n * size + head + am) & ~am, am)

    def valid_dyn(self, addr, prov, meta, am, head, trait_):
        """A reference to `head` bytes and a value of the size and alignment that a vtable of the trait says."""
        at = self.vtable_at(meta)
        if at == 0 or (trait_ != 0 and self.vt_text[at - 2] != trait_):
            return False
        inner = self.vt_text[at + 1] - 1
        am |= inner
        return self.valid_ref(addr, prov, (((head + inner) & ~inner) + self.vt_text[at] + am) & ~am, am)

    def valid_at(self, addr, prov, off, start, keep):
        """V_MEM, or V_LOAD (`keep`): the size to read is the program's first word."""
        v = self.validity
        x = self.readable(addr, prov, off, v[start], 0)
        return x >= 0 and self.valid(start, start + 1, x, keep)

    def valid(self, start, w, x, keep):
        """Runs the program at word `w` on the value at arena offset `x`, which stays as it is if `keep`."""
        v = self.validity
        data = self.data
        meta = self.meta
        while True:
            k = v[w]
            if k == VAL_END:
                return True
            at = x + v[w + 1]
            if k == VAL_INIT:
                if not all_init(meta, at, v[w + 2]):
                    return False
                if not keep and any_marked(meta, at, v[w + 2], WHOLE | FRAGMENT):
                    return False
                w += 4
            elif k == VAL_RAW:
                if not all_init(meta, at, v[w + 2]):
                    return False
                w += 4
            elif k == VAL_PAD:
                if not keep:
                    if any_marked(meta, at, v[w + 2], WHOLE | FRAGMENT):
                        return False
                    set_bytes(meta, at, 0, v[w + 2])
                    touch_range(self.dirty, at, v[w + 2])
                w += 3
            elif k == VAL_GOTO:
                w = start + v[w + 1]
            elif k == VAL_RANGE:
                n = v[w + 2]
                if not all_init(meta, at, n):
                    return False
                if less_u(u_ext(v[w + 4] - v[w + 3], 64 - 8 * n),
                          u_ext(self.read_unsigned(at, n) - v[w + 3], 64 - 8 * n)):
                    return False
                w += 6
            elif k == VAL_REF:
                if not self.pointer_at(at) or not self.valid_ref(rd_i64(data, at), self.found, v[w + 2], v[w + 3] - 1):
                    return False
                w += 5
            elif k == VAL_SLICE:
                if not self.pointer_at(at) or not init8(meta, at + 8):
                    return False
                n = rd_i64(data, at + 8)
                if not self.valid_slice(rd_i64(data, at), self.found, n, v[w + 2], v[w + 3] - 1, v[w + 4]):
                    return False
                w += 6
            elif k == VAL_DYN:
                if not self.pointer_at(at) or not init8(meta, at + 8):
                    return False
                n = rd_i64(data, at + 8)
                if not self.valid_dyn(rd_i64(data, at), self.found, n, v[w + 2] - 1, v[w + 3], v[w + 4]):
                    return False
                w += 6
            elif k == VAL_FN:
                if not self.pointer_at(at) or rd_i64(data, at) == 0:
                    return False
                w += 3
            elif k == VAL_SWITCH:
                n = v[w + 2]
                if not all_init(meta, at, n):
                    return False
                at = self.read_unsigned(at, n)
                n = v[w + 3]
                target = v[w + 5]
                w += 6
                while n > 0:
                    if v[w] == at:
                        target = v[w + 1]
                        n = 0
                    w += 2
                    n -= 1
                if target == -1:
                    return False
                w = start + target
            elif k == VAL_CHAR:
                if not init4(meta, at):
                    return False
                n = rd_u32(data, at)
                if n > 0x10FFFF or (0xD800 <= n <= 0xDFFF):
                    return False
                w += 3
            elif k == VAL_VTABLE:
                if not init8(meta, at):
                    return False
                n = self.vtable_at(rd_i64(data, at))
                if n == 0 or (v[w + 2] != 0 and self.vt_text[n - 2] != v[w + 2]):
                    return False
                w += 4
            elif k == VAL_LOOP:
                n = 0
                while n < v[w + 3]:
                    if not self.valid(start, w + 5, at + n * v[w + 2], keep):
                        return False
                    n += 1
                w += 5 + v[w + 4]
            else:
                return False

    # --- the same for Python code between runs ---------------------------------------------------------

    def allocate(self, state, size, align, kind, pc):
        """`alloc` for the slow path: the row, or 0."""
        self.acquire(state)
        return self.alloc(size, align, kind, pc)

    def place(self, state, row, size, align, kind, pc):
        """`occupy` for the slow path, which found the block."""
        self.acquire(state)
        self.occupy(row, size, align, kind, pc)

    def free(self, state, prov, pc):
        self.acquire(state)
        return self.kill(prov, pc)

    def bury_row(self, state, row, pc):
        self.acquire(state)
        self.bury(row, pc)

    def copy_range(self, state, d, a, n):
        self.acquire(state)
        return self.copy(d, a, n)

    def is_valid(self, state, addr, prov, off, start):
        self.acquire(state)
        return self.valid_at(addr, prov, off, start, False)

    # --- what the collector reads: rows of the address cache's entries that memory and slots refer to -----

    def function_row(self, word):
        """The row of the function that a word refers to, if it is the provenance of one; else 0."""
        tab = self.tab
        row = (word >> TAG_BITS) * ROW
        if row <= 0 or row >= self.regs[R_NALLOCS] * ROW or tab[row + A_INFO] & 255 != M_FN:
            return 0
        return row if tab[row + A_FIRST] <= (word & TAG_MASK) < tab[row + A_NEXT] else 0

    def vtable_row(self, word):
        """The row of the entry whose vtable address a word is, or 0."""
        word -= VT_BASE
        if word < 0 or word >> VT_SHIFT >= self.regs[R_VTABLES] or word & (VT_STRIDE - 1):
            return 0
        salt = (word & VT_MASK) // VT_STRIDE
        return self.entry(((word >> VT_SHIFT) << SALT_BITS | salt) << 2 | KEY_VTABLE) if salt < MAX_LIMIT else 0

    def scan_page(self, page, found):
        """Rows that page `page` refers to into `found`, how many; -1 - how many if there are pointers in pieces too."""
        data = self.data
        meta = self.meta
        n = 0
        last = 0
        pieces = 0
        x = page << PAGE_BITS
        end = x + 4096
        while x < end:
            marks = rd_i64(meta, x)
            if marks & WHOLE8:
                row = self.function_row(self.prov[x >> 3])
                if row and row != last:
                    found[n] = row
                    n += 1
                    last = row
            if marks and vtable_like(rd_i64(data, x)):
                at = x
                while at < x + 8:
                    if rd_u8(data, at) & 0xFE == 0x7E and at >= 5 and at + 3 <= self.arena_cap:
                        row = self.vtable_row(rd_i64(data, at - 5)) if init8(meta, at - 5) else 0
                        if row and row != last:
                            found[n] = row
                            n += 1
                            last = row
                    at += 1
            if marks & FRAGMENT8:
                pieces = 1
            x += 8
        return -1 - n if pieces else n

    def next_page(self, state, page, known, a_found):
        """Scans pages that were written since the last call, from `page` on, up to one that refers to an entry or did
        (`known`): (page, what `scan_page` says), or (-1, 0)."""
        self.acquire(state)
        dirty = self.dirty
        marks = octets(known)
        found = words(a_found)
        end = min((self.regs[R_ARENA_TOP] >> PAGE_BITS) + 1, self.arena_cap >> PAGE_BITS)
        while page < end:
            while page + 8 <= end and rd_i64(dirty, page) == 0:
                page += 8
            if page < end and dirty[page] & DIRTY_COLLECTOR:
                dirty[page] &= 255 - DIRTY_COLLECTOR
                n = self.scan_page(page, found)
                if n or marks[page]:
                    return page, n
            page += 1
        return -1, 0

    def scan_slots(self, state, a_slots, start, end, a_found):
        """Rows that words `start` to `end` may refer to into `found` (twice as long); how many."""
        self.acquire(state)
        slots = words(a_slots)
        found = words(a_found)
        n = 0
        while start < end:
            word = slots[start]
            if word > TAG_MASK:
                row = self.function_row(word)
                if row:
                    found[n] = row
                    n += 1
                row = self.vtable_row(word)
                if row:
                    found[n] = row
                    n += 1
            start += 1
        return n

    # --- the loop ------------------------------------------------------------------------------------

    def run(self, state, budget):
        """Executes; see the module's docstring.  Returns (whether the budget was used up)."""
        self.acquire(state)
        code = self.text
        regs = self.regs
        info = self.info
        tab = self.tab
        s = self.slots
        frames = self.frames
        data = self.data
        meta = self.meta
        prov = self.prov
        dirty = self.dirty
        globs = self.globs
        slot_limit = self.slot_limit
        frame_limit = self.frame_limit
        depth = regs[R_DEPTH]
        pc = regs[R_PC]
        fp = regs[R_FP]
        left = budget
        while True:
            op = code[pc]
            # --- slots
            if op == OP_MOV:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]]
                pc += 3
                continue
            elif op == OP_CONST:
                s[fp + code[pc + 1]] = code[pc + 2]
                pc += 3
                continue
            elif op == OP_MOV2:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 3
                continue
            elif op == OP_MOV3:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = s[a]
                y = s[a + 1]
                s[d + 2] = s[a + 2]
                s[d + 1] = y
                s[d] = x
                pc += 3
                continue
            elif op == OP_MOVN:
                move_slots(s, fp + code[pc + 1], fp + code[pc + 2], code[pc + 3])
                pc += 4
                continue
            elif op == OP_CONST2:
                d = fp + code[pc + 1]
                s[d] = code[pc + 2]
                s[d + 1] = code[pc + 3]
                pc += 4
                continue
            elif op == OP_SELECT:
                s[fp + code[pc + 1]] = s[fp + code[pc + 3]] if s[fp + code[pc + 2]] else s[fp + code[pc + 4]]
                pc += 5
                continue
            elif op == OP_NOP:
                pc += 1
                continue
            # --- integers
            elif op == OP_ADD_S:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] + s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_ADD_S_I:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] + code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_ADD_U:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] + s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_ADD_U_I:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] + code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_SUB_S:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] - s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_SUB_S_I:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] - code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_SUB_U:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] - s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_SUB_U_I:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] - code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_MUL_S:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] * s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_MUL_S_I:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]] * code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_MUL_U:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] * s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_MUL_U_I:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]] * code[pc + 3], code[pc + 4])
                pc += 5
                continue
            elif op == OP_ADDC_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x + y, z)
                pc = code[pc + 5] if add_over_s(x, y, z) else pc + 6
            elif op == OP_ADDC_S_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x + y, z)
                pc = code[pc + 5] if add_over_s(x, y, z) else pc + 6
            elif op == OP_ADDC_U:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x + y, z)
                pc = code[pc + 5] if add_over_u(x, y, z) else pc + 6
            elif op == OP_ADDC_U_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x + y, z)
                pc = code[pc + 5] if add_over_u(x, y, z) else pc + 6
            elif op == OP_SUBC_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x - y, z)
                pc = code[pc + 5] if sub_over_s(x, y, z) else pc + 6
            elif op == OP_SUBC_S_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x - y, z)
                pc = code[pc + 5] if sub_over_s(x, y, z) else pc + 6
            elif op == OP_SUBC_U:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x - y, z)
                pc = code[pc + 5] if sub_over_u(x, y, z) else pc + 6
            elif op == OP_SUBC_U_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x - y, z)
                pc = code[pc + 5] if sub_over_u(x, y, z) else pc + 6
            elif op == OP_MULC_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x * y, z)
                pc = code[pc + 5] if mul_over_s(x, y, z) else pc + 6
            elif op == OP_MULC_S_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(x * y, z)
                pc = code[pc + 5] if mul_over_s(x, y, z) else pc + 6
            elif op == OP_MULC_U:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x * y, z)
                pc = code[pc + 5] if mul_over_u(x, y, z) else pc + 6
            elif op == OP_MULC_U_I:
                x = s[fp + code[pc + 2]]
                y = code[pc + 3]
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(x * y, z)
                pc = code[pc + 5] if mul_over_u(x, y, z) else pc + 6
            elif op == OP_ADDO_S:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x + y, z)
                s[fp + code[pc + 2]] = add_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_ADDO_S_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x + y, z)
                s[fp + code[pc + 2]] = add_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_ADDO_U:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x + y, z)
                s[fp + code[pc + 2]] = add_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_ADDO_U_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x + y, z)
                s[fp + code[pc + 2]] = add_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_SUBO_S:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x - y, z)
                s[fp + code[pc + 2]] = sub_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_SUBO_S_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x - y, z)
                s[fp + code[pc + 2]] = sub_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_SUBO_U:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x - y, z)
                s[fp + code[pc + 2]] = sub_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_SUBO_U_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x - y, z)
                s[fp + code[pc + 2]] = sub_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_MULO_S:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x * y, z)
                s[fp + code[pc + 2]] = mul_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_MULO_S_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = s_ext(x * y, z)
                s[fp + code[pc + 2]] = mul_over_s(x, y, z)
                pc += 6
                continue
            elif op == OP_MULO_U:
                x = s[fp + code[pc + 3]]
                y = s[fp + code[pc + 4]]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x * y, z)
                s[fp + code[pc + 2]] = mul_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_MULO_U_I:
                x = s[fp + code[pc + 3]]
                y = code[pc + 4]
                z = code[pc + 5]
                s[fp + code[pc + 1]] = u_ext(x * y, z)
                s[fp + code[pc + 2]] = mul_over_u(x, y, z)
                pc += 6
                continue
            elif op == OP_DIV_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                if y == 0 or (y == -1 and x == lowest(code[pc + 4])):
                    break
                s[fp + code[pc + 1]] = div_s(x, y)
                pc += 5
                continue
            elif op == OP_DIV_U:
                y = s[fp + code[pc + 3]]
                if y == 0:
                    break
                s[fp + code[pc + 1]] = div_u(s[fp + code[pc + 2]], y)
                pc += 4
                continue
            elif op == OP_REM_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                if y == 0 or (y == -1 and x == lowest(code[pc + 4])):
                    break
                s[fp + code[pc + 1]] = rem_s(x, y)
                pc += 5
                continue
            elif op == OP_REM_U:
                y = s[fp + code[pc + 3]]
                if y == 0:
                    break
                s[fp + code[pc + 1]] = rem_u(s[fp + code[pc + 2]], y)
                pc += 4
                continue
            elif op == OP_AND:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] & s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_AND_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] & code[pc + 3]
                pc += 4
                continue
            elif op == OP_OR:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] | s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_OR_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] | code[pc + 3]
                pc += 4
                continue
            elif op == OP_XOR:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] ^ s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_XOR_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] ^ code[pc + 3]
                pc += 4
                continue
            elif op == OP_NOT_S:
                s[fp + code[pc + 1]] = ~s[fp + code[pc + 2]]
                pc += 3
                continue
            elif op == OP_NOT_U:
                s[fp + code[pc + 1]] = u_ext(~s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_NEG_S:
                s[fp + code[pc + 1]] = s_ext(-s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_NEG_U:
                s[fp + code[pc + 1]] = u_ext(-s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_EXT_S:
                s[fp + code[pc + 1]] = s_ext(s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_EXT_U:
                s[fp + code[pc + 1]] = u_ext(s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_SHL_S:
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(shift_left(s[fp + code[pc + 2]], s[fp + code[pc + 3]] & (63 - z)), z)
                pc += 5
                continue
            elif op == OP_SHL_U:
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(shift_left(s[fp + code[pc + 2]], s[fp + code[pc + 3]] & (63 - z)), z)
                pc += 5
                continue
            elif op == OP_SHR_S:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] >> (s[fp + code[pc + 3]] & (63 - code[pc + 4]))
                pc += 5
                continue
            elif op == OP_SHR_U:
                s[fp + code[pc + 1]] = shift_right_u(s[fp + code[pc + 2]], s[fp + code[pc + 3]] & (63 - code[pc + 4]))
                pc += 5
                continue
            elif op == OP_SHL_S_I:
                z = code[pc + 4]
                s[fp + code[pc + 1]] = s_ext(shift_left(s[fp + code[pc + 2]], code[pc + 3] & (63 - z)), z)
                pc += 5
                continue
            elif op == OP_SHL_U_I:
                z = code[pc + 4]
                s[fp + code[pc + 1]] = u_ext(shift_left(s[fp + code[pc + 2]], code[pc + 3] & (63 - z)), z)
                pc += 5
                continue
            elif op == OP_SHR_S_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] >> (code[pc + 3] & (63 - code[pc + 4]))
                pc += 5
                continue
            elif op == OP_SHR_U_I:
                s[fp + code[pc + 1]] = shift_right_u(s[fp + code[pc + 2]], code[pc + 3] & (63 - code[pc + 4]))
                pc += 5
                continue
            elif op == OP_CTPOP:
                s[fp + code[pc + 1]] = popcount(u_ext(s[fp + code[pc + 2]], code[pc + 3]))
                pc += 4
                continue
            elif op == OP_CLZ:
                s[fp + code[pc + 1]] = leading_zeros(u_ext(s[fp + code[pc + 2]], code[pc + 3])) - code[pc + 3]
                pc += 4
                continue
            elif op == OP_CTZ:
                z = code[pc + 3]
                x = u_ext(s[fp + code[pc + 2]], z)
                s[fp + code[pc + 1]] = trailing_zeros(x) if x else 64 - z
                pc += 4
                continue
            elif op == OP_SADD_S:
                z = code[pc + 4]
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = (lowest(z) if y < 0 else ~lowest(z)) if add_over_s(x, y, z) else x + y
                pc += 5
                continue
            elif op == OP_SSUB_S:
                z = code[pc + 4]
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = (~lowest(z) if y < 0 else lowest(z)) if sub_over_s(x, y, z) else x - y
                pc += 5
                continue
            elif op == OP_SADD_U:
                z = code[pc + 4]
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = u_ext(-1, z) if add_over_u(x, y, z) else u_ext(x + y, z)
                pc += 5
                continue
            elif op == OP_SSUB_U:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = 0 if less_u(x, y) else u_ext(x - y, code[pc + 4])
                pc += 5
                continue
            elif op == OP_ROTL:
                z = code[pc + 4]
                x = rotate(u_ext(s[fp + code[pc + 2]], z), s[fp + code[pc + 3]] & (63 - z), z)
                s[fp + code[pc + 1]] = s_ext(x, z) if code[pc + 5] else x
                pc += 6
                continue
            elif op == OP_ROTR:
                z = code[pc + 4]
                x = rotate(u_ext(s[fp + code[pc + 2]], z), -s[fp + code[pc + 3]] & (63 - z), z)
                s[fp + code[pc + 1]] = s_ext(x, z) if code[pc + 5] else x
                pc += 6
                continue
            elif op == OP_BSWAP:
                z = code[pc + 3]
                x = byte_swap(s[fp + code[pc + 2]], z)
                s[fp + code[pc + 1]] = s_ext(x, z) if code[pc + 4] else x
                pc += 5
                continue
            elif op == OP_BITREV:
                z = code[pc + 3]
                x = bit_reverse(s[fp + code[pc + 2]], z)
                s[fp + code[pc + 1]] = s_ext(x, z) if code[pc + 4] else x
                pc += 5
                continue
            elif op == OP_WIDE:
                if not wide(s, code[pc + 1], fp + code[pc + 2], fp + code[pc + 3], fp + code[pc + 4]):
                    break
                pc += 5
                continue
            elif op == OP_WIDE_EXT:
                x = s[fp + code[pc + 2]]
                d = fp + code[pc + 1]
                s[d] = x
                s[d + 1] = -1 if code[pc + 3] and x < 0 else 0
                pc += 4
                continue
            # --- comparisons
            elif op == OP_EQ:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] == s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_NE:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] != s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_LT_S:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] < s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_LE_S:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] <= s[fp + code[pc + 3]]
                pc += 4
                continue
            elif op == OP_LT_U:
                s[fp + code[pc + 1]] = less_u(s[fp + code[pc + 2]], s[fp + code[pc + 3]])
                pc += 4
                continue
            elif op == OP_LE_U:
                s[fp + code[pc + 1]] = not less_u(s[fp + code[pc + 3]], s[fp + code[pc + 2]])
                pc += 4
                continue
            elif op == OP_EQ_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] == code[pc + 3]
                pc += 4
                continue
            elif op == OP_NE_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] != code[pc + 3]
                pc += 4
                continue
            elif op == OP_LT_S_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] < code[pc + 3]
                pc += 4
                continue
            elif op == OP_LE_S_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] <= code[pc + 3]
                pc += 4
                continue
            elif op == OP_LT_U_I:
                s[fp + code[pc + 1]] = less_u(s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_LE_U_I:
                s[fp + code[pc + 1]] = not less_u(code[pc + 3], s[fp + code[pc + 2]])
                pc += 4
                continue
            elif op == OP_GT_S_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] > code[pc + 3]
                pc += 4
                continue
            elif op == OP_GE_S_I:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] >= code[pc + 3]
                pc += 4
                continue
            elif op == OP_GT_U_I:
                s[fp + code[pc + 1]] = less_u(code[pc + 3], s[fp + code[pc + 2]])
                pc += 4
                continue
            elif op == OP_GE_U_I:
                s[fp + code[pc + 1]] = not less_u(s[fp + code[pc + 2]], code[pc + 3])
                pc += 4
                continue
            elif op == OP_CMP_S:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = (x > y) - (x < y)
                pc += 4
                continue
            elif op == OP_CMP_U:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = less_u(y, x) - less_u(x, y)
                pc += 4
                continue
            # --- jumps: terminators fall through to the step counter below
            elif op == OP_JMP:
                pc = code[pc + 1]
            elif op == OP_JNZ:
                pc = code[pc + 2] if s[fp + code[pc + 1]] else pc + 3
            elif op == OP_JZ:
                pc = pc + 3 if s[fp + code[pc + 1]] else code[pc + 2]
            elif op == OP_JEQ:
                pc = code[pc + 3] if s[fp + code[pc + 1]] == s[fp + code[pc + 2]] else pc + 4
            elif op == OP_JNE:
                pc = code[pc + 3] if s[fp + code[pc + 1]] != s[fp + code[pc + 2]] else pc + 4
            elif op == OP_JLT_S:
                pc = code[pc + 3] if s[fp + code[pc + 1]] < s[fp + code[pc + 2]] else pc + 4
            elif op == OP_JLE_S:
                pc = code[pc + 3] if s[fp + code[pc + 1]] <= s[fp + code[pc + 2]] else pc + 4
            elif op == OP_JLT_U:
                pc = code[pc + 3] if less_u(s[fp + code[pc + 1]], s[fp + code[pc + 2]]) else pc + 4
            elif op == OP_JLE_U:
                pc = code[pc + 3] if not less_u(s[fp + code[pc + 2]], s[fp + code[pc + 1]]) else pc + 4
            elif op == OP_JEQ_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] == code[pc + 2] else pc + 4
            elif op == OP_JNE_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] != code[pc + 2] else pc + 4
            elif op == OP_JLT_S_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] < code[pc + 2] else pc + 4
            elif op == OP_JLE_S_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] <= code[pc + 2] else pc + 4
            elif op == OP_JLT_U_I:
                pc = code[pc + 3] if less_u(s[fp + code[pc + 1]], code[pc + 2]) else pc + 4
            elif op == OP_JLE_U_I:
                pc = code[pc + 3] if not less_u(code[pc + 2], s[fp + code[pc + 1]]) else pc + 4
            elif op == OP_JGT_S_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] > code[pc + 2] else pc + 4
            elif op == OP_JGE_S_I:
                pc = code[pc + 3] if s[fp + code[pc + 1]] >= code[pc + 2] else pc + 4
            elif op == OP_JGT_U_I:
                pc = code[pc + 3] if less_u(code[pc + 2], s[fp + code[pc + 1]]) else pc + 4
            elif op == OP_JGE_U_I:
                pc = code[pc + 3] if not less_u(s[fp + code[pc + 1]], code[pc + 2]) else pc + 4
            elif op == OP_SWITCH:
                x = s[fp + code[pc + 1]] - code[pc + 2]
                pc = code[pc + 5 + x] if 0 <= x < code[pc + 3] else code[pc + 4]
            elif op == OP_SWITCH_V:
                x = s[fp + code[pc + 1]]
                y = pc + 4
                z = y + 2 * code[pc + 2]
                pc = code[pc + 3]
                while y < z:
                    if code[y] == x:
                        pc = code[y + 1]
                        break
                    y += 2
            # --- calls
            elif op == OP_CALL:
                f = code[pc + 1]
                y = f * ROW
                x = fp + code[pc + 2]
                if info[y] == 0 or x + info[y + I_NSLOTS] > slot_limit or depth >= frame_limit:
                    break
                y = info[y]
                fr = depth * ROW
                frames[fr + F_PC] = pc + 4
                depth += 1
                fr += ROW
                frames[fr + F_FN] = f
                frames[fr + F_FP] = x
                frames[fr + F_DST] = fp + code[pc + 3]
                frames[fr + F_KIND] = 0
                fp = x
                pc = y
            elif op == OP_CALL_PTR:
                x = fp + code[pc + 1]
                a = self.callee(s[x], s[x + 1])
                if a < 0 or (info[a * ROW + I_SIG] ^ code[pc + 4]) & SIG_CLASS:
                    break
                f = a
                y = f * ROW
                x = fp + code[pc + 2]
                if info[y] == 0 or x + info[y + I_NSLOTS] > slot_limit or depth >= frame_limit:
                    break
                y = info[y]
                fr = depth * ROW
                frames[fr + F_PC] = pc + 5
                depth += 1
                fr += ROW
                frames[fr + F_FN] = f
                frames[fr + F_FP] = x
                frames[fr + F_DST] = fp + code[pc + 3]
                frames[fr + F_KIND] = 0
                fp = x
                pc = y
            elif op == OP_CALL_VIRT:
                a = self.vtable_at(s[fp + code[pc + 1]])
                if a == 0 or code[pc + 2] >= self.vt_text[a - 1]:
                    break
                f = self.vt_text[a + 3 + code[pc + 2]]
                if f < 0:
                    if code[pc + 2] != -1:
                        break
                    pc += 5
                else:
                    y = f * ROW
                    x = fp + code[pc + 3]
                    if info[y] == 0 or x + info[y + I_NSLOTS] > slot_limit or depth >= frame_limit:
                        break
                    y = info[y]
                    fr = depth * ROW
                    frames[fr + F_PC] = pc + 5
                    depth += 1
                    fr += ROW
                    frames[fr + F_FN] = f
                    frames[fr + F_FP] = x
                    frames[fr + F_DST] = fp + code[pc + 4]
                    frames[fr + F_KIND] = 0
                    fp = x
                    pc = y
            elif op == OP_RET:
                fr = depth * ROW
                if frames[fr + F_KIND] & K_MASK:
                    break
                fr -= ROW
                depth -= 1
                fp = frames[fr + F_FP]
                pc = frames[fr + F_PC]
            elif op == OP_RET1:
                fr = depth * ROW
                if frames[fr + F_KIND] & K_MASK:
                    break
                s[frames[fr + F_DST]] = s[fp + code[pc + 1]]
                fr -= ROW
                depth -= 1
                fp = frames[fr + F_FP]
                pc = frames[fr + F_PC]
            elif op == OP_RET2:
                fr = depth * ROW
                if frames[fr + F_KIND] & K_MASK:
                    break
                d = frames[fr + F_DST]
                a = fp + code[pc + 1]
                s[d] = s[a]
                s[d + 1] = s[a + 1]
                fr -= ROW
                depth -= 1
                fp = frames[fr + F_FP]
                pc = frames[fr + F_PC]
            elif op == OP_RET3:
                fr = depth * ROW
                if frames[fr + F_KIND] & K_MASK:
                    break
                d = frames[fr + F_DST]
                a = fp + code[pc + 1]
                s[d] = s[a]
                s[d + 1] = s[a + 1]
                s[d + 2] = s[a + 2]
                fr -= ROW
                depth -= 1
                fp = frames[fr + F_FP]
                pc = frames[fr + F_PC]
            elif op == OP_RETN:
                fr = depth * ROW
                if frames[fr + F_KIND] & K_MASK:
                    break
                move_slots(s, frames[fr + F_DST], fp + code[pc + 1], code[pc + 2])
                fr -= ROW
                depth -= 1
                fp = frames[fr + F_FP]
                pc = frames[fr + F_PC]
            elif op == OP_UB_IF:
                if s[fp + code[pc + 1]]:
                    break
                pc += 3
                continue
            # --- memory locals of the frame
            elif op == OP_ENTER:
                x = fp + code[pc + 1] + 1
                y = x + 3 * code[pc + 2]
                while x < y:
                    s[x] = 0
                    s[x + 1] = 0  # what a restored machine may find in it: see `verify_code.py`
                    x += 3
                pc += 3
                continue
            elif op == OP_LEAVE:
                x = fp + code[pc + 1] + 1
                y = x + 3 * code[pc + 2]
                while x < y:
                    if s[x]:
                        if not self.kill(s[x], pc):
                            break
                        s[x] = 0
                    x += 3
                if x < y:
                    break
                pc += 3
                continue
            elif op == OP_LIVE:
                a = fp + code[pc + 1]
                if s[a + 1] and not self.kill(s[a + 1], pc):
                    break
                s[a + 1] = 0
                x = self.alloc(code[pc + 2], code[pc + 3], M_STACK, pc)
                if x == 0:
                    break
                s[a] = tab[x + A_BASE]
                s[a + 1] = (x << 37) | tab[x + A_FIRST]
                s[a + 2] = tab[x + A_BASE] + tab[x + A_DELTA]
                pc += 4
                continue
            elif op == OP_DEAD:
                a = fp + code[pc + 1] + 1
                if s[a]:
                    if not self.kill(s[a], pc):
                        break
                    s[a] = 0
                pc += 2
                continue
            elif op == OP_RETPLACE:
                a = fp + code[pc + 2]
                x = self.writable(s[a], s[a + 1], code[pc + 3], s[a] & code[pc + 4])
                if x < 0 or tab[((s[a + 1] >> TAG_BITS) & self.tab_mask) * ROW + A_INFO] & 255 == M_HEAP:
                    break
                d = fp + code[pc + 1]
                y = s[a]
                s[d + 1] = s[a + 1]
                s[d] = y
                s[d + 2] = x
                pc += 5
                continue
            # --- pointers
            elif op == OP_PADD:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = wrap(s[a] + code[pc + 3])
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 4
                continue
            elif op == OP_PADDC:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = code[pc + 3]
                if not self.in_bounds(s[a], s[a + 1], x):
                    break
                x += s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 4
                continue
            elif op == OP_PIDX:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = wrap(s[a] + s[fp + code[pc + 3]] * code[pc + 4] + code[pc + 5])
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 6
                continue
            elif op == OP_PIDXC:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                if mul_over_s(s[fp + code[pc + 3]], code[pc + 4], 0):
                    break
                x = wrap(s[fp + code[pc + 3]] * code[pc + 4] + code[pc + 5])
                if not self.in_bounds(s[a], s[a + 1], x):
                    break
                x += s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 6
                continue
            elif op == OP_POFFSET:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                y = s[fp + code[pc + 3]]
                if mul_over_s(y, code[pc + 4], 0):
                    break
                x = y * code[pc + 4]
                if not self.in_bounds(s[a], s[a + 1], x):
                    break
                x += s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 5
                continue
            elif op == OP_POFFSET_U:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                y = s[fp + code[pc + 3]]
                if y < 0 or mul_over_s(y, code[pc + 4], 0):
                    break
                x = y * code[pc + 4]
                if not self.in_bounds(s[a], s[a + 1], x):
                    break
                x += s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 5
                continue
            elif op == OP_PARITH:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = wrap(s[a] + s[fp + code[pc + 3]] * code[pc + 4])
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 5
                continue
            elif op == OP_PDIFF:
                a = fp + code[pc + 2]
                d = fp + code[pc + 3]
                x = s[a] - s[d]
                y = code[pc + 4]
                if (
                    s[a + 1] != s[d + 1] or s[a + 1] <= WILDCARD or not self.in_bounds(s[d], s[d + 1], x)
                    or not self.in_bounds(s[a], s[a + 1], -x)
                ):
                    break
                if y == 0 or x % y != 0 or (x < 0 and code[pc + 5]):
                    break
                s[fp + code[pc + 1]] = x // y
                pc += 6
                continue
            elif op == OP_EXPOSE:
                a = fp + code[pc + 2]
                x = ((s[a + 1] >> TAG_BITS) & self.tab_mask) * ROW
                if s[a + 1] > WILDCARD and not tab[x + A_INFO] & FLAG_EXPOSED:
                    break
                s[fp + code[pc + 1]] = s[a]
                pc += 3
                continue
            elif op == OP_FROM_EXPOSED:
                d = fp + code[pc + 1]
                s[d] = s[fp + code[pc + 2]]
                s[d + 1] = WILDCARD
                pc += 3
                continue
            elif op == OP_REIFY:
                y = info[code[pc + 2] * ROW + I_FLAGS]
                if not y & IF_ASKED:
                    break
                x = code[pc + 2] << SALT_BITS
                if not y & IF_UNIQUE:
                    x |= next_u64(self.rng) % regs[R_LIMIT]
                x = x << 2 | KEY_FN
                regs[R_DRAWN] = x
                x = self.entry(x)
                if x == 0:
                    break
                regs[R_CASTS] += 1
                d = fp + code[pc + 1]
                s[d] = tab[x + A_BASE]
                s[d + 1] = (x << 37) | tab[x + A_FIRST]
                self.cold[x + E_CASTS] += 1
                self.cold[x + E_LAST] = regs[R_STEPS] + budget - left
                self.cold[x + E_LAST_PC] = pc
                pc += 3
                continue
            elif op == OP_GLOBAL:
                d = fp + code[pc + 1]
                x = 2 * code[pc + 2]
                if globs[x + 1] == 0:
                    break
                s[d] = globs[x]
                s[d + 1] = globs[x + 1]
                pc += 3
                continue
            elif op == OP_VTABLE:
                x = self.vt_places[code[pc + 2]]
                if x == 0:
                    break
                x = (x << SALT_BITS | (next_u64(self.rng) % regs[R_LIMIT])) << 2 | KEY_VTABLE
                regs[R_DRAWN] = x
                x = self.entry(x)
                if x == 0:
                    break
                regs[R_CASTS] += 1
                s[fp + code[pc + 1]] = tab[x + A_BASE]
                self.cold[x + E_CASTS] += 1
                self.cold[x + E_LAST] = regs[R_STEPS] + budget - left
                self.cold[x + E_LAST_PC] = pc
                pc += 3
                continue
            elif op == OP_VT_GET:
                a = self.vtable_at(s[fp + code[pc + 2]])
                if a == 0 or code[pc + 3] >= self.vt_text[a - 1]:
                    break
                s[fp + code[pc + 1]] = self.vt_text[a + 3 + code[pc + 3]]
                pc += 4
                continue
            # --- loads and stores through pointers
            elif op == OP_LD_U8:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 1, code[pc + 4])
                if x < 0 or not init1(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u8(data, x)
                pc += 5
                continue
            elif op == OP_LD_I8:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 1, code[pc + 4])
                if x < 0 or not init1(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i8(data, x)
                pc += 5
                continue
            elif op == OP_LD_U16:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 2, code[pc + 4])
                if x < 0 or not init2(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u16(data, x)
                pc += 5
                continue
            elif op == OP_LD_I16:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 2, code[pc + 4])
                if x < 0 or not init2(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i16(data, x)
                pc += 5
                continue
            elif op == OP_LD_U32:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 4, code[pc + 4])
                if x < 0 or not init4(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u32(data, x)
                pc += 5
                continue
            elif op == OP_LD_I32:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 4, code[pc + 4])
                if x < 0 or not init4(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i32(data, x)
                pc += 5
                continue
            elif op == OP_LD_64:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 8, code[pc + 4])
                if x < 0 or not init8(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i64(data, x)
                pc += 5
                continue
            elif op == OP_LD_BOOL:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 1, code[pc + 4])
                if x < 0 or not init1(meta, x) or rd_u8(data, x) > 1:
                    break
                s[fp + code[pc + 1]] = rd_u8(data, x)
                pc += 5
                continue
            elif op == OP_LD_PTR:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 8, code[pc + 4])
                if x < 0 or x & 7:
                    break
                y = rd_i64(meta, x)
                d = fp + code[pc + 1]
                if y == POINTER8:
                    s[d] = rd_i64(data, x)
                    s[d + 1] = prov[x >> 3]
                elif y == INIT8:
                    s[d] = rd_i64(data, x)
                    s[d + 1] = 0
                else:
                    break
                pc += 5
                continue
            elif op == OP_LD_128:
                a = fp + code[pc + 2]
                x = self.readable(s[a], s[a + 1], code[pc + 3], 16, code[pc + 4])
                if x < 0 or not init8(meta, x) or not init8(meta, x + 8):
                    break
                d = fp + code[pc + 1]
                s[d] = rd_i64(data, x)
                s[d + 1] = rd_i64(data, x + 8)
                pc += 5
                continue
            elif op == OP_ST_8:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 1, s[a] & code[pc + 4])
                if x < 0:
                    break
                wr1(data, x, s[fp + code[pc + 3]])
                set_init1(meta, x)
                dirty[x >> PAGE_BITS] = DIRTY
                pc += 5
                continue
            elif op == OP_ST_16:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 2, s[a] & code[pc + 4])
                if x < 0:
                    break
                wr2(data, x, s[fp + code[pc + 3]])
                set_init2(meta, x)
                touch(dirty, x, 2)
                pc += 5
                continue
            elif op == OP_ST_32:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 4, s[a] & code[pc + 4])
                if x < 0:
                    break
                wr4(data, x, s[fp + code[pc + 3]])
                set_init4(meta, x)
                touch(dirty, x, 4)
                pc += 5
                continue
            elif op == OP_ST_64:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 8, s[a] & code[pc + 4])
                if x < 0:
                    break
                wr8(data, x, s[fp + code[pc + 3]])
                set_init8(meta, x)
                touch(dirty, x, 8)
                pc += 5
                continue
            elif op == OP_ST_PTR:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 8, s[a] & code[pc + 4])
                if x < 0 or x & 7:
                    break
                a = fp + code[pc + 3]
                wr8(data, x, s[a])
                if s[a + 1]:
                    prov[x >> 3] = s[a + 1]
                    set_pointer8(meta, x)
                else:
                    set_init8(meta, x)
                dirty[x >> PAGE_BITS] = DIRTY
                pc += 5
                continue
            elif op == OP_ST_128:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], 16, s[a] & code[pc + 4])
                if x < 0:
                    break
                a = fp + code[pc + 3]
                wr8(data, x, s[a])
                wr8(data, x + 8, s[a + 1])
                set_init8(meta, x)
                set_init8(meta, x + 8)
                touch(dirty, x, 16)
                pc += 5
                continue
            elif op == OP_COPY:
                z = code[pc + 5]
                a = fp + code[pc + 3]
                x = self.readable(s[a], s[a + 1], code[pc + 4], z, code[pc + 7])
                d = fp + code[pc + 1]
                y = self.writable(s[d] + code[pc + 2], s[d + 1], z, s[d] & code[pc + 6])
                if x < 0 or y < 0 or (x != y and x < y + z and y < x + z) or not self.copy(y, x, z):
                    break
                pc += 8
                continue
            elif op == OP_UNINIT:
                a = fp + code[pc + 1]
                z = code[pc + 3]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], z, s[a] & code[pc + 4])
                if x < 0:
                    break
                set_bytes(meta, x, 0, z)
                touch_range(dirty, x, z)
                pc += 5
                continue
            # --- memory locals by constant offset
            elif op == OP_LDL_U8:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init1(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u8(data, x)
                pc += 4
                continue
            elif op == OP_LDL_I8:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init1(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i8(data, x)
                pc += 4
                continue
            elif op == OP_LDL_U16:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init2(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u16(data, x)
                pc += 4
                continue
            elif op == OP_LDL_I16:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init2(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i16(data, x)
                pc += 4
                continue
            elif op == OP_LDL_U32:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init4(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_u32(data, x)
                pc += 4
                continue
            elif op == OP_LDL_I32:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init4(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i32(data, x)
                pc += 4
                continue
            elif op == OP_LDL_64:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init8(meta, x):
                    break
                s[fp + code[pc + 1]] = rd_i64(data, x)
                pc += 4
                continue
            elif op == OP_LDL_BOOL:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init1(meta, x) or rd_u8(data, x) > 1:
                    break
                s[fp + code[pc + 1]] = rd_u8(data, x)
                pc += 4
                continue
            elif op == OP_LDL_PTR:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                y = rd_i64(meta, x)
                d = fp + code[pc + 1]
                if x & 7:
                    break
                if y == POINTER8:
                    s[d] = rd_i64(data, x)
                    s[d + 1] = prov[x >> 3]
                elif y == INIT8:
                    s[d] = rd_i64(data, x)
                    s[d + 1] = 0
                else:
                    break
                pc += 4
                continue
            elif op == OP_LDL_128:
                x = s[fp + code[pc + 2] + 2] + code[pc + 3]
                if not init8(meta, x) or not init8(meta, x + 8):
                    break
                d = fp + code[pc + 1]
                s[d] = rd_i64(data, x)
                s[d + 1] = rd_i64(data, x + 8)
                pc += 4
                continue
            elif op == OP_STL_8:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                wr1(data, x, s[fp + code[pc + 3]])
                set_init1(meta, x)
                dirty[x >> PAGE_BITS] = DIRTY
                pc += 4
                continue
            elif op == OP_STL_16:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                wr2(data, x, s[fp + code[pc + 3]])
                set_init2(meta, x)
                touch(dirty, x, 2)
                pc += 4
                continue
            elif op == OP_STL_32:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                wr4(data, x, s[fp + code[pc + 3]])
                set_init4(meta, x)
                touch(dirty, x, 4)
                pc += 4
                continue
            elif op == OP_STL_64:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                wr8(data, x, s[fp + code[pc + 3]])
                set_init8(meta, x)
                touch(dirty, x, 8)
                pc += 4
                continue
            elif op == OP_STL_PTR:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                if x & 7:
                    break
                a = fp + code[pc + 3]
                wr8(data, x, s[a])
                if s[a + 1]:
                    prov[x >> 3] = s[a + 1]
                    set_pointer8(meta, x)
                else:
                    set_init8(meta, x)
                dirty[x >> PAGE_BITS] = DIRTY
                pc += 4
                continue
            elif op == OP_STL_128:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                a = fp + code[pc + 3]
                wr8(data, x, s[a])
                wr8(data, x + 8, s[a + 1])
                set_init8(meta, x)
                set_init8(meta, x + 8)
                touch(dirty, x, 16)
                pc += 4
                continue
            elif op == OP_COPYL:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                y = s[fp + code[pc + 3] + 2] + code[pc + 4]
                if not self.copy(x, y, code[pc + 5]):
                    break
                pc += 6
                continue
            elif op == OP_UNINITL:
                x = s[fp + code[pc + 1] + 2] + code[pc + 2]
                set_bytes(meta, x, 0, code[pc + 3])
                touch_range(dirty, x, code[pc + 3])
                pc += 4
                continue
            # --- bulk memory
            elif op == OP_MEMCPY:
                a = fp + code[pc + 2]
                d = fp + code[pc + 1]
                z = s[fp + code[pc + 3]]
                if z < 0 or mul_over_s(z, code[pc + 4], 0) or (s[a] | s[d]) & code[pc + 5]:
                    break
                z *= code[pc + 4]
                if z:
                    x = self.readable(s[a], s[a + 1], 0, z, 0)
                    y = self.writable(s[d], s[d + 1], z, 0)
                    if x < 0 or y < 0 or (x < y + z and y < x + z and z) or not self.copy(y, x, z):
                        break
                pc += 6
                continue
            elif op == OP_MEMMOVE:
                a = fp + code[pc + 2]
                d = fp + code[pc + 1]
                z = s[fp + code[pc + 3]]
                if z < 0 or mul_over_s(z, code[pc + 4], 0) or (s[a] | s[d]) & code[pc + 5]:
                    break
                z *= code[pc + 4]
                if z:
                    x = self.readable(s[a], s[a + 1], 0, z, 0)
                    y = self.writable(s[d], s[d + 1], z, 0)
                    if x < 0 or y < 0 or not self.copy(y, x, z):
                        break
                pc += 6
                continue
            elif op == OP_MEMSET:
                d = fp + code[pc + 1]
                z = s[fp + code[pc + 3]]
                if z < 0 or mul_over_s(z, code[pc + 4], 0) or s[d] & code[pc + 5]:
                    break
                z *= code[pc + 4]
                if z:
                    x = self.writable(s[d], s[d + 1], z, 0)
                    if x < 0:
                        break
                    set_bytes(data, x, s[fp + code[pc + 2]] & 255, z)
                    set_bytes(meta, x, INIT, z)
                    touch_range(dirty, x, z)
                pc += 6
                continue
            elif op == OP_MEMCMP:
                a = fp + code[pc + 2]
                d = fp + code[pc + 3]
                z = s[fp + code[pc + 4]]
                if z:
                    x = self.readable(s[a], s[a + 1], 0, z, 0)
                    y = self.readable(s[d], s[d + 1], 0, z, 0)
                    if z < 0 or x < 0 or y < 0 or not all_init(meta, x, z) or not all_init(meta, y, z):
                        break
                    s[fp + code[pc + 1]] = compare(data, x, y, z)
                else:
                    s[fp + code[pc + 1]] = 0
                pc += 5
                continue
            elif op == OP_MEMCHR:
                a = fp + code[pc + 2]
                z = s[fp + code[pc + 3]]
                if z:
                    x = self.readable(s[a], s[a + 1], 0, z, 0)
                    if z < 0 or x < 0 or not all_init(meta, x, z):
                        break
                    s[fp + code[pc + 1]] = find(data, x, z, s[fp + code[pc + 4]] & 255)
                else:
                    s[fp + code[pc + 1]] = 0
                pc += 5
                continue
            elif op == OP_FILL:
                d = fp + code[pc + 1]
                z = code[pc + 3]
                y = code[pc + 4]
                if y > 1 and z > 0:
                    x = self.writable(s[d] + code[pc + 2], s[d + 1], z * y, 0)
                    if x < 0:
                        break
                    a = 1
                    while a < y:
                        d = a if a * 2 <= y else y - a
                        if not self.copy(x + a * z, x, d * z):
                            break
                        a += d
                    if a < y:
                        break
                pc += 5
                continue
            # --- validity
            elif op == OP_V_BOOL:
                if not 0 <= s[fp + code[pc + 1]] <= 1:
                    break
                pc += 2
                continue
            elif op == OP_V_CHAR:
                x = s[fp + code[pc + 1]]
                if x > 0x10FFFF or (0xD800 <= x <= 0xDFFF):
                    break
                pc += 2
                continue
            elif op == OP_V_RANGE:
                z = code[pc + 4]
                y = code[pc + 2]
                if less_u(u_ext(code[pc + 3] - y, z), u_ext(s[fp + code[pc + 1]] - y, z)):
                    break
                pc += 6
                continue
            elif op == OP_V_REF:
                a = fp + code[pc + 1]
                if not self.valid_ref(s[a], s[a + 1], code[pc + 2], code[pc + 3]):
                    break
                pc += 5
                continue
            elif op == OP_V_SLICE:
                a = fp + code[pc + 1]
                if not self.valid_slice(s[a], s[a + 1], s[a + 2], code[pc + 2], code[pc + 3], code[pc + 4]):
                    break
                pc += 6
                continue
            elif op == OP_V_DYN:
                a = fp + code[pc + 1]
                if not self.valid_dyn(s[a], s[a + 1], s[a + 2], code[pc + 2], code[pc + 3], code[pc + 4]):
                    break
                pc += 6
                continue
            elif op == OP_V_FN:
                a = fp + code[pc + 1]
                if s[a] == 0:
                    break
                pc += 3
                continue
            elif op == OP_V_MEM:
                a = fp + code[pc + 1]
                if not self.valid_at(s[a], s[a + 1], code[pc + 2], code[pc + 3], False):
                    break
                pc += 4
                continue
            elif op == OP_V_LOAD:
                a = fp + code[pc + 1]
                if not self.valid_at(s[a], s[a + 1], code[pc + 2], code[pc + 3], True):
                    break
                pc += 4
                continue
            elif op == OP_NICHE:
                x = u_ext(s[fp + code[pc + 2]] - code[pc + 3], code[pc + 7])
                s[fp + code[pc + 1]] = code[pc + 5] + x if less_u(x, code[pc + 4]) else code[pc + 6]
                pc += 8
                continue
            # --- floats
            elif op == OP_FADD:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = fadd64(x, y) if code[pc + 4] == 64 else fadd32(x, y)
                pc += 5
                continue
            elif op == OP_FREM:
                s[fp + code[pc + 1]] = frem(s[fp + code[pc + 2]], s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_FMATH:
                s[fp + code[pc + 2]] = fmath(code[pc + 1], s[fp + code[pc + 3]], code[pc + 4])
                pc += 5
                continue
            elif op == OP_FSUB:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = fsub64(x, y) if code[pc + 4] == 64 else fsub32(x, y)
                pc += 5
                continue
            elif op == OP_FMUL:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = fmul64(x, y) if code[pc + 4] == 64 else fmul32(x, y)
                pc += 5
                continue
            elif op == OP_FDIV:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = fdiv64(x, y) if code[pc + 4] == 64 else fdiv32(x, y)
                pc += 5
                continue
            elif op == OP_FNEG:
                s[fp + code[pc + 1]] = s[fp + code[pc + 2]] ^ (lowest(0) if code[pc + 3] == 64 else 0x80000000)
                pc += 4
                continue
            elif op == OP_FEQ:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = as_f64(x) == as_f64(y) if code[pc + 4] == 64 else as_f32(x) == as_f32(y)
                pc += 5
                continue
            elif op == OP_FNE:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = as_f64(x) != as_f64(y) if code[pc + 4] == 64 else as_f32(x) != as_f32(y)
                pc += 5
                continue
            elif op == OP_FLT:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = as_f64(x) < as_f64(y) if code[pc + 4] == 64 else as_f32(x) < as_f32(y)
                pc += 5
                continue
            elif op == OP_FLE:
                x = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                s[fp + code[pc + 1]] = as_f64(x) <= as_f64(y) if code[pc + 4] == 64 else as_f32(x) <= as_f32(y)
                pc += 5
                continue
            elif op == OP_F_TO_F:
                x = s[fp + code[pc + 2]]
                s[fp + code[pc + 1]] = narrow(x) if code[pc + 3] == 64 else widen(x)
                pc += 4
                continue
            elif op == OP_F_TO_S:
                x = s[fp + code[pc + 2]]
                s[fp + code[pc + 1]] = to_signed(as_f64(x) if code[pc + 3] == 64 else as_f32(x), code[pc + 4])
                pc += 5
                continue
            elif op == OP_F_TO_U:
                x = s[fp + code[pc + 2]]
                s[fp + code[pc + 1]] = to_unsigned(as_f64(x) if code[pc + 3] == 64 else as_f32(x), code[pc + 4])
                pc += 5
                continue
            elif op == OP_S_TO_F:
                x = s[fp + code[pc + 2]]
                s[fp + code[pc + 1]] = f64_of_s(x) if code[pc + 3] == 64 else f32_of_s(x)
                pc += 4
                continue
            elif op == OP_U_TO_F:
                x = s[fp + code[pc + 2]]
                s[fp + code[pc + 1]] = f64_of_u(x) if code[pc + 3] == 64 else f32_of_u(x)
                pc += 4
                continue
            # --- heap
            elif op == OP_HALLOC:
                regs[R_DEPTH] = depth
                z = s[fp + code[pc + 2]]
                y = s[fp + code[pc + 3]]
                x = self.alloc(z, y, M_HEAP, pc) if y > 0 and y & (y - 1) == 0 else 0
                if x == 0:
                    break
                d = fp + code[pc + 1]
                if code[pc + 4]:
                    a = tab[x + A_BASE] + tab[x + A_DELTA]
                    set_bytes(data, a, 0, z)
                    set_bytes(meta, a, INIT, z)
                s[d] = tab[x + A_BASE]
                s[d + 1] = (x << 37) | tab[x + A_FIRST]
                pc += 5
                continue
            elif op == OP_HFREE:
                regs[R_DEPTH] = depth
                a = fp + code[pc + 1]
                if (
                    not self.heap_block(s[a], s[a + 1], s[fp + code[pc + 2]], s[fp + code[pc + 3]])
                    or not self.kill(s[a + 1], pc)
                ):
                    break
                pc += 4
                continue
            elif op == OP_HREALLOC:
                regs[R_DEPTH] = depth
                if regs[R_FRAGMENTS]:
                    break
                a = fp + code[pc + 2]
                y = s[fp + code[pc + 5]]
                if not self.heap_block(s[a], s[a + 1], s[fp + code[pc + 3]], s[fp + code[pc + 4]]):
                    break
                z = self.alloc(y, s[fp + code[pc + 4]], M_HEAP, pc)
                if z == 0:
                    break
                x = ((s[a + 1] >> TAG_BITS) & self.tab_mask) * ROW
                d = (z << 37) | tab[z + A_FIRST]
                if self.cold[x + B_CLASS] == CLASS_BIG or not self.copy(
                    tab[z + A_BASE] + tab[z + A_DELTA], s[a] + tab[x + A_DELTA], min(y, tab[x + A_SIZE])
                ):
                    self.kill(d, pc)
                    break
                self.kill(s[a + 1], pc)
                d = fp + code[pc + 1]
                s[d] = tab[z + A_BASE]
                s[d + 1] = (z << 37) | tab[z + A_FIRST]
                pc += 6
                continue
            # --- atomics: threads are preempted between blocks only
            elif op == OP_AT_LD:
                a = fp + code[pc + 2]
                if not self.load_kind(s[a], s[a + 1], code[pc + 3], fp + code[pc + 1]):
                    break
                pc += 5
                continue
            elif op == OP_AT_ST:
                a = fp + code[pc + 1]
                if not self.store_kind(s[a], s[a + 1], code[pc + 3], fp + code[pc + 2]):
                    break
                pc += 5
                continue
            elif op == OP_RETAG:
                d = fp + code[pc + 1]
                a = fp + code[pc + 2]
                x = s[a]
                s[d + 1] = s[a + 1]
                s[d] = x
                pc += 6
                continue
            elif op == OP_FENCE:
                pc += 3
                continue
            elif op == OP_AT_RMW:
                a = fp + code[pc + 3]
                if not self.rmw(code[pc + 1], s[a], s[a + 1], code[pc + 5], fp + code[pc + 2], fp + code[pc + 4]):
                    break
                pc += 7
                continue
            elif op == OP_AT_CAS:
                a = fp + code[pc + 3]
                if not self.cas(
                    s[a], s[a + 1], code[pc + 6], fp + code[pc + 1], fp + code[pc + 2], fp + code[pc + 4],
                    fp + code[pc + 5], code[pc + 9],
                ):
                    break
                pc += 10
                continue
            elif op == OP_LD_MAYBE:
                a = fp + code[pc + 3]
                x = self.readable(s[a], s[a + 1], code[pc + 4], self.kind_size(code[pc + 5]), code[pc + 6])
                if x < 0 or not self.load_maybe(x, code[pc + 5], fp + code[pc + 1], fp + code[pc + 2]):
                    break
                pc += 7
                continue
            elif op == OP_ST_MAYBE:
                a = fp + code[pc + 1]
                x = self.writable(s[a] + code[pc + 2], s[a + 1], self.kind_size(code[pc + 5]), s[a] & code[pc + 6])
                if x < 0 or not self.store_maybe(x, code[pc + 5], fp + code[pc + 3], fp + code[pc + 4]):
                    break
                pc += 7
                continue
            elif op == OP_LDL_MAYBE:
                if not self.load_maybe(
                    s[fp + code[pc + 3] + 2] + code[pc + 4], code[pc + 5], fp + code[pc + 1], fp + code[pc + 2]
                ):
                    break
                pc += 6
                continue
            elif op == OP_STL_MAYBE:
                if not self.store_maybe(
                    s[fp + code[pc + 1] + 2] + code[pc + 2], code[pc + 5], fp + code[pc + 3], fp + code[pc + 4]
                ):
                    break
                pc += 6
                continue
            else:
                break
            left -= 1
            if left <= 0:
                break
        regs[R_STEPS] += budget - left
        regs[R_DEPTH] = depth
        regs[R_PC] = pc
        regs[R_FP] = fp
        return left <= 0
