"""Slow path of calls: linking, signatures, frames that end in a special way, unwinding, globals, addresses.

Unwinding is a walk over frames: each is asked for the landing pad of the call it is suspended in; a frame without one
is left (its live memory locals are killed); a `catch_unwind` frame stops it.  Between two cleanup blocks the machine
just runs; nothing of the walk lives on the host's stack.

To add a kind of frame: K_* in `words.py`, its function in `_RETURNS`, and what unwinding does to it in `_leave`.
"""

from __future__ import annotations

from collections.abc import Callable

from ..code.code import PAD_CONTINUE, PAD_TERMINATE_ABI, PAD_TERMINATE_CLEANUP, SIG_CLASS
from ..code.opcodes import NUMBER, OPS
from . import words as w
from .core import Core, Handler
from .link import link
from .outcome import Outcome, Stop, Ub
from .state import START_SLOTS, zeros
from .validity import function_at, trait_at, vtable_entry, vtable_offset

CALLS = {"CALL": (2, 3), "CALL_PTR": (2, 3), "CALL_VIRT": (3, 4), "INTR": (2, 3)}  # operands w and r


# --- frames --------------------------------------------------------------------------------------


def make_room(core: Core, top: int) -> None:
    """Grows the current thread's stacks so that slots up to `top` and one more frame fit; else stack overflow."""
    thread, regs = core.state.thread, core.state.regs
    if top > thread.max_slots or regs[w.R_DEPTH] * 4 > thread.max_slots:
        raise Stop(Outcome("stack_overflow", 134, f"thread '{thread.name}' has overflowed its stack"))
    while len(thread.slots) - w.MARGIN < top:
        thread.slots.extend(zeros(max(len(thread.slots), START_SLOTS)))
    if len(thread.frames) // w.ROW - 4 <= regs[w.R_DEPTH]:
        thread.frames.extend(zeros(len(thread.frames)))


def push(core: Core, instance: int, window: int, result: int, kind: int, resume: int) -> int:
    """A frame of `instance` on the current thread; the caller goes on at `resume`.  Returns its row in frames."""
    link(core, instance)
    state = core.state
    regs, info = state.regs, state.info
    make_room(core, window + info[instance * w.ROW + w.I_NSLOTS])
    frames = state.thread.frames
    row = regs[w.R_DEPTH] * w.ROW
    if kind != w.K_BOTTOM:
        frames[row + w.F_PC] = resume
        regs[w.R_DEPTH] += 1
        row += w.ROW
    frames[row : row + w.ROW] = zeros(w.ROW)
    frames[row + w.F_FN], frames[row + w.F_FP] = instance, window
    frames[row + w.F_DST], frames[row + w.F_KIND] = result, kind
    regs[w.R_FP] = window
    regs[w.R_PC] = info[instance * w.ROW + w.I_START]
    return row


def free_slot(core: Core) -> int:
    """First slot above everything the top frame may use."""
    regs = core.state.regs
    instance = core.state.thread.frames[regs[w.R_DEPTH] * w.ROW + w.F_FN]
    return regs[w.R_FP] + core.state.info[instance * w.ROW + w.I_NSLOTS] + 16


def pop(core: Core) -> int:
    """Leaves the top frame; returns its row.  The caller's position becomes the current one."""
    state = core.state
    regs, frames = state.regs, state.thread.frames
    row = regs[w.R_DEPTH] * w.ROW
    regs[w.R_DEPTH] -= 1
    regs[w.R_FP] = frames[row - w.ROW + w.F_FP]
    regs[w.R_PC] = frames[row - w.ROW + w.F_PC]
    return row


def kill_locals(core: Core) -> None:
    """Ends the top frame's live memory locals, when it is not left by a return."""
    state = core.state
    regs, slots = state.regs, state.thread.slots
    at = state.thread.frames[regs[w.R_DEPTH] * w.ROW + w.F_FN] * w.ROW
    first = regs[w.R_FP] + state.info[at + w.I_MEM]
    for slot in range(first, first + 3 * state.info[at + w.I_NMEM], 3):
        if slots[slot + 1]:
            core.memory.free(slots[slot + 1])
            slots[slot + 1] = 0


# --- calls ---------------------------------------------------------------------------------------


def _enter(core: Core, instance: int, name: str) -> None:
    """Links and makes room; the instruction is then executed again."""
    link(core, instance)
    operand = CALLS[name][0]
    make_room(core, core.at(operand) + core.state.info[instance * w.ROW + w.I_NSLOTS])


