"""The one opcode table: name, operands, formula.  Everything else about opcodes is derived from it.

An instruction is one opcode word and one 64-bit word for each operand.  `r[x]` is slot x of the running frame.
Operand kinds (`name:kind`):

    d  slot written            D  pair written (x, x+1)      s  slot read           P  pair read (x, x+1)
    i  immediate (signed)      t  jump target, a word index from the start of the function; relocated at link
    L  memory local: its first slot (three slots: address, provenance, arena offset)
    f  instance number         g  global number              v  vtable number       x  index into `Code.extra`
    c  index into `Code.validity`
    w  window: slot where the callee's frame begins, arguments stand there in order
    r  result: slot where the callee's result slots are written
    *  the rest, see the formula (`n` says how many)

Scalars are canonical: a signed type is sign-extended to 64 bits, everything else (unsigned, bool, char, float bits)
is zero-extended.  `sh` = 64 - width; S(x, sh) sign-extends the low 64-sh bits, U(x, sh) zero-extends them.
`am` = required alignment - 1 of the pointer operand itself (before `off` is added); 0 asks nothing.
`k` is a value kind: KINDS below.  Memory at pointer p: M[k, p + off].
Terminators (`T` in front of the formula) count one step, whichever way they go, and are the only
places where a run stops or a thread is preempted.

A stored function names its opcodes (`Op.identity`), so the table may be put in another order and grow.  Who changes
what an opcode or its operands mean raises its number in `REVISIONS`: stored code that has it is then refused by name.

To add an opcode: a line here, `python -m interp.code.generate`, its branch in `machine/engine.py`, a test.
"""

from __future__ import annotations

from typing import Final, NamedTuple

# Value kinds, for operands named `k`: number = index.  "w64" is u64, i64, usize, isize, f64; f32 and char are "u32".
KINDS: Final = ("u8", "i8", "u16", "i16", "u32", "i32", "w64", "bool", "ptr", "w128")
KIND_SIZE: Final = (1, 1, 2, 2, 4, 4, 8, 1, 8, 16)

# `op` of AT_RMW.
RMW_OPS: Final = ("xchg", "add", "sub", "and", "nand", "or", "xor", "max_s", "min_s", "max_u", "min_u")
# `op` of WIDE: 128-bit pairs (lo, hi).  Comparisons and `*o` give: cmp one slot; addo/subo/mulo three (lo, hi, flag).
WIDE_OPS: Final = (
    "add", "sub", "mul", "addo_s", "addo_u", "subo_s", "subo_u", "mulo_s", "mulo_u", "div_s", "div_u", "rem_s",
    "rem_u", "and", "or", "xor", "not", "neg", "shl", "shr_s", "shr_u", "eq", "ne", "lt_s", "lt_u", "le_s", "le_u",
    "cmp_s", "cmp_u", "ctpop", "clz", "ctz", "bswap", "bitrev", "rotl", "rotr", "sadd_s", "sadd_u", "ssub_s",
    "ssub_u", "f64_of_s", "f64_of_u", "f32_of_s", "f32_of_u", "s_of_f64", "u_of_f64", "s_of_f32", "u_of_f32",
)  # fmt: skip
# `op` of FMATH: one argument, f64 or f32 by the opcode's `w`; the rest of the float intrinsics go through INTR.
FMATH_OPS: Final = ("sqrt", "abs", "floor", "ceil", "trunc", "round", "round_even")
ORDERINGS: Final = ("relaxed", "release", "acquire", "acq_rel", "seq_cst")


class Operand(NamedTuple):
    name: str
    kind: str


# Opcodes that mean something else than when they came into the table, by how many times that changed.
REVISIONS: Final[dict[str, int]] = {}


class Op(NamedTuple):
    number: int
    name: str
    operands: tuple[Operand, ...]
    formula: str

    @property
    def identity(self) -> str:
        """The name, with the revision of what it means: the same in every release that executes it alike."""
        revision = REVISIONS.get(self.name, 0)
        return f"{self.name}.{revision}" if revision else self.name

    @property
    def is_terminator(self) -> bool:
        return self.formula.startswith("T ")

    @property
    def variable(self) -> bool:
        return bool(self.operands) and self.operands[-1].kind == "*"


