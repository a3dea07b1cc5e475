"""The collector misses no root, under every policy; what nothing refers to goes; a missed root would be seen."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from interp.code.linked import LinkedProgram
from interp.compilation import Compilation
from interp.machine import words as w
from interp.machine.collector import Collector
from interp.machine.machine import Machine, MachineConfig
from interp.machine.outcome import Outcome
from interp.machine.policies import CacheOptions
from interp.machine.snapshot import restore, take

from .programs import ENGINES, Host

HIDEOUTS = Path(__file__).with_name("hideouts.rs")
PLACES = 21  # of hideouts.rs


@functools.cache
def program(path: Path) -> LinkedProgram:
    compilation = Compilation(str(path), 2021)
    assert compilation.check(), compilation.diagnostics
    return LinkedProgram(compilation.tcx, compilation.main())


def invariants(machine: Machine) -> None:
    """What holds of the cache at any step."""
    state, cache = machine.state, machine.core.addresses
    regs, entries = state.regs, list(cache.entries())
    assert len(entries) == regs[w.R_ENTRIES]
    assert len({state.tab[e.row + w.A_BASE] for e in entries}) == len(entries), "an address with two owners"
    for entry in entries:
        assert entry.salt < regs[w.R_LIMIT]
        assert cache.find(entry.key) == entry.row and cache.key_of(entry.row) == entry.key
        assert state.tab[entry.row + w.A_INFO] & 255 == (w.M_FN if entry.kind == "fn" else w.M_VTABLE)
    present = sum(state.cold[e.row + w.E_CASTS] for e in entries)
    gone = sum(int(e.reason.split("after ")[1].split()[0]) for e in state.events if e.kind == "evicted")
    assert present + gone == regs[w.R_CASTS], "casts of all entries are the casts of the run"
    assert regs[w.R_MISSES] == regs[w.R_ENTRIES] + regs[w.R_EVICTED]


def run(
    script: list[str], cache: CacheOptions, seed: int = 0, engine: str = "auto", pauses: tuple[int, ...] = ()
) -> Any:
    host = Host()
    args = [b"hideouts", *(word.encode() for word in script)]
    config = MachineConfig(seed=seed, args=args, engine=engine, cache=cache)  # type: ignore[arg-type]
    machine = Machine(program(HIDEOUTS), config, host)  # type: ignore[arg-type]
    outcome = Outcome("paused")
    for steps in pauses:
        outcome = machine.run(max_steps=machine.steps + steps)
        if outcome.kind != "step_limit":
            return machine, outcome, bytes(host.out[1])
        invariants(machine)
        events = machine.state.events
        machine = restore(program(HIDEOUTS), take(machine), MachineConfig(engine=engine), host)  # type: ignore[arg-type]
        machine.state.events[:] = events
    outcome = machine.run()
    invariants(machine)
    return machine, outcome, bytes(host.out[1])


def commands() -> st.SearchStrategy[str]:
    slot, function = st.integers(0, 7), st.integers(0, 11)
    hide = st.tuples(st.integers(0, PLACES - 1), slot, function).map(lambda t: f"h{t[0]},{t[1]},{t[2]}")
    return st.one_of(
        hide, hide, hide, slot.map(lambda s: f"c{s}"), st.tuples(slot, slot).map(lambda t: f"m{t[0]},{t[1]}"),
        st.integers(1, 60).map(lambda n: f"w{n}"), slot.map(lambda s: f"x{s}"),
        st.tuples(st.integers(0, 12), function).map(lambda t: f"d{t[0]},{t[1]}"),
    )  # fmt: skip


CACHES = st.one_of(
    st.builds(CacheOptions, st.just("unreachable"), st.sampled_from((1, 2, 32)), st.none(), st.integers(1, 200)),
    st.builds(CacheOptions, st.just("lru"), st.sampled_from((1, 3, 32)), st.integers(1, 40), st.integers(1, 200)),
    st.builds(CacheOptions, st.sampled_from(("keep", "fresh")), st.sampled_from((1, 32)), st.none(), st.none()),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(commands(), min_size=2, max_size=14), CACHES, st.integers(0, 1 << 32),
    st.lists(st.integers(1, 900), max_size=2),
)
def test_hidden_pointers_survive(script: list[str], cache: CacheOptions, seed: int, pauses: list[int]) -> None:
    if cache.policy == "fresh":
        host = Host()
        args = [b"hideouts", *(word.encode() for word in script)]
        machine = Machine(program(HIDEOUTS), MachineConfig(seed=seed, args=args, cache=cache), host)  # type: ignore[arg-type]
        outcome = machine.run()
    else:
        _, outcome, _ = run(script, cache, seed, pauses=tuple(pauses))
    assert outcome.kind == "exit" and outcome.code == 0, (outcome, script)


@pytest.mark.parametrize("place", range(PLACES))
def test_each_place_is_a_root(place: int) -> None:
    """Collections at every few steps; the machine's own entry for the pointer stays, the others go."""
    script = [f"h{place},0,5", "w300", "d6,2", "w300", "m0,3", "w100", "c3"]
    machine, outcome, _ = run(script, CacheOptions("unreachable", gc_every=20), seed=place)
    assert outcome.kind == "exit", outcome
    evicted = {e.function for e in machine.state.events if e.kind == "evicted"}
    assert len(evicted) > 10 and machine.state.regs[w.R_COLLECTIONS] > 20


