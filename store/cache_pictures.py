"""Pictures of the address cache's history, as SVG made by matplotlib (`pip install 'interp[report]'`).

Their x axis is steps (basic blocks); sessions are bands.  What stands under the pointer is said in the `<title>` of its
element, which browsers show; `Told` puts it there, because matplotlib cannot.

To add a picture: a function that draws into axes, its line in `PICTURES`.
"""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Optional

from .cache import ROW_BYTES
from .cache_history import Session

MOST_FUNCTIONS: Final = 40  # lanes of the timeline: a page must stay readable
_LEAST: Final = 2.0  # rows of a lane
MOST_LIVES: Final = 2000  # bars of it
MOST_POINTS: Final = 1500  # of a curve
BINS: Final = 80  # of the evictions
_BAND: Final = ("#eef2f8", "#ffffff")
_REASONS: Final = ("#7a4fa3", "#2a8f83", "#b5651d")
INK: Final = {"now": "#1f5aa6", "fresh": "#c23b22", "exposed": "#e09a1a", "gone": "#a9b6c6"}


@dataclass(slots=True)
class Life:
    """One entry from its creation to its end (None: it is still there)."""

    function: str
    salt: int
    address: int
    begin: int
    end: Optional[int] = None
    exposed: Optional[int] = None
    made_at: Optional[str] = None
    why: str = ""

    def text(self, last: int) -> str:
        """What is said of it when one points at it."""
        parts = [f"{self.function}", f"{self.address:#x} (salt {self.salt})"]
        parts.append(f"made at step {self.begin:,}" + (f" by {self.made_at}" if self.made_at else ""))
        if self.exposed is not None:
            parts.append(f"exposed at step {self.exposed:,}")
        there = f"there at the end, step {last:,}"
        parts.append(there if self.end is None else f"let go at step {self.end:,}: {self.why}")
        return "\n".join(parts)


class Point(NamedTuple):
    """What a checkpoint counts."""

    step: int
    casts: int
    misses: int


@dataclass(slots=True)
class Told:
    """Titles of elements, by their id."""

    titles: dict[str, str] = field(default_factory=dict)

    def of(self, artist: Any, text: str) -> None:
        name = f"told-{len(self.titles)}"
        artist.set_gid(name)
        self.titles[name] = text

    def into(self, svg: str, prefix: str) -> str:
        """The picture with titles; ids become its own on the page."""
        for name, text in self.titles.items():
            svg = svg.replace(f'<g id="{name}">', f'<g id="{name}"><title>{html.escape(text)}</title>', 1)
        return re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{prefix}-", svg)


@dataclass(slots=True)
class Story:
    """What the pictures show."""

    sessions: list[Session]
    sizes: list[tuple[int, int]] = field(default_factory=list)  # step, entries
    lives: list[Life] = field(default_factory=list)
    evicted: list[tuple[int, str]] = field(default_factory=list)  # step, reason
    points: list[Point] = field(default_factory=list)
    fresh: list[Point] = field(default_factory=list)  # the same of a run under `fresh`
    fresh_run: Optional[int] = None

    @property
    def last(self) -> int:
        return max([s.last_step for s in self.sessions] or [1])

    @property
    def first(self) -> int:
        return min([s.first_step for s in self.sessions] or [0])


