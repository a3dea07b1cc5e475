"""Save, restore, go on = uninterrupted; and a state is nothing but plain data."""

from __future__ import annotations

from array import array
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given, settings, strategies as st

from interp.code.program import Global, Vtable
from interp.machine import words as w
from interp.machine.machine import Machine, MachineConfig
from interp.machine.merge import merge
from interp.machine.policies import CacheSettings
from interp.machine.records import Allocations
from interp.machine.snapshot import Changed, changes, commit, fork, restore, state_digest, take
from interp.machine.state import THREAD_SLOTS, Evicted, State, Thread, new_state, new_thread

from .programs import ENGINES, FIB, Host, TextProgram, check

BUSY = """
fn main slots=20 mem=14 nmem=2
  ENTER 14 2
  LIVE 14 64 8
  CONST 0 0
again:
  REIFY 1 $worker
  GLOBAL 3 %counter
  LD_64 5 3 0 7
  ADD_U_I 5 5 3 0
  ST_64 3 0 5 7
  CONST 6 40
  CONST 7 4
  HALLOC 8 6 7 1
  STL_PTR 14 8 8
  LIVE 17 24 8
  STL_PTR 17 16 1
  MOV 20 0
  CALL_PTR 1 20 10 0
  ST_64 8 8 10 3
  LD_64 11 8 8 3
  XOR 12 12 11
  DEAD 17
  HFREE 8 6 7
  VTABLE 13 !v
  ADD_S_I 0 0 1 32
  JLT_S_I 0 {n} @again
  CONST 20 1
  MOV2 21 14
  STL_64 14 0 12
  CONST 23 8
  INTR #('write',) 20 19
  LEAVE 14 2
  AND_I 12 5 127
  RET1 12
fn worker slots=8 args=1
  MUL_U_I 0 0 31 0
  CALL $leaf 8 0
  RET1 0
fn leaf slots=4 args=1
  XOR_I 0 0 85
  RET1 0
"""


def program() -> TextProgram:
    counter = Global("static", "counter", 8, 8, data=bytes(8), mutable=True)
    return TextProgram(BUSY.format(n=60), {"counter": counter}, {"v": Vtable("v", "v", 8, 8, -1, [1])})


def run(engine: str, pauses: list[int], resumed: str) -> tuple[object, bytes, int, list[int]]:
    """Runs with a snapshot and restore at each of these distances."""
    host = Host()
    machine = Machine(program(), MachineConfig(seed=5, engine=engine), host)  # type: ignore[arg-type]
    for steps in pauses:
        if machine.run(max_steps=machine.steps + steps).kind != "step_limit":
            break
        machine = restore(program(), take(machine), MachineConfig(engine=resumed), host)  # type: ignore[arg-type]
    outcome = machine.run()
    return outcome, bytes(host.out[1]), machine.steps, machine.state.rng.tolist()


WHOLE = run("pure", [], "pure")


def test_the_busy_program_ends_well() -> None:
    assert WHOLE[0].kind == "exit" and len(WHOLE[1]) == 8  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 120), max_size=4), st.sampled_from(ENGINES), st.sampled_from(ENGINES))
def test_interrupted_is_the_same(pauses: list[int], engine: str, resumed: str) -> None:
    assert run(engine, pauses, resumed) == WHOLE


def test_a_changed_function_is_refused() -> None:
    machine = Machine(program(), MachineConfig())
    machine.run(max_steps=20)
    other = TextProgram(BUSY.format(n=61), program().by_global, program().by_vtable)
    with pytest.raises(Changed, match="`main`"):
        restore(other, take(machine))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 120), st.booleans()), max_size=6), st.sampled_from(ENGINES))
def test_changes_add_up(pauses: list[tuple[int, bool]], engine: str) -> None:
    machine = Machine(program(), MachineConfig(seed=5, engine=engine), Host())  # type: ignore[arg-type]
    base = None
    for steps, committed in pauses:
        machine.run(max_steps=machine.steps + steps)
        made = changes(machine)
        assert made.complete == (base is None)
        merged = made if base is None else merge(base, made)
        again = restore(program(), merged, MachineConfig(engine=engine))  # type: ignore[arg-type]
        assert state_digest(again) == state_digest(machine)
        if committed:
            commit(machine)
            base = merged


PLAIN = (int, str, bytes, bytearray, bool, type(None), array)


