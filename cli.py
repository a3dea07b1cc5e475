"""The command line: parse, call one use-case, print, exit.

Exit codes: the program's own (101 after a panic) | 2 usage | 10 undefined behaviour or another machine error |
11 unsupported | 12 compile error | 13 a limit was reached (steps, memory) | 14 the store cannot be used |
15 it is too old | 16 too new | 17 not a store of interp | 18 corrupt | 19 in use by another writer |
70 a fault of interp itself | 128+N ended by signal N.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

import click

from interp.version import VERSION
from store.errors import StoreError

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT_UB, EXIT_UNSUPPORTED, EXIT_COMPILE, EXIT_LIMIT, EXIT_FAULT = 10, 11, 12, 13, 70


class _Size(click.ParamType):  # type: ignore[type-arg]
    """A number of bytes: `512M`, `2GiB`, `65536`."""

    name = "size"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> int:
        if isinstance(value, int):
            return value
        text = value.strip().lower().removesuffix("b").removesuffix("i")
        factor = {"k": 10, "m": 20, "g": 30, "t": 40}.get(text[-1:], 0)
        number = text[:-1] if factor else text
        if not number.isdigit():
            self.fail(f"{value!r} is not a size; write 65536, 512M or 2GiB", param, ctx)
        return int(number) << factor


class _Count(click.ParamType):  # type: ignore[type-arg]
    """A count, with `_` between digits and k, M, G allowed."""

    name = "count"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> int:
        if isinstance(value, int):
            return value
        text = value.replace("_", "")
        factor = {"k": 10**3, "M": 10**6, "G": 10**9}.get(text[-1:], 1)
        number = text[:-1] if factor > 1 else text
        if not number.isdigit():
            self.fail(f"{value!r} is not a count; write 1000000, 1_000_000 or 1M", param, ctx)
        return int(number) * factor


class _Seeds(click.ParamType):  # type: ignore[type-arg]
    """`A..B`: from A, without B."""

    name = "seeds"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> range:
        if isinstance(value, range):
            return value
        first, dots, last = value.partition("..")
        if not dots or not last.isdigit() or not (first or "0").isdigit() or int(first or 0) >= int(last):
            self.fail(f"{value!r} is no range of seeds; write 0..64", param, ctx)
        return range(int(first or 0), int(last))


def _options(*found: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(found):
            command = option(command)
        return command

    return decorate


_crate_options = _options(
    click.option("--edition", type=click.Choice(["2015", "2018", "2021", "2024"]), default="2021", show_default=True),
    click.option("--cfg", "cfgs", multiple=True, metavar="NAME[=VALUE]", help="Set a cfg for the program."),
)
_package_options = _options(
    click.option("-p", "--package", "packages", multiple=True, metavar="NAME", help="A package of the workspace."),
    click.option("--workspace", is_flag=True, help="All packages of the workspace."),
    click.option("--bin", metavar="NAME", help="The package's program NAME."),
    click.option("--example", metavar="NAME", help="The package's example NAME."),
    click.option("-F", "--features", multiple=True, metavar="NAMES", help="Features of the package to turn on."),
    click.option("--all-features", is_flag=True, help="Turn all features of the package on."),
    click.option("--no-default-features", is_flag=True, help="Do not turn the feature `default` on."),
    click.option("--vendor", metavar="DIR", help="Where packages of a registry are, as `cargo vendor DIR` puts them."),
)
_PACKAGE = (
    "packages", "workspace", "bin", "example", "features", "all_features", "no_default_features", "vendor",
)  # fmt: skip
_machine_options = _options(
    click.option("--max-steps", type=_Count(), help="Stop after that many basic blocks."),
    click.option("--max-memory", type=_Size(), help="Stop when the program holds more than that."),
    click.option("--env", "envs", multiple=True, metavar="NAME[=VALUE]", help="Let the program see that variable."),
    click.option("--engine", type=click.Choice(["auto", "compiled", "pure"]), default="auto", show_default=True),
    click.option("--ignore-leaks", is_flag=True, help="Do not report memory that was never freed."),
)


class _ProgramCommand(click.Command):
    """`[OPTIONS] FILE [OPTIONS] [ARGS]`: what is no option of ours after FILE, or follows a `--`, is the program's, and
    so is everything after it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {name: option for option in self.get_params(ctx) for name in (*option.opts, *option.secondary_opts)}
        own: list[str] = []
        files: list[str] = []
        at = 0
        while at < len(args):
            arg = args[at]
            option = known.get(arg.partition("=")[0] if arg.startswith("--") else arg)
            if arg == "--":
                at += 1
                break
            if isinstance(option, click.Option):
                takes = 0 if option.is_flag or option.count or "=" in arg else option.nargs
                own += args[at : at + 1 + takes]
                at += 1 + takes
            elif files:
                break
            else:
                (own if arg.startswith("-") and arg != "-" else files).append(arg)
                at += 1
        return super().parse_args(ctx, [*own, "--", *files, *args[at:]])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="interp")
