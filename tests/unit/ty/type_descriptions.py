"""Types as nested lists, for layout tests: made at random, written as Rust, or as `Ty` over a table of fake items.

A description is a primitive's name, or a list: ["ref", T] ["slice"] ["dyn"] ["tuple", T..] ["array", T, n]
["option", T] ["nonzero", int] ["cell", T] ["struct", repr, T..] ["union", repr, T..]
["enum", repr, [[T..]..], [discriminant|None ..]].
"""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any, Optional

from interp.ty import ty as t
from interp.ty.items import AdtDef, FieldDef, ReprOptions, VariantDef
from interp.ty.layout import LayoutCx
from interp.ty.ty import DefId, Ty

INTS = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "usize", "u128", "i128"]
PRIMS = [*INTS, "bool", "bool", "char", "f32", "f64", "!", "()"]


def random_type(r: random.Random, depth: int) -> Any:
    if depth <= 0 or r.random() < 0.15:
        kind = r.random()
        if kind < 0.6:
            return r.choice(PRIMS)
        return r.choice([["ref", "u8"], ["slice"], ["dyn"], ["nonzero", r.choice(INTS)], ["str"]])
    kind = r.choice(
        ["tuple", "array", "option", "option", "struct", "struct", "struct", "enum", "enum", "enum", "union", "cell"]
    )
    if kind == "array":
        return ["array", random_type(r, depth - 1), r.choice([0, 1, 2, 3, 4, 6, 16])]
    if kind in ("option", "cell"):
        return [kind, random_type(r, depth - 1)]
    if kind == "tuple":
        return ["tuple", *_fields(r, depth, 4)]
    if kind == "struct":
        return [
            "struct",
            r.choice(["", "", "", "", "C", "packed", "packed(2)", "align(16)", "C, packed(4)"]),
            *_fields(r, depth, 5),
        ]
    if kind == "union":
        return ["union", r.choice(["", "C"]), *_copy_fields(r)]
    return _random_enum(r, depth)


def _copy_fields(r: random.Random) -> list[Any]:
    return [r.choice([*INTS, "f32", ["array", "u8", 5], ["tuple", "u8", "u32"], "()"]) for _ in range(r.randint(1, 3))]


def _fields(r: random.Random, depth: int, most: int) -> list[Any]:
    return [random_type(r, depth - 1 - (r.random() < 0.4)) for _ in range(r.randint(0, most))]


def _random_enum(r: random.Random, depth: int) -> Any:
    count = r.choice([0, 1, 2, 2, 3, 3, 4, 6])
    variants = [_fields(r, depth, 3) if r.random() < 0.7 else [] for _ in range(count)]
    repr_ = r.choice(["", "", "", "", "u8", "C", "i16", "C, u8"]) if count else ""
    discrs: list[Optional[int]] = [None] * count
    if count and (repr_ or not any(variants)) and r.random() < 0.5:
        discrs[r.randrange(count)] = r.choice([0, 5, 100]) if "8" in repr_ else r.choice([0, -1, 5, 200, 300, -200])
        at = 0
        for d in discrs:  # no value twice, none too big
            at = d if d is not None else at
            at += 1
        values: list[int] = []
        for d in discrs:
            values.append(d if d is not None else (values[-1] + 1 if values else 0))
        if len(set(values)) < count or ((repr_ == "C, u8" or repr_ == "u8") and not all(0 <= v < 256 for v in values)):
            discrs = [None] * count
    return ["enum", repr_, variants, discrs]