def do_call(core: Core) -> None:
    _enter(core, core.word(1), "CALL")


def do_call_ptr(core: Core) -> None:
    addr, prov = core.get2(1)
    instance = function_at(core, addr, prov)
    if instance < 0:
        if addr == 0:
            raise Ub("using null pointer as function pointer")
        if prov > w.WILDCARD and not core.memory.row_of(prov):
            raise core.memory.dangling("memory access failed", prov)
        shown = core.memory.show(addr, prov)
        notes = core.addresses.former_owner(addr)
        raise Ub(f"using {shown} as function pointer but it does not point to a function", notes=notes)
    _enter(core, instance, "CALL_PTR")
    if not (core.state.info[instance * w.ROW + w.I_SIG] ^ core.word(4)) & SIG_CLASS:
        if prov == w.WILDCARD:
            core.engine.hint(core.state, addr, core.memory.resolve(addr, 0))
        return
    wrong = core.program.check_call(core.word(4), instance)
    if wrong is not None:
        raise Ub(wrong)
    resume = core.pc + 5
    push(core, instance, core.at(2), core.at(3), w.K_CALL, resume)
    core.state.regs[w.R_STEPS] += 1


def do_call_virt(core: Core) -> None:
    instance = vtable_entry(core, core.get(1), core.word(2))
    assert instance >= 0, "a vacant vtable entry was called"
    _enter(core, instance, "CALL_VIRT")


# --- returns from frames of a special kind ---------------------------------------------------------


def _returned(core: Core) -> tuple[int, ...]:
    """The slots the RET instruction at hand returns."""
    name = OPS[core.state.text[core.pc]].name
    n = {"RET": 0, "RET1": 1, "RET2": 2, "RET3": 3}.get(name)
    if n == 0:
        return ()
    at = core.at(1)
    return tuple(core.state.thread.slots[at : at + (core.word(2) if n is None else n)])


def do_ret(core: Core) -> None:
    frames = core.state.thread.frames
    row = core.state.regs[w.R_DEPTH] * w.ROW
    core.state.regs[w.R_STEPS] += 1
    _RETURNS[frames[row + w.F_KIND] & w.K_MASK](core, row)


def _ret_bottom(core: Core, row: int) -> None:
    from .threads import thread_returned

    thread_returned(core, _returned(core))


def _ret_value(value: int) -> Callable[[Core, int], None]:
    def ret(core: Core, row: int) -> None:
        dst = core.state.thread.frames[row + w.F_DST]
        pop(core)
        core.state.thread.slots[dst] = value

    return ret


def _ret_init(core: Core, row: int) -> None:
    """A global is ready: read-only unless it may change."""
    index = core.state.thread.frames[row + w.F_A]
    pop(core)
    core.state.init_order.remove(index)
    seal_global(core, index)


def _ret_dtor(core: Core, row: int) -> None:
    from .threads import dtor_returned

    dtor_returned(core)


def _ret_abort(core: Core, row: int) -> None:
    raise Stop(Outcome("abort", 134, "the program aborted execution"))


_RETURNS: dict[int, Callable[[Core, int], None]] = {
    w.K_BOTTOM: _ret_bottom, w.K_TRY: _ret_value(0), w.K_CATCH: _ret_value(1), w.K_INIT: _ret_init,
    w.K_DTOR: _ret_dtor, w.K_ABORT: _ret_abort,
}  # fmt: skip


# --- unwinding -----------------------------------------------------------------------------------


def start_unwind(core: Core, payload: tuple[int, int]) -> None:
    """The instruction at hand unwinds."""
    core.state.thread.payload += payload
    if not _land(core, core.pc):
        _leave(core)


def do_resume(core: Core) -> None:
    core.state.regs[w.R_STEPS] += 1
    _leave(core)


def _land(core: Core, pc: int) -> bool:
    """Goes to the landing pad of the call at `pc`, if it has one."""
    found = core.code_at(pc)
    assert found, "unwinding outside of any function"
    code, index = found
    pad = code.landing.get(index, PAD_CONTINUE)
    if pad == PAD_CONTINUE:
        return False
    if pad in (PAD_TERMINATE_ABI, PAD_TERMINATE_CLEANUP):
        core.pc = pc
        terminate(core, "panic_cannot_unwind" if pad == PAD_TERMINATE_ABI else "panic_in_cleanup")
        return True
    assert pad >= 0, "unwinding into unreachable code"
    core.pc = pc - index + pad
    return True


