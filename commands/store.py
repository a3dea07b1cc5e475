"""`interp store ...`: looking after a store.

To add a command: its use-case in `store/maintenance.py`, and here a function that calls it.
"""

from __future__ import annotations

import sys
from typing import Any, Optional

import click

from .options import call, place_of


@click.group()
def store() -> None:
    """Look after a store: its revision, its health, its size."""


def place_option(command: Any) -> Any:
    return click.option(
        "--store", "place", metavar="PATH|URL", help="The store; default `.interp/store.db`, or a database's URL."
    )(command)


@store.command()
@click.option("--to", "target", metavar="REVISION", help="An older one than the newest.")
@click.option("--dry-run", is_flag=True, help="Migrate and check a copy, and leave the store as it is.")
@place_option
def upgrade(**options: Any) -> None:
    """Bring a store up to this interp's schema, after a verified backup."""
    _move(up=True, **options)


@store.command()
@click.option("--to", "target", metavar="REVISION", default="-1", show_default=True, help="-1: the one before.")
@click.option("--dry-run", is_flag=True, help="Migrate and check a copy, and leave the store as it is.")
@place_option
def downgrade(**options: Any) -> None:
    """Take a store back to an older schema, so that an older interp can use it."""
    _move(up=False, **options)


def _move(up: bool, place: Optional[str], target: Optional[str], dry_run: bool) -> None:
    from store import maintenance

    call(lambda: maintenance.move(place, target, up, dry_run, sys.stdout, sys.stderr))


@store.command()
@place_option
def current(place: Optional[str]) -> None:
    """Print the revision of a store, the one that this interp needs, and what wrote it."""
    from store import maintenance

    call(lambda: maintenance.current(place, sys.stdout))


@store.command()
def history() -> None:
    """List the revisions of the schema, newest first."""
    from store import maintenance

    call(lambda: maintenance.history(sys.stdout))


@store.command()
@click.option("--quick", is_flag=True, help="Of each run only the last checkpoint; no program is compiled.")
@place_option
def check(place: Optional[str], quick: bool) -> None:
    """Check everything in a store: the database, references, hashes, intervals, and that every machine can be made."""
    from store import maintenance

    call(lambda: maintenance.check(place, quick, sys.stdout, sys.stderr))


@store.command()
@place_option
def vacuum(place: Optional[str]) -> None:
    """Drop contents that nothing refers to and give the room back to the file system."""
    from store import usecases

    call(lambda: usecases.vacuum(place_of(place), sys.stdout))


@store.command()
@place_option
def doctor(place: Optional[str]) -> None:
    """Say what is in use and how it is: SQLite, revision, journal, size, who writes."""
    from store import maintenance

    call(lambda: maintenance.doctor(place, sys.stdout))

