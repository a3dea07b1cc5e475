"""The command line: parse, call one use-case, print, exit.

Exit codes: the program's own (101 after a panic) | 2 usage | 10 undefined behaviour or another machine error |
11 unsupported | 12 compile error | 13 a limit was reached (steps, memory) | 14 the store cannot be used |
15 it is too old | 16 too new | 17 not a store of interp | 18 corrupt | 19 in use by another writer |
20 the run has finished: nothing to resume | 21 its program, or what its code needs, is not there any more |
70 a fault of interp itself | 128+N ended by signal N.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Optional

import click

from commands.cache import cache
from commands.options import (
    PACKAGE,
    Count,
    Every,
    Program,
    ProgramCommand,
    Seeds,
    call,
    crate_options,
    hold_standard_streams,
    machine_options,
    package_options,
    store_option,
    take,
)  # fmt: skip
from commands.runs import COMMANDS
from commands.store import store
from interp.version import VERSION


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="interp")
def main() -> None:
    """Run Rust programs and stop at the first undefined behaviour, with the place and the reason."""
    hold_standard_streams()


_KEEPING = ("store", "no_store", "checkpoint_every", "resume", "at", "fork", "use_stored_source")


@main.command(cls=ProgramCommand)
@click.argument("file", required=False, metavar="[FILE|RUN]")
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the machine's one random generator.")
@click.option("--report-progress", is_flag=True, help="A live line on stderr: steps, speed, allocations, place.")
@crate_options
@package_options
@machine_options
@click.option("--no-cache", is_flag=True, help="Do not use or write the cache of assembled code.")
@click.option(
    "--fn-address-policy", type=click.Choice(["keep", "unreachable", "lru", "fresh"]),
    help="When addresses of functions are let go [default: keep].",
)
@click.option("--fn-address-limit", type=Count(), metavar="K", help="Addresses a function may have [default: 32].")
@click.option("--fn-address-capacity", type=Count(), metavar="N", help="Addresses that the policy lru keeps.")
@click.option(
    "--provenance-gc", type=Count(), metavar="N",
    help="Look for unreachable addresses every N steps [default: 10000].",
)
@store_option
@click.option("--no-store", is_flag=True, help="Do not keep the run.")
@click.option("--checkpoint-every", type=Every(), metavar="10s|1000000steps", help="[default: 10s, 4 % of the time]")
@click.option("--resume", is_flag=True, help="Go on with run RUN, the latest one of FILE, or the latest of all.")
@click.option("--at", type=int, metavar="CHECKPOINT", help="Resume at that one; what came after it is forgotten.")
@click.option("--fork", is_flag=True, help="Begin a new run at the checkpoint; --seed and limits may differ.")
@click.option("--use-stored-source", is_flag=True, help="Resume with the source the run was started with.")
@click.pass_context
def run(ctx: click.Context, /, file: Optional[str], args: tuple[str, ...], **options: Any) -> None:
    """Run the Rust program FILE with ARGS, or go on with a run (--resume).

    FILE is a Rust file or a Cargo package: a directory or a Cargo.toml, by default the package here.

    Its input, output and exit code are passed through.  Options of interp stand before FILE or directly after it; ARGS
    begin at the first argument that is none of them, or after `--`: `interp run FILE -- --seed`.

    The run is kept in a store (.interp/store.db): stopped or killed, it goes on with `interp run --resume`.
    """
    call(lambda: _run(ctx, file, list(args), options))


def _run(ctx: click.Context, file: Optional[str], args: list[str], options: dict[str, Any]) -> int:
    from interp import face, packages

    own = take(options, _KEEPING)
    own["store"] = own["store"] or os.environ.get("INTERP_STORE") or None
    if own["store"] == "none":
        own["store"], own["no_store"] = None, True
    given = {name for name in options if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE}
    package = packages.PackageOptions(**take(options, PACKAGE))
    made = face.RunOptions.of(options)
    if own["resume"]:
        from store.resume import Resume, resume_run

        _refuse(own["no_store"], "--resume needs the store")
        wrong = args or given & {"edition", "cfgs", "envs", *PACKAGE}
        _refuse(wrong, "a resumed run has its arguments, edition, cfg, env and package already")
        seed = made.seed if "seed" in given else None
        wish = Resume(file, own["at"], own["fork"], own["use_stored_source"], seed, made.max_memory, made.ignore_leaks)
        return resume_run(wish, made, _keep(own), sys.stderr)
    _refuse(*made.cache_problem())
    _refuse(own["at"] is not None or own["fork"] or own["use_stored_source"], "--at, --fork go with --resume")
    words = [file, *args] if file is not None else []
    if own["no_store"]:
        _refuse(own["store"] or own["checkpoint_every"], "--no-store keeps nothing")
        return packages.run(words, made, package, sys.stderr)
    from store.session import run_source

    found = packages.find(words, made, package, sys.stderr)
    return found if isinstance(found, int) else run_source(*found, made, _keep(own), sys.stderr)


def _refuse(wrong: object, message: str) -> None:
    if wrong:
        raise click.UsageError(message, click.get_current_context())


def _keep(own: dict[str, Any]) -> Any:
    from store.engine import locate
    from store.session import Keep

    kind, number = own["checkpoint_every"] or (None, None)
    asked = own["store"] is not None or kind is not None
    return Keep(locate(own["store"]), asked, **({kind: number} if kind else {}))


@main.command()
@click.argument("target", required=False)
@click.argument("filters", nargs=-1)
@click.option("--exact", is_flag=True, help="A filter is a test's whole name.")
@click.option("--skip", multiple=True, metavar="FILTER", help="Leave out tests whose name contains FILTER.")
@click.option("--ignored", is_flag=True, help="Run only the tests that are `#[ignore]`d.")
@click.option("--include-ignored", is_flag=True, help="Run those that are `#[ignore]`d too.")
@click.option("--list", is_flag=True, help="List the tests and run none.")
@click.option("--nocapture", "--no-capture", is_flag=True, help="Let tests print directly.")
@click.option("--show-output", is_flag=True, help="Show what tests printed that passed.")
@click.option("--fail-fast", is_flag=True, help="Start no test after the first that failed.")
@click.option("--test-threads", type=click.IntRange(min=1), help="Host processes that run tests; as many as cores.")
@click.option("--format", type=click.Choice(["pretty", "terse", "json"]), default="pretty", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="As `--format terse`.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of each machine's random generator.")
@click.option("--seeds", type=Seeds(), metavar="A..B", help="Run every test under each of these seeds.")
@click.option("--lib", is_flag=True, help="Of a package: only its library's own tests.")
@click.option("--test", "tests", multiple=True, metavar="NAME", help="Of a package: only that integration test.")
@click.option("--doc", is_flag=True, help="Only the tests in documentation.")
@click.option("--no-fail-fast", is_flag=True, help="Of a package: go on after a target whose tests failed.")
@crate_options
@package_options
@machine_options
def test(target: Optional[str], filters: tuple[str, ...], **options: Any) -> None:
    """Run the tests of TARGET whose names contain one of FILTERS.

    TARGET is a Rust file or a Cargo package: a directory or a Cargo.toml, by default the package here.

    Each test has a machine of its own, and some run at once; one that the machine stops (undefined behaviour, a
    deadlock, a leak, something unsupported) has failed, and its report is shown with what it printed.

    Exit codes: 0 all passed | 101 a test failed | 2 usage | 11 unsupported | 12 compile error.
    """
    from interp import packages, testing

    package = packages.PackageOptions(**take(options, (*PACKAGE, "lib", "tests", "doc", "no_fail_fast")))
    words = [target, *filters] if target is not None else []
    call(lambda: testing.test(words, options, package, sys.stdout, sys.stderr))


@main.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--instance", metavar="NAME", help="Only bodies whose path contains NAME.")
@click.option("--edition", type=click.Choice(["2015", "2018", "2021", "2024"]), default="2021", show_default=True)
@click.option("--built", is_flag=True, help="Before drop elaboration.")
def mir(file: str, instance: Optional[str], edition: str, built: bool) -> None:
    """Print the MIR of the program FILE."""
    from interp import face

    call(lambda: face.print_mir(file, instance, int(edition), built, sys.stdout, sys.stderr))


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain an error code of the compiler (E0308) or a kind of undefined behaviour."""
    from interp.base.codes import explanation

    text = explanation(code)
    if text is None:
        raise click.ClickException(f"{code} is no code that interp reports")
    click.echo(text)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell; e.g. `eval "$(interp completion bash)"`."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(main, {}, "interp", "_INTERP_COMPLETE").source())


for _command in (*COMMANDS, cache, store):
    main.add_command(_command)


if __name__ == "__main__":
    main()
