"""`Machine`: the floor's face.  Runs a program until it ends, a limit is reached or somebody wants a pause.

    machine = Machine(program, MachineConfig(seed=1), host)
    outcome = machine.run(max_steps=1_000_000, on_progress=show)

A run that stopped at a limit or pause goes on with the next `run`; everything that matters is in `machine.state`.
`Machine.evaluate` runs one initialiser and hands out its value (`values.Memory`): how constants get their values.

To add an option of a run: a field of `MachineConfig`; if it changes what the program does, a field of `State` too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..base.diagnostics import CompileError
from ..code.opcodes import OPS
from . import calls, intrinsics, slow_memory, slow_values, validity, words as w
from .core import Core, Handler, HostIo
from .engines import Choice, load
from .leaks import check_leaks
from .outcome import Outcome, Stop, Ub
from .policies import AS_IT_IS, CacheOptions
from .recorder import Recorder
from .report import backtrace, local_span, locate, of_ub
from .state import NEVER, State, new_state
from .threads import schedule
from .values import Memory, read_memory

if TYPE_CHECKING:
    from ..code.program import Program

POLL = 1 << 20  # steps between two looks at progress and signals
EVENTS = 1 << 16  # of the address cache that wait for a store before it should take them
EVENTS_UNWANTED = 1 << 12  # that are kept when no store takes them
MAX_MEMORY = 8 << 30


@dataclass(slots=True)
class MachineConfig:
    """`max_memory`: bytes of live allocations; `leaks`: whether to look for them; `session`: number of a resumed one
    in its run (0: one more than the last)."""

    seed: int = 0
    args: list[bytes] = field(default_factory=lambda: [b"main"])
    env: list[bytes] = field(default_factory=list)
    max_memory: int = MAX_MEMORY
    engine: Choice = "auto"
    cache: CacheOptions = AS_IT_IS  # of the address cache
    leaks: bool = True
    session: int = 0


class NoIo:
    """A host that swallows output and has no input."""

    def write(self, fd: int, data: bytes) -> None:
        """Nothing."""

    def read(self, n: int) -> bytes:
        return b""


def _impossible(core: Core) -> None:
    raise AssertionError(f"{OPS[core.state.text[core.pc]].name} left the loop")


def _handlers() -> list[Handler]:
    table: list[Handler] = [_impossible] * len(OPS)
    for module in (calls, intrinsics, slow_memory, slow_values, validity):
        for op in OPS:
            table[op.number] = module.HANDLERS.get(op.name, table[op.number])
    return table


HANDLERS = _handlers()


class Machine:
    """One run of one program."""

    def __init__(
        self, program: Program, config: MachineConfig | None = None, host: HostIo | None = None,
        state: State | None = None,
    ) -> None:  # fmt: skip
        self.config = config or MachineConfig()
        if state is None:
            state = new_state(self.config.seed, self.config.max_memory)
            state.args, state.env = list(self.config.args), list(self.config.env)
            state.leaks = self.config.leaks
        self.core = Core(state, program, load(self.config.engine), host or NoIo())
        self.core.addresses.configure(self.config.cache.over(self.core.addresses.settings))
        self.outcome: Outcome | None = None
        self.recorder = Recorder(self.core)
        self.events_wanted = False  # whether a store takes the address cache's events, or the oldest may be forgotten

    @property
    def state(self) -> State:
        return self.core.state

    # --- what a progress line shows --------------------------------------------------------------------

    @property
    def steps(self) -> int:
        return self.state.regs[w.R_STEPS]

    @property
    def live_allocations(self) -> int:
        return self.state.regs[w.R_LIVE]

    @property
    def memory_bytes(self) -> int:
        return self.state.regs[w.R_LIVE_BYTES]

    def where(self) -> int:
        """Span of the innermost frame of the user's crate."""
        return local_span(backtrace(self.core))

    # --- running ---------------------------------------------------------------------------------------

    def run(
        self, max_steps: int | None = None, on_progress: Callable[[Machine], bool | None] | None = None
    ) -> Outcome:
        """Goes on until the program ends (that outcome is final), `max_steps` in all are executed ("step_limit"), or
        `on_progress`, called every million steps or so, returns True ("paused")."""
        if self.outcome is not None:
            return self.outcome
        try:
            if not self.state.started:
                self.start()
            outcome = self._loop(NEVER if max_steps is None else max_steps, on_progress)
        except Stop as stop:
            outcome = self._ended(stop.outcome)
        except Ub as error:
            outcome = of_ub(self.core, error)
        except CompileError as error:
            found: list[Any] = list(error.diagnostics)
            missing = all(d.message.startswith("unsupported: ") for d in error.diagnostics)
            outcome = Outcome("unsupported" if missing else "compile_error", 1, str(error), diagnostics=found)
        if outcome.kind not in ("step_limit", "paused"):
            self.outcome = outcome
        return outcome

    def start(self) -> None:
        self.state.started = True
        calls.push(self.core, self.core.program.entry, 0, 0, w.K_BOTTOM, 0)

    def _loop(self, stop_at: int, on_progress: Callable[[Machine], bool | None] | None) -> Outcome:
        core = self.core
        state, run = core.state, core.engine.run
        regs = state.regs
        next_poll = regs[w.R_STEPS] + POLL
        while True:
            steps = regs[w.R_STEPS]
            if steps >= stop_at:
                return locate(core, Outcome("step_limit", message=f"the limit of {stop_at} steps was reached"))
            if steps >= next_poll or len(state.events) >= (EVENTS if self.events_wanted else EVENTS_UNWANTED):
                next_poll = steps + POLL
                if on_progress is not None and on_progress(self):
                    return Outcome("paused")
                if not self.events_wanted:
                    del state.events[: -EVENTS_UNWANTED // 2]
            if steps >= regs[w.R_GC_NEXT]:
                core.collector.run()
            end = min(stop_at, next_poll, regs[w.R_GC_NEXT])
            if regs[w.R_MULTI] or state.thread.status != "runnable":
                if state.thread.status != "runnable" or steps >= state.slice_end:
                    schedule(core)
                end = min(end, state.slice_end)
            while end > steps and not run(state, end - steps):
                HANDLERS[state.text[regs[w.R_PC]]](core)
                if regs[w.R_MULTI] or state.thread.status != "runnable":
                    break
                steps = regs[w.R_STEPS]
                end = min(end, regs[w.R_GC_NEXT])  # a new address may hasten the next collection

    def _ended(self, outcome: Outcome) -> Outcome:
        others_done = all(t.status == "finished" for t in self.state.threads[1:])
        if outcome.kind == "exit" and self.state.leaks and self.state.exit_code >= 0 and others_done:
            return check_leaks(self.core) or outcome
        return locate(self.core, outcome)

    # --- constants -------------------------------------------------------------------------------------

    def evaluate(self, instance: int, size: int, align: int, max_steps: int = 100_000_000) -> Memory | Outcome:
        """Runs the initialiser `instance` on a new allocation; its value, or how it failed."""
        core = self.core
        try:
            row = core.memory.new(size, align, w.M_MACHINE)
            self.state.started = True
            calls.push(core, instance, 0, 0, w.K_BOTTOM, 0)
            slots = self.state.thread.slots
            slots[0], slots[1] = core.state.tab[row + w.A_BASE], core.memory.base_prov(row)
            outcome = self._loop(self.steps + max_steps, None)
        except Stop as stop:
            if stop.outcome.kind == "exit" and self.state.exit_code >= 0:
                return read_memory(core, row)
            outcome = locate(core, stop.outcome)
        except Ub as error:
            outcome = of_ub(core, error)
        return outcome
