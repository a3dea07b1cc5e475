"""`interp cache ...`: what a store knows of the address cache of functions and vtables.

The store is opened in `_looking` alone.  To add a question: a method of `store.cache.Cache`, and here a command that
asks it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, Optional

import click

from .options import Address, Count, at_option, call, json_option, options, place_of, store_option

run_option = click.option("--run", "what", metavar="RUN", help="A run's number, or its file [default: the latest].")
run_or_option = options(click.argument("run", required=False, metavar="[RUN]"), run_option)


def _looking(store: Optional[str], work: Callable[[Any], int]) -> None:
    """Do `work` with the store, opened to be read, and exit with its code."""

    def opened() -> int:
        from store.look import looking

        with looking(place_of(store)) as db:
            return work(db)

    call(opened)


def _ask(store: Optional[str], what: Optional[str], as_json: bool, question: Callable[[Any], Any]) -> None:
    """Print what `question` says of the address cache of a run: a table, or several by name."""

    def answer(db: Any) -> int:
        from store.cache import Cache
        from store.show import tables

        return tables(question(Cache(db, what)), as_json, sys.stdout)

    _looking(store, answer)


@click.group()
def cache() -> None:
    """The function-pointer address cache of a run: what it holds, why, and what became of the rest."""


@cache.command("list")
@store_option
@run_option
@at_option
@json_option
def cache_list(store: Optional[str], what: Optional[str], at: Optional[int], as_json: bool) -> None:
    """Every function and vtable that has or had an address: addresses, casts, hits, misses, where it was cast."""
    _ask(store, what, as_json, lambda it: it.list(at))


@cache.command("show")
@click.argument("function")
@store_option
@run_option
@at_option
@json_option
def cache_show(function: str, store: Optional[str], what: Optional[str], at: Optional[int], as_json: bool) -> None:
    """The addresses of the functions whose name contains FUNCTION, and the events of their lives."""
    _ask(store, what, as_json, lambda it: it.function(function, at))


@cache.command("events")
@click.option("--session", type=int, metavar="N", help="Only those of session N of the run.")
@click.option("--function", metavar="NAME", help="Only those of functions whose name contains NAME.")
@click.option("--since", type=Count(), default=0, metavar="STEP", help="Only those from that step on.")
@click.option("--kind", type=click.Choice(["created", "exposed", "evicted", "restored", "policy"]))
@click.option("--follow", is_flag=True, help="Go on as they come, until the run ends.")
@store_option
@run_option
@json_option
def cache_events(
    session: Optional[int], function: Optional[str], since: int, kind: Optional[str], follow: bool,
    store: Optional[str], what: Optional[str], as_json: bool,
) -> None:  # fmt: skip
    """Every creation, exposure, eviction, restoration and change of policy, in order."""
    if follow:
        return _follow(store, what, as_json, session, function, since, kind)
    from store.cache import event_table

    return _ask(store, what, as_json, lambda it: event_table(list(it.events(session, function, since, kind))))


def _follow(store: Optional[str], what: Optional[str], as_json: bool, *wanted: Any) -> None:
    def work() -> int:
        from store.cache import event_line, follow

        for event in follow(place_of(store), what, *wanted):
            click.echo(json.dumps(event._asdict()) if as_json else event_line(event))
        return 0

    call(work)


@cache.command("stats")
@store_option
@run_option
@json_option
def cache_stats(store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """By session: casts, hit rate, entries, evictions by reason, bytes per entry, memory saved against `fresh`."""
    _ask(store, what, as_json, lambda it: it.stats())


@cache.command("policies")
@store_option
@run_option
@json_option
def cache_policies(store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """Which policy was in force from when on, and who changed it."""
    _ask(store, what, as_json, lambda it: it.policies())


@cache.command("addresses")
@click.argument("address", type=Address())
@click.option("--step", type=Count(), metavar="N", help="Only whose it was at that step.")
@store_option
@run_option
@json_option
def cache_addresses(
    address: int, step: Optional[int], store: Optional[str], what: Optional[str], as_json: bool
) -> None:
    """Whose the address ADDRESS (0x... or decimal) is, and whose it was."""
    _ask(store, what, as_json, lambda it: it.address(address, step))


@cache.command("diff")
@click.argument("one", type=int, metavar="SESSION")
@click.argument("other", type=int, metavar="SESSION")
@store_option
@run_option
@json_option
def cache_diff(one: int, other: int, store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """Which functions' addresses two sessions of a run treated differently."""
    _ask(store, what, as_json, lambda it: it.diff(one, other))


@cache.command("audit")
@run_or_option
@click.option("--replay", is_flag=True, help="Run again from kept checkpoints and compare the events.")
@store_option
@json_option
def cache_audit(run: Optional[str], what: Optional[str], replay: bool, store: Optional[str], as_json: bool) -> None:
    """Check what must hold of the address cache over the whole history; exit code 1 if something does not."""

    def work(db: Any) -> int:
        from store.cache_audit import audit
        from store.show import tables

        verdict = audit(db, run or what, replay, sys.stderr)
        tables(verdict.table, as_json, sys.stdout)
        return 1 if verdict.broken else 0

    _looking(store, work)


@cache.command("report")
@run_or_option
@click.option("--output", "-o", type=click.Path(dir_okay=False), required=True, metavar="FILE.html")
@click.option("--against", metavar="RUN", help="A run under `fresh` to compare with [default: the program's latest].")
@store_option
def cache_report(
    run: Optional[str], what: Optional[str], output: str, against: Optional[str], store: Optional[str]
) -> None:
    """Write a page with the cache's size and memory over steps, the life of each entry, evictions, sessions."""

    def work(db: Any) -> int:
        from store.cache_report import write_report

        write_report(db, run or what, against, output)
        click.echo(f"wrote {output}")
        return 0

    _looking(store, work)