MISSED: dict[str, tuple[str, Any, list[str]]] = {
    "pages": ("_read_pages", lambda self: None, ["h1,0,5", "h1,1,6", "w300", "c0"]),
    "pieces": ("_pieces", lambda self, number: (), ["h3,0,5", "h1,1,6", "w300", "c0"]),
    "other threads": ("_read_thread", None, ["h12,0,5", "h1,1,6", "w300", "c0"]),
    "frames": ("_frame", lambda self, thread, at, depth: (), ["d12,3"]),
}


@pytest.mark.parametrize("what", MISSED)
def test_a_missed_root_is_found(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs above fail when the collector overlooks a kind of place: they are a test of it."""
    name, broken, script = MISSED[what]
    if broken is None:
        whole = Collector._read_thread

        def broken(self: Collector, thread: Any) -> None:
            if thread is self.core.state.thread:
                whole(self, thread)
            elif thread.id in self.frames:
                self._forget(thread.id)

    monkeypatch.setattr(Collector, name, broken)
    kinds = {run(script, CacheOptions("unreachable", gc_every=10), seed)[1].kind for seed in range(6)}
    assert "ub" in kinds, kinds


@pytest.mark.parametrize("cache", [CacheOptions("unreachable", gc_every=37), CacheOptions("lru", 8, 12, 23)])
def test_engines_and_interruptions_agree(cache: CacheOptions) -> None:
    """Evictions come at the same steps on both engines, and after a restore."""
    script = ["h3,0,1", "h12,1,2", "w200", "d8,1", "h20,2,3", "w150", "c1", "x1", "w90", "c2"]
    results = []
    for engine in ENGINES:
        for pauses in ((), (333, 1000, 777)):
            machine, outcome, out = run(script, cache, 4, engine, pauses)
            regs = machine.state.regs
            events = [(e.kind, e.step, e.address) for e in machine.state.events if e.kind != "restored"]
            results.append((outcome.code, out, machine.steps, bytes(machine.state.rng), regs[w.R_COLLECTIONS], events))
    assert all(result == results[0] for result in results) and results[0][0] == 0


def test_unchanged_memory_is_not_read_again() -> None:
    script = ["h3,0,5", "h15,1,6", "w40"]
    machine, _, _ = run(script, CacheOptions("unreachable", gc_every=100_000_000))
    collector = machine.core.collector
    collector.unreachable()
    pages = list(collector.pages.items())
    read: list[int] = []
    scan = machine.core.engine.next_page

    class Watched:
        def next_page(self, *args: Any) -> Any:
            found = scan(*args)
            read.append(found[0])
            return found

        scan_slots = machine.core.engine.scan_slots

    machine.core.engine = Watched()
    collector.unreachable()
    assert read == [-1] and list(collector.pages.items()) == pages


PHASES = Path(__file__).with_name("phases.rs")


def test_what_is_cast_now_and_then_is_not_let_go_again_and_again() -> None:
    """64 functions in turn, each with 32 addresses, of which an interval casts a part: after a while all of them stay.
    Then many come that are cast once: the cache does not wait as long for them."""
    cache = CacheOptions("unreachable", gc_every=2000)
    machine = Machine(program(PHASES), MachineConfig(args=[b"phases", b"3000"], cache=cache))
    machine.events_wanted = True
    regs = machine.state.regs
    while regs[w.R_CASTS] < 64 * 2900:
        assert machine.run(max_steps=machine.steps + 10_000).kind == "step_limit"
    let_go, waits = regs[w.R_EVICTED], regs[w.R_PATIENCE]
    assert regs[w.R_COLLECTIONS] > 100 and waits > 1
    assert 0 < let_go < 4 * 64 * 32, "they came back, so the policy waits longer"
    assert regs[w.R_ENTRIES] > 60 * 32
    least = waits
    while machine.run(max_steps=machine.steps + 1000).kind == "step_limit":
        least = min(least, regs[w.R_PATIENCE])
    invariants(machine)
    assert least < waits, "most of what was made is new"


@pytest.mark.parametrize("capacity", [1, 12, 64, 500])
def test_lru_holds_its_bound(capacity: int) -> None:
    """At every step: the capacity, or what the last collection had to leave if that is more; a quarter of it, at least
    32; and what one block casts."""
    cache = CacheOptions("lru", capacity=capacity, gc_every=1000)
    machine = Machine(program(PHASES), MachineConfig(args=[b"phases", b"60"], cache=cache))
    machine.events_wanted = True
    regs, most = machine.state.regs, 0
    while machine.run(max_steps=machine.steps + 1).kind == "step_limit":
        kept = max(capacity, regs[w.R_KEPT])
        assert regs[w.R_ENTRIES] <= kept + max(32, kept // 4) + 1, machine.steps
        most = max(most, regs[w.R_ENTRIES])
    assert capacity < most <= capacity + max(80, capacity // 3), "what is reachable is little"
    invariants(machine)
