"""`interp runs`, `checkpoints`, `allocations`, `backtrace`, `output`: looking at runs that a store keeps.

To add a command: its use-case in `store/usecases.py`, here a function that calls it, and its name in `COMMANDS`.
"""

from __future__ import annotations

import sys
from typing import Optional

import click

from .options import Size, at_option, call, json_option, store_option, where


@click.group("runs", invoke_without_command=True)
@store_option
@click.pass_context
def runs_group(ctx: click.Context, store: Optional[str]) -> None:
    """The runs in the store: list, show, rm, prune."""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        ctx.invoke(runs_list, as_json=False, store=None)


@runs_group.command("list")
@store_option
@json_option
@click.pass_context
def runs_list(ctx: click.Context, store: Optional[str], as_json: bool) -> None:
    """All runs, with what became of them."""
    from store import usecases

    call(lambda: usecases.list_runs(where(ctx, store), as_json, sys.stdout))


@runs_group.command("show")
@click.argument("run", type=int)
@store_option
@json_option
@click.pass_context
def runs_show(ctx: click.Context, run: int, store: Optional[str], as_json: bool) -> None:
    """One run with its sessions, and what it takes in the store."""
    from store import usecases

    call(lambda: usecases.show_run(where(ctx, store), run, as_json, sys.stdout))


@runs_group.command("rm")
@click.argument("runs", type=int, nargs=-1, required=True)
@store_option
@click.pass_context
def runs_rm(ctx: click.Context, runs: tuple[int, ...], store: Optional[str]) -> None:
    """Remove runs with all they have."""
    from store import usecases

    call(lambda: usecases.remove_runs(where(ctx, store), list(runs), sys.stdout))


@runs_group.command("prune")
@click.option("--keep", type=int, default=10, show_default=True, help="Finished runs to keep, the latest.")
@store_option
@click.pass_context
def runs_prune(ctx: click.Context, keep: int, store: Optional[str]) -> None:
    """Remove all finished runs but the latest; unfinished ones stay."""
    from store import usecases

    call(lambda: usecases.prune_runs(where(ctx, store), keep, sys.stdout))


@click.command()
@click.argument("run", type=int)
@store_option
@json_option
@click.pass_context
def checkpoints(ctx: click.Context, run: int, store: Optional[str], as_json: bool) -> None:
    """The checkpoints that were kept of a run, with what they cost."""
    from store import usecases

    call(lambda: usecases.list_checkpoints(where(ctx, store), run, as_json, sys.stdout))


@click.command()
@click.argument("run", type=int)
@at_option
@click.option("--live", is_flag=True, help="Those that are live then, not what earlier checkpoints saw too.")
@click.option("--kind", type=click.Choice(["stack", "heap", "static", "const", "fn", "vtable", "thread-local"]))
@click.option("--min-size", type=Size(), help="At least that many bytes.")
@click.option("--born-in", metavar="FILE[:LINE[-LINE]]", help="Allocated there.")
@click.option("--diff", type=(int, int), metavar="N M", help="What changed between two checkpoints.")
@store_option
@json_option
@click.pass_context
def allocations(
    ctx: click.Context, /, run: int, at: Optional[int], live: bool, kind: Optional[str], min_size: Optional[int],
    born_in: Optional[str], diff: Optional[tuple[int, int]], store: Optional[str], as_json: bool,
) -> None:  # fmt: skip
    """The allocation table of a run at a checkpoint."""
    from store import usecases

    wish = usecases.AllocationWish(at, live, kind, min_size, born_in, diff)
    call(lambda: usecases.list_allocations(where(ctx, store), run, wish, as_json, sys.stdout))


@click.command()
@click.argument("run", type=int)
@at_option
@store_option
@json_option
@click.pass_context
def backtrace(ctx: click.Context, run: int, at: Optional[int], store: Optional[str], as_json: bool) -> None:
    """The threads of a run at a checkpoint: frames, source lines, values of locals."""
    from store import usecases

    call(lambda: usecases.show_backtrace(where(ctx, store), run, at, as_json, sys.stdout))


@click.command()
@click.argument("run", type=int)
@click.option("--stderr", "stderr", is_flag=True, help="Standard error instead of standard output.")
@store_option
@click.pass_context
def output(ctx: click.Context, run: int, stderr: bool, store: Optional[str]) -> None:
    """Print exactly what a run wrote, up to its last checkpoint."""
    from store import usecases

    call(lambda: usecases.print_output(where(ctx, store), run, 2 if stderr else 1, sys.stdout.buffer))


COMMANDS = (runs_group, checkpoints, allocations, backtrace, output)
