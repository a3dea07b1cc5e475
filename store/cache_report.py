"""`interp cache report`: a page about the address cache of a run, complete in one file: styles and pictures are in it.

Pictures are matplotlib's, as SVG (`pip install 'interp[report]'`).  Their x axis is steps; sessions are bands.

To add a picture: a function that draws into axes, its line in `_PICTURES`.
"""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Optional

from .cache import ROW_BYTES, Cache
from .cache_history import Session
from .database import Database
from .errors import StoreError
from .show import cell
from .table import Table

MOST_LIVES: Final = 150  # bars of the timeline: a page must stay readable
MOST_POINTS: Final = 1500  # of a curve
_BAND: Final = ("#f2f4f8", "#ffffff")
_INK: Final = {"now": "#1f5aa6", "fresh": "#c23b22", "exposed": "#d08a00", "gone": "#9aa7b8"}


@dataclass(slots=True)
class Life:
    """One entry from its creation to its end (None: it is still there)."""

    function: str
    salt: int
    address: int
    begin: int
    end: Optional[int] = None
    exposed: Optional[int] = None


@dataclass(slots=True)
class History:
    """What the pictures show."""

    sessions: list[Session]
    sizes: list[tuple[int, int]] = field(default_factory=list)  # step, entries
    lives: list[Life] = field(default_factory=list)
    evicted: dict[int, Counter[str]] = field(default_factory=dict)  # by session, by reason
    points: list[tuple[int, int, int, int]] = field(default_factory=list)  # step, casts, misses, live bytes
    fresh: list[tuple[int, int, int, int]] = field(default_factory=list)  # the same of a run under `fresh`

    @property
    def last(self) -> int:
        return max([s.last_step for s in self.sessions] or [1])


