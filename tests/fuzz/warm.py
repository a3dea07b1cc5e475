"""The whole front end without its start-up: a process that has read the library forks for every program.

`warm` checks some programs in one session, so that what they need of the library is read, typed and lowered; `check`
then adds a program to that session, in a child that ends with it.  What a child finds is checked once more in a session
of its own before it counts (`fresh`).  With `run`, what compiles also runs, for `STEPS` steps.

To let children find more of the library in place: a program in `tests/ui/pass` that uses it.
"""

from __future__ import annotations

import copy
import gc
import os
import select
import signal
import time
import traceback
from collections.abc import Sequence
from typing import Optional

from interp.base.diagnostics import CompileError
from interp.base.render import render_all
from interp.code.linked import LinkedProgram
from interp.compilation import Compilation
from interp.hir.session import load_crate
from interp.machine.machine import Machine, MachineConfig

STEPS = 20_000
MEMORY = 256 << 20  # bytes that a damaged program may hold


def warm(texts: Sequence[str]) -> Compilation:
    """A session that has checked `texts`."""
    made = Compilation("warm0.rs", 2021, texts[0])
    made.check()
    for number, text in enumerate(texts[1:], 1):
        made = added(made, f"warm{number}.rs", text)
        made.check()
    gc.collect()
    gc.freeze()
    gc.disable()
    return made


def added(base: Compilation, path: str, text: str) -> Compilation:
    """One more crate in a session; what was reported before is forgotten."""
    made = copy.copy(base)
    diag = made.tcx.diag
    diag.emitted.clear()
    diag._seen.clear()
    made.tcx.resolver.loader.failed = False
    made.root = load_crate(made.tcx, path, text)
    made.krate = made.root.krate
    return made


def work(made: Compilation, run: bool) -> str:
    """Checks a program, reports its errors, runs it; how that ended."""
    made.check(root_only=True)  # the crates that warmed the session were checked
    report = render_all(made.diagnostics, made.tcx.source_map)
    if made.tcx.diag.error_count:
        assert report
        return "error"
    if not run:
        return "compiled"
    try:
        program = LinkedProgram(made.tcx, made.main())
    except CompileError as failure:
        assert render_all(failure.diagnostics, made.tcx.source_map)
        return "error"
    return Machine(program, MachineConfig(max_memory=MEMORY)).run(STEPS).kind


def fresh(text: str, run: bool) -> str:
    """`work` in a session of its own."""
    return work(Compilation("fuzz.rs", 2021, text), run)


def guarded(text: str, base: Optional[Compilation], run: bool) -> str:
    """How the program ended, or the traceback of what broke."""
    try:
        return work(added(base, "fuzz.rs", text), run) if base is not None else fresh(text, run)
    except CompileError:
        return "error"
    except Exception:
        return traceback.format_exc()


def check(text: str, base: Optional[Compilation], run: bool, seconds: float) -> str:
    """`guarded` in a child that may take that long."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        code = 1
        try:
            os.write(sink, guarded(text, base, run).encode("utf-8", "replace")[-60_000:])
            code = 0
        finally:
            os._exit(code)
    os.close(sink)
    answer = _answer(source, time.monotonic() + seconds)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(source)
    if answer is None:
        return f"TimeoutError: more than {seconds} s"
    return answer if answer else f"Crash: the process ended with {os.waitstatus_to_exitcode(status)}"


def _answer(source: int, deadline: float) -> Optional[str]:
    data = b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([source], [], [], left)[0]:
            part = os.read(source, 65536)
            if not part:
                return data.decode("utf-8", "replace")
            data += part
    return None