def terminate(core: Core, lang: str) -> None:
    """Calls the library's function that reports and aborts."""
    push(core, core.program.lang(lang), free_slot(core), free_slot(core), w.K_ABORT, core.pc)


def call_before(core: Core, resume: int) -> int:
    """The call instruction that goes on at `resume`."""
    found = core.code_at(resume - 1)
    assert found
    code, index = found
    for name, size in (("CALL", 4), ("CALL_PTR", 5), ("CALL_VIRT", 5), ("INTR", 4)):
        if index + 1 >= size and code.words[index + 1 - size] == NUMBER[name] and index + 1 - size in code.landing:
            return resume - size
    return resume - 4


def _leave(core: Core) -> None:
    """Leaves the top frame by unwinding, and further ones, up to a landing pad or a catch."""
    thread, regs = core.state.thread, core.state.regs
    while True:
        row = regs[w.R_DEPTH] * w.ROW
        kind = thread.frames[row + w.F_KIND] & w.K_MASK
        kill_locals(core)
        if kind == w.K_BOTTOM or kind == w.K_DTOR:
            return terminate(core, "panic_cannot_unwind")
        assert kind not in (w.K_ABORT,), "unwinding out of a function that aborts"
        if kind == w.K_INIT:
            raise Stop(Outcome("abort", 134, "a constant's initialiser panicked"))
        slots = [thread.frames[row + i] for i in range(w.ROW)]
        pop(core)
        if kind == w.K_TRY:
            return _catch(core, slots)
        if _land(core, call_before(core, regs[w.R_PC])):
            return None


def _catch(core: Core, frame: list[int]) -> None:
    """Calls `catch_fn(data, payload)`; its return makes `catch_unwind` return 1."""
    thread = core.state.thread
    instance = function_at(core, frame[w.F_A], frame[w.F_B])
    assert instance >= 0
    window = frame[w.F_C]  # where the intrinsic's arguments stood: try_fn, data, catch_fn
    slots = thread.slots
    data = slots[window + 2], slots[window + 3]
    top = free_slot(core)
    resume = core.pc
    push(core, instance, top, frame[w.F_DST], w.K_CATCH, resume)
    slots = thread.slots
    slots[top], slots[top + 1] = data
    slots[top + 2], slots[top + 3] = thread.payload[-2:]
    thread.payload = thread.payload[:-2]


def catch_unwind(core: Core, window: int, result: int) -> None:
    """The intrinsic: arguments try_fn (2 slots), data (2), catch_fn (2) from `window` on."""
    slots = core.state.thread.slots
    try_fn, catch_fn = slots[window : window + 2], slots[window + 4 : window + 6]
    data = slots[window + 2 : window + 4]
    instance = function_at(core, try_fn[0], try_fn[1])
    if instance < 0 or function_at(core, catch_fn[0], catch_fn[1]) < 0:
        raise Ub("catch_unwind was given a pointer that does not point to a function")
    top = max(window + 8, free_slot(core))
    row = push(core, instance, top, result, w.K_TRY, core.pc + 4)
    frames = core.state.thread.frames
    frames[row + w.F_A], frames[row + w.F_B], frames[row + w.F_C] = catch_fn[0], catch_fn[1], window
    core.state.thread.slots[top : top + 2] = data


# --- globals, addresses, vtables -----------------------------------------------------------------


def do_global(core: Core) -> None:
    make_global(core, core.word(2))


_M_OF = {"static": w.M_STATIC, "const": w.M_CONST, "thread_local": w.M_TLS}


def make_global(core: Core, index: int) -> None:
    """Allocates a global and fills it in, or starts its initialiser; the instruction is executed again."""
    from .link import grow

    state = core.state
    grow(state.globs, 2 * index + 2)
    if state.globs[2 * index + 1]:
        return
    address, prov, init = place_global(core, index)
    state.globs[2 * index], state.globs[2 * index + 1] = address, prov
    if init is None:
        seal_global(core, index)
    else:
        run_initialiser(core, index, init, address, prov)