def main() -> None:
    """Run Rust programs and stop at the first undefined behaviour, with the place and the reason."""


_KEEPING = ("store", "no_store", "checkpoint_every", "resume", "at", "fork", "use_stored_source")


class _Every(click.ParamType):  # type: ignore[type-arg]
    """How often: `10s`, `2m`, `1000000steps`."""

    name = "interval"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> Any:
        text = value.strip().replace("_", "")
        for unit, factor in (("steps", 0), ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)):
            number = text.removesuffix(unit).strip()
            if text.endswith(unit) and number.replace(".", "", 1).isdigit() and float(number) > 0:
                return ("steps", int(float(number))) if unit == "steps" else ("seconds", float(number) * factor)
        return self.fail(f"{value!r} is no interval; write 10s, 2m or 1000000steps", param, ctx)


_store = click.option("--store", metavar="PATH|URL", help="Where runs are kept. [default: .interp/store.db]")
_json = click.option("--json", "as_json", is_flag=True, help="For programs: JSON instead of a table.")
_at = click.option("--at", type=int, metavar="CHECKPOINT", help="As it was then. [default: at the last one]")


@main.command(cls=_ProgramCommand)
@click.argument("file", required=False, metavar="[FILE|RUN]")
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the machine's one random generator.")
@click.option("--report-progress", is_flag=True, help="A live line on stderr: steps, speed, allocations, place.")
@_crate_options
@_package_options
@_machine_options
@click.option("--no-cache", is_flag=True, help="Do not use or write the cache of assembled code.")
@click.option(
    "--fn-address-policy", type=click.Choice(["keep", "unreachable", "lru", "fresh"]),
    help="When addresses of functions are let go [default: keep].",
)
@click.option("--fn-address-limit", type=_Count(), metavar="K", help="Addresses a function may have [default: 32].")
@click.option("--fn-address-capacity", type=_Count(), metavar="N", help="Addresses that the policy lru keeps.")
@click.option(
    "--provenance-gc", type=_Count(), metavar="N",
    help="Look for unreachable addresses every N steps [default: 10000].",
)
@_store
@click.option("--no-store", is_flag=True, help="Do not keep the run.")
@click.option("--checkpoint-every", type=_Every(), metavar="10s|1000000steps", help="[default: 10s, 4 % of the time]")
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
    _call(lambda: _run(ctx, file, list(args), options))


