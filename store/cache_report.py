"""`interp cache report`: a page about the address cache of a run, complete in one file: styles and pictures are in it.

To add a picture: see `cache_pictures.py`; to add a table: its line in `_page`.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any, Final, Optional

from .cache import Cache
from .cache_pictures import Life, Picture, Point, Story, pictures
from .database import Database
from .errors import StoreError
from .show import cell
from .table import Table


def write_report(db: Database, what: Optional[str], against: Optional[str], path: str) -> None:
    """The page of a run at `path`; `against` is a run under `fresh` (None: the latest of the same program)."""
    cache = Cache(db, what)
    story = _story(cache, _fresh_run(cache, against))
    try:
        drawn = pictures(story)
    except ImportError:
        raise StoreError("a report needs matplotlib", "`pip install 'interp[report]'` brings it") from None
    try:
        Path(path).write_text(_page(cache, story, drawn), encoding="utf-8")
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


def _points(db: Database, run: int) -> list[Point]:
    rows = db.all("SELECT steps, casts, misses FROM checkpoint WHERE run_id = :r ORDER BY number", r=run)
    return [Point(0, 0, 0), *(Point(*row) for row in rows)]


def _story(cache: Cache, fresh: Optional[int]) -> Story:
    out = Story(cache.all_sessions(), points=_points(cache.db, cache.run.id), fresh_run=fresh)
    if fresh is not None:
        out.fresh = _points(cache.db, fresh)
    living: dict[int, Life] = {}
    for event in cache.events():
        if event.kind == "created" or (event.kind == "restored" and event.address not in living):
            life = Life(event.function, event.salt, event.address, event.step, made_at=event.line())
            living[event.address] = life
            out.lives.append(life)
        elif event.kind == "exposed" and event.address in living:
            living[event.address].exposed = event.step
        elif event.kind == "evicted":
            out.evicted.append((event.step, event.eviction()[0]))
            if event.address in living:
                life = living.pop(event.address)
                life.end, life.why = event.step, event.reason
        out.sizes.append((event.step, len(living)))
    out.sizes.append((out.last, len(living)))
    return out


# -- the page ----------------------------------------------------------------------------------------------------

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; color: #223; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .3rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .2rem; }
p { margin: .2rem 0 .6rem; color: #556; }
dl { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 1rem 0; }
dt { font-size: 12px; color: #667; } dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; } svg g:hover > path { filter: brightness(.85); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid #dde; white-space: nowrap; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


def _table(table: Table) -> str:
    used = [i for i in range(len(table.columns)) if any(row[i] is not None for row in table.rows)]
    number = {i: all(isinstance(row[i], (int, float, type(None))) for row in table.rows) for i in used}
    kinds = {i: ' class="number"' if number[i] else "" for i in used}
    head = "".join(f"<th{kinds[i]}>{html.escape(table.columns[i].replace('_', ' '))}</th>" for i in used)
    rows = "".join(
        "<tr>" + "".join(f"<td{kinds[i]}>{html.escape(cell(table.columns[i], row[i]))}</td>" for i in used) + "</tr>"
        for row in table.rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _figures(cache: Cache, story: Story, stats: list[dict[str, Any]]) -> str:
    """What one wants to know first."""
    casts, hits = (sum(row[name] for row in stats) for name in ("casts", "hits"))
    there = sum(life.end is None for life in story.lives)
    last = next((row for row in reversed(stats) if row["bytes_per_entry"]), None)
    figures = {
        "steps": f"{cache.run.steps:,}", "sessions": f"{len(story.sessions)}", "casts": f"{casts:,}",
        "hit rate": f"{100 * hits / casts:.1f} %" if casts else "–", "addresses made": f"{len(story.lives):,}",
        "let go": f"{len(story.evicted):,}", "there now": f"{there:,}",
        "bytes an entry": f"{last['bytes_per_entry']:.0f}" if last else "–",
    }  # fmt: skip
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in figures.items()) + "</dl>"


def _page(cache: Cache, story: Story, drawn: list[tuple[Picture, str]]) -> str:
    run, stats = cache.run, cache.stats()
    title = f"The address cache of run {run.id}, {run.path}"
    parts = [_figures(cache, story, stats.records())]
    parts += [f"<h2>{it.title}</h2><p>{html.escape(it.text(story))}</p>{svg}" for it, svg in drawn]
    for name, table in (("Sessions", stats), ("Policies", cache.policies()), ("Functions", cache.list())):
        parts.append(f"<h2>{name}</h2>{_table(table)}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1>{''.join(parts)}</body></html>\n"
    )