def place_global(core: Core, index: int) -> tuple[int, int, int | None]:
    """Its memory, with data and pointers written: (address, provenance, initialiser)."""
    it = core.program.get_global(index)
    state, memory = core.state, core.memory
    row = memory.new(it.size, it.align, _M_OF[it.kind])
    state.cold[row + w.B_DATA] = index
    address = state.tab[row + w.A_BASE]
    at = address + state.tab[row + w.A_DELTA]
    if it.init is not None:
        return address, memory.base_prov(row), it.init
    if it.data:
        memory.store(at, it.data)
    for start, end in it.uninit:
        state.meta[at + start : at + end] = bytes(end - start)
    # The global is known before its pointers are followed: globals may point to each other.
    state.globs[2 * index], state.globs[2 * index + 1] = address, memory.base_prov(row)
    for offset, kind, target, addend in it.relocs:
        to, prov = pointer_to(core, kind, target)
        memory.store_pointer(at + offset, to + addend, prov)
    return address, memory.base_prov(row), None


def pointer_to(core: Core, kind: str, target: int) -> tuple[int, int]:
    """The pointer a relocation means."""
    if kind == "fn":
        return core.addresses.address_of(target)
    if kind == "vtable":
        return core.addresses.vtable_address(target), 0
    from .link import grow

    state = core.state
    grow(state.globs, 2 * target + 2)
    if not state.globs[2 * target + 1]:
        address, prov, init = place_global(core, target)
        state.globs[2 * target], state.globs[2 * target + 1] = address, prov
        if init is None:
            seal_global(core, target)
        else:
            run_initialiser(core, target, init, address, prov)
    return state.globs[2 * target], state.globs[2 * target + 1]


def seal_global(core: Core, index: int) -> None:
    if not core.program.get_global(index).mutable and core.program.get_global(index).kind != "thread_local":
        core.memory.freeze(core.memory.row_of(core.state.globs[2 * index + 1]))


def run_initialiser(core: Core, index: int, init: int, address: int, prov: int) -> None:
    """Runs `init(pointer)` now; then the instruction at hand is executed again."""
    window = free_slot(core)
    row = push(core, init, window, window, w.K_INIT, core.pc)
    core.state.thread.frames[row + w.F_A] = index
    core.state.init_order.append(index)
    core.state.thread.slots[window], core.state.thread.slots[window + 1] = address, prov


def do_tls(core: Core) -> None:
    index, thread = core.word(2), core.state.thread
    if index not in thread.tls:
        it = core.program.get_global(index)
        assert it.kind == "thread_local"
        address, prov, init = place_global(core, index)
        core.state.globs[2 * index], core.state.globs[2 * index + 1] = 0, 0
        thread.tls[index] = (address, prov)
        if init is not None:
            window = free_slot(core)
            row = push(core, init, window, window, w.K_INIT, core.pc)
            thread.frames[row + w.F_A] = index
            core.state.init_order.append(index)
            thread.slots[window], thread.slots[window + 1] = address, prov
            return
    core.put(1, *thread.tls[index])
    core.advance()


def do_reify(core: Core) -> None:
    instance = core.word(2)
    if not core.state.info[instance * w.ROW + w.I_FLAGS] & w.IF_ASKED:
        core.addresses.prepare(instance)
    else:
        row = core.addresses.create(w.KEY_FN, instance, core.state.regs[w.R_DRAWN])
        core.put(1, core.state.tab[row + w.A_BASE], core.memory.base_prov(row))
        core.advance()


def do_vtable(core: Core) -> None:
    vtable = core.word(2)
    if not core.state.vt_places[vtable]:
        core.addresses.vtable_text(vtable)
    else:
        row = core.addresses.create(w.KEY_VTABLE, vtable, core.state.regs[w.R_DRAWN])
        core.put(1, core.state.tab[row + w.A_BASE])
        core.advance()


def do_vt_get(core: Core) -> None:
    core.put(1, vtable_entry(core, core.get(2), core.word(3)))
    core.advance()


def do_upcast(core: Core) -> None:
    at = vtable_offset(core, core.get(2))
    expected = str(core.state.extra[core.word(5)][0])
    if at and core.state.vt_text[at - 2] != core.word(4):
        raise Ub(f"using vtable for `{trait_at(core, at)}` but `{expected}` was expected")
    core.put(1, core.addresses.vtable_address(vtable_entry(core, core.get(2), core.word(3))))
    core.advance()


HANDLERS: dict[str, Handler] = {
    "CALL": do_call, "CALL_PTR": do_call_ptr, "CALL_VIRT": do_call_virt, "RET": do_ret, "RET1": do_ret, "RET2": do_ret,
    "RET3": do_ret, "RETN": do_ret, "RESUME": do_resume, "GLOBAL": do_global, "TLS": do_tls, "REIFY": do_reify,
    "VTABLE": do_vtable, "VT_GET": do_vt_get, "UPCAST": do_upcast,
}  # fmt: skip
