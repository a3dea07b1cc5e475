"""Names of the words in the machine's flat arrays.  `words.pxd` (a C enum for the engine) is generated from here.

Records are rows of eight 64-bit words; a row begins at `index * ROW`.  Words of a row:

    frames   F_*   one row a frame, of one thread
    info     I_*   one row an instance (indexed by instance number)
    tab      A_*   one row an allocation slot: what every access needs
    cold     B_*   one row an allocation slot: the rest
    dead     D_*   one row a dead allocation (two rings)
    regs     R_*   single words of the machine
    globs    two words a global: address, provenance (provenance 0: not made yet)

To add a word: a line here, `python -m interp.code.generate`, its sentence, its part in `snapshot.py`.
"""

from __future__ import annotations

from typing import Final

ROW: Final = 8
TAG_BITS: Final = 40
TAG_MASK: Final = (1 << 40) - 1
WILDCARD: Final = 1  # provenance of a pointer made from an integer
MAX_SLOT: Final = (1 << 23) - 1
PAGE_BITS: Final = 12
MARGIN: Final = 4096  # slots kept free above every frame, for outgoing arguments

# frames
F_FN: Final = 0  # instance
F_FP: Final = 1  # first slot
F_PC: Final = 2  # where it goes on, once it is on top again
F_DST: Final = 3  # slot (absolute) where its result goes
F_KIND: Final = 4  # K_*: what happens when it returns
F_A: Final = 5  # belongs to the kind
F_B: Final = 6
F_C: Final = 7

K_CALL: Final = 0
K_BOTTOM: Final = 1  # lowest frame of a thread
K_TRY: Final = 2  # try_fn of catch_unwind: A, B = catch_fn's address, provenance; data pointer in slots F_C, F_C+1
K_CATCH: Final = 3  # catch_fn of catch_unwind
K_INIT: Final = 4  # initialiser of global A; the instruction that asked is executed again
K_DTOR: Final = 5  # destructor at a thread's end
K_ABORT: Final = 6  # panic_cannot_unwind and the like: never returns
K_MASK: Final = 255
K_SEEN: Final = 256  # beside the kind: the frame was there when the collector last ran

# info
I_START: Final = 0  # word in `text` where it begins; 0 = not linked yet
I_NSLOTS: Final = 1
I_SIG: Final = 2
I_FLAGS: Final = 3  # IF_*
I_MEM: Final = 4  # first slot of its memory locals
I_NMEM: Final = 5
I_SPARE: Final = 6
I_ARGS: Final = 7  # parameter slots

IF_LOCAL: Final = 1  # of the user's crate
IF_UNIQUE: Final = 2  # one function address only
IF_TRACK: Final = 4  # track_caller
IF_ASKED: Final = 8  # IF_UNIQUE is known

# tab
A_FIRST: Final = 0  # first tag of the present occupant: an older tag is a dangling pointer's
A_BASE: Final = 1  # address
A_SIZE: Final = 2  # bytes that can be read
A_WSIZE: Final = 3  # bytes that can be written: size, or 0 if immutable
A_DELTA: Final = 4  # offset in the arena = address + delta
A_ID: Final = 5  # allocation id, never used twice
A_INFO: Final = 6  # kind | flags << 8 | align << 16
A_NEXT: Final = 7  # the slot's next tag

FLAG_EXPOSED: Final = 1 << 8
FLAG_MUT: Final = 1 << 9

M_FREE: Final = 0
M_STACK: Final = 1
M_HEAP: Final = 2
M_STATIC: Final = 3
M_CONST: Final = 4
M_FN: Final = 5
M_VTABLE: Final = 6
M_MACHINE: Final = 7
M_TLS: Final = 8

# cold
B_BIRTH: Final = 0  # pc (in `text`) of the allocating instruction
B_BLOCK: Final = 1  # its block in the arena (offset; a block stays with its slot while the slot is in a free list)
B_CAP: Final = 2  # bytes of the block
B_CLASS: Final = 3  # size class of the block; CLASS_BIG = given back to the arena at once
B_LINK: Final = 4  # next slot in the free list
B_DATA: Final = 5  # instance of a function, number of a vtable or global
B_USED: Final = 6
B_THREAD: Final = 7  # thread that made it

