"""Intrinsics and host functions that leave the loop: `INTR` with `extra[x] = (name, plain arguments...)`.

A plain one is a function of the core, the argument slots (a list, in order) and the plain arguments; it returns
the result slots.  A control one (`CONTROL`) gets the windows instead and moves on by itself.  What each does is said in
`library/core/src/intrinsics.rs`.

Who changes what one means raises its number in `REVISIONS`, so that stored code which calls it is refused.

To add one: a function here or in `intrinsics_math.py`, its line in PLAIN or CONTROL, and in ARGUMENTS if it has any.
"""

from __future__ import annotations

from collections.abc import Callable

from ..code.image import Intrinsic
from . import words as w
from .calls import catch_unwind, start_unwind
from .core import Core, Handler
from .floats import format_float, parse
from .intrinsics_math import MATH
from .memory import w_mask
from .outcome import Outcome, OutputError, Stop, Ub
from .primitives import as_f32, as_f64, next_u64, u_ext, wrap
from .slow_memory import store
from .threads import detach, futex_wait, futex_wake, join, now, schedule, sleep, spawn

TEST_REPORT = 3  # the descriptor on which the harness is told how a test ended; no program can write to it
WALL_START = 1_767_225_600 * 10**9  # 2026-01-01 00:00:00 UTC: when every run begins
Slots = list[int]
Plain = Callable[..., "tuple[int, ...]"]
Control = Callable[[Core, int, int], None]


# --- bytes in and out ----------------------------------------------------------------------------


def host_write(core: Core, s: Slots) -> tuple[int, ...]:
    fd, addr, prov, size = s[:4]
    if fd not in (1, 2):
        return (-9,)  # EBADF
    data = core.memory.read(addr, prov, size)
    try:
        core.host.write(fd, data)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputError(f"{problem.strerror} (os error {problem.errno})") from None
    core.state.emitted[fd] += size
    return (size,)


def precondition_violated(core: Core, s: Slots) -> tuple[int, ...]:
    raise Ub(f"unsafe precondition violated: {core.memory.read(*s[:3]).decode('utf-8', 'replace')}")


def test_report(core: Core, s: Slots) -> tuple[int, ...]:
    core.host.write(TEST_REPORT, core.memory.read(*s[:3]))
    return ()


def host_read(core: Core, s: Slots) -> tuple[int, ...]:
    fd, addr, prov, size = s[:4]
    core.memory.access(addr, prov, size, write=True)
    if fd != 0:
        return (-9,)
    data = _next_input(core, size)
    core.memory.write(addr, prov, data)
    return (len(data),)


def _next_input(core: Core, size: int) -> bytes:
    """At most `size` bytes: what was recorded first, then the host's; recorded in turn."""
    state = core.state
    if size == 0:
        return b""
    if state.ahead:
        data = state.ahead[0][:size]
        rest = state.ahead.pop(0)[size:]
        if rest:
            state.ahead.insert(0, rest)
    else:
        data = core.host.read(size)
    state.inputs.append((state.reads, state.consumed, data))
    state.reads += 1
    state.consumed += len(data)
    return data


def _list_of(core: Core, which: str) -> list[bytes]:
    return core.state.args if which == "arg" else core.state.env


def _counted(which: str) -> dict[str, Plain]:
    def count(core: Core, s: Slots) -> tuple[int, ...]:
        return (len(_list_of(core, which)),)

    def size(core: Core, s: Slots) -> tuple[int, ...]:
        return (len(_list_of(core, which)[s[0]]),)

    def copy(core: Core, s: Slots) -> tuple[int, ...]:
        core.memory.write(s[1], s[2], _list_of(core, which)[s[0]])
        return ()

    return {f"{which}_count": count, f"{which}_len": size, f"{which}_copy": copy}


# --- time, chance, panics ------------------------------------------------------------------------


def now_nanos(core: Core, s: Slots) -> tuple[int, ...]:
    return (now(core) + (WALL_START if s[0] == 0 else 0),)


def random_u64(core: Core, s: Slots) -> tuple[int, ...]:
    return (wrap(next_u64(core.state.rng)),)


def _panics(change: int) -> Plain:
    def count(core: Core, s: Slots) -> tuple[int, ...]:
        core.state.thread.panics += change
        return (core.state.thread.panics,)

    return count


# --- bytes ---------------------------------------------------------------------------------------