_ROWS: Final = """
NOP          |                                  | nothing
# --- slots
CONST        | d:d v:i                          | r[d] = v
CONST2       | d:D v:i u:i                      | r[d] = v; r[d+1] = u
MOV          | d:d a:s                          | r[d] = r[a]
MOV2         | d:D a:P                          | two slots
MOV3         | d:D a:P                          | three slots
MOVN         | d:d a:s n:i                      | n slots (the ranges may overlap)
SELECT       | d:d c:s a:s b:s                  | r[d] = r[c] ? r[a] : r[b]
# --- integers up to 64 bits
ADD_S        | d:d a:s b:s sh:i                 | r[d] = S(r[a] + r[b], sh)
ADD_U        | d:d a:s b:s sh:i                 | r[d] = U(r[a] + r[b], sh)
SUB_S        | d:d a:s b:s sh:i                 | r[d] = S(r[a] - r[b], sh)
SUB_U        | d:d a:s b:s sh:i                 | r[d] = U(r[a] - r[b], sh)
MUL_S        | d:d a:s b:s sh:i                 | r[d] = S(r[a] * r[b], sh)
MUL_U        | d:d a:s b:s sh:i                 | r[d] = U(r[a] * r[b], sh)
ADD_S_I      | d:d a:s b:i sh:i                 | as ADD_S with an immediate
ADD_U_I      | d:d a:s b:i sh:i                 | as ADD_U with an immediate
SUB_S_I      | d:d a:s b:i sh:i                 | as SUB_S with an immediate
SUB_U_I      | d:d a:s b:i sh:i                 | as SUB_U with an immediate
MUL_S_I      | d:d a:s b:i sh:i                 | as MUL_S with an immediate
MUL_U_I      | d:d a:s b:i sh:i                 | as MUL_U with an immediate
ADDO_S       | d:d o:d a:s b:s sh:i             | ADD_S, and r[o] = it overflowed
ADDO_U       | d:d o:d a:s b:s sh:i             | ADD_U, and r[o] = it overflowed
SUBO_S       | d:d o:d a:s b:s sh:i             | SUB_S, and r[o] = it overflowed
SUBO_U       | d:d o:d a:s b:s sh:i             | SUB_U, and r[o] = it overflowed
MULO_S       | d:d o:d a:s b:s sh:i             | MUL_S, and r[o] = it overflowed
MULO_U       | d:d o:d a:s b:s sh:i             | MUL_U, and r[o] = it overflowed
ADDO_S_I     | d:d o:d a:s b:i sh:i             | as ADDO_S with an immediate
ADDO_U_I     | d:d o:d a:s b:i sh:i             | as ADDO_U with an immediate
SUBO_S_I     | d:d o:d a:s b:i sh:i             | as SUBO_S with an immediate
SUBO_U_I     | d:d o:d a:s b:i sh:i             | as SUBO_U with an immediate
MULO_S_I     | d:d o:d a:s b:i sh:i             | as MULO_S with an immediate
MULO_U_I     | d:d o:d a:s b:i sh:i             | as MULO_U with an immediate
ADDC_S       | d:d a:s b:s sh:i t:t             | T r[d] = ADD_S; if it overflowed goto t (checked `+` and its Assert in one)
ADDC_U       | d:d a:s b:s sh:i t:t             | T as ADDC_S, unsigned
SUBC_S       | d:d a:s b:s sh:i t:t             | T as ADDC_S for `-`
SUBC_U       | d:d a:s b:s sh:i t:t             | T as SUBC_S, unsigned
MULC_S       | d:d a:s b:s sh:i t:t             | T as ADDC_S for `*`
MULC_U       | d:d a:s b:s sh:i t:t             | T as MULC_S, unsigned
ADDC_S_I     | d:d a:s b:i sh:i t:t             | T as ADDC_S with an immediate
ADDC_U_I     | d:d a:s b:i sh:i t:t             | T as ADDC_U with an immediate
SUBC_S_I     | d:d a:s b:i sh:i t:t             | T as SUBC_S with an immediate
SUBC_U_I     | d:d a:s b:i sh:i t:t             | T as SUBC_U with an immediate
MULC_S_I     | d:d a:s b:i sh:i t:t             | T as MULC_S with an immediate
MULC_U_I     | d:d a:s b:i sh:i t:t             | T as MULC_U with an immediate
DIV_S        | d:d a:s b:s sh:i                 | r[d] = r[a] / r[b] towards zero; UB if r[b] = 0 or it overflows
DIV_U        | d:d a:s b:s                      | r[d] = r[a] / r[b]; UB if r[b] = 0
REM_S        | d:d a:s b:s sh:i                 | remainder of DIV_S; UB as DIV_S
REM_U        | d:d a:s b:s                      | remainder of DIV_U; UB as DIV_U
SADD_S       | d:d a:s b:s sh:i                 | saturating
SADD_U       | d:d a:s b:s sh:i                 | saturating
SSUB_S       | d:d a:s b:s sh:i                 | saturating
SSUB_U       | d:d a:s b:s sh:i                 | saturating
AND          | d:d a:s b:s                      | r[d] = r[a] & r[b]
OR           | d:d a:s b:s                      | r[d] = r[a] or-ed with r[b]
XOR          | d:d a:s b:s                      | r[d] = r[a] ^ r[b]
AND_I        | d:d a:s b:i                      | as AND with an immediate
OR_I         | d:d a:s b:i                      | as OR with an immediate
XOR_I        | d:d a:s b:i                      | as XOR with an immediate (`!bool` is XOR_I 1)
NOT_S        | d:d a:s                          | r[d] = ~r[a]
NOT_U        | d:d a:s sh:i                     | r[d] = U(~r[a], sh)
NEG_S        | d:d a:s sh:i                     | r[d] = S(-r[a], sh)
NEG_U        | d:d a:s sh:i                     | r[d] = U(-r[a], sh)
SHL_S        | d:d a:s b:s sh:i                 | r[d] = S(r[a] << (r[b] mod width), sh)
SHL_U        | d:d a:s b:s sh:i                 | r[d] = U(r[a] << (r[b] mod width), sh)
SHR_S        | d:d a:s b:s sh:i                 | arithmetic shift by r[b] mod width
SHR_U        | d:d a:s b:s sh:i                 | logical shift by r[b] mod width
SHL_S_I      | d:d a:s b:i sh:i                 | as SHL_S with an immediate
SHL_U_I      | d:d a:s b:i sh:i                 | as SHL_U with an immediate
SHR_S_I      | d:d a:s b:i sh:i                 | as SHR_S with an immediate
SHR_U_I      | d:d a:s b:i sh:i                 | as SHR_U with an immediate
EXT_S        | d:d a:s sh:i                     | r[d] = S(r[a], sh): cast to a signed type
EXT_U        | d:d a:s sh:i                     | r[d] = U(r[a], sh): cast to an unsigned type
CTPOP        | d:d a:s sh:i                     | one bits of the low 64-sh
CLZ          | d:d a:s sh:i                     | leading zero bits of the low 64-sh
CTZ          | d:d a:s sh:i                     | trailing zero bits of the low 64-sh
BSWAP        | d:d a:s sh:i sg:i                | bytes reversed; canonical signed if sg
BITREV       | d:d a:s sh:i sg:i                | bits reversed; canonical signed if sg
ROTL         | d:d a:s b:s sh:i sg:i            | rotated left by r[b] mod width; canonical signed if sg
ROTR         | d:d a:s b:s sh:i sg:i            | rotated right by r[b] mod width; canonical signed if sg
WIDE         | op:i d:d a:s b:s                 | 128-bit operation WIDE_OPS[op]; shifts and rotates take a one-slot amount b (mod 128)
WIDE_EXT     | d:D a:s sg:i                     | 64 -> 128: r[d] = r[a]; r[d+1] = sg ? sign of r[a] : 0
# --- comparisons (of canonical values; pointers compare by address: first slots)
EQ           | d:d a:s b:s                      | r[d] = r[a] == r[b]
NE           | d:d a:s b:s                      | r[d] = r[a] != r[b]
LT_S         | d:d a:s b:s                      | signed
LE_S         | d:d a:s b:s                      | signed
LT_U         | d:d a:s b:s                      | unsigned
LE_U         | d:d a:s b:s                      | unsigned
EQ_I         | d:d a:s b:i                      | as EQ with an immediate
NE_I         | d:d a:s b:i                      | as NE with an immediate
LT_S_I       | d:d a:s b:i                      | as LT_S with an immediate
LE_S_I       | d:d a:s b:i                      | as LE_S with an immediate
GT_S_I       | d:d a:s b:i                      | signed, immediate
GE_S_I       | d:d a:s b:i                      | signed, immediate
LT_U_I       | d:d a:s b:i                      | as LT_U with an immediate
LE_U_I       | d:d a:s b:i                      | as LE_U with an immediate
GT_U_I       | d:d a:s b:i                      | unsigned, immediate
GE_U_I       | d:d a:s b:i                      | unsigned, immediate
CMP_S        | d:d a:s b:s                      | r[d] = -1, 0 or 1 (`Ordering`'s discriminant, an i8)
CMP_U        | d:d a:s b:s                      | the same, unsigned
# --- floats: bits in slots; w = 32 or 64; a NaN that arithmetic makes is the positive quiet one
FADD         | d:d a:s b:s w:i                  | r[d] = r[a] + r[b]
FSUB         | d:d a:s b:s w:i                  | r[d] = r[a] - r[b]
FMUL         | d:d a:s b:s w:i                  | r[d] = r[a] * r[b]
FDIV         | d:d a:s b:s w:i                  | r[d] = r[a] / r[b]
FREM         | d:d a:s b:s w:i                  | r[d] = fmod(r[a], r[b])
FNEG         | d:d a:s w:i                      | sign bit flipped
FEQ          | d:d a:s b:s w:i                  | r[d] = r[a] == r[b]
FNE          | d:d a:s b:s w:i                  | r[d] = r[a] != r[b]
FLT          | d:d a:s b:s w:i                  | r[d] = r[a] < r[b]
FLE          | d:d a:s b:s w:i                  | r[d] = r[a] <= r[b]
FMATH        | op:i d:d a:s w:i                 | FMATH_OPS[op]
F_TO_F       | d:d a:s w:i                      | from width w to the other width
F_TO_S       | d:d a:s w:i sh:i                 | `as` a signed integer (saturating, NaN is 0)
F_TO_U       | d:d a:s w:i sh:i                 | `as` an unsigned integer
S_TO_F       | d:d a:s w:i                      | signed integer `as` a float of width w
U_TO_F       | d:d a:s w:i                      | unsigned integer `as` a float of width w
# --- jumps
JMP          | t:t                              | T goto t
JNZ          | a:s t:t                          | T if r[a] != 0 goto t, else the next instruction
JZ           | a:s t:t                          | T if r[a] == 0 goto t
JEQ          | a:s b:s t:t                      | T if r[a] == r[b] goto t
JNE          | a:s b:s t:t                      | T
JLT_S        | a:s b:s t:t                      | T
JLE_S        | a:s b:s t:t                      | T
JLT_U        | a:s b:s t:t                      | T
JLE_U        | a:s b:s t:t                      | T
JEQ_I        | a:s b:i t:t                      | T
JNE_I        | a:s b:i t:t                      | T
JLT_S_I      | a:s b:i t:t                      | T
JLE_S_I      | a:s b:i t:t                      | T
JGT_S_I      | a:s b:i t:t                      | T
JGE_S_I      | a:s b:i t:t                      | T
JLT_U_I      | a:s b:i t:t                      | T
JLE_U_I      | a:s b:i t:t                      | T
JGT_U_I      | a:s b:i t:t                      | T
JGE_U_I      | a:s b:i t:t                      | T
SWITCH       | a:s lo:i n:i other:t ts:*        | T i = r[a] - lo; goto 0 <= i < n ? ts[i] : other (n targets follow)
SWITCH_V     | a:s n:i other:t vts:*            | T n pairs (value, target) follow, sorted by value (signed)
# --- calls
CALL         | f:f w:w r:r                      | T call instance f: its frame begins at slot w
CALL_PTR     | p:P w:w r:r sig:i                | T call the function pointer (r[p], r[p+1]), the caller's signature is `sig`
CALL_VIRT    | m:s n:i w:w r:r                  | T call entry n of the vtable at address r[m]; entry -1: nothing is called
RET          |                                  | T return nothing
RET1         | a:s                              | T return one slot
RET2         | a:P                              | T return two slots
RET3         | a:P                              | T return three slots
RETN         | a:s n:i                          | T return n slots
RESUME       |                                  | T end of a cleanup: this frame is left, unwinding goes on in its caller
INTR         | x:x w:w r:r                      | T call-out: extra[x] = (name, plain arguments...); slots as for CALL
UNREACHABLE  |                                  | UB "entering unreachable code"
ABORT        |                                  | the process ends as by SIGABRT
UNSUPPORTED  | x:x                              | the run ends with "unsupported: extra[x]"
UB_IF        | a:s x:x                          | if r[a]: UB; extra[x] = (message, parts...): {i} shows part i, a slot's value if it is a number
# --- frame memory
ENTER        | l:i n:i                          | no local is live: the n memory locals from slot l (3 slots each)
LEAVE        | l:i n:i                          | kills those of them that are live
LIVE         | l:L size:i align:i               | StorageLive: a new, uninitialised stack allocation (an old one is killed)
DEAD         | l:L                              | StorageDead: nothing if it is not live
FREEZE       | l:L                              | what l is, if it is live, becomes read-only: a constant points to it
RETPLACE     | l:L p:P size:i am:i              | makes l a name for the memory at pointer p (a returned value's place), not owned
# --- pointers (pair: address, provenance)
PADD         | d:D p:P off:i                    | r[d] = r[p] + off, same provenance: a place's field, not checked
PADDC        | d:D p:P off:i                    | the same, UB unless in bounds (for `&` and `&raw` of a field)
PIDX         | d:D p:P a:s size:i off:i         | r[d] = r[p] + r[a]*size + off: element of a place, not checked
PIDXC        | d:D p:P a:s size:i off:i         | the same, UB unless in bounds
POFFSET      | d:D p:P a:s size:i               | `offset`/`add` with signed r[a]: UB unless in bounds of one live allocation
POFFSET_U    | d:D p:P a:s size:i               | the same with unsigned r[a] (`usize`)
PARITH       | d:D p:P a:s size:i               | `wrapping_offset`: never UB
PDIFF        | d:d p:P q:P size:i un:i          | offset_from(p, q); un: the unsigned one; UB as documented
EXPOSE       | d:d p:P                          | r[d] = address; the allocation is exposed
FROM_EXPOSED | d:D a:s                          | pointer from an integer: wildcard provenance
REIFY        | d:D f:f                          | an address of function f from the cache (draws from the RNG)
GLOBAL       | d:D g:g                          | address of global g (made at first use; may run its initialiser)
TLS          | d:D g:g                          | address of this thread's instance of thread-local g
VTABLE       | d:d v:v                          | an address of vtable v from the cache (draws from the RNG)
VT_GET       | d:d m:s n:i                      | entry n of the vtable at r[m]: n = -3 size, -2 align, -1 drop glue's instance
UPCAST       | d:d m:s n:i t:i x:x              | vtable address for entry n (a vtable number) of the vtable at r[m], which is of trait t, named in extra[x]
# --- memory through a pointer: live, in bounds, aligned, initialised
LD_U8        | d:d p:P off:i am:i               | r[d] = M[u8, p + off]
LD_I8        | d:d p:P off:i am:i               | i8
LD_U16       | d:d p:P off:i am:i               | u16
LD_I16       | d:d p:P off:i am:i               | i16
LD_U32       | d:d p:P off:i am:i               | u32
LD_I32       | d:d p:P off:i am:i               | i32
LD_64        | d:d p:P off:i am:i               | u64, i64, f64 (provenance is dropped)
LD_BOOL      | d:d p:P off:i am:i               | bool; UB unless 0 or 1
LD_PTR       | d:D p:P off:i am:i               | pointer with its provenance
LD_128       | d:D p:P off:i am:i               | u128, i128
ST_8         | p:P off:i a:s am:i               | M[u8, p + off] = r[a]
ST_16        | p:P off:i a:s am:i               | u16, i16
ST_32        | p:P off:i a:s am:i               | u32, i32, f32, char
ST_64        | p:P off:i a:s am:i               | u64, i64, f64
ST_PTR       | p:P off:i a:P am:i               | pointer with its provenance
ST_128       | p:P off:i a:P am:i               | u128, i128
COPY         | d:P doff:i p:P off:i size:i dam:i am:i | size bytes from p + off to d + doff (typed copy: UB if they overlap in part)
UNINIT       | p:P off:i size:i am:i            | those bytes become uninitialised (padding, a moved-out or inactive part)
LD_MAYBE     | d:d o:d p:P off:i k:i am:i       | r[o] = all bytes are initialised; r[d] (two slots for ptr, w128) = value or 0
ST_MAYBE     | p:P off:i a:s o:s k:i am:i       | r[o] ? store : the bytes become uninitialised
# --- memory locals by constant offset: only initialisation is checked
LDL_U8       | d:d l:L off:i                    | r[d] = M[u8, l + off]
LDL_I8       | d:d l:L off:i                    | i8
LDL_U16      | d:d l:L off:i                    | u16
LDL_I16      | d:d l:L off:i                    | i16
LDL_U32      | d:d l:L off:i                    | u32
LDL_I32      | d:d l:L off:i                    | i32
LDL_64       | d:d l:L off:i                    | u64, i64, f64
LDL_BOOL     | d:d l:L off:i                    | bool
LDL_PTR      | d:D l:L off:i                    | pointer
LDL_128      | d:D l:L off:i                    | u128, i128
STL_8        | l:L off:i a:s                    | M[u8, l + off] = r[a]
STL_16       | l:L off:i a:s                    | u16, i16
STL_32       | l:L off:i a:s                    | u32, i32, f32, char
STL_64       | l:L off:i a:s                    | u64, i64, f64
STL_PTR      | l:L off:i a:P                    | pointer
STL_128      | l:L off:i a:P                    | u128, i128
COPYL        | d:L doff:i l:L off:i size:i      | size bytes from local l to local d
LDL_MAYBE    | d:d o:d l:L off:i k:i            | as LD_MAYBE
STL_MAYBE    | l:L off:i a:s o:s k:i            | as ST_MAYBE
UNINITL      | l:L off:i size:i                 | those bytes become uninitialised
# --- bulk memory (counts in slots)
MEMCPY       | d:P p:P n:s size:i am:i          | copy_nonoverlapping of r[n] elements: UB if the ranges overlap
MEMMOVE      | d:P p:P n:s size:i am:i          | copy of r[n] elements
MEMSET       | d:P v:s n:s size:i am:i          | write_bytes of r[n] elements
MEMCMP       | d:d p:P q:P n:s                  | compare_bytes: r[d] = -1, 0 or 1
MEMCHR       | d:d p:P n:s v:s                  | find_byte: index of the first r[v] in r[n] bytes, or r[n]
FILL         | d:P doff:i size:i n:i            | `[x; n]`: element 0 (size bytes) at d + doff is copied to elements 1..n
# --- validity of scalars in slots and of values in memory
V_BOOL       | a:s                              | UB unless 0 or 1
V_CHAR       | a:s                              | UB unless a char
V_RANGE      | a:s lo:i hi:i sh:i x:x           | U(r[a], sh) in lo..=hi, which may wrap around; else UB, extra[x] = (type, path, what was expected, print it in hex)
V_REF        | p:P size:i am:i x:x              | reference or Box to `size` bytes: not null, aligned, dereferenceable; extra[x] = (type, path, "reference" or "box")
V_SLICE      | p:P size:i am:i head:i x:x       | fat one to a slice or str, or a struct that ends in one: `head` bytes, then r[p+2] elements of `size`
V_DYN        | p:P am:i head:i t:i x:x          | the same with `dyn`: r[p+2] is a vtable of trait t (0: any); size and align from there
V_FN         | p:P x:x                          | function pointer, not null; whether it can be called is found out at the call
V_MEM        | p:P off:i c:c                    | validity[c] of the value at p + off, whose padding becomes uninitialised
V_LOAD       | p:P off:i c:c                    | validity[c] of the value at p + off, which stays as it is
NICHE        | d:d a:s lo:i n:i first:i other:i sh:i | rel = U(r[a] - lo, sh); r[d] = rel < n (unsigned) ? first + rel : other
# --- atomics (aligned to their size; `order`: ORDERINGS)
AT_LD        | d:d p:P k:i order:i              | r[d] = M[k, p]
AT_ST        | p:P a:s k:i order:i              | M[k, p] = r[a]
AT_RMW       | op:i d:d p:P a:s k:i order:i     | r[d] = M[k, p]; M[k, p] = RMW_OPS[op](r[d], r[a])
AT_CAS       | d:d o:d p:P old:s a:s k:i success:i failure:i weak:i | r[d] = M[k, p]; r[o] = it equals r[old] (pointers: by address): then M[k, p] = r[a]
FENCE        | order:i single:i                 | atomic fence
# --- heap
HALLOC       | d:D size:s align:s zero:i        | new heap block, zeroed if `zero`; null if memory is out
HFREE        | p:P size:s align:s               | UB unless a live heap block of this very size and alignment
HREALLOC     | d:D p:P old:s align:s new:s      | host::realloc
# --- aliasing (a later issue; now a plain move)
RETAG        | d:D p:P kind:i size:i x:x        | retag; kind: 0 shared, 1 mut, 2 two-phase, 3 raw const, 4 raw mut, 5 Box; +8 at function entry
"""  # noqa: E501


