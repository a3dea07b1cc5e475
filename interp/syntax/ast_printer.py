"""Paths, types and patterns back to text, in rustc's layout.  `expr_printer.py` goes on with expressions.

To add a node: a method `_NodeName` here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .ast import (
    AnonConst,
    AssocConstraint,
    Bound,
    Expr,
    GenericArgs,
    Ident,
    Lifetime,
    MacCall,
    Pat,
    Path,
    PathSegment,
    PatIdent,
    Ty,
)  # fmt: skip
from .pp import Printer
from .token import TokenStream


class TyPrinter:
    """Writes paths, types and patterns into a document."""

    def __init__(self, out: Printer, tokens: Callable[[Printer, TokenStream], None]) -> None:
        self.out = out
        self.tokens = tokens

    def expr(self, expr: Expr, min_level: int = 0) -> None:
        raise NotImplementedError

    def mac(self, mac: MacCall) -> None:
        raise NotImplementedError

    # --- names and paths

    def ident(self, ident: Ident) -> None:
        self.out.word(ident.name)

    def path(self, path: Path) -> None:
        segments = path.segments
        if path.qself is not None:
            self.out.word("<")
            self.ty(path.qself.ty)
            if path.qself.position:
                self.out.word(" as ")
                self._segments(segments[: path.qself.position])
            self.out.word(">::")
            segments = segments[path.qself.position :]
        self._segments(segments)

    def _segments(self, segments: Sequence[PathSegment]) -> None:
        for at, segment in enumerate(segments):
            if at:
                self.out.word("::")
            if segment.ident.name != "{{root}}":
                self.out.word(segment.ident.name)
            if segment.args is not None:
                self.args(segment.args, False)

    def expr_path(self, path: Path) -> None:
        for segment in path.segments:
            if segment.args is not None and not segment.args.parenthesized:
                self._turbofish(path)
                return
        self.path(path)

    def _turbofish(self, path: Path) -> None:
        start = path.qself.position if path.qself is not None else 0
        self.path(Path(path.segments[:start], path.span, path.qself)) if path.qself is not None else None
        for at, segment in enumerate(path.segments[start:]):
            if at:
                self.out.word("::")
            self.out.word("" if segment.ident.name == "{{root}}" else segment.ident.name)
            if segment.args is not None:
                self.args(segment.args, True)

    def args(self, args: GenericArgs, colons: bool) -> None:
        if args.parenthesized:
            self.out.word("(")
            self.commas(args.inputs, self.ty)
            self.out.word(")")
            self._output(args.output)
            return
        self.out.word("::<" if colons else "<")
        self.commas([*args.args, *args.constraints], self._generic_arg)
        self.out.word(">")

    def _generic_arg(self, arg: Any) -> None:
        if isinstance(arg, AssocConstraint):
            self._constraint(arg)
        elif isinstance(arg, AnonConst):
            self.expr(arg.expr)
        elif isinstance(arg, Lifetime):
            self.out.word(arg.ident.name)
        else:
            self.ty(arg)

    def _constraint(self, arg: AssocConstraint) -> None:
        self.ident(arg.ident)
        if arg.args is not None:
            self.args(arg.args, False)
        if arg.term is None:
            self.out.word(": ")
            self.bounds(arg.bounds)
        else:
            self.out.word(" = ")
            self._generic_arg(arg.term)

    def commas(self, nodes: Sequence[Any], write: Callable[[Any], None]) -> None:
        self.out.ibox()
        for at, node in enumerate(nodes):
            if at:
                self.out.word_space(",")
            write(node)
        self.out.end()

    def bounds(self, bounds: Sequence[Bound]) -> None:
        for at, bound in enumerate(bounds):
            if at:
                self.out.word(" + ")
            self._bound(bound)

    def _bound(self, bound: Any) -> None:
        if isinstance(bound, Lifetime):
            self.out.word(bound.ident.name)
        elif type(bound).__name__ == "UseBound":
            self.out.word("use<" + ", ".join(arg.name for arg in bound.args) + ">")
        else:
            self._for(bound.bound_lifetimes)
            self.out.word({"": "", "?": "?", "~const": "~const ", "async": "async "}[bound.modifier])
            self.path(bound.path)

    def _for(self, lifetimes: Sequence[Lifetime]) -> None:
        if lifetimes:
            self.out.word("for<" + ", ".join(one.ident.name for one in lifetimes) + "> ")

    # --- types

    def ty(self, ty: Ty) -> None:
        getattr(self, "_" + type(ty).__name__)(ty)

    def _output(self, ty: Ty | None) -> None:
        if ty is not None:
            self.out.word(" -> ")
            self.ty(ty)

    def _TyPath(self, ty: Any) -> None:
        self.path(ty.path)

    def _TyRef(self, ty: Any) -> None:
        self.out.word("&")
        if ty.lifetime is not None:
            self.out.word(ty.lifetime.ident.name + " ")
        self.out.word("mut " if ty.mutbl else "")
        self._inner_ty(ty.ty)

    def _TyPtr(self, ty: Any) -> None:
        self.out.word("*mut " if ty.mutbl else "*const ")
        self._inner_ty(ty.ty)

    def _inner_ty(self, ty: Any) -> None:
        several = type(ty).__name__ in ("TyTraitObject", "TyImplTrait") and len(ty.bounds) > 1
        self.out.word("(" if several else "")
        self.ty(ty)
        self.out.word(")" if several else "")

    def _TySlice(self, ty: Any) -> None:
        self.out.word("[")
        self.ty(ty.ty)
        self.out.word("]")

    def _TyArray(self, ty: Any) -> None:
        self.out.word("[")
        self.ty(ty.ty)
        self.out.word("; ")
        self.expr(ty.len.expr)
        self.out.word("]")

    def _TyTup(self, ty: Any) -> None:
        self.out.word("(")
        self.commas(ty.tys, self.ty)
        self.out.word(",)" if len(ty.tys) == 1 else ")")

    def _TyNever(self, ty: Any) -> None:
        self.out.word("!")

    def _TyInfer(self, ty: Any) -> None:
        self.out.word("_")

    def _TyBareFn(self, ty: Any) -> None:
        self._for(ty.bound_lifetimes)
        self.out.word("unsafe " if ty.unsafe else "")
        if ty.abi is not None:
            self.out.word(f'extern "{ty.abi}" ' if ty.abi else "extern ")
        self.out.word("fn(")
        self.commas(ty.params, self._bare_param)
        if ty.c_variadic:
            self.out.word(", ..." if ty.params else "...")
        self.out.word(")")
        self._output(ty.output)

    def _bare_param(self, param: tuple[Ident | None, Ty]) -> None:
        if param[0] is not None:
            self.out.word(param[0].name + ": ")
        self.ty(param[1])

    def _TyTraitObject(self, ty: Any) -> None:
        self.out.word("dyn " if ty.dyn else "")
        self.bounds(ty.bounds)

    def _TyImplTrait(self, ty: Any) -> None:
        self.out.word("impl ")
        self.bounds(ty.bounds)

    def _TyMac(self, ty: Any) -> None:
        self.mac(ty.mac)

    def _TyTypeof(self, ty: Any) -> None:
        self.out.word("typeof(")
        self.expr(ty.expr.expr)
        self.out.word(")")

    # --- patterns

    def pat(self, pat: Pat) -> None:
        getattr(self, "_" + type(pat).__name__)(pat)

    def _PatWild(self, pat: Any) -> None:
        self.out.word("_")

    def _PatRest(self, pat: Any) -> None:
        self.out.word("..")

    def _PatIdent(self, pat: PatIdent) -> None:
        self.out.word("ref mut " if pat.ref_mut else "ref " if pat.by_ref else "")
        self.out.word("mut " if pat.mutbl else "")
        self.ident(pat.ident)
        if pat.sub is not None:
            self.out.space()
            self.out.word_space("@")
            self.pat(pat.sub)

    def _PatLit(self, pat: Any) -> None:
        self.expr(pat.expr)

    def _PatRange(self, pat: Any) -> None:
        if pat.lo is not None:
            self.expr(pat.lo)
        self.out.word("..=" if pat.inclusive else "..")
        if pat.hi is not None:
            self.expr(pat.hi)

    def _PatRef(self, pat: Any) -> None:
        self.out.word("&mut " if pat.mutbl else "&")
        self.pat(pat.pat)

    def _PatTuple(self, pat: Any) -> None:
        self.out.word("(")
        self.commas(pat.pats, self.pat)
        self.out.word(",)" if len(pat.pats) == 1 else ")")

    def _PatSlice(self, pat: Any) -> None:
        self.out.word("[")
        self.commas(pat.pats, self.pat)
        self.out.word("]")

    def _PatPath(self, pat: Any) -> None:
        self.expr_path(pat.path)

    def _PatTupleStruct(self, pat: Any) -> None:
        self.expr_path(pat.path)
        self.out.word("(")
        self.commas(pat.pats, self.pat)
        self.out.word(")")

    def _PatStruct(self, pat: Any) -> None:
        self.expr_path(pat.path)
        self.out.word(" {")
        if not pat.fields and not pat.rest:
            self.out.word("}")
            return
        self.out.space()
        self.commas(pat.fields, self._pat_field)
        if pat.rest:
            self.out.word(", .." if pat.fields else "..")
        self.out.space()
        self.out.word("}")

    def _pat_field(self, field: Any) -> None:
        if not field.shorthand:
            self.out.word(field.ident.name + ": ")
        self.pat(field.pat)

    def _PatOr(self, pat: Any) -> None:
        for at, one in enumerate(pat.pats):
            self.out.word(" | " if at else "")
            self.pat(one)

    def _PatBox(self, pat: Any) -> None:
        self.out.word("box ")
        self.pat(pat.pat)

    def _PatMac(self, pat: Any) -> None:
        self.mac(pat.mac)
