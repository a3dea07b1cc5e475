"""AST types -> `Ty`: paths, generic arguments, references, arrays, `dyn`, `fn` pointers.

An `AstConv` says what a type means at a position: what `_` is, what `impl Trait` is, which item's where clauses give
`T::Item` its meaning.  `ItemCtxt` is the one of signatures; type checking derives its own, in which `_` is an
inference variable (override `infer_ty`, `infer_const`; set `infers`).

    conv = ItemCtxt(tcx, def_id)
    ty = conv.lower_ty(node, scope)                        # ast.Ty
    const = conv.lower_const_arg(anon_const, scope, ty)    # ast.AnonConst
    args = conv.lower_args(def_id, generic_args, scope, span, prefix, infer_args)
    ty = conv.lower_path_ty(hir_path, infer_args)          # a hir.Path as a type (struct literals, patterns, `Self::X`)
    ty = conv.assoc_ty(base, res, segment, scope)          # one type-relative step: `base::Name`

Invariants: no lifetimes; aliases of types are expanded; projections stay `Alias` (whoever has a `ParamEnv`
normalises).  Errors are emitted and give `ERROR`.
To add a form of type: a method here and its line in `_LOWER`.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..base.diagnostics import Diagnostic, Unsupported, error
from ..base.span import Span
from ..resolve.defs import Res, ResDef, ResErr, ResPrimTy, ResSelfTy
from ..syntax import ast
from ..ty import ty as t
from ..ty.context import TyCtxt
from ..ty.fold import subst
from ..ty.items import GenericParamDef, TraitRef
from ..ty.ty import Args, Const, DefId, GenericArg, Ty
from . import bounds, const_args, hir, objects
from .generics import identity_args, param_of

ABIS = {None: "Rust", "": "C"}


class AstConv:
    """See the module's head.  `owner` is the item whose generics and where clauses are in scope."""

    infers = False
    forbid_impl_trait = ""  # a place inside the type where `impl Trait` may not stand

    def __init__(self, tcx: TyCtxt, owner: DefId) -> None:
        self.tcx = tcx
        self.owner = owner
        self.resolver: Any = tcx.resolver

    # -- to be overridden --------------------------------------------------------------------------

    def infer_ty(self, span: Span, param: Optional[GenericParamDef] = None) -> Ty:
        """What `_` (or the missing argument for `param`) means."""
        return self.fail(
            error(
                span,
                f"the placeholder `_` is not allowed within types on item signatures for {self.item_kind()}",
                "E0121",
                "not allowed in type signatures",
            )
        )

    def infer_const(self, span: Span, param: Optional[GenericParamDef] = None) -> Const:
        self.infer_ty(span, param)
        return t.CONST_ERROR

    def impl_trait(self, node: ast.TyImplTrait, scope: Any) -> Ty:
        """What `impl Trait` means here."""
        return self.fail(error(node.span, f"`impl Trait` is not allowed in {self.position()}", "E0562"))

    def position(self) -> str:
        return "this position"

    def item_kind(self) -> str:
        """What the item is, for E0121: "functions", "structs" ..; in results "return types"."""
        data = self.tcx.def_data(self.owner)
        if data.kind in ("field", "variant") and data.parent is not None:
            data = self.tcx.def_data(data.parent)
        return _ITEM_KINDS.get(data.kind, f"{data.kind}s")

    def fail(self, diagnostic: Diagnostic) -> Ty:
        self.tcx.diag.emit(diagnostic)
        return t.ERROR

    # -- types -------------------------------------------------------------------------------------

    def lower_ty(self, node: ast.Ty, scope: Any) -> Ty:
        return _LOWER[type(node)](self, node, scope)

    def lower_tys(self, nodes: list[ast.Ty], scope: Any) -> tuple[Ty, ...]:
        return tuple([_LOWER[type(n)](self, n, scope) for n in nodes])

    def _path(self, node: ast.TyPath, scope: Any) -> Ty:
        path = node.path
        if path.qself is not None:
            return self._qpath(path, scope)
        found = self.resolver.resolve_path(scope, path, "type")
        segments = _segments(path.segments, found.defs)
        return self._resolved(found.res, segments, found.resolved, scope, node.span, False)

    def _qpath(self, path: ast.Path, scope: Any) -> Ty:
        assert path.qself is not None
        if path.qself.position == 0:
            base = self.lower_ty(path.qself.ty, scope)
            return self._relative(base, self._res_of_ty(path.qself.ty, scope), _segments(path.segments), scope)
        found = self.resolver.resolve_qpath(scope, path)
        if type(found.res) is not ResDef:
            return t.ERROR
        self_ty = self.lower_ty(path.qself.ty, scope)
        segments = _segments(path.segments, found.defs)
        ty = self.qualified(self_ty, found.res.def_id, segments[: found.resolved], scope)
        return self._relative(ty, None, segments[found.resolved :], scope)

    def qualified(
        self, self_ty: Ty, item: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool = False
    ) -> Ty:
        """`<self_ty as Trait<..>>::Item<..>`; the last two segments are the trait's and the associated type's."""
        args = self.qualified_args(self_ty, item, segments, scope, infer_args)
        return t.mk_alias(item, args)

    def qualified_args(
        self, self_ty: Ty, item: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool = False
    ) -> Args:
        trait = self.tcx.def_data(item).parent
        assert trait is not None
        at, last = segments[-2] if len(segments) > 1 else segments[-1], segments[-1]
        written = at.args if at is not last else None
        args = self.lower_args(trait, written, scope, at.span, (self_ty,), infer_args)
        return self.lower_args(item, last.args, scope, last.span, args, infer_args)

    def _res_of_ty(self, node: ast.Ty, scope: Any) -> Optional[Res]:
        """What names alone say of the type in `<T>::`, for where clauses to be found."""
        if isinstance(node, ast.TyPath) and node.path.qself is None and len(node.path.segments) == 1:
            found: Res = self.resolver.resolve_path(scope, node.path, "type").res
            return found
        return None

    def lower_path_ty(self, path: hir.Path, infer_args: bool = True) -> Ty:
        """The type that a whole resolved path names: a struct, alias, enum of a variant, `Self`, `T::Item`."""
        if path.qself is None:
            return self._resolved(path.res, path.segments, path.resolved, path.scope, path.span, infer_args)
        self_ty = self.lower_ty(path.qself.ast, path.qself.scope)
        if path.resolved == 0:
            return self._relative(self_ty, self._res_of_ty(path.qself.ast, path.qself.scope), path.segments, path.scope)
        if type(path.res) is not ResDef:
            return t.ERROR
        ty = self.qualified(self_ty, path.res.def_id, path.segments[: path.resolved], path.scope, infer_args)
        return self._relative(ty, None, path.segments[path.resolved :], path.scope)

    def _resolved(
        self, res: Res, segments: list[hir.PathSegment], resolved: int, scope: Any, span: Span, infer_args: bool
    ) -> Ty:
        ty = self.ty_of_res(res, segments[:resolved], scope, span, infer_args)
        return self._relative(ty, res, segments[resolved:], scope) if resolved < len(segments) else ty

    def _relative(self, ty: Ty, res: Optional[Res], segments: list[hir.PathSegment], scope: Any) -> Ty:
        for segment in segments:
            ty = self.assoc_ty(ty, res, segment, scope)
            res = None
        return ty

    def ty_of_res(
        self, res: Res, segments: list[hir.PathSegment], scope: Any, span: Span, infer_args: bool = False
    ) -> Ty:
        """The type that the resolved part of a path means."""
        kind = type(res)
        if kind is ResPrimTy:
            self._no_args(segments, f"builtin type `{res.name}`")  # type: ignore[union-attr]
            return t.PRIMITIVES[res.name]  # type: ignore[union-attr]
        if kind is ResSelfTy:
            self._no_args(segments, "self type")
            return self.self_ty(res)  # type: ignore[arg-type]
        if kind is ResErr or type(res) is not ResDef:
            return t.ERROR
        case = _OF_DEF.get(res.kind)
        if case is None:
            return self.fail(error(span, "expected a type", "E0573", "not a type"))
        return case(self, res.def_id, segments, scope, infer_args)

    def self_ty(self, res: ResSelfTy) -> Ty:
        return t.mk_param(0, "Self") if res.is_trait else self.tcx.type_of(res.def_id)

    def _no_args(self, segments: list[hir.PathSegment], what: str) -> None:
        for segment in segments:
            if segment.args is not None and (segment.args.args or segment.args.constraints):
                message = f"type arguments are not allowed on {what}"
                self.fail(error(segment.args.span, message, "E0109", "type argument not allowed"))

    def _adt(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        last = segments[-1]
        self._only_arguments(last.args)
        return t.mk_adt(def_id, self.lower_args(def_id, last.args, scope, last.span, (), infer_args))

    def _only_arguments(self, args: Optional[ast.GenericArgs]) -> None:
        """E0214, E0229: `T(A) -> B` and `T<Item = A>` are for traits."""
        if args is not None and args.parenthesized:
            message = "parenthesized type parameters may only be used with a `Fn` trait"
            label = "only `Fn` traits may use parentheses"
            self.fail(error(args.span, message, "E0214", label))
        elif args is not None and args.constraints:
            message = "associated item constraints are not allowed here"
            self.fail(error(args.constraints[0].span, message, "E0229", "associated item constraint not allowed here"))

    def _variant(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        """The enum of a variant; its arguments may stand on either segment."""
        enum = self.tcx.def_data(def_id).parent
        assert enum is not None
        at = segments[-1] if segments[-1].args is not None or len(segments) == 1 else segments[-2]
        return t.mk_adt(enum, self.lower_args(enum, at.args, scope, at.span, (), infer_args))

    def _ctor(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        of = self.tcx.def_data(def_id).ctor_of
        assert of is not None
        case = self._variant if self.tcx.def_data(of).kind == "variant" else self._adt
        return case(of, segments, scope, infer_args)

    def _alias(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        last = segments[-1]
        return subst(self.tcx.type_of(def_id), self.lower_args(def_id, last.args, scope, last.span, (), infer_args))

    def _foreign(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        return t.mk_foreign(def_id)

    def _param(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        self._no_args(segments, f"type parameter `{self.tcx.def_data(def_id).name}`")
        return param_of(self.tcx, def_id)  # type: ignore[return-value]

    def _bare_assoc(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        name, trait = segments[-1].name, segments[-2].name if len(segments) > 1 else ""
        failure = error(segments[-1].span, "ambiguous associated type", "E0223")
        return self.fail(
            failure.help(
                f"if there were a type named `Example` that implemented `{trait}`, you could use the fully-qualified "
                f"path: `<Example as {trait}>::{name}`"
            )
        )

    def _bare_trait(self, def_id: DefId, segments: list[hir.PathSegment], scope: Any, infer_args: bool) -> Ty:
        if self.tcx.def_data(self.owner).edition >= 2021:
            failure = error(segments[-1].span, "expected a type, found a trait", "E0782")
            return self.fail(failure.help("you can add the `dyn` keyword if you want a trait object"))
        path = ast.Path([ast.PathSegment(ast.Ident(s.name, s.span), s.args) for s in segments], segments[-1].span)
        bound = ast.TraitBound(path, "", [], segments[-1].span)
        return objects.lower_object(self, [bound], scope, segments[-1].span)

    def _object(self, node: ast.TyTraitObject, scope: Any) -> Ty:
        if not node.dyn and self.tcx.def_data(self.owner).edition >= 2021:
            failure = error(node.span, "expected a type, found a trait", "E0782")
            return self.fail(failure.help("you can add the `dyn` keyword if you want a trait object"))
        return objects.lower_object(self, node.bounds, scope, node.span)

    # -- associated types --------------------------------------------------------------------------

    def assoc_ty(self, base: Ty, res: Optional[Res], segment: hir.PathSegment, scope: Any) -> Ty:
        """`base::Name`, where `res` is what `base` was written as (a parameter, `Self`), if a single name."""
        if type(base) is t.Error:
            return base
        trait_ref = bounds.bound_for_assoc_ty(self, base, res, segment.name, segment.span)
        if trait_ref is None:
            return t.ERROR
        item = bounds.trait_assoc(self.tcx, trait_ref.def_id, segment.name, "type")
        assert item is not None
        args = self.lower_args(item, segment.args, scope, segment.span, trait_ref.args, self.infers)
        return t.mk_alias(item, args)

    # -- generic arguments -------------------------------------------------------------------------

    def lower_args(
        self,
        def_id: DefId,
        written: Optional[ast.GenericArgs],
        scope: Any,
        span: Span,
        prefix: Args = (),
        infer_args: bool = False,
    ) -> Args:
        """`prefix` (the parent's arguments, `Self`) and what is written for the parameters after it.

        `infer_args`: where nothing is written at all, inference variables are made; else defaults count."""
        generics = self.tcx.generics_of(def_id)
        params = [p for p in generics.params[len(prefix) :] if not p.synthetic]
        if written is None and not params and len(generics.params) == len(prefix):
            return prefix
        if written is not None and written.parenthesized:
            inputs = self.without_impl_trait("the parameters of `Fn` trait bounds", written.inputs, scope)
            return (*prefix, t.mk_tuple(inputs))
        given = [a for a in written.args if type(a) is not ast.Lifetime] if written is not None else []
        infer_args = infer_args and not given
        if given or not infer_args:
            self._check_count(def_id, params, len(given), span)
        args: list[GenericArg] = list(prefix)
        rest = iter(given)
        for param in generics.params[len(prefix) :]:
            node = None if param.synthetic else next(rest, None)
            args.append(self._arg(param, node, scope, span, infer_args, args))
        return tuple(args)

    def _arg(
        self, param: GenericParamDef, node: Any, scope: Any, span: Span, infer_args: bool, before: list[GenericArg]
    ) -> GenericArg:
        if node is not None:
            return self._written_arg(param, node, scope, before)
        if param.synthetic or infer_args or (self.infers and not param.has_default):
            return self._inferred_arg(param, span)
        if param.has_default:
            return bounds.param_default(self.tcx, param, tuple(before))
        return t.CONST_ERROR if param.kind == "const" else t.ERROR  # reported by `_check_count`

    def _inferred_arg(self, param: GenericParamDef, span: Span) -> GenericArg:
        if param.kind == "const":
            return self.infer_const(span, param)
        return self.infer_ty(span, param)

    def _written_arg(self, param: GenericParamDef, node: Any, scope: Any, before: list[GenericArg]) -> GenericArg:
        is_const = type(node) is ast.AnonConst
        if param.kind == "const":
            if type(node) is ast.TyInfer:
                return self.infer_const(node.span, param)
            ty = subst(self.tcx.type_of(param.def_id), tuple(before))
            return const_args.lower_const_arg(self, const_args.as_const(self, node), scope, ty)
        if is_const:
            return self.fail(error(node.span, "constant provided when a type was expected", "E0747"))
        return self.lower_ty(node, scope)

    def _check_count(self, def_id: DefId, params: list[GenericParamDef], given: int, span: Span) -> None:
        least = sum(not p.has_default for p in params)
        if least <= given <= len(params) or (given == 0 and self.infers and not least):
            return
        data = self.tcx.def_data(def_id)
        kind: str = _COUNTED.get(data.kind, data.kind)
        if given == 0:
            message = f"missing generics for {kind} `{data.name}`"
        else:
            wanted = least if given < least else len(params)
            bound = "" if least == len(params) else "at least " if given < least else "at most "
            plural, were = ("" if wanted == 1 else "s"), ("was" if given == 1 else "were")
            message = (
                f"{kind} takes {bound}{wanted} generic argument{plural} but {given} generic "
                f"argument{'' if given == 1 else 's'} {were} supplied"
            )
        plural = "" if len(params) == 1 else "s"
        self.fail(error(span, message, "E0107", f"expected {least or len(params)} generic argument{plural}"))

    def lower_const_arg(self, node: ast.AnonConst, scope: Any, ty: Ty) -> Const:
        return const_args.lower_const_arg(self, node, scope, ty)

    # -- the other forms ---------------------------------------------------------------------------

    def _impl_trait(self, node: ast.TyImplTrait, scope: Any) -> Ty:
        if self.forbid_impl_trait:
            return self.fail(error(node.span, f"`impl Trait` is not allowed in {self.forbid_impl_trait}", "E0562"))
        return self.impl_trait(node, scope)

    def without_impl_trait(self, place: str, nodes: list[ast.Ty], scope: Any) -> tuple[Ty, ...]:
        """Lower types at a `place` where `impl Trait` is E0562."""
        before, self.forbid_impl_trait = self.forbid_impl_trait, place
        try:
            return self.lower_tys(nodes, scope)
        finally:
            self.forbid_impl_trait = before

    def _array(self, node: ast.TyArray, scope: Any) -> Ty:
        return t.mk_array(self.lower_ty(node.ty, scope), self.lower_const_arg(node.len, scope, t.USIZE))

    def _bare_fn(self, node: ast.TyBareFn, scope: Any) -> Ty:
        inputs = self.without_impl_trait("`fn` pointer parameters", [ty for _, ty in node.params], scope)
        written = [] if node.output is None else [node.output]
        output = (*self.without_impl_trait("`fn` pointer return types", written, scope), t.UNIT)[0]
        return t.mk_fn_ptr(inputs, output, node.unsafe, ABIS.get(node.abi, node.abi), node.c_variadic)  # type: ignore[arg-type]

    def _macro(self, node: ast.TyMac, scope: Any) -> Ty:
        memo = self.tcx._memo.setdefault("ty_mac", {})
        found = memo.get(id(node))
        if found is None:
            found = memo[id(node)] = (self.resolver.expand_ty(node, scope), node)
        return self.lower_ty(found[0], scope)

    def _typeof(self, node: ast.TyTypeof, scope: Any) -> Ty:
        raise Unsupported(node.span, "`typeof`")


def _segments(segments: list[ast.PathSegment], defs: tuple[Any, ...] = ()) -> list[hir.PathSegment]:
    return [hir.PathSegment(s.ident.name, s.args, s.ident.span) for s in segments]


_LOWER: dict[type, Callable[[AstConv, Any, Any], Ty]] = {
    ast.TyPath: AstConv._path,
    ast.TyRef: lambda c, n, s: t.mk_ref(c.lower_ty(n.ty, s), n.mutbl),
    ast.TyPtr: lambda c, n, s: t.mk_ptr(c.lower_ty(n.ty, s), n.mutbl),
    ast.TySlice: lambda c, n, s: t.mk_slice(c.lower_ty(n.ty, s)),
    ast.TyArray: AstConv._array,
    ast.TyTup: lambda c, n, s: t.mk_tuple(c.lower_tys(n.tys, s)),
    ast.TyNever: lambda c, n, s: t.NEVER,
    ast.TyInfer: lambda c, n, s: c.infer_ty(n.span),
    ast.TyBareFn: AstConv._bare_fn,
    ast.TyTraitObject: AstConv._object,
    ast.TyImplTrait: AstConv._impl_trait,
    ast.TyMac: AstConv._macro,
    ast.TyTypeof: AstConv._typeof,
}

_OF_DEF: dict[str, Callable[..., Ty]] = {
    "struct": AstConv._adt,
    "enum": AstConv._adt,
    "union": AstConv._adt,
    "variant": AstConv._variant,
    "ctor": AstConv._ctor,
    "ty_alias": AstConv._alias,
    "foreign_ty": AstConv._foreign,
    "ty_param": AstConv._param,
    "assoc_ty": AstConv._bare_assoc,
    "trait": AstConv._bare_trait,
    "trait_alias": AstConv._bare_trait,
}


_ITEM_KINDS = {
    "fn": "functions", "assoc_fn": "methods", "static": "static variables", "const": "constants", "variant": "enums",
    "assoc_const": "associated constants", "ty_alias": "type aliases", "assoc_ty": "associated types",
    "impl": "implementations",
}  # fmt: skip


_COUNTED = {"assoc_fn": "method", "ty_alias": "type alias", "assoc_ty": "associated type", "fn": "function"}


class ItemCtxt(AstConv):
    """Types in signatures of items.  `impl_traits` says what `impl Trait` is: "param" in a function's inputs,
    "opaque" in its output, "" elsewhere (E0562)."""

    def __init__(self, tcx: TyCtxt, owner: DefId, impl_traits: str = "", position: str = "this position") -> None:
        super().__init__(tcx, owner)
        self.impl_traits = impl_traits
        self._position = position

    def position(self) -> str:
        return self._position

    def item_kind(self) -> str:
        return "return types" if self.impl_traits == "opaque" else super().item_kind()

    def impl_trait(self, node: ast.TyImplTrait, scope: Any) -> Ty:
        from . import opaques

        if self.impl_traits == "param":
            return opaques.argument_param(self.tcx, self.owner, node)
        if self.impl_traits == "opaque":
            return opaques.return_opaque(self.tcx, self.owner, node)
        if self._position == "type aliases":
            return self.fail(error(node.span, "`impl Trait` in type aliases is unstable", "E0658"))
        return super().impl_trait(node, scope)


def self_trait_ref(tcx: TyCtxt, trait: DefId) -> TraitRef:
    return TraitRef(trait, identity_args(tcx, trait))