def thinned(points: list[Any]) -> list[Any]:
    """Few enough to draw: of each stretch the lowest and the highest, in order, and the last."""
    if len(points) <= MOST_POINTS:
        return points
    width = -(-len(points) // (MOST_POINTS // 2))
    out = []
    for at in range(0, len(points), width):
        part = points[at : at + width]
        out += sorted({min(part, key=lambda p: p[1]), max(part, key=lambda p: p[1])})
    return [*out, points[-1]]


# -- pictures ----------------------------------------------------------------------------------------------------


def _size(axes: Any, story: Story, told: Told) -> None:
    steps, sizes = zip(*thinned(story.sizes))
    axes.fill_between(steps, sizes, step="post", color=INK["now"], alpha=0.12, linewidth=0)
    axes.step(steps, sizes, where="post", color=INK["now"], label="entries")
    for s in story.sessions:
        capacity = s.settings.get("capacity")
        if s.policy == "lru" and isinstance(capacity, int):
            axes.hlines(capacity, s.first_step, s.last_step, color=INK["fresh"], linestyle="--", linewidth=1)
            axes.annotate(
                f"capacity {capacity:,}", (s.last_step, capacity), fontsize=8, color=INK["fresh"], ha="right", va="top",
                xytext=(-3, -3), textcoords="offset points",
            )  # fmt: skip
    axes.set_ylabel("entries")
    axes.set_ylim(bottom=0)


def _memory(axes: Any, story: Story, told: Told) -> None:
    steps, sizes = zip(*thinned(story.sizes))
    axes.step(steps, [n * ROW_BYTES / 1024 for n in sizes], where="post", color=INK["now"], label="this run")
    if story.fresh:
        steps, _, misses = zip(*thinned(story.fresh))
        label = f"run {story.fresh_run}, under fresh"
        axes.plot(steps, [n * ROW_BYTES / 1024 for n in misses], color=INK["fresh"], label=label)
    else:
        steps, casts, _ = zip(*thinned(story.points))
        axes.plot(
            steps, [n * ROW_BYTES / 1024 for n in casts], color=INK["fresh"], linestyle=":",
            label="one row a cast, as fresh would have (computed)",
        )  # fmt: skip
    axes.set_ylabel("KiB (logarithmic)")
    axes.set_yscale("symlog", linthresh=1)
    axes.set_ylim(bottom=0)
    axes.legend(loc="lower right", frameon=False)


def lanes(story: Story) -> list[tuple[str, list[list[Life]]]]:
    """By function: rows of lives that do not overlap.  Of very many those of the functions that have the most, and of
    each of these the longest."""
    by_function: dict[str, list[Life]] = {}
    for life in story.lives:
        by_function.setdefault(life.function, []).append(life)
    most = MOST_FUNCTIONS if len(story.lives) <= MOST_LIVES else MOST_FUNCTIONS // 3
    chosen = sorted(by_function, key=lambda name: (-len(by_function[name]), name))[:most]
    return [(name, _packed(_longest(by_function[name], MOST_LIVES // most, story.last))) for name in sorted(chosen)]


def _longest(lives: list[Life], count: int, last: int) -> list[Life]:
    if len(lives) <= count:
        return lives
    found = sorted(lives, key=lambda life: life.begin - (last if life.end is None else life.end))[:count]
    return sorted(found, key=lambda life: life.begin)


def _packed(lives: list[Life]) -> list[list[Life]]:
    rows: list[list[Life]] = []
    for life in lives:
        free = next((row for row in rows if row[-1].end is not None and row[-1].end <= life.begin), None)
        if free is None:
            rows.append(free := [])
        free.append(life)
    return rows


def _said_of_lives(story: Story) -> str:
    shown = sum(len(row) for _, rows in lanes(story) for row in rows)
    text = "Each address from its creation to its eviction, by function; point at one to see what it was."
    if shown < len(story.lives):
        return f"{text} {shown:,} of {len(story.lives):,}: those functions that have the most, of each the longest."
    return text


def _lives(axes: Any, story: Story, told: Told) -> None:
    y, ticks, names, last = 0.0, [], [], story.last
    for number, (name, rows) in enumerate(lanes(story)):
        ticks.append(y + (len(rows) - 1) / 2)
        names.append(f"…{name[-45:]}" if len(name) > 46 else name)
        if number:
            axes.axhline(y - 0.5, color="#cfd8e3", linewidth=0.6)
        for row in rows:
            for life in row:
                _bar(axes, y, life, life.begin, "now" if life.end is None else "gone", last, told)
                if life.exposed is not None:
                    _bar(axes, y, life, life.exposed, "exposed", last, told)
            y += 1
        y += max(_LEAST - len(rows), 0)  # a name needs room
    axes.set_yticks(ticks, names, fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(y, 1) - 0.4, -0.6)
    for label, color in (("there", "now"), ("let go", "gone"), ("exposed: stays", "exposed")):
        axes.barh(0, 0, left=story.first, color=INK[color], label=label)
    axes.figure.legend(loc="outside lower center", ncols=3, frameon=False)


def _bar(axes: Any, y: float, life: Life, begin: int, ink: str, last: int, told: Told) -> None:
    end = last if life.end is None else life.end
    (bar,) = axes.barh(y, max(end - begin, 1), left=begin, height=0.82, color=INK[ink])
    told.of(bar, life.text(last))


def _height_of_lives(story: Story) -> float:
    """A bar is thinner where there are many; a function with one keeps enough for its name."""
    rows = sum(max(len(rows), _LEAST) for _, rows in lanes(story))
    return 1.4 + 0.14 * min(rows, 24) + 0.07 * max(min(rows, 120) - 24, 0) + 0.016 * max(rows - 120, 0)


def _evictions(axes: Any, story: Story, told: Told) -> None:
    reasons = sorted({reason for _, reason in story.evicted})
    width = max((story.last - story.first) / BINS, 1)
    bottom = Counter[int]()
    for color, reason in zip(_REASONS, reasons):
        counts = Counter(int((step - story.first) / width) for step, why in story.evicted if why == reason)
        for number, (at, count) in enumerate(sorted(counts.items())):
            begin = story.first + at * width
            (bar,) = axes.bar(begin, count, width, bottom=bottom[at], align="edge", color=color,
                              label=None if number else f"{reason}: {sum(counts.values()):,}")  # fmt: skip
            told.of(bar, f"{count:,} {reason}\nsteps {begin:,.0f} to {begin + width:,.0f}")
            bottom[at] += count
    axes.set_ylabel(f"evictions in {width:,.0f} steps")
    if reasons:
        axes.legend(loc="best", frameon=False)
    else:
        axes.text(0.5, 0.5, "nothing was let go", transform=axes.transAxes, ha="center", color="#667")


class Picture(NamedTuple):
    """`height` in inches, of ten inches of width."""

    title: str
    text: Callable[[Story], str]
    draw: Callable[[Any, Story, Told], None]
    height: Callable[[Story], float]


PICTURES: Final = (
    Picture("Size", lambda story: "Entries of the cache after every event.", _size, lambda story: 2.9),
    Picture(
        "Memory", lambda story: f"Rows of the allocation table that addresses take, {ROW_BYTES} bytes each.", _memory,
        lambda story: 2.9,
    ),
    Picture("Lives", _said_of_lives, _lives, _height_of_lives),
    Picture("Evictions", lambda story: "When, and why.", _evictions, lambda story: 2.6),
)  # fmt: skip


def _bands(axes: Any, story: Story) -> None:
    span = max(story.last - story.first, 1)
    for s in story.sessions:
        axes.axvspan(s.first_step, s.last_step, color=_BAND[s.number % 2], zorder=0, linewidth=0)
        wide = (s.last_step - s.first_step) / span > 0.012 * len(f"session {s.number}: {s.policy}")
        text = f"session {s.number}: {s.policy}" if wide else str(s.number)
        axes.annotate(
            text, (s.first_step, 1.0), xycoords=("data", "axes fraction"), fontsize=8, color="#556", xytext=(2, 3),
            textcoords="offset points",
        )  # fmt: skip
    axes.set_xlim(story.first, max(story.last, story.first + 1))


def _counted(value: float, _: object) -> str:
    for unit, size in (("G", 1e9), ("M", 1e6)):
        if abs(value) >= 10 * size:
            return f"{value / size:,.4g} {unit}"
    return f"{value:,.4g}" if value < 1 else f"{value:,.0f}"


def pictures(story: Story) -> list[tuple[Picture, str]]:
    """Each picture and its SVG.  Raises ImportError without matplotlib."""
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    out = []
    for number, it in enumerate(PICTURES):
        figure, told = Figure(figsize=(10, it.height(story)), layout="constrained"), Told()
        axes = figure.add_subplot()
        _bands(axes, story)
        it.draw(axes, story, told)
        axes.set_xlabel("steps (basic blocks)")
        axes.xaxis.set_major_formatter(FuncFormatter(_counted))
        if it.draw is not _lives:
            axes.yaxis.set_major_formatter(FuncFormatter(_counted))
            axes.grid(axis="y", color="#dfe5ec", linewidth=0.6)
            axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        text = io.StringIO()
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "interp"}):
            figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
        svg = text.getvalue()
        svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
        out.append((it, told.into(svg, f"p{number}")))
    return out