def _run(ctx: click.Context, file: Optional[str], args: list[str], options: dict[str, Any]) -> int:
    from interp import face, packages

    own = _take(options, _KEEPING)
    own["store"] = own["store"] or os.environ.get("INTERP_STORE") or None
    if own["store"] == "none":
        own["store"], own["no_store"] = None, True
    given = {name for name in options if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE}
    package = packages.PackageOptions(**_take(options, _PACKAGE))
    made = face.RunOptions.of(options)
    if own["resume"]:
        from store.resume import Resume, resume_run

        _refuse(own["no_store"], "--resume needs the store")
        wrong = args or given & {"edition", "cfgs", "envs", *_PACKAGE}
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
@click.option("--seeds", type=_Seeds(), metavar="A..B", help="Run every test under each of these seeds.")
@click.option("--lib", is_flag=True, help="Of a package: only its library's own tests.")
@click.option("--test", "tests", multiple=True, metavar="NAME", help="Of a package: only that integration test.")
@click.option("--doc", is_flag=True, help="Only the tests in documentation.")
@click.option("--no-fail-fast", is_flag=True, help="Of a package: go on after a target whose tests failed.")
@_crate_options
@_package_options
@_machine_options
def test(target: Optional[str], filters: tuple[str, ...], **options: Any) -> None:
    """Run the tests of TARGET whose names contain one of FILTERS.

    TARGET is a Rust file or a Cargo package: a directory or a Cargo.toml, by default the package here.

    Each test has a machine of its own, and some run at once; one that the machine stops (undefined behaviour, a
    deadlock, a leak, something unsupported) has failed, and its report is shown with what it printed.

    Exit codes: 0 all passed | 101 a test failed | 2 usage | 11 unsupported | 12 compile error.
    """
    from interp import packages, testing

    package = packages.PackageOptions(**_take(options, (*_PACKAGE, "lib", "tests", "doc", "no_fail_fast")))
    words = [target, *filters] if target is not None else []
    _call(lambda: testing.test(words, options, package, sys.stdout, sys.stderr))


@main.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--instance", metavar="NAME", help="Only bodies whose path contains NAME.")
@click.option("--edition", type=click.Choice(["2015", "2018", "2021", "2024"]), default="2021", show_default=True)
@click.option("--built", is_flag=True, help="Before drop elaboration.")
def mir(file: str, instance: Optional[str], edition: str, built: bool) -> None:
    """Print the MIR of the program FILE."""
    from interp import face

    _call(lambda: face.print_mir(file, instance, int(edition), built, sys.stdout, sys.stderr))


@main.group("runs", invoke_without_command=True)
@_store
@click.pass_context
def runs_group(ctx: click.Context, store: Optional[str]) -> None:
    """The runs in the store: list, show, rm, prune."""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        ctx.invoke(runs_list, as_json=False, store=None)


def _where(ctx: click.Context, store: Optional[str]) -> Any:
    from store.engine import locate

    return locate(store or (ctx.obj if isinstance(ctx.obj, str) else None) or os.environ.get("INTERP_STORE") or None)


@runs_group.command("list")
@_store
@_json
@click.pass_context
def runs_list(ctx: click.Context, store: Optional[str], as_json: bool) -> None:
    """All runs, with what became of them."""
    from store import usecases

    _call(lambda: usecases.list_runs(_where(ctx, store), as_json, sys.stdout))


@runs_group.command("show")
@click.argument("run", type=int)
@_store
@_json
@click.pass_context
def runs_show(ctx: click.Context, run: int, store: Optional[str], as_json: bool) -> None:
    """One run with its sessions, and what it takes in the store."""
    from store import usecases

    _call(lambda: usecases.show_run(_where(ctx, store), run, as_json, sys.stdout))


@runs_group.command("rm")
@click.argument("runs", type=int, nargs=-1, required=True)
@_store
@click.pass_context
def runs_rm(ctx: click.Context, runs: tuple[int, ...], store: Optional[str]) -> None:
    """Remove runs with all they have."""
    from store import usecases

    _call(lambda: usecases.remove_runs(_where(ctx, store), list(runs), sys.stdout))


@runs_group.command("prune")
@click.option("--keep", type=int, default=10, show_default=True, help="Finished runs to keep, the latest.")
@_store
@click.pass_context
def runs_prune(ctx: click.Context, keep: int, store: Optional[str]) -> None:
    """Remove all finished runs but the latest; unfinished ones stay."""
    from store import usecases

    _call(lambda: usecases.prune_runs(_where(ctx, store), keep, sys.stdout))


@main.command()
@click.argument("run", type=int)
@_store
@_json
@click.pass_context
def checkpoints(ctx: click.Context, run: int, store: Optional[str], as_json: bool) -> None:
    """The checkpoints that were kept of a run, with what they cost."""
    from store import usecases

    _call(lambda: usecases.list_checkpoints(_where(ctx, store), run, as_json, sys.stdout))