# cold, of functions and vtables: they have no block, so its words hold what the address cache knows of an entry
E_FIRST_PC: Final = 0  # pc of the cast that made it
E_LAST_PC: Final = 1  # pc of the last cast that gave it
E_CASTS: Final = 2  # casts that gave it, the first included
E_FIRST: Final = 4  # step of the first cast << SALT_BITS | salt
E_OF: Final = 5  # instance, or number of the vtable
E_LAST: Final = 6  # step of the last cast

NCLASSES: Final = 128
CLASS_BIG: Final = 127  # blocks above BIG bytes; the free list of this class holds slots without a block
BIG: Final = 1 << 16

# reuse: one row of POOL_ROW words for each alignment 2^i: count, then (address, size) pairs
POOL: Final = 64
POOL_ROW: Final = 129
NPOOLS: Final = 13

# dead
D_SLOT: Final = 0
D_FIRST: Final = 1  # tags from..
D_LAST: Final = 2  # ..to (exclusive)
D_ID: Final = 3
D_SIZE: Final = 4
D_INFO: Final = 5
D_BIRTH: Final = 6
D_DEATH: Final = 7
RING_STACK: Final = 2048  # rows
RING_OTHER: Final = 8192

# regs
R_STEPS: Final = 0  # basic blocks executed
R_PC: Final = 1  # next instruction of the current thread
R_FP: Final = 2
R_DEPTH: Final = 3  # index of the top frame
R_NEXT_ID: Final = 4  # next allocation id
R_NEXT_ADDR: Final = 5  # next address of the bump allocator
R_ARENA_TOP: Final = 6  # end of the used part of the arena
R_NALLOCS: Final = 7  # slots of the table in use or in free lists
R_LIVE: Final = 8  # live allocations (stack, heap, globals)
R_LIVE_BYTES: Final = 9
R_DEAD_STACK: Final = 10  # deaths so far: ring position
R_DEAD_OTHER: Final = 11
R_FRAGMENTS: Final = 12  # entries of the fragment table
R_CASTS: Final = 13  # function and vtable addresses asked for
R_MISSES: Final = 14  # of these, made anew
R_HEAP: Final = 15  # heap allocations so far
R_THREAD: Final = 16  # id of the current thread
R_MULTI: Final = 17  # more than one thread exists
R_PEAK_BYTES: Final = 18
R_VTABLES: Final = 19  # vtables that have addresses, plus one: words of vt_at
R_MAX_BYTES: Final = 20  # limit on live bytes
R_DRAWN: Final = 21  # REIFY, VTABLE: the key that was drawn and is not in the cache
R_ENTRIES: Final = 22  # entries of the address cache
R_LIMIT: Final = 23  # salts a function may have
R_CAPACITY: Final = 24  # entries the policy `lru` keeps
R_GC_EVERY: Final = 25  # steps between two collections
R_GC_NEXT: Final = 26  # step of the next one
R_KEPT: Final = 27  # entries that the last one left
R_EVICTED: Final = 28  # entries let go so far
R_COLLECTIONS: Final = 29
R_GC_LAST: Final = 30  # step of the last one
R_PATIENCE: Final = 31  # intervals between collections that `unreachable` lets an entry lie idle, less one
R_NEW: Final = 32  # entries made since the last collection: of functions of which none was let go lately
R_BACK: Final = 33  # ..and of those of which one was
NREGS: Final = 64
EXPOSED: Final = 256  # rows of exposed functions that the engine remembers by their addresses

# address space: below it nothing lies; functions and vtables have regions of their own
ADDR_START: Final = 0x10000
VT_BASE: Final = 0x7E0000000000
VT_STRIDE: Final = 16
VT_SHIFT: Final = 24  # each vtable has 2^20 addresses
VT_MASK: Final = (1 << 24) - 1
SALT_BITS: Final = 10
MAX_LIMIT: Final = 1 << 10
KEY_FN: Final = 1  # key of an entry: (instance << SALT_BITS | salt) << 2 | KEY_FN
KEY_VTABLE: Final = 2  # the same with the vtable's place in vt_at

# the dirty byte of a page of the arena: a write sets all bits, each consumer clears its own
DIRTY: Final = 255
DIRTY_CHECKPOINT: Final = 1  # written since the last snapshot was taken (`recorder.py`)
DIRTY_COLLECTOR: Final = 2  # written since the provenance collector looked

# metadata of a byte in the arena
INIT: Final = 1  # initialised
WHOLE: Final = 2  # part of a pointer that stands, whole and aligned, in `prov`
FRAGMENT: Final = 4  # part of a pointer in the fragment table
