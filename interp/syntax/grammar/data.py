"""Structs, unions and enums.

To add to what a field may have: `_parse_field` and `_parse_tuple_fields`.
"""

from __future__ import annotations

from typing import NoReturn

from ...base.diagnostics import CompileError, error
from ...base.span import Span
from ..ast import Enum, FieldDef, Ident, Struct, TyPath, UnionItem, Variant, VariantData
from ..cursor import Cursor
from . import attributes, functions, generics, paths, types


def parse_struct(p: Cursor) -> tuple[Ident, Struct]:
    p.expect("struct")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    if p.key == "(":
        fields = _parse_tuple_fields(p)
        generics.parse_where(p, params)
        p.expect(";", *(("`where`",) if not params.where else ()))
        return ident, Struct(params, VariantData("tuple", fields))
    generics.parse_where(p, params)
    if p.eat(";"):
        return ident, Struct(params, VariantData("unit", []))
    if p.key != "{":
        found = p.describe()
        start = "`where`, or `{`" if params.where else "`where`, `{`, `(`, or `;`"
        message = f"expected {start} after struct name"
        p.fail(p.here, f"{message}, found {found}", "", message)
    return ident, Struct(params, VariantData("struct", _parse_fields(p, ident)))


def parse_union(p: Cursor) -> tuple[Ident, UnionItem]:
    p.expect("union")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    generics.parse_where(p, params)
    if p.key != "{":
        p.unexpected("`{`", *(("`where`",) if not params.where else ()), *(("`<`",) if not params.params else ()))
    return ident, UnionItem(params, VariantData("struct", _parse_fields(p, ident)))


def _parse_fields(p: Cursor, ident: Ident, what: str = "struct") -> list[FieldDef]:
    """`{ a: A, b: B }`."""
    fields: list[FieldDef] = []
    p.enter()
    while not p.at_end:
        with p.while_parsing(ident.span, f"while parsing this {what}"):
            fields.append(_parse_field(p))
            if p.key == ";":
                p.fail(p.here, "struct fields are separated by `,`", "", "help: replace `;` with `,`")
        if not p.eat(","):
            break
    if not p.at_end:
        _after_field(p, fields[-1])
    p.leave()
    return fields


def _after_field(p: Cursor, field: FieldDef) -> None:
    if p.key == ":" and isinstance(field.ty, TyPath):
        report = error(p.here, "found single colon in a struct field type path")
        raise CompileError(report.help("write a path separator here"))
    found = p.describe()
    report = error(p.prev_end(), f"expected `,`, or `}}`, found {found}", "", "help: try adding a comma: `,`")
    raise CompileError(report)


def _parse_field(p: Cursor) -> FieldDef:
    attrs = attributes.parse_outer(p)
    start = p.tok.span
    if attrs and p.at_end:
        attributes.check_documents(attrs)
        p.unexpected("identifier")
    vis = attributes.parse_vis(p)
    if functions.at_fn(p):
        _function_among_fields(p, start)
    ident = p.parse_ident()
    if p.key != ":":
        p.unexpected("`:`")
    p.bump()
    ty = types.parse_ty(p)
    if p.key == "=":
        p.fail(p.here, "default values on `struct` fields aren't supported")
    return FieldDef(ident, vis, ty, attrs, p.since(start))


def _function_among_fields(p: Cursor, start: Span) -> NoReturn:
    functions.parse_fn(p, "impl")
    report = error(p.since(start), "functions are not allowed in struct definitions")
    report.help("unlike in C++, Java, and C#, functions are declared in `impl` blocks")
    page = "https://doc.rust-lang.org/book/ch05-03-method-syntax.html"
    raise CompileError(report.help(f"see {page} for more information"))


def _parse_tuple_fields(p: Cursor) -> list[FieldDef]:
    """`(A, pub B)`."""
    fields: list[FieldDef] = []
    p.enter()
    while not p.at_end:
        attrs = attributes.parse_outer(p)
        start = p.tok.span
        vis = attributes.parse_vis(p, tuple_field=True)
        ty = types.parse_ty(p)
        span = p.since(start)
        fields.append(FieldDef(Ident(str(len(fields)), span), vis, ty, attrs, span))
        if not p.eat(","):
            break
    p.leave("`,`", *(paths.after_ty_expected(fields[-1].ty) if fields else ()))
    return fields


def parse_enum(p: Cursor) -> tuple[Ident, Enum]:
    p.expect("enum")
    ident = p.parse_ident()
    params = generics.parse_generics(p)
    generics.parse_where(p, params)
    if p.key != "{":
        p.unexpected("`{`", *(("`where`",) if not params.where else ()), *(("`<`",) if not params.params else ()))
    variants: list[Variant] = []
    p.enter()
    while not p.at_end:
        variants.append(_parse_variant(p))
        if not p.eat(","):
            break
    if not p.at_end:
        last = variants[-1]
        if p.key == ":":
            _typed_variant(p, ident)
        body = {"unit": ("`(`", "`=`", "`{`"), "tuple": ("`=`",), "struct": ("`=`",)}[last.data.kind]
        p.leave("`,`", *(body if last.discriminant is None else ()))
    p.leave()
    return ident, Enum(params, variants)


def _typed_variant(p: Cursor, ident: Ident) -> NoReturn:
    try:
        p.unexpected("`(`", "`,`", "`=`", "`{`", "`}`")
    except CompileError as failure:
        report = failure.diagnostics[0].label(ident.span, "while parsing this enum")
        forms = "`Variant`, `Variant = <integer>`, `Variant(Type, ..., TypeN)` or `Variant { fields: Types }`"
        report.help(f"enum variants can be {forms}")
        raise


def _parse_variant(p: Cursor) -> Variant:
    attrs = attributes.parse_outer(p)
    start = p.tok.span
    attributes.parse_vis(p)
    if attrs and p.at_end:
        p.fail(attrs[-1].span, "expected identifier, found `}`")
    ident = p.parse_ident()
    if p.key == "{":
        data = VariantData("struct", _parse_fields(p, ident))
    elif p.key == "(":
        data = VariantData("tuple", _parse_tuple_fields(p))
    else:
        data = VariantData("unit", [])
    discriminant = types.parse_anon_const(p) if p.eat("=") else None
    return Variant(ident, data, discriminant, attrs, p.since(start))