@main.command()
@click.argument("run", type=int)
@_at
@click.option("--live", is_flag=True, help="Those that are live then, not what earlier checkpoints saw too.")
@click.option("--kind", type=click.Choice(["stack", "heap", "static", "const", "fn", "vtable", "thread-local"]))
@click.option("--min-size", type=_Size(), help="At least that many bytes.")
@click.option("--born-in", metavar="FILE[:LINE[-LINE]]", help="Allocated there.")
@click.option("--diff", type=(int, int), metavar="N M", help="What changed between two checkpoints.")
@_store
@_json
@click.pass_context
def allocations(
    ctx: click.Context, /, run: int, at: Optional[int], live: bool, kind: Optional[str], min_size: Optional[int],
    born_in: Optional[str], diff: Optional[tuple[int, int]], store: Optional[str], as_json: bool,
) -> None:  # fmt: skip
    """The allocation table of a run at a checkpoint."""
    from store import usecases

    wish = usecases.AllocationWish(at, live, kind, min_size, born_in, diff)
    _call(lambda: usecases.list_allocations(_where(ctx, store), run, wish, as_json, sys.stdout))


@main.command()
@click.argument("run", type=int)
@_at
@_store
@_json
@click.pass_context
def backtrace(ctx: click.Context, run: int, at: Optional[int], store: Optional[str], as_json: bool) -> None:
    """The threads of a run at a checkpoint: frames, source lines, values of locals."""
    from store import usecases

    _call(lambda: usecases.show_backtrace(_where(ctx, store), run, at, as_json, sys.stdout))


@main.command()
@click.argument("run", type=int)
@click.option("--stderr", "stderr", is_flag=True, help="Standard error instead of standard output.")
@_store
@click.pass_context
def output(ctx: click.Context, run: int, stderr: bool, store: Optional[str]) -> None:
    """Print exactly what a run wrote, up to its last checkpoint."""
    from store import usecases

    _call(lambda: usecases.print_output(_where(ctx, store), run, 2 if stderr else 1, sys.stdout.buffer))


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