def find_bytes(core: Core, s: Slots) -> tuple[int, ...]:
    text, needle = core.memory.read(s[0], s[1], s[2]), core.memory.read(s[3], s[4], s[5])
    return (text.find(needle),)


def find_bytes_last(core: Core, s: Slots) -> tuple[int, ...]:
    text, needle = core.memory.read(s[0], s[1], s[2]), core.memory.read(s[3], s[4], s[5])
    return (text.rfind(needle),)


def find_byte(core: Core, s: Slots) -> tuple[int, ...]:
    at = core.memory.read(s[0], s[1], s[2]).find(s[3] & 255)
    return (at if at >= 0 else s[2],)


def compare_bytes(core: Core, s: Slots) -> tuple[int, ...]:
    left, right = core.memory.read(s[0], s[1], s[4]), core.memory.read(s[2], s[3], s[4])
    return ((left > right) - (left < right),)


def utf8_valid_up_to(core: Core, s: Slots) -> tuple[int, ...]:
    data = core.memory.read(s[0], s[1], s[2])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return (error.start,)
    return (len(data),)


def _formatter(width: int) -> Plain:
    def fmt(core: Core, s: Slots) -> tuple[int, ...]:
        bits, mode, precision, addr, prov, cap = s[:6]
        value = as_f64(bits) if width == 64 else as_f32(bits)
        text = format_float(bits, value, width, mode, precision & w_mask).encode()[: cap & w_mask]
        core.memory.write(addr, prov, text)
        return (len(text),)

    return fmt


def _parser(width: int) -> Plain:
    def parse_float(core: Core, s: Slots) -> tuple[int, ...]:
        text = core.memory.read(s[0], s[1], s[2]).decode("latin-1")
        bits = parse(text, width)
        if bits is None:
            return (0,)
        store(core, "w64" if width == 64 else "u32", s[3], s[4], (bits,))
        return (1,)

    return parse_float


def float_to_int_unchecked(core: Core, s: Slots, width: int, sh: int, signed: bool) -> tuple[int, ...]:
    value = as_f64(s[0]) if width == 64 else as_f32(s[0])
    lo, hi = (-(1 << 63 - sh), 1 << 63 - sh) if signed else (0, 1 << 64 - sh)
    if value != value or not lo - 1 < value < hi:
        name = ("i" if signed else "u") + str(64 - sh)
        raise Ub(
            f"`float_to_int_unchecked` intrinsic called on {value} which cannot be represented in target type `{name}`"
        )
    return (wrap(int(value)) if signed else u_ext(int(value), sh),)


def assert_failed(core: Core, s: Slots, message: str) -> tuple[int, ...]:
    raise Stop(Outcome("abort", 134, message))


# --- threads -------------------------------------------------------------------------------------


def thread_spawn(core: Core, s: Slots) -> tuple[int, ...]:
    name = core.memory.read(s[4], s[5], s[6]).decode("utf-8", "replace")
    return (spawn(core, (s[0], s[1]), (s[2], s[3]), name),)


def thread_detach(core: Core, s: Slots) -> tuple[int, ...]:
    detach(core, s[0])
    return ()


def thread_at_exit(core: Core, s: Slots) -> tuple[int, ...]:
    core.state.thread.dtors.append((s[0], s[1], s[2], s[3]))
    return ()


def wake(core: Core, s: Slots) -> tuple[int, ...]:
    return (futex_wake(core, s[0], s[2]),)


def vtable_part(core: Core, s: Slots, part: int) -> tuple[int, ...]:
    from .validity import vtable_offset

    at = vtable_offset(core, s[0])
    if not at:
        raise Ub(f"using {core.memory.show(s[0], s[1])} as vtable pointer but it does not point to a vtable")
    return (core.state.vt_text[at + part],)