def walk(value: object, path: str) -> None:
    if is_dataclass(value):
        assert not hasattr(value, "__dict__"), f"{path} has no slots"
        for f in fields(value):
            walk(getattr(value, f.name), f"{path}.{f.name}")
    elif isinstance(value, Allocations):
        walk(value.columns, path)
        walk(value.refers, path)
    elif isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            walk(item, f"{path}[{i}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            walk(key, f"{path} key")
            walk(item, f"{path}[{key!r}]")
    else:
        assert type(value) in PLAIN, f"{path} is a {type(value).__name__}"


@pytest.mark.parametrize("engine", ENGINES)
def test_all_state_is_plain_data(engine: str) -> None:
    machine = check(FIB.format(n=6), engine).machine
    walk(machine.state, "state")
    walk(take(machine), "snapshot")


# What a restored machine has anew: what the consumers of dirty pages and the collector have seen, and its session.
ANEW = {"dirty", "session", "left"}


def full_machine() -> Machine:
    """A machine of whose state no part is as it was at the beginning."""
    machine = Machine(program(), MachineConfig(seed=5, args=[b"a"], env=[b"b=c"]), Host(b"input"))
    machine.run(max_steps=150)
    state, core = machine.state, machine.core
    other = new_thread(state.next_thread, "other", THREAD_SLOTS)
    other.pc, other.fp, other.depth = state.regs[w.R_PC], 0, 0
    other.frames[: w.ROW] = state.thread.frames[: w.ROW]
    spawned = core.memory.new(4, 4, w.M_TLS)
    state.cold[spawned + w.B_DATA] = program().asm.globals["counter"]
    pointer = state.tab[spawned + w.A_BASE], core.memory.base_prov(spawned)
    worker = core.addresses.address_of(program().asm.instances["worker"])
    other.pc = state.info[state.linked[1][1] * w.ROW]
    other.frames[w.F_FN] = state.linked[1][1]
    for name, value in {
        "status": "futex", "target": 1, "wait_addr": 4096, "deadline": 10**12, "result_slot": 3, "detached": True,
        "payload": pointer, "panics": 1, "dtors": [(*worker, *pointer)],
        "tls": {program().asm.globals["counter"]: pointer},
    }.items():  # fmt: skip
        setattr(other, name, value)
    other.slots[7] = 77
    state.threads.append(other)
    state.next_thread, state.regs[w.R_MULTI] = other.id + 1, 1
    state.leaks, state.emitted, state.clock, state.slice_end, state.exit_code = False, [0, 3, 4], 17, 170, 9
    state.reads, state.consumed, state.inputs, state.ahead = 1, 2, [(0, 0, b"in")], [b"put"]
    state.init_order = [program().asm.globals["counter"]]
    core.addresses.configure(CacheSettings("unreachable", gc_every=10))
    state.evicted[1 << 20] = Evicted("worker", 1, 5, 1, "unreachable")
    core.memory.expose(pointer[1])
    big = core.memory.new(1 << 17, 8, w.M_HEAP)
    core.memory.new(1 << 17, 8, w.M_HEAP)
    at = state.tab[big + w.A_BASE] + state.tab[big + w.A_DELTA]
    core.memory.free(core.memory.base_prov(big))
    core.memory.store_pointer(state.tab[spawned + w.A_BASE] + state.tab[spawned + w.A_DELTA] - 2, 5, pointer[1])
    assert at
    return machine


def same(name: str, old: object, new: object) -> bool:
    if isinstance(old, array) and isinstance(new, array):
        return old[: len(new)] == new[: len(old)] and not any(old[len(new) :]) and not any(new[len(old) :])
    return old == new or repr(old) == repr(new)  # records of the state have no equality


def test_every_part_of_the_state_is_carried() -> None:
    machine = full_machine()
    state, fresh = machine.state, new_state(0, 0)
    again = restore(program(), take(machine)).state
    for f in fields(State):
        old, new = getattr(state, f.name), getattr(again, f.name)
        if f.name in ANEW:
            continue
        if f.name in ("thread", "threads"):
            old, new = state.threads, again.threads
            assert [t.id for t in old] == [t.id for t in new] and again.thread.id == state.thread.id
            continue
        told = f.name == "validity" or old != getattr(fresh, f.name)  # this program has no validity programs to link
        assert told, f"give `{f.name}` a value in `full_machine`, and see that snapshots carry it"
        if f.name == "cold":  # of a free row only the block and the list mean anything
            for row in range(0, len(state.tab), w.ROW):
                kept = [w.B_BLOCK, w.B_CAP, w.B_CLASS, w.B_LINK]
                kept += [w.B_BIRTH, w.B_USED, w.B_THREAD] if state.tab[row + w.A_INFO] & 255 else []
                assert [old[row + i] for i in kept] == [new[row + i] for i in kept]
            continue
        if f.name == "prov":  # where the metadata say that it is one
            wanted = [bool(state.meta[8 * i] & w.WHOLE) for i in range(len(old))]
            old, new = [p for p, is_one in zip(old, wanted) if is_one], [p for p, is_one in zip(new, wanted) if is_one]
        if f.name == "info":  # whether the program was asked already
            for table in (old, new):
                table[w.I_FLAGS :: w.ROW] = array("q", [flags & ~w.IF_ASKED for flags in table[w.I_FLAGS :: w.ROW]])
        if f.name == "events":  # the new session's come behind
            new = new[: len(old)]
        assert same(f.name, old, new), f.name


def test_every_part_of_a_thread_is_carried() -> None:
    machine = full_machine()
    machine.run(machine.steps)  # brings the record of the current thread up to date
    old, new = machine.state.threads[-1], restore(program(), take(machine)).state.threads[-1]
    fresh = new_thread(0, "", 0)
    for f in [f for f in fields(Thread) if f.name not in ANEW]:
        before, after = getattr(old, f.name), getattr(new, f.name)
        if f.name == "frames":  # the top frame's place is in `pc`
            before, after = [words[: w.F_PC] + words[w.F_PC + 1 :] for words in (before, after)]
            before[w.F_KIND - 1] &= ~w.K_SEEN  # the collector's note to itself
        elif f.name not in ("fp", "depth"):
            assert before != getattr(fresh, f.name), f"give `{f.name}` a value in `full_machine`"
        assert same(f.name, before, after), f.name


ECHO = """
fn main slots=12 mem=8 nmem=1
  ENTER 8 1
  LIVE 8 16 8
again:
  CONST 0 0
  MOV2 1 8
  CONST 3 3
  INTR #('read',) 0 4
  CONST 0 1
  MOV 3 4
  JEQ_I 4 0 @done
  INTR #('write',) 0 5
  JMP @again
done:
  LEAVE 8 1
  CONST 0 0
  RET1 0
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_recorded_input_is_not_needed_again(engine: str) -> None:
    config, text = MachineConfig(engine=engine), b"abcdefghijkl"  # type: ignore[arg-type]
    host = Host(text)
    machine = Machine(TextProgram(ECHO), config, host)
    early, inputs, base = [], [], None
    while machine.run(machine.steps + 2).kind == "step_limit":
        made = changes(machine)
        inputs += made.inputs
        base = made if base is None else merge(base, made)
        commit(machine)
        early.append((base, host.out[1][:]))
    inputs += changes(machine).inputs
    assert bytes(host.out[1]) == text and [record.data for record in inputs] == [b"abc", b"def", b"ghi", b"jkl", b""]
    for snapshot, before in early:
        for recorded, live in ((inputs, b""), (inputs[:3], b"jkl")):
            again = Host(live)
            copy = replace(snapshot, inputs=[r for r in recorded if r.number >= snapshot.machine.reads])
            if snapshot.machine.reads > len(recorded):
                continue
            resumed = restore(TextProgram(ECHO), copy, config, again)
            assert resumed.run().kind == "exit" and before + again.out[1] == text
            assert state_digest(resumed) == state_digest(machine)


def test_a_finished_machine_stays_finished() -> None:
    machine = Machine(program(), MachineConfig(seed=5), Host())
    outcome = machine.run()
    again = restore(program(), take(machine))
    assert again.run() == outcome and again.steps == machine.steps and state_digest(again) == state_digest(machine)


def test_a_fork_goes_its_own_way() -> None:
    machine = Machine(program(), MachineConfig(seed=5), Host())
    machine.run(50)
    snapshot = take(machine)
    ends = []
    for seed in (5, 6, 6):
        other = restore(program(), snapshot, host=Host())
        fork(other, seed=seed, max_memory=1 << 20)
        assert changes(other).complete and other.state.regs[w.R_MAX_BYTES] == 1 << 20
        other.run()
        ends.append(state_digest(other))
    assert ends[0] != ends[1] == ends[2]


def test_a_collection_that_has_yet_to_look_is_not_disturbed() -> None:
    machine = Machine(program(), MachineConfig(), Host())
    machine.run(50)
    assert any(byte & w.DIRTY_COLLECTOR and byte & w.DIRTY_CHECKPOINT for byte in machine.state.dirty)
    changes(machine)
    assert all(not byte & w.DIRTY_CHECKPOINT for byte in machine.state.dirty)
    assert any(byte & w.DIRTY_COLLECTOR for byte in machine.state.dirty)
