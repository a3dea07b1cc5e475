"""`Instance`: one monomorphic function: an item with its arguments, or a shim that the compiler makes.

kind            fields          what it is
item            def_id, args    the body of a function, method or closure
intrinsic       def_id, args    no body: the assembler or the machine gives it a meaning
ctor            def_id, args    a tuple struct's or variant's constructor as a function
const           def_id, args    the initialiser of a constant; `promoted` a promoted's number (else -1)
static          def_id          the initialiser of a static; `promoted` as for const
drop_glue       ty              `drop_in_place::<ty>`
fn_ptr_shim     def_id, ty      `Fn*::call*` (def_id) on a fn pointer or fn item
closure_once    def_id, args    `call_once` on a closure that is Fn or FnMut
clone_shim      ty              `Clone::clone` of a tuple, closure, fn item or fn pointer
vtable_shim     def_id, args    a method that takes `self` by value, called through a vtable: gets `*mut Self`
reify_shim      def_id, args    a `#[track_caller]` function as a fn pointer or vtable entry
entry           def_id          `fn() -> i32` that starts the program whose `main` is def_id
test            def_id          `fn() -> i32` that runs the test function def_id, as its harness wants it
virtual         def_id, args    a call through the vtable of `args[0]`

Invariant: types in an Instance are monomorphic and normalised, so that equal instances are equal tuples.
To add a kind: its line here, its body in `shims.py`, its text in `symbols.py`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Optional

from ..ty.ty import Args, Ty

InstanceKind = Literal[
    "item", "intrinsic", "ctor", "const", "static", "drop_glue", "fn_ptr_shim", "closure_once", "clone_shim",
    "vtable_shim", "reify_shim", "entry", "test", "virtual",
]  # fmt: skip


class Instance(NamedTuple):
    kind: InstanceKind
    def_id: int = -1
    args: Args = ()
    ty: Optional[Ty] = None
    promoted: int = -1


def drop_glue(ty: Ty) -> Instance:
    return Instance("drop_glue", ty=ty)
