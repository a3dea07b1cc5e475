"""The face of expansion: `Expander.expand` turns a macro call into a fragment of AST.

The resolver decides which macro a path means (`resolve_macro`, set by it) and when an item is expanded; this floor
only rewrites.  Fragments may hold macro calls again: whoever asked goes on with them.

Invariant: every expansion has its own `Expansion` in the source map, with the macro's `macro_id`, so that hygiene,
`$crate` and diagnostics find their way back.
To add a builtin macro: a function in `builtin.py`, and its declaration in the library's `macros` modules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from ..base.diagnostics import CompileError, DiagCtxt, error
from ..base.span import DUMMY_SP, SourceMap, Span, span_ctxt, with_ctxt
from ..syntax import ast
from ..syntax.parser import Parser
from ..syntax.token import Token, TokenStream
from . import builtin, derive, global_allocator
from .cfg import Config, Stripper, enabled, expand_attrs
from .matcher import Failure, match_rule, prepare
from .pattern import Rule, parse_rules, undoc
from .transcribe import Transcriber

RECURSION_LIMIT = 128


@dataclass(slots=True, eq=False)
class MacroDef:
    """A `macro_rules!` definition, or a builtin one (`builtin` is then its name)."""

    name: str
    macro_id: int
    krate: str
    edition: int
    span: Span
    tokens: TokenStream
    builtin: Optional[str] = None
    rules: Optional[list[Rule]] = None  # parsed at the first use

    def parsed(self) -> list[Rule]:
        if self.rules is None:
            self.rules = parse_rules(self.tokens, self.name, self.span)
        return self.rules


def _no_macro(path: ast.Path, scope: Any) -> Optional[MacroDef]:
    return None


@dataclass(slots=True, eq=False)
class Expander:
    """Macro expansion of one session.  `file_reader(path) -> bytes` serves the `include` family."""

    source_map: SourceMap
    diag: DiagCtxt
    cfg: Config = field(default_factory=Config)
    edition: int = 2021
    file_reader: Optional[Callable[[str], bytes]] = None
    env: dict[str, str] = field(default_factory=dict)
    resolve_macro: Callable[[ast.Path, Any], Optional[MacroDef]] = _no_macro
    module_path: Callable[[Any], str] = lambda scope: ""
    _depth: dict[int, int] = field(default_factory=dict)
    _krates: dict[int, str] = field(default_factory=dict)
    krate_spans: dict[str, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Builtin macros name core and std through two expansions of their own."""
        for macro_id, (word, krate) in zip((-2, -3), (("crate", "core"), ("std", "std"))):
            ctxt = self.source_map.fresh_expansion(DUMMY_SP, "", macro_id)
            self.krate_spans[word] = with_ctxt(DUMMY_SP, ctxt)
            self._krates[macro_id] = krate

    def macro_def(self, item: ast.Item, def_id: int, krate: str, edition: int) -> MacroDef:
        """The definition that a `macro_rules!` item makes."""
        assert isinstance(item.kind, ast.MacroRulesDef)
        name = item.ident.name
        made = MacroDef(name, def_id, krate, edition, item.span, item.kind.tokens)
        for attr in item.attrs:
            if attr.path == "rustc_builtin_macro":
                inner = [t.text for group in attr.tokens for t in getattr(group, "stream", [])]
                made.builtin = inner[0] if inner else name
        self._krates[def_id] = krate
        return made

    def krate_of(self, span: Span) -> Optional[str]:
        """The crate that an ident `$crate` at `span` names."""
        return self._krates.get(self.source_map.expansions[span_ctxt(span)].macro_id)

    # -- expansion ----------------------------------------------------------------------------------

    def begin(self, macro: MacroDef, call: ast.MacCall) -> int:
        """A fresh expansion for `call`, within the recursion limit."""
        depth = self._depth.get(span_ctxt(call.span), 0) + 1
        if depth > RECURSION_LIMIT:
            raise CompileError(
                error(call.span, f"recursion limit reached while expanding `{macro.name}!`").help(
                    "consider increasing the recursion limit by adding a "
                    '`#![recursion_limit = "256"]` attribute to your crate'
                )
            )
        expansion = self.source_map.fresh_expansion(call.span, macro.name, macro.macro_id)
        self._depth[expansion] = depth
        return expansion

    def expand(self, macro: MacroDef, call: ast.MacCall, kind: str, scope: Any) -> Any:
        """`call` of `macro` as a fragment: kind "expr" gives an Expr, "items" (or "trait_items", "impl_items",
        "foreign_items") and "stmts" lists, "pat" a Pat, "ty" a Ty.  Raises CompileError."""
        if macro.builtin is not None:
            made = builtin.expand(self, macro, call, kind, scope)
            if not isinstance(made, list) or (made and not isinstance(made[0], Token)):
                return self._as_kind(made, kind, call)
            stream, edition = made, self.edition
        else:
            stream, _ = self.transcribe(macro, call)
            edition = macro.edition
        return self.parse_fragment(stream, kind, call, edition, macro.name)

    def transcribe(self, macro: MacroDef, call: ast.MacCall) -> tuple[TokenStream, Span]:
        """The tokens that a macro_rules macro makes of `call`."""
        rules = macro.parsed()
        end = Span(call.span & ~(0xFFFFFF << 24) | (call.span & 0xFFFFFF) - 1 << 24)  # its closing delimiter
        data = prepare(undoc(call.tokens), end)
        best: Optional[Failure] = None
        for rule in rules:
            result = match_rule(rule.locs, data, macro.edition)
            if isinstance(result, Failure):
                if best is None or result.at > best.at:
                    best = result
                continue
            expansion = self.begin(macro, call)
            out = Transcriber(self.source_map, result, expansion).run(rule.rhs)
            # a right side is one delimited group: its inside is the expansion
            return out, rule.span
        assert best is not None
        raise CompileError(self._no_rule(macro, call, best))

    def _no_rule(self, macro: MacroDef, call: ast.MacCall, best: Failure) -> Any:
        if best.found == "end of macro invocation":
            message, label = "unexpected end of macro invocation", "missing tokens in macro arguments"
        else:
            message, label = f"no rules expected {best.found}", "no rules expected this token in macro call"
        return error(best.span, message, label=label).label(macro.span, "when calling this macro")

    def _as_kind(self, node: Any, kind: str, call: ast.MacCall) -> Any:
        """An expression that a builtin macro made, in the position it was called in."""
        if kind == "stmts":
            return [ast.StmtExpr(node, False, [], call.span)] if not isinstance(node, list) else node
        if kind == "pat":
            return ast.PatLit(node, call.span)
        if kind == "expr" and isinstance(node, list):
            raise CompileError(error(call.span, "this macro makes no expression"))
        return node

    def parse_fragment(self, stream: TokenStream, kind: str, call: ast.MacCall, edition: int, name: str) -> Any:
        """`stream` parsed as `kind`; all of it must be used."""
        parser = Parser(stream, edition, call.span, lazy_bodies=kind.endswith("items"))
        try:
            made = _PARSE[kind](parser)
            if not parser.at_end and not (
                kind in ("expr", "pat", "ty") and parser.key == ";" and parser.pos == len(stream) - 1
            ):
                raise self._leftover(parser, kind, name)
        except CompileError as failure:
            for diagnostic in failure.diagnostics:
                diagnostic.note(f"this error originates in the macro `{name}`")
            raise
        return made

    def _leftover(self, parser: Parser, kind: str, name: str) -> CompileError:
        what = {"expr": "expression", "pat": "pattern", "ty": "type"}.get(kind, "item")
        return CompileError(
            error(parser.span, f"macro expansion ignores `{parser.tok.text}` and any tokens following").note(
                f"the usage of `{name}!` is likely invalid in {what} position"
            )
        )

    # -- items ----------------------------------------------------------------------------------------

    def configure_item(self, item: ast.Item) -> Optional[ast.Item]:
        """`item` with `cfg` applied inside it; None when it is configured out."""
        return Stripper(self.cfg, self.edition).item(item)

    def configure_attrs(self, attrs: list[ast.Attribute]) -> Optional[list[ast.Attribute]]:
        """The attributes that hold, or None when a `cfg` among them does not."""
        attrs = expand_attrs(attrs, self.cfg, self.edition)
        return attrs if enabled(attrs, self.cfg) else None

    def derive(self, item: ast.Item) -> list[ast.Item]:
        """The impls that the `#[derive(..)]`s of `item` ask for."""
        return derive.derive_all(self, item)

    def global_allocator(self, item: ast.Item) -> list[ast.Item]:
        """The functions that a `#[global_allocator]` static stands for."""
        return global_allocator.expand(self, item)




_PARSE: dict[str, Callable[[Parser], Any]] = {
    "expr": lambda p: p.parse_expr(),
    "items": lambda p: p.parse_items(),
    "trait_items": lambda p: p.parse_items("trait"),
    "impl_items": lambda p: p.parse_items("impl"),
    "foreign_items": lambda p: p.parse_items("extern"),
    "stmts": lambda p: p.parse_stmts(),
    "pat": lambda p: p.parse_pat(),
    "ty": lambda p: p.parse_ty(),
}
