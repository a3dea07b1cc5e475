"""The function-pointer address cache: memory of four programs under each policy, 100,000 instances, casts a second.

`./dev bench addresses` prints the tables and writes them, and the plot, into docs/function-addresses.md.  Each run is a
process of its own that says its resident memory and processor time as its casts go on (`python -m bench.addresses
PROGRAM POLICY CASTS [CAPACITY]`).
To add a program: a file `bench/programs/casts_NAME.rs` that takes the number of casts, its name in PROGRAMS.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "function-addresses.md"
PLOT = DOC.with_name("function-address-memory.svg")
BEGIN, END = "<!-- measured by ./dev bench addresses -->", "<!-- end -->"
PROGRAMS = {
    "plain": "one function, dropped at once", "generic": "64 instances in turn", "usize": "`as usize`",
    "tables": "tables in 8 threads",
}  # fmt: skip
POLICIES = ("keep", "unreachable", "lru", "fresh")
CASTS = {"fresh": 1_800_000, "lru": 1_500_000}  # fresh leaks, lru makes an address at nearly each cast of `generic`
MOST = 2_500_000
WARM = 500_000  # casts after which growth counts
CAPACITY = 64
HITS = 20_000_000
LOOP = "examples/cast_loop.rs"


def resident() -> int:
    """Bytes of memory that this process holds now, without what is mapped from files: that comes and goes as the host's
    memory is in demand."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None, "this is measured on Linux"
    return int(found[1]) * 1024


def measure(path: str, policy: str, casts: int, capacity: int = CAPACITY) -> dict[str, object]:
    """Run the program; (casts, resident bytes, processor seconds) now and then, and what the cache holds at the end."""
    sys.setrecursionlimit(20_000)
    from interp.code.linked import LinkedProgram
    from interp.compilation import Compilation
    from interp.machine import words as w
    from interp.machine.machine import Machine, MachineConfig
    from interp.machine.policies import CacheOptions

    compilation = Compilation(path, 2021)
    assert compilation.check()
    program = LinkedProgram(compilation.tcx, compilation.main())
    cache = CacheOptions(policy, capacity=capacity)
    machine = Machine(program, MachineConfig(args=[path.encode(), str(casts).encode()], cache=cache))
    regs, points, start, peak = machine.state.regs, [], time.process_time(), 0
    before = len(machine.state.tab) * 16 + len(machine.state.table) * 8
    step = 100_000 if casts else 1000  # of what casts each once, the most entries at a time is of interest
    while machine.run(max_steps=machine.steps + step).kind == "step_limit":
        points.append((regs[w.R_CASTS], resident(), time.process_time() - start))
        peak = max(peak, regs[w.R_ENTRIES])
        step = 500_000 if casts else 1000
    arrays = (regs[w.R_NALLOCS] * w.ROW * 16 + len(machine.state.table) * 8) - before
    return {
        "points": points, "misses": regs[w.R_MISSES], "seconds": time.process_time() - start, "casts": regs[w.R_CASTS],
        "entries": regs[w.R_ENTRIES], "peak": max(peak, regs[w.R_ENTRIES]), "arrays": arrays,
        "tables": len(machine.state.tab) * 16 + len(machine.state.table) * 8 - before,
    }  # fmt: skip


def child(path: str, policy: str, casts: int, capacity: int = CAPACITY) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.addresses", path, policy, str(casts), str(capacity)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return dict(json.loads(done.stdout))


def growth(points: list[list[float]]) -> float:
    """Bytes a million casts, after the warm-up and before the end, where a program assembles what joins its threads."""
    warm = [p for p in points if WARM <= p[0] <= 0.8 * points[-1][0]]
    if len(warm) < 2 or warm[-1][0] == warm[0][0]:
        return 0.0
    return (warm[-1][1] - warm[0][1]) / (warm[-1][0] - warm[0][0]) * 1e6


def rate(points: list[list[float]]) -> float:
    """Casts a second of processor time, with the loop around them, after the first stretch."""
    first, last = points[1], points[-1]
    return (last[0] - first[0]) / (last[2] - first[2])


def addresses() -> None:
    """All of it, printed and written into the documentation."""
    found: dict[str, dict[str, list[list[float]]]] = {}
    lines = [
        f"Growth of resident memory a million casts, after {WARM:,} of them, in KiB (lru: capacity {CAPACITY}):", "",
        "| program | keep | unreachable | lru | fresh |", "|---|---:|---:|---:|---:|",
    ]  # fmt: skip
    for name, what in PROGRAMS.items():
        runs = {p: child(f"bench/programs/casts_{name}.rs", p, CASTS.get(p, MOST)) for p in POLICIES}
        found[name] = {p: run["points"] for p, run in runs.items()}  # type: ignore[misc]
        cells = " | ".join(f"{growth(points) / 1024:,.1f}" for points in found[name].values())
        lines.append(f"| {name}: {what} | {cells} |")
        print(lines[-1], flush=True)
    plot(found)
    lines += ["", "104,976 instances of a generic function, each cast once:", ""]
    lines += ["| policy | entries at the end | at most | bytes an entry |", "|---|---:|---:|---:|"]
    for policy in POLICIES[:3]:
        r = child("bench/programs/instances.rs", policy, 0)
        each = f"{r['tables'] / r['entries']:.0f}" if policy == "keep" else ""  # type: ignore[operator]
        lines.append(f"| {policy} | {r['entries']:,} | {r['peak']:,} | {each} |")
        print(lines[-1], flush=True)
    lines += ["", f"{HITS:,} casts in the loop of `{LOOP}`, by processor time, the loop included:", ""]
    lines += ["| policy | million casts a second | hits |", "|---|---:|---:|"]
    for policy, capacity in (("keep", 0), ("unreachable", 0), ("lru", 100), ("lru", 10)):
        r = child(LOOP, policy, HITS, capacity)
        hits = 100 * (1 - r["misses"] / r["casts"])  # type: ignore[operator]
        label = f"{policy}, capacity {capacity}" if capacity else policy
        lines.append(f"| {label} | {rate(r['points']) / 1e6:.0f} | {hits:.2f} % |")  # type: ignore[arg-type]
        print(lines[-1], flush=True)
    document("\n".join(lines))


def document(text: str) -> None:
    """What was measured takes the place of what was measured before."""
    before, _, rest = DOC.read_text().partition(BEGIN)
    DOC.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}")
    print(f"wrote {DOC.relative_to(ROOT)}, {PLOT.relative_to(ROOT)}")


def plot(found: dict[str, dict[str, list[list[float]]]]) -> None:
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
    print(json.dumps(measure(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))))
