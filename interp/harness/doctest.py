"""Documentation tests: the code blocks of a crate's documentation, each a program of its own that uses the crate.

A block without `main` is the body of one; a last line `Ok::<(), E>(())` makes it a body that may fail.  Its text is put
where it stands in the file, so that errors and panics name lines that somebody wrote.
To add a mode: in `markdown.py`, in `Case.mode`, and in `DocTests.run`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from ..base.diagnostics import CompileError
from ..base.render import render_all
from ..base.span import FileId, SourceFile
from ..compilation import Compilation
from ..resolve.crates import CrateSource
from ..syntax import lexer
from ..syntax.token import Group, TokenStream
from .case import Case, Result
from .markdown import Block, code_blocks
from .runner import CaptureHost, Limits, execute

if TYPE_CHECKING:
    from ..code.portable import Library
    from ..machine.outcome import Outcome
    from ..resolve.defs import DefData
    from ..syntax import ast
    from ..ty.context import TyCtxt

_DOCUMENTED = frozenset({
    "mod", "struct", "union", "enum", "variant", "field", "trait", "trait_alias", "ty_alias", "assoc_ty", "fn",
    "assoc_fn", "const", "assoc_const", "static", "macro", "impl",
})  # fmt: skip
_INNER = re.compile(r"^\s*#!\[")


@dataclass(slots=True)
class DocTest:
    """A case with its block; `file` and `line` (from 1) are where its code begins."""

    case: Case
    block: Block
    file: str
    line: int


def discover_docs(tcx: TyCtxt, krate: str) -> list[DocTest]:
    """The documentation tests of the crate `krate`, by name."""
    found: list[DocTest] = []
    for data in list(tcx.defs.of(krate)):
        if data.kind in _DOCUMENTED:
            found += _of_item(tcx, data)
    return sorted(found, key=lambda test: test.case.name)


def _of_item(tcx: TyCtxt, data: DefData) -> list[DocTest]:
    lines = [line for attr in data.attrs if attr.path == "doc" and attr.value is not None for line in _lines(tcx, attr)]
    if not lines:
        return []
    indent = min((len(text) - len(text.lstrip()) for text, _ in lines if text.strip()), default=0)
    file = tcx.source_map.file_of(tcx.source_map.outermost_call_site(data.attrs[0].span)).name
    path = _path(tcx, data)
    out = []
    for block in code_blocks("\n".join(text[indent:] if text.strip() else "" for text, _ in lines)):
        line = lines[block.line][1]
        shown = lines[0][1] + block.line  # as rustdoc counts, over whatever stands between the lines
        name = f"{file} - {path} (line {shown})" if path else f"{file} - (line {shown})"
        case = Case(name, (file, line, 1), ignored="" if block.ignore else None)
        case.mode = "compile fail" if block.compile_fail else "compile" if block.no_run else "run"
        out.append(DocTest(case, block, file, line + 1 if block.fenced else line))
    return out


def _lines(tcx: TyCtxt, attr: ast.Attribute) -> list[tuple[str, int]]:
    """(text, line of the file) of each line of one attribute; the stars of a block comment are no text."""
    _, first, _ = tcx.source_map.location(tcx.source_map.outermost_call_site(attr.span))
    texts = (attr.value or "").split("\n")
    inner = [t.lstrip() for t in texts[1:] if t.strip()]
    if inner and all(t.startswith("*") for t in inner):
        texts = [texts[0], *(t.lstrip()[1:] for t in texts[1:])]
    return [(text, first + n) for n, text in enumerate(texts)]


def _path(tcx: TyCtxt, data: DefData) -> str:
    """`inner::Stack<T,U>::new`; an impl is named by its type, as it is written."""
    parts: list[str] = []
    at: Optional[DefData] = data
    while at is not None and at.parent is not None:
        if at.kind == "impl":
            parts.append(tcx.source_map.snippet(at.node.kind.self_ty.span))
        elif at.name:
            parts.append(at.name)
        at = tcx.def_data(at.parent)
    return "::".join(reversed(parts)).replace(" ", "")


def has_main(text: str, edition: int) -> bool:
    """Whether `fn main` is an item of `text` itself, or of what a macro called there is given (as for rustdoc): one
    in a block, as in `#[cfg(..)] { fn main() {} }`, is not."""
    try:
        return _names_main(lexer.lex(SourceFile(FileId(0), "", text.encode()), edition), True)
    except CompileError:
        return False


def _names_main(stream: TokenStream, macros: bool) -> bool:
    for at, tree in enumerate(stream):
        before = stream[at - 1].text if at else ""
        if tree.text == "main" and before == "fn":
            return True
        if macros and isinstance(tree, Group) and before == "!" and _names_main(tree.stream, False):
            return True
    return False


def program_text(test: DocTest, crate: str, edition: int) -> str:
    """The block as a program whose lines are those of the file it stands in."""
    code = test.block.source()
    attrs = [line.strip() for line in code if _INNER.match(line)]
    code = ["" if _INNER.match(line) else line for line in code]
    text = "\n".join(code)
    head = "".join(attrs) + "#![allow(unused)]"
    if edition < 2018 and re.search(rf"\b{re.escape(crate)}\b", text) and "extern crate" not in text:
        head += f" extern crate {crate};"
    tail = ""
    if not has_main(text, edition):
        head, tail = f"{head} fn main() {{", "\n}"
        if text.rstrip().endswith("(())"):
            head += " fn _inner() -> core::result::Result<(), impl core::fmt::Debug> {"
            tail = "\n} _inner().unwrap() }"
    before = max(test.line - 2, 0)
    return "\n" * before + head + ("\n" if test.line > 1 else " ") + text + tail + "\n"


class DocTests:
    """Compiles and runs the documentation tests of the crate `lib`; `links` is what they may name besides it."""

    def __init__(
        self, tests: list[DocTest], lib: CrateSource, links: dict[str, CrateSource], directory: str, limits: Limits,
        library: Optional[Library] = None,
    ) -> None:  # fmt: skip
        self.tests = {test.case.name: test for test in tests}
        self.lib, self.links, self.directory, self.limits, self.library = lib, links, directory, limits, library

    @property
    def cases(self) -> list[Case]:
        return [test.case for test in self.tests.values()]

    def run(self, case: Case, seed: int) -> Result:
        """In a host process: compile one, and run it if that is what it is for."""
        test = self.tests[case.name]
        edition = test.block.edition or self.lib.edition
        links = {**self.links, self.lib.name: self.lib}
        source = CrateSource("rust_out", test.file, edition, ("doctest",), dict(self.lib.env), links)
        compilation = Compilation(source, text=program_text(test, self.lib.name, edition), directory=self.directory)
        program = self._program(compilation)
        errors = [d for d in compilation.diagnostics if d.level == "error"]
        if program is None or errors:
            said = render_all(compilation.diagnostics, compilation.tcx.source_map)
            return _compile_failed(test, {d.code for d in errors}, said)
        if case.mode == "compile fail":
            return Result("failed", b"Test compiled successfully, but it's marked `compile_fail`.")
        if case.mode == "compile":
            return Result("ok")
        outcome, host = execute(program, seed, self.limits, lambda: compilation.tcx.source_map)
        failed = outcome.kind != "exit" or outcome.code != 0
        if test.block.should_panic and outcome.kind == "exit":
            wrong = b"Test executable succeeded, but it's marked `should_panic`."
            return Result("ok") if failed else Result("failed", wrong)
        return Result("failed", _said(outcome, host)) if failed else Result("ok", host.output(1, 2))

    def _program(self, compilation: Compilation) -> Optional[Any]:
        from ..code.linked import LinkedProgram
        from ..code.portable import PortableProgram

        try:
            if not compilation.check(True):
                return None
            return PortableProgram(LinkedProgram(compilation.tcx, compilation.main()), self.library)
        except CompileError as failure:
            compilation.tcx.diag.emit_all(failure)
            return None


def _compile_failed(test: DocTest, codes: set[str], said: str) -> Result:
    if not test.block.compile_fail:
        return Result("failed", f"{said}Couldn't compile the test.".encode())
    missing = [code for code in test.block.codes if code not in codes]
    if missing:
        shown = ", ".join(f'"{code}"' for code in missing)
        return Result("failed", f"{said}Some expected error codes were not found: [{shown}]".encode())
    return Result("ok")


def _said(outcome: Outcome, host: CaptureHost) -> bytes:
    """How it ended and what it wrote, as rustdoc says it."""
    how = f"exit status: {outcome.code}" if outcome.kind == "exit" else outcome.kind.replace("_", " ")
    parts = [f"Test executable failed ({how}).\n\n".encode()]
    for fd, name in ((1, b"stdout"), (2, b"stderr")):
        text = host.output(fd)
        if text:
            parts.append(name + b":\n" + text + b"\n")
    return b"".join(parts) + b"\n"