PLAIN: dict[str, Plain] = {
    "precondition_violated": precondition_violated, "write": host_write, "read": host_read,
    **_counted("arg"), **_counted("env"), "now_nanos": now_nanos,
    "random_u64": random_u64, "panic_count_increase": _panics(1), "panic_count_decrease": _panics(-1),
    "panic_count": _panics(0), "find_byte": find_byte, "find_bytes": find_bytes, "find_bytes_last": find_bytes_last,
    "compare_bytes": compare_bytes, "utf8_valid_up_to": utf8_valid_up_to, "fmt_f64": _formatter(64),
    "fmt_f32": _formatter(32), "parse_f64": _parser(64), "parse_f32": _parser(32),
    "float_to_int_unchecked": float_to_int_unchecked, "assert_failed": assert_failed, "thread_spawn": thread_spawn,
    "thread_detach": thread_detach, "thread_at_exit": thread_at_exit, "wake": wake,
    "thread_current": lambda core, s: (core.state.thread.id,), "thread_parallelism": lambda core, s: (1,),
    "vtable_size": lambda core, s: vtable_part(core, s, 0), "vtable_align": lambda core, s: vtable_part(core, s, 1),
    "test_report": test_report,
    **MATH,
}  # fmt: skip


# --- control -------------------------------------------------------------------------------------


def do_catch_unwind(core: Core, window: int, result: int) -> None:
    core.state.regs[w.R_STEPS] += 1
    catch_unwind(core, window, result)


def do_start_unwind(core: Core, window: int, result: int) -> None:
    slots = core.state.thread.slots
    core.state.regs[w.R_STEPS] += 1
    start_unwind(core, (slots[window], slots[window + 1]))


def do_exit(core: Core, window: int, result: int) -> None:
    raise Stop(Outcome("exit", core.state.thread.slots[window] & 0xFF))


def do_join(core: Core, window: int, result: int) -> None:
    target = core.state.thread.slots[window]
    core.advance()
    join(core, target)


def do_sleep(core: Core, window: int, result: int) -> None:
    nanos = core.state.thread.slots[window] & w_mask
    core.advance()
    sleep(core, nanos)


def do_yield(core: Core, window: int, result: int) -> None:
    core.advance()
    if core.state.regs[w.R_MULTI]:
        schedule(core)


def do_wait(core: Core, window: int, result: int) -> None:
    addr, prov, expected, timeout = core.state.thread.slots[window : window + 4]
    value = int.from_bytes(core.memory.read(addr, prov, 4, 4), "little")
    core.advance()
    if value != expected & 0xFFFFFFFF:
        core.state.thread.slots[result] = 1
    else:
        futex_wait(core, addr, timeout, result)


def do_unsupported(core: Core, window: int, result: int) -> None:
    what = core.memory.read(*core.state.thread.slots[window : window + 3]).decode("utf-8", "replace")
    raise Stop(Outcome("unsupported", message=what))


def do_breakpoint(core: Core, window: int, result: int) -> None:
    raise Stop(Outcome("abort", 133, "the program stopped at a breakpoint"))


CONTROL: dict[str, Control] = {
    "breakpoint": do_breakpoint, "catch_unwind": do_catch_unwind, "start_unwind": do_start_unwind, "exit": do_exit,
    "thread_join": do_join, "sleep_nanos": do_sleep, "thread_yield": do_yield, "wait": do_wait,
    "unsupported": do_unsupported,
}  # fmt: skip


ARGUMENTS = {"float_to_int_unchecked": 3, "assert_failed": 1}  # plain ones
REVISIONS: dict[str, int] = {}


def known_intrinsics() -> dict[str, Intrinsic]:
    """What stored code may call."""
    named = {name: f"{name}.{REVISIONS[name]}" if name in REVISIONS else name for name in (*PLAIN, *CONTROL)}
    return {name: Intrinsic(identity, ARGUMENTS.get(name, 0)) for name, identity in named.items()}


def do_intr(core: Core) -> None:
    state = core.state
    regs = state.regs
    pc, fp = regs[w.R_PC], regs[w.R_FP]
    x, window, result = state.text[pc + 1 : pc + 4]
    name, *arguments = state.extra[x]
    plain = PLAIN.get(name) if isinstance(name, str) else None
    if plain is None:
        return _control(core, str(name), fp + window, fp + result)
    values = plain(core, state.thread.slots[fp + window : fp + window + 8].tolist(), *arguments)
    slots, at = state.thread.slots, fp + result
    for value in values:
        slots[at] = value
        at += 1
    regs[w.R_STEPS] += 1
    regs[w.R_PC] = pc + 4
    return None


def _control(core: Core, name: str, window: int, result: int) -> None:
    control = CONTROL.get(name)
    if control is None:
        raise Stop(Outcome("unsupported", message=f"the intrinsic `{name}`"))
    control(core, window, result)


HANDLERS: dict[str, Handler] = {"INTR": do_intr}