class RustWriter:
    """Descriptions as Rust text; each struct, enum and union becomes a named item in `items`."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def ty(self, d: Any) -> str:
        if isinstance(d, str):
            return d
        head = d[0]
        if head == "ref":
            return f"&'static {self.ty(d[1])}"
        if head in ("slice", "dyn", "str"):
            return {"slice": "&'static [u8]", "dyn": "&'static dyn Send", "str": "&'static str"}[head]
        if head == "tuple":
            return "(" + "".join(f"{self.ty(x)}, " for x in d[1:]) + ")"
        if head == "array":
            return f"[{self.ty(d[1])}; {d[2]}]"
        if head in ("option", "nonzero", "cell"):
            name = {"option": "Option", "nonzero": "std::num::NonZero", "cell": "std::cell::UnsafeCell"}[head]
            return f"{name}<{self.ty(d[1])}>"
        return self._item(d)

    def _item(self, d: Any) -> str:
        name = f"T{len(self.items)}"
        self.items.append("")
        at = len(self.items) - 1
        repr_ = f"#[repr({d[1]})] " if d[1] else ""
        if d[0] == "enum":
            body = ", ".join(self._variant(i, v, x) for i, (v, x) in enumerate(zip(d[2], d[3])))
            self.items[at] = f"{repr_}pub enum {name} {{ {body} }}"
        else:
            body = ", ".join(f"pub f{i}: {self.ty(x)}" for i, x in enumerate(d[2:]))
            self.items[at] = f"{repr_}pub {d[0]} {name} {{ {body} }}"
        return name

    def _variant(self, i: int, fields: Any, discr: Optional[int]) -> str:
        inner = f"({', '.join(self.ty(x) for x in fields)})" if fields else ""
        return f"V{i}{inner}" + (f" = {discr}" if discr is not None else "")


class FakeTcx:
    """Just enough of `TyCtxt` for layouts."""

    def __init__(self) -> None:
        self.adts: dict[int, AdtDef] = {}
        self.field_tys: dict[int, Ty] = {}
        self.discrs: dict[int, int] = {}
        self.ids = 1
        self.providers: dict[str, Any] = {}
        self.layouts = LayoutCx(self)  # type: ignore[arg-type]

    def new_id(self) -> DefId:
        self.ids += 1
        return DefId(self.ids)

    def adt_def(self, def_id: int) -> AdtDef:
        return self.adts[def_id]

    def type_of(self, def_id: int) -> Ty:
        return self.field_tys[def_id]

    def query(self, name: str, *key: Any) -> Any:
        if name == "eval_const":
            return SimpleNamespace(value=self.discrs[key[0].def_id])
        return True  # is_sized

    def make_adt(
        self, kind: Any, repr_: ReprOptions, variants: list[list[Ty]], discrs: Any = None, **flags: bool
    ) -> Ty:
        def_id = self.new_id()
        made = []
        for i, tys in enumerate(variants):
            fields = []
            for j, ty in enumerate(tys):
                field = self.new_id()
                self.field_tys[field] = ty
                fields.append(FieldDef(field, f"f{j}", None))
            explicit = None
            if discrs and discrs[i] is not None:
                explicit = self.new_id()
                self.discrs[explicit] = discrs[i]
            made.append(VariantDef(def_id, f"V{i}", "tuple", None, fields, explicit))
        self.adts[def_id] = AdtDef(def_id, kind, made, repr_, **flags)
        return t.mk_adt(def_id, ())

    def ty(self, d: Any) -> Ty:
        if isinstance(d, str):
            return {"!": t.NEVER, "()": t.UNIT}.get(d) or t.PRIMITIVES[d]
        head = d[0]
        if head == "ref":
            return t.mk_ref(self.ty(d[1]), False)
        if head in ("slice", "dyn", "str"):
            inner = {"slice": t.mk_slice(t.U8), "str": t.STR, "dyn": t.mk_dynamic(None, (), (DefId(1),))}[head]
            return t.mk_ref(inner, False)
        if head == "tuple":
            return t.mk_tuple(tuple(self.ty(x) for x in d[1:]))
        if head == "array":
            return t.mk_array(self.ty(d[1]), t.mk_const_usize(d[2]))
        if head == "option":
            return self.make_adt("enum", ReprOptions(), [[], [self.ty(d[1])]])
        if head == "cell":
            return self.make_adt("struct", ReprOptions(transparent=True), [[self.ty(d[1])]], is_unsafe_cell=True)
        if head == "nonzero":
            bits = t.PRIMITIVES[d[1]].bits  # type: ignore[attr-defined]
            valid = (1, (1 << bits) - 1)
            return self.make_adt("struct", ReprOptions(scalar_valid_range=valid), [[self.ty(d[1])]])
        if head == "enum":
            return self.make_adt("enum", parse_repr(d[1]), [[self.ty(x) for x in v] for v in d[2]], d[3])
        return self.make_adt(head, parse_repr(d[1]), [[self.ty(x) for x in d[2:]]])


def parse_repr(text: str) -> ReprOptions:
    out = ReprOptions()
    for part in filter(None, text.split(", ")):
        if part == "C":
            out = out._replace(c=True)
        elif part.startswith("packed"):
            out = out._replace(pack=int(part[7:-1] or 1) if "(" in part else 1)
        elif part.startswith("align"):
            out = out._replace(align=int(part[6:-1]))
        else:
            out = out._replace(int=part)
    return out
