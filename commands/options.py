"""What commands share: types of options, options, and how a use-case is called.

To add an option that several commands have: here, so that it means the same everywhere.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

import click

from interp.machine.outcome import OutputError
from store.errors import StoreError

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT_USAGE, EXIT_UB, EXIT_UNSUPPORTED, EXIT_COMPILE, EXIT_LIMIT, EXIT_FAULT = 2, 10, 11, 12, 13, 70


class Size(click.ParamType):  # type: ignore[type-arg]
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


class Count(click.ParamType):  # type: ignore[type-arg]
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


class Address(click.ParamType):  # type: ignore[type-arg]
    """An address of the program: `0x7e0001000000`, or decimal."""

    name = "address"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> int:
        if isinstance(value, int):
            return value
        try:
            number = int(value, 0)
        except ValueError:
            number = -1
        if not 0 <= number < 1 << 64:
            self.fail(f"{value!r} is not an address; write 0x7e0001000000", param, ctx)
        return number


class Seeds(click.ParamType):  # type: ignore[type-arg]
    """`A..B`: from A, without B."""

    name = "seeds"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> range:
        if isinstance(value, range):
            return value
        first, dots, last = value.partition("..")
        if not dots or not last.isdigit() or not (first or "0").isdigit() or int(first or 0) >= int(last):
            self.fail(f"{value!r} is no range of seeds; write 0..64", param, ctx)
        return range(int(first or 0), int(last))


class Every(click.ParamType):  # type: ignore[type-arg]
    """How often: `10s`, `2m`, `1000000steps`."""

    name = "interval"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> Any:
        text = value.strip().replace("_", "")
        for unit, factor in (("steps", 0), ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)):
            number = text.removesuffix(unit).strip()
            if text.endswith(unit) and number.replace(".", "", 1).isdigit() and float(number) > 0:
                return ("steps", int(float(number))) if unit == "steps" else ("seconds", float(number) * factor)
        return self.fail(f"{value!r} is no interval; write 10s, 2m or 1000000steps", param, ctx)


def options(*found: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(found):
            command = option(command)
        return command

    return decorate


crate_options = options(
    click.option("--edition", type=click.Choice(["2015", "2018", "2021", "2024"]), default="2021", show_default=True),
    click.option("--cfg", "cfgs", multiple=True, metavar="NAME[=VALUE]", help="Set a cfg for the program."),
    click.option("--warnings", is_flag=True, help="Say what compiles and is likely a mistake, as rustc's lints do."),
)
package_options = options(
    click.option("-p", "--package", "packages", multiple=True, metavar="NAME", help="A package of the workspace."),
    click.option("--workspace", is_flag=True, help="All packages of the workspace."),
    click.option("--bin", metavar="NAME", help="The package's program NAME."),
    click.option("--example", metavar="NAME", help="The package's example NAME."),
    click.option("-F", "--features", multiple=True, metavar="NAMES", help="Features of the package to turn on."),
    click.option("--all-features", is_flag=True, help="Turn all features of the package on."),
    click.option("--no-default-features", is_flag=True, help="Do not turn the feature `default` on."),
    click.option("--vendor", metavar="DIR", help="Where packages of a registry are, as `cargo vendor DIR` puts them."),
)
PACKAGE = (
    "packages", "workspace", "bin", "example", "features", "all_features", "no_default_features", "vendor",
)  # fmt: skip
machine_options = options(
    click.option("--max-steps", type=Count(), help="Stop after that many basic blocks."),
    click.option("--max-memory", type=Size(), help="Stop when the program holds more than that."),
    click.option("--env", "envs", multiple=True, metavar="NAME[=VALUE]", help="Let the program see that variable."),
    click.option("--engine", type=click.Choice(["auto", "compiled", "pure"]), default="auto", show_default=True),
    click.option("--ignore-leaks", is_flag=True, help="Do not report memory that was never freed."),
)


class ProgramCommand(click.Command):
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


store_option = click.option("--store", metavar="PATH|URL", help="Where runs are kept. [default: .interp/store.db]")
json_option = click.option("--json", "as_json", is_flag=True, help="For programs: JSON instead of a table.")
at_option = click.option("--at", type=int, metavar="CHECKPOINT", help="As it was then. [default: at the last one]")



def place_of(store: Optional[str]) -> Any:
    """Where the store is: as said, else `$INTERP_STORE`, else the default."""
    from store.engine import locate

    return locate(store or os.environ.get("INTERP_STORE") or None)


def where(ctx: click.Context, store: Optional[str]) -> Any:
    """As said for the command, else for its group."""
    return place_of(store or (ctx.obj if isinstance(ctx.obj, str) else None))


def take(options: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those of `options`, which loses them."""
    return {name: options.pop(name) for name in names}


def hold_standard_streams() -> None:
    """A standard stream that is closed leads nowhere, as in a Rust program; else the next file that is opened, the
    store perhaps, would take its number and the program's output."""
    for fd in range(3):
        try:
            os.fstat(fd)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)
            if null != fd:
                os.dup2(null, fd)
                os.close(null)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


class Program(click.Group):
    """The whole command line: what is printed may have no room."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except OSError as problem:
            if problem.errno != errno.ENOSPC:
                raise
            click.echo(f"error: couldn't write: {problem.strerror} (os error {problem.errno})", err=True)
            os._exit(EXIT_USAGE)  # what is buffered would be tried again


def call(work: Any) -> None:
    """Run a use-case and exit with its code; a fault of ours is said in one line, with where to find more."""
    sys.setrecursionlimit(20_000)
    gc.set_threshold(1_000_000, 50, 1000)  # a compilation makes millions of objects and next to no cycles
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
    except OutputError as problem:
        click.echo(f"error: couldn't write the program's output: {problem}", err=True)
        code = EXIT_USAGE
    except MemoryError:
        click.echo("error: interp ran out of memory; give the program less with --max-memory", err=True)
        code = EXIT_LIMIT
    except Exception as problem_of_ours:
        code = fault(problem_of_ours)
    sys.stdout.flush()
    gc.disable()
    gc.freeze()  # the process ends: nobody has to look through a whole compilation for garbage
    sys.exit(code)


def fault(problem: Exception) -> int:
    """Write the traceback to a file for a report and say so."""
    import tempfile
    import traceback

    if os.environ.get("INTERP_TRACEBACK"):
        raise problem
    with tempfile.NamedTemporaryFile("w", prefix="interp-fault-", suffix=".txt", delete=False) as log:
        traceback.print_exception(problem, file=log)
    what = f"{type(problem).__name__}: {problem}".splitlines()[0][:200]
    click.echo(f"error: a fault of interp itself, not of your program: {what}", err=True)
    click.echo(f"  = help: please report it with the program and the details in {Path(log.name)}", err=True)
    return EXIT_FAULT