def write_report(db: Database, what: Optional[str], against: Optional[str], path: str) -> None:
    """The page of a run at `path`; `against` is a run under `fresh` (None: the latest of the same program)."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise StoreError("a report needs matplotlib", "`pip install 'interp[report]'` brings it") from None
    cache = Cache(db, what)
    history = _history(cache, _fresh_run(cache, against))
    pictures = []
    for title, text, draw, height in _PICTURES:
        figure = Figure(figsize=(10, height(history)), layout="constrained")
        axes = figure.add_subplot()
        _bands(axes, history)
        draw(axes, history)
        axes.set_xlabel("steps (basic blocks)")
        axes.spines[["top", "right"]].set_visible(False)
        pictures.append((title, text, _svg(figure)))
    try:
        Path(path).write_text(_page(cache, history, pictures), encoding="utf-8")
    except OSError as problem:
        raise StoreError(f"couldn't write `{path}`: {problem.strerror} (os error {problem.errno})") from None


# -- data --------------------------------------------------------------------------------------------------------


def _fresh_run(cache: Cache, against: Optional[str]) -> Optional[int]:
    if against is not None:
        return Cache(cache.db, against).run.id
    rows = cache.db.all(
        "SELECT max(r.id) FROM run r JOIN session s ON s.run_id = r.id WHERE r.program_id = :p AND r.id <> :r "
        "AND s.policy = 'fresh'",
        p=cache.run.program_id, r=cache.run.id,
    )  # fmt: skip
    return rows[0][0] if rows and rows[0][0] is not None else None


def _points(db: Database, run: int) -> list[tuple[int, int, int, int]]:
    rows = db.all("SELECT steps, casts, misses, live_bytes FROM checkpoint WHERE run_id = :r ORDER BY number", r=run)
    return [(0, 0, 0, 0), *((a, b, c, d) for a, b, c, d in rows)]


def _history(cache: Cache, fresh: Optional[int]) -> History:
    out = History(cache.sessions(), points=_points(cache.db, cache.run.id))
    if fresh is not None:
        out.fresh = _points(cache.db, fresh)
    living: dict[int, Life] = {}
    for event in cache.events():
        if event.kind == "created" or (event.kind == "restored" and event.address not in living):
            life = living[event.address] = Life(event.function, event.salt, event.address, event.step)
            out.lives.append(life)
        elif event.kind == "exposed" and event.address in living:
            living[event.address].exposed = event.step
        elif event.kind == "evicted":
            out.evicted.setdefault(event.session, Counter())[event.eviction()[0]] += 1
            if event.address in living:
                living.pop(event.address).end = event.step
        out.sizes.append((event.step, len(living)))
    out.sizes.append((out.last, len(living)))
    return out


def _thinned(points: list[Any]) -> list[Any]:
    """Few enough to draw, the last one included."""
    step = max(len(points) // MOST_POINTS, 1)
    return points[::step] + points[-1:]


# -- pictures ----------------------------------------------------------------------------------------------------


def _bands(axes: Any, history: History) -> None:
    for s in history.sessions:
        axes.axvspan(s.first_step, s.last_step, color=_BAND[s.number % 2], zorder=0)
        axes.annotate(
            f"session {s.number}: {s.policy}", (s.first_step, 1.0), xycoords=("data", "axes fraction"), fontsize=8,
            color="#556", xytext=(3, 3), textcoords="offset points",
        )  # fmt: skip
    axes.set_xlim(0, max(history.last, 1))


def _size(axes: Any, history: History) -> None:
    steps, sizes = zip(*_thinned(history.sizes))
    axes.step(steps, sizes, where="post", color=_INK["now"], label="entries of the cache")
    axes.set_ylabel("entries")
    axes.set_ylim(bottom=0)
    axes.legend(loc="best", frameon=False)


def _memory(axes: Any, history: History) -> None:
    steps, sizes = zip(*_thinned(history.sizes))
    axes.step(steps, [n * ROW_BYTES / 1024 for n in sizes], where="post", color=_INK["now"], label="this run")
    if history.fresh:
        steps, _, misses, _ = zip(*history.fresh)
        axes.plot(steps, [n * ROW_BYTES / 1024 for n in misses], color=_INK["fresh"], label="a run under `fresh`")
    steps, casts, _, _ = zip(*history.points)
    axes.plot(
        steps, [n * ROW_BYTES / 1024 for n in casts], color=_INK["fresh"], linestyle=":",
        label="one row a cast, as `fresh` would have (computed)",
    )  # fmt: skip
    axes.set_ylabel("KiB of address rows")
    axes.set_yscale("symlog", linthresh=1)
    axes.set_ylim(bottom=0)
    axes.legend(loc="best", frameon=False)


def _shown(history: History) -> list[Life]:
    longest = sorted(history.lives, key=lambda life: life.begin - (history.last if life.end is None else life.end))
    return sorted(longest[:MOST_LIVES], key=lambda life: (life.function, life.begin))


def _lives(axes: Any, history: History) -> None:
    names: list[str] = []
    for y, life in enumerate(_shown(history)):
        end = history.last if life.end is None else life.end
        color = _INK["now"] if life.end is None else _INK["gone"]
        axes.barh(y, max(end - life.begin, 1), left=life.begin, height=0.8, color=color)
        if life.exposed is not None:
            axes.barh(y, max(end - life.exposed, 1), left=life.exposed, height=0.8, color=_INK["exposed"])
        names.append(f"{life.function[-48:]} #{life.salt}")
    axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_ylim(len(names), -1)


def _evictions(axes: Any, history: History) -> None:
    reasons = sorted({reason for counts in history.evicted.values() for reason in counts})
    bottom = Counter[int]()
    for i, reason in enumerate(reasons):
        for s in history.sessions:
            count, width = history.evicted.get(s.number, Counter())[reason], max(s.last_step - s.first_step, 1)
            if count:
                axes.bar(
                    s.first_step + width / 2, count, width * 0.6, bottom=bottom[s.number], color=f"C{i}",
                    label=reason if s.number == min(n for n, c in history.evicted.items() if c[reason]) else None,
                )  # fmt: skip
                bottom[s.number] += count
    axes.set_ylabel("evictions")
    if reasons:
        axes.legend(loc="best", frameon=False)


_PICTURES: Final[list[tuple[str, str, Callable[[Any, History], None], Callable[[History], float]]]] = [
    ("Size", "Entries of the cache after every event.", _size, lambda h: 3.2),
    ("Memory", f"Rows of the allocation table that addresses take, {ROW_BYTES} bytes each.", _memory, lambda h: 3.2),
    (
        "Lives",
        f"Each entry from its creation to its eviction (at most {MOST_LIVES}, the longest): grey let go, blue still "
        "there, orange since its address became an integer.",
        _lives, lambda h: 1.2 + 0.11 * max(len(_shown(h)), 4),
    ),
    ("Evictions", "By session and reason.", _evictions, lambda h: 2.8),
]  # fmt: skip


def _svg(figure: Any) -> str:
    import matplotlib

    out = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "interp"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)


# -- the page ----------------------------------------------------------------------------------------------------

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; color: #223; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .2rem; }
p { margin: .2rem 0 .6rem; color: #556; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { text-align: left; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid #dde; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


def _table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(name.replace('_', ' '))}</th>" for name in table.columns)
    rows = []
    for row in table.rows:
        cells = []
        for name, value in zip(table.columns, row):
            kind = ' class="number"' if isinstance(value, (int, float)) else ""
            cells.append(f"<td{kind}>{html.escape(cell(name, value))}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _page(cache: Cache, history: History, pictures: list[tuple[str, str, str]]) -> str:
    run = cache.run
    title = f"The address cache of run {run.id}, {run.path}"
    parts = [
        f"<p>{run.steps:,} steps in {len(history.sessions)} sessions; {len(history.lives):,} addresses were made, "
        f"{sum(life.end is None for life in history.lives):,} are there.</p>"
    ]
    parts += [f"<h2>{name}</h2><p>{html.escape(text)}</p>{svg}" for name, text, svg in pictures]
    for name, table in (("Sessions", cache.stats()), ("Policies", cache.policies()), ("Functions", cache.list())):
        parts.append(f"<h2>{name}</h2>{_table(table)}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1>{''.join(parts)}</body></html>\n"
    )
