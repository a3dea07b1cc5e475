"""The program's threads: one runs at a time, the run's generator decides which and for how long.

A thread is preempted at block boundaries, when its slice (1 to 1024 steps, drawn) is used up; with one thread there are
no slices.  Blocked threads are data: what they wait for stands in their record.  When none can run, virtual time
jumps to the next deadline; without one that is a deadlock.

To add a way to block: a `Status`, the test in `ready`, who wakes it.
"""

from __future__ import annotations

from . import words as w
from .calls import pop, push
from .core import Core
from .outcome import FrameInfo, Note, Outcome, Stop
from .primitives import next_u64
from .state import THREAD_SLOTS, Thread, new_thread
from .validity import function_at

NANOS_PER_STEP = 5000  # virtual time a basic block takes, as Miri's
SLICE = 1024


def now(core: Core) -> int:
    """Virtual nanoseconds since the start."""
    return core.state.clock + core.state.regs[w.R_STEPS] * NANOS_PER_STEP


def switch(core: Core, thread: Thread) -> None:
    """Makes `thread` the current one."""
    state = core.state
    regs, old = state.regs, state.thread
    old.pc, old.fp, old.depth = regs[w.R_PC], regs[w.R_FP], regs[w.R_DEPTH]
    old.left = regs[w.R_STEPS]
    state.thread = thread
    regs[w.R_PC], regs[w.R_FP], regs[w.R_DEPTH] = thread.pc, thread.fp, thread.depth
    regs[w.R_THREAD] = thread.id


def ready(core: Core, thread: Thread) -> bool:
    """Whether it can run; one whose deadline has passed is woken (a futex wait then says so)."""
    if thread.status in ("sleep", "futex") and 0 <= thread.deadline <= now(core):
        wake(thread, 0)
    if thread.status == "join" and all(t.id != thread.target or t.status == "finished" for t in core.state.threads):
        wake(thread, 1)
    return thread.status == "runnable"


def wake(thread: Thread, answer: int) -> None:
    if thread.status == "futex" and thread.result_slot >= 0:
        thread.slots[thread.result_slot] = answer
    thread.status, thread.deadline, thread.wait_addr, thread.target = "runnable", -1, 0, 0


def schedule(core: Core) -> None:
    """Chooses who runs next and for how long."""
    state = core.state
    candidates = [t for t in state.threads if ready(core, t)]
    while not candidates:
        deadlines = [t.deadline for t in state.threads if t.status != "finished" and t.deadline >= 0]
        if not deadlines:
            deadlock(core)
        state.clock += max(min(deadlines) - now(core), 0)
        candidates = [t for t in state.threads if ready(core, t)]
    chosen = candidates[next_u64(state.rng) % len(candidates)] if len(candidates) > 1 else candidates[0]
    if chosen is not state.thread:
        switch(core, chosen)
    state.slice_end = state.regs[w.R_STEPS] + 1 + (next_u64(state.rng) % SLICE if len(state.threads) > 1 else 0)


def deadlock(core: Core) -> None:
    from .report import backtrace, local_span

    blocked = [t for t in core.state.threads if t.status != "finished"]
    first = blocked[0]
    notes = []
    for other in blocked[1:]:
        switch(core, other)
        span = local_span(backtrace(core))
        notes.append(Note(f"thread `{other.name}` is blocked here too", span))
    switch(core, first)
    frames: list[FrameInfo] = backtrace(core)
    raise Stop(
        Outcome(
            "deadlock", 1, "the evaluated program deadlocked", local_span(frames), notes=notes, backtrace=frames,
            thread=first.name,
        )
    )  # fmt: skip


# --- life ----------------------------------------------------------------------------------------


def spawn(core: Core, entry: tuple[int, int], data: tuple[int, int], name: str) -> int:
    """A new thread that will call `entry(data)`; returns its id."""
    state = core.state
    instance = function_at(core, *entry)
    thread = new_thread(state.next_thread, name or "<unnamed>", THREAD_SLOTS)
    state.next_thread += 1
    state.threads.append(thread)
    here = state.thread
    switch(core, thread)
    push(core, instance, 0, 0, w.K_BOTTOM, 0)
    thread.slots[0], thread.slots[1] = data
    switch(core, here)
    state.regs[w.R_MULTI] = 1
    state.slice_end = state.regs[w.R_STEPS] + 1
    return thread.id


def thread_returned(core: Core, values: tuple[int, ...]) -> None:
    """The thread's first function has returned: its destructors run, then it ends."""
    state = core.state
    if state.thread.id == 1:
        state.exit_code = values[0] & 0xFF if values else 0
    next_dtor(core)


def next_dtor(core: Core) -> None:
    """Calls the next registered destructor, or ends the thread."""
    thread = core.state.thread
    if thread.dtors:
        entry, prov, *data = thread.dtors.pop()
        push(core, function_at(core, entry, prov), 64, 64, w.K_DTOR, 0)
        thread.slots[64:66] = type(thread.slots)("q", data)
    else:
        finish(core)


def dtor_returned(core: Core) -> None:
    pop(core)
    next_dtor(core)


def finish(core: Core) -> None:
    state, thread = core.state, core.state.thread
    for _, prov in thread.tls.values():
        core.memory.free(prov)
    thread.tls.clear()
    if thread.id == 1:
        raise Stop(Outcome("exit", state.exit_code))
    thread.status = "finished"
    if thread.detached or any(t.status == "join" and t.target == thread.id for t in state.threads):
        state.threads.remove(thread)
    core.state.regs[w.R_MULTI] = int(len(state.threads) > 1)


def join(core: Core, id: int) -> None:
    """The current thread waits for thread `id`; the instruction at hand is done."""
    state = core.state
    target = next((t for t in state.threads if t.id == id), None)
    if target is None:
        return
    if target.status != "finished":
        state.thread.status, state.thread.target = "join", id
    else:
        state.threads.remove(target)
        state.regs[w.R_MULTI] = int(len(state.threads) > 1)


def detach(core: Core, id: int) -> None:
    for thread in core.state.threads:
        if thread.id == id:
            thread.detached = True
            if thread.status == "finished":
                core.state.threads.remove(thread)
                core.state.regs[w.R_MULTI] = int(len(core.state.threads) > 1)
            return


def futex_wait(core: Core, addr: int, timeout: int, result_slot: int) -> None:
    thread = core.state.thread
    thread.status, thread.wait_addr, thread.result_slot = "futex", addr, result_slot
    thread.deadline = -1 if timeout < 0 else now(core) + timeout


def futex_wake(core: Core, addr: int, count: int) -> int:
    woken = 0
    for thread in core.state.threads:
        if woken < count and thread.status == "futex" and thread.wait_addr == addr:
            wake(thread, 1)
            woken += 1
    return woken


def sleep(core: Core, nanos: int) -> None:
    if core.state.regs[w.R_MULTI]:
        core.state.thread.status, core.state.thread.deadline = "sleep", now(core) + nanos
    else:
        core.state.clock += nanos