def _take(options: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those of `options`, which loses them."""
    return {name: options.pop(name) for name in names}


# -- the address cache -------------------------------------------------------------------------------------------


_run_option = click.option("--run", "what", metavar="RUN", help="A run's number, or its file [default: the latest].")


def _ask(store: Optional[str], what: Optional[str], as_json: bool, question: Any) -> None:
    """Print what `question` says of the address cache of a run: a table or several."""

    def work() -> int:
        from store.cache import Cache
        from store.engine import locate
        from store.look import looking
        from store.show import rows

        with looking(locate(store or os.environ.get("INTERP_STORE") or None)) as db:
            answer = question(Cache(db, what))
            for table in answer if isinstance(answer, tuple) else (answer,):
                rows(table.records(), as_json, sys.stdout, table.empty)
        return 0

    _call(work)


@main.group()
def cache() -> None:
    """The function-pointer address cache of a run: what it holds, why, and what became of the rest."""


@cache.command("list")
@_store
@_run_option
@_at
@_json
def cache_list(store: Optional[str], what: Optional[str], at: Optional[int], as_json: bool) -> None:
    """Every function and vtable that has or had an address: addresses, casts, hits, misses, where it was cast."""
    _ask(store, what, as_json, lambda it: it.list(at))


@cache.command("show")
@click.argument("function")
@_store
@_run_option
@_at
@_json
def cache_show(function: str, store: Optional[str], what: Optional[str], at: Optional[int], as_json: bool) -> None:
    """The addresses of the functions whose name contains FUNCTION, and the events of their lives."""
    _ask(store, what, as_json, lambda it: it.function(function, at))


@cache.command("events")
@click.option("--session", type=int, metavar="N", help="Only those of session N of the run.")
@click.option("--function", metavar="NAME", help="Only those of functions whose name contains NAME.")
@click.option("--since", type=_Count(), default=0, metavar="STEP", help="Only those from that step on.")
@click.option("--kind", type=click.Choice(["created", "exposed", "evicted", "restored", "policy"]))
@click.option("--follow", is_flag=True, help="Go on as they come, until the run ends.")
@_store
@_run_option
@_json
def cache_events(
    session: Optional[int], function: Optional[str], since: int, kind: Optional[str], follow: bool,
    store: Optional[str], what: Optional[str], as_json: bool,
) -> None:  # fmt: skip
    """Every creation, exposure, eviction, restoration and change of policy, in order."""
    if follow:
        return _follow(store, what, session, function, since, kind)
    from store.cache import event_table

    return _ask(store, what, as_json, lambda it: event_table(list(it.events(session, function, since, kind))))


def _follow(store: Optional[str], what: Optional[str], *wanted: Any) -> None:
    def work() -> int:
        from store.cache import follow
        from store.engine import locate

        for line in follow(locate(store or os.environ.get("INTERP_STORE") or None), what, *wanted):
            click.echo(line)
        return 0

    _call(work)


@cache.command("stats")
@_store
@_run_option
@_json
def cache_stats(store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """By session: casts, hit rate, entries, evictions by reason, bytes per entry, memory saved against `fresh`."""
    _ask(store, what, as_json, lambda it: it.stats())


@cache.command("policies")
@_store
@_run_option
@_json
def cache_policies(store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """Which policy was in force from when on, and who changed it."""
    _ask(store, what, as_json, lambda it: it.policies())


@cache.command("addresses")
@click.argument("address")
@click.option("--step", type=_Count(), metavar="N", help="Only whose it was at that step.")
@_store
@_run_option
@_json
def cache_addresses(
    address: str, step: Optional[int], store: Optional[str], what: Optional[str], as_json: bool
) -> None:
    """Whose the address ADDRESS (0x... or decimal) is, and whose it was."""
    try:
        number = int(address, 0)
    except ValueError:
        raise click.BadParameter(f"{address!r} is not an address; write 0x7e0001000000") from None
    _ask(store, what, as_json, lambda it: it.address(number, step))


@cache.command("diff")
@click.argument("one", type=int, metavar="SESSION")
@click.argument("other", type=int, metavar="SESSION")
@_store
@_run_option
@_json
def cache_diff(one: int, other: int, store: Optional[str], what: Optional[str], as_json: bool) -> None:
    """Which functions' addresses two sessions of a run treated differently."""
    _ask(store, what, as_json, lambda it: it.diff(one, other))


@cache.command("audit")
@click.argument("what", required=False, metavar="[RUN]")
@click.option("--replay", is_flag=True, help="Run again from kept checkpoints and compare the events.")
@_store
@_json
def cache_audit(what: Optional[str], replay: bool, store: Optional[str], as_json: bool) -> None:
    """Check what must hold of the address cache over the whole history; exit code 1 if something does not."""

    def work() -> int:
        from store.cache_audit import audit
        from store.engine import locate
        from store.look import looking
        from store.show import rows

        with looking(locate(store or os.environ.get("INTERP_STORE") or None)) as db:
            verdict = audit(db, what, replay, sys.stderr)
            rows(verdict.table.records(), as_json, sys.stdout, verdict.table.empty)
        return 1 if verdict.broken else 0

    _call(work)


@cache.command("report")
@click.argument("what", required=False, metavar="[RUN]")
@click.option("--output", "-o", type=click.Path(dir_okay=False), required=True, metavar="FILE.html")
@click.option("--against", metavar="RUN", help="A run under `fresh` to compare with [default: the program's latest].")
@_store
def cache_report(what: Optional[str], output: str, against: Optional[str], store: Optional[str]) -> None:
    """Write a page with the cache's size and memory over steps, the life of each entry, evictions, sessions."""

    def work() -> int:
        from store.cache_report import write_report
        from store.engine import locate
        from store.look import looking

        with looking(locate(store or os.environ.get("INTERP_STORE") or None)) as db:
            write_report(db, what, against, output)
        click.echo(f"wrote {output}")
        return 0

    _call(work)


# -- the store --------------------------------------------------------------------------------------------------------


@main.group()
def store() -> None:
    """Look after a store: its revision, its health, its size."""


def _store_option(command: Any) -> Any:
    return click.option(
        "--store", "place", metavar="PATH|URL", help="The store; default `.interp/store.db`, or a database's URL."
    )(command)


@store.command()
@click.option("--to", "target", metavar="REVISION", help="An older one than the newest.")
@click.option("--dry-run", is_flag=True, help="Migrate and check a copy, and leave the store as it is.")
@_store_option
def upgrade(**options: Any) -> None:
    """Bring a store up to this interp's schema, after a verified backup."""
    _move(up=True, **options)


@store.command()
@click.option("--to", "target", metavar="REVISION", default="-1", show_default=True, help="-1: the one before.")
@click.option("--dry-run", is_flag=True, help="Migrate and check a copy, and leave the store as it is.")
@_store_option
def downgrade(**options: Any) -> None:
    """Take a store back to an older schema, so that an older interp can use it."""
    _move(up=False, **options)


def _move(up: bool, place: Optional[str], target: Optional[str], dry_run: bool) -> None:
    from store import maintenance

    _call(lambda: maintenance.move(place, target, up, dry_run, sys.stdout, sys.stderr))


@store.command()
@_store_option
def current(place: Optional[str]) -> None:
    """Print the revision of a store, the one that this interp needs, and what wrote it."""
    from store import maintenance

    _call(lambda: maintenance.current(place, sys.stdout))


@store.command()
def history() -> None:
    """List the revisions of the schema, newest first."""
    from store import maintenance

    _call(lambda: maintenance.history(sys.stdout))


@store.command()
@click.option("--quick", is_flag=True, help="Of each run only the last checkpoint; no program is compiled.")
@_store_option
def check(place: Optional[str], quick: bool) -> None:
    """Check everything in a store: the database, references, hashes, intervals, and that every machine can be made."""
    from store import maintenance

    _call(lambda: maintenance.check(place, quick, sys.stdout, sys.stderr))


@store.command()
@_store_option
def vacuum(place: Optional[str]) -> None:
    """Drop contents that nothing refers to and give the room back to the file system."""
    from store import usecases
    from store.engine import locate

    _call(lambda: usecases.vacuum(locate(place or os.environ.get("INTERP_STORE") or None), sys.stdout))


@store.command()
@_store_option
def doctor(place: Optional[str]) -> None:
    """Say what is in use and how it is: SQLite, revision, journal, size, who writes."""
    from store import maintenance

    _call(lambda: maintenance.doctor(place, sys.stdout))


def _call(work: Any) -> None:
    """Run a use-case and exit with its code; a fault of ours is said in one line, with where to find more."""
    sys.setrecursionlimit(20_000)
    gc.set_threshold(100_000, 50, 1000)  # a compilation makes millions of objects and next to no cycles
    try:
        code = work()
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except click.ClickException:
        raise
    except StoreError as problem:
        click.echo(problem.render(), err=True, nl=False)
        code = problem.code
    except MemoryError:
        click.echo("error: interp ran out of memory; give the program less with --max-memory", err=True)
        code = EXIT_LIMIT
    except Exception as fault:
        code = _fault(fault)
    sys.stdout.flush()
    sys.exit(code)


def _fault(fault: Exception) -> int:
    """Write the traceback to a file for a report and say so."""
    import tempfile
    import traceback

    if os.environ.get("INTERP_TRACEBACK"):
        raise fault
    with tempfile.NamedTemporaryFile("w", prefix="interp-fault-", suffix=".txt", delete=False) as log:
        traceback.print_exception(fault, file=log)
    what = f"{type(fault).__name__}: {fault}".splitlines()[0][:200]
    click.echo(f"error: a fault of interp itself, not of your program: {what}", err=True)
    click.echo(f"  = help: please report it with the program and the details in {Path(log.name)}", err=True)
    return EXIT_FAULT


if __name__ == "__main__":
    main()
