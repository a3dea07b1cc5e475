"""Memory of the function-pointer address cache: four programs under each policy, and 100,000 instances cast once.

`./dev bench addresses` prints the tables and writes the plot of docs/function-addresses.md.  Each run is a process of
its own that says its resident memory as its casts go on (`python -m bench.addresses PROGRAM POLICY CASTS`).
To add a program: a file `bench/programs/casts_NAME.rs` that takes the number of casts, its name in PROGRAMS.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLOT = ROOT / "docs" / "function-address-memory.svg"
PROGRAMS = {
    "plain": "one function, dropped at once", "generic": "64 instances in turn", "usize": "`as usize`",
    "tables": "tables in 8 threads",
}  # fmt: skip
POLICIES = ("keep", "unreachable", "lru", "fresh")
CASTS = {"fresh": 1_500_000}
MOST = 4_000_000
WARM = 500_000  # casts after which growth counts
CAPACITY = 64


def resident() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(path: str, policy: str, casts: int) -> dict[str, object]:
    """Run the program; (casts, resident bytes) now and then, and what the cache holds at the end."""
    sys.setrecursionlimit(20_000)
    from interp.code.linked import LinkedProgram
    from interp.compilation import Compilation
    from interp.machine import words as w
    from interp.machine.machine import Machine, MachineConfig
    from interp.machine.policies import CacheOptions

    compilation = Compilation(path, 2021)
    assert compilation.check()
    program = LinkedProgram(compilation.tcx, compilation.main())
    cache = CacheOptions(policy, capacity=CAPACITY)
    machine = Machine(program, MachineConfig(args=[path.encode(), str(casts).encode()], cache=cache))
    regs, points, start, peak = machine.state.regs, [], time.perf_counter(), 0
    before = len(machine.state.tab) * 16 + len(machine.state.table) * 8
    step = 100_000
    while machine.run(max_steps=machine.steps + step).kind == "step_limit":
        points.append((regs[w.R_CASTS], resident()))
        peak = max(peak, regs[w.R_ENTRIES])
        step = 500_000
    arrays = (regs[w.R_NALLOCS] * w.ROW * 16 + len(machine.state.table) * 8) - before
    return {
        "points": points, "seconds": time.perf_counter() - start, "casts": regs[w.R_CASTS],
        "entries": regs[w.R_ENTRIES], "peak": max(peak, regs[w.R_ENTRIES]), "arrays": arrays,
        "tables": len(machine.state.tab) * 16 + len(machine.state.table) * 8 - before,
    }  # fmt: skip


def child(path: str, policy: str, casts: int) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.addresses", path, policy, str(casts)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return dict(json.loads(done.stdout))


def growth(points: list[list[int]]) -> float:
    """Bytes a million casts, after the warm-up."""
    warm = [p for p in points if p[0] >= WARM]
    if len(warm) < 2 or warm[-1][0] == warm[0][0]:
        return 0.0
    return (warm[-1][1] - warm[0][1]) / (warm[-1][0] - warm[0][0]) * 1e6


def addresses() -> None:
    """The growth of each program under each policy, the plot, and the instances."""
    found: dict[str, dict[str, list[list[int]]]] = {}
    print(f"{'growth of resident memory a million casts, KiB':48}" + "".join(f"{p:>13}" for p in POLICIES))
    for name in PROGRAMS:
        found[name], cells = {}, []
        for policy in POLICIES:
            result = child(f"bench/programs/casts_{name}.rs", policy, CASTS.get(policy, MOST))
            found[name][policy] = result["points"]  # type: ignore[assignment]
            cells.append(growth(found[name][policy]) / 1024)
        print(f"  casts_{name:40}" + "".join(f"{cell:13.1f}" for cell in cells), flush=True)
    plot(found)
    print(f"wrote {PLOT.relative_to(ROOT)}")
    print(f"{'104,976 instances cast once':48}" + "".join(f"{x:>13}" for x in ("entries", "peak", "bytes/entry")))
    for policy in ("keep", "unreachable", "lru"):
        r = child("bench/programs/instances.rs", policy, 0)
        each = f"{r['tables'] / r['entries']:.0f}" if policy == "keep" else "-"  # type: ignore[operator]
        print(f"  {policy:46}{r['entries']:13,}{r['peak']:13,}{each:>13}", flush=True)


def plot(found: dict[str, dict[str, list[list[int]]]]) -> None:
    """Resident memory over casts, one picture a program, as SVG."""
    import matplotlib
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 6), layout="constrained")
    axes = figure.subplots(2, 2)
    for ax, (name, curves) in zip(axes.flat, found.items()):
        for policy, points in curves.items():
            x, y = [p[0] / 1e6 for p in points], [(p[1] - points[0][1]) / 2**20 for p in points]
            ax.plot(x, y, label=policy, linestyle={"lru": "--", "unreachable": ":"}.get(policy, "-"))
        ax.set_title(f"{name}: {PROGRAMS[name]}", fontsize=10)
        ax.set_xlabel("million casts")
        ax.set_ylabel("MiB grown")
        ax.spines[["top", "right"]].set_visible(False)
        ax.legend(frameon=False)
    PLOT.parent.mkdir(exist_ok=True)
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "interp"}):
        figure.savefig(PLOT, format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