def _parse() -> tuple[Op, ...]:
    ops: list[Op] = []
    for line in _ROWS.strip().splitlines():
        if not line.startswith("#"):
            name, operands, formula = (part.strip() for part in line.split("|"))
            pairs = (text.split(":") for text in operands.split())
            ops.append(Op(len(ops), name, tuple(Operand(n, k) for n, k in pairs), formula))
    return tuple(ops)


OPS: Final[tuple[Op, ...]] = _parse()
BY_NAME: Final[dict[str, Op]] = {op.name: op for op in OPS}
NUMBER: Final[dict[str, int]] = {op.name: op.number for op in OPS}  # OP["ADD_S"]


def variable_words(op: Op, words: list[int] | tuple[int, ...]) -> int:
    """How many words the `*` operand of `op` has; `words` are its operands before that."""
    n = words[[o.name for o in op.operands].index("n")]
    return n if op.name == "SWITCH" else 2 * n


def length(words: object, pc: int) -> int:
    """Length in words of the instruction at `pc` of the word array `words`."""
    op = OPS[words[pc]]  # type: ignore[index]
    fixed = len(op.operands)
    if not op.variable:
        return 1 + fixed
    return fixed + variable_words(op, [words[pc + 1 + i] for i in range(fixed - 1)])  # type: ignore[index]
