"""Bodies: sugar, patterns, statements, scopes."""

# ruff: noqa: E501  the programs are lines of Rust
from __future__ import annotations

from .check import check, lowered, numbered


def test_for() -> None:
    check(
        "for x in 1 { x; }",
        "drop_temps(match into_iter(1) { "
        "mut iter#0 => '1: loop { match next(&mut iter#0) { None => break '1, Some(x#2) => { x#2; } } } })",
    )


def test_while() -> None:
    check("while a { a; }", "'0: loop { if drop_temps(a#1) { a#1; } else { break '0; } }", "a: bool")
    check("while let 1 = a {}", "'0: loop { if let 1 = a#1 {} else { break '0; } }", "a: i32")


def test_try() -> None:
    check(
        "a?",
        "match branch(a#0) { Continue(val#1) => val#1, Break(residual#2) => return from_residual(residual#2) }",
        "a: i32",
    )


def test_ranges() -> None:
    check("(1..2, .., 1..=2)", "(Range { start: 1, end: 2 }, RangeFull, range_inclusive_new(1, 2))")


def test_await() -> None:
    check(
        "async { a.await }",
        "async |mut _task_context#0| { match into_future(a#1) { mut __awaitee#2 => '3: loop { "
        "match unsafe { poll(new_unchecked(&mut __awaitee#2), get_context(_task_context#0)) } "
        "{ Ready(result#4) => break '3 result#4, Pending => {} } _task_context#0 = yield (); } } }",
        "a: i32",
    )


def test_async_fn() -> None:
    _, found = lowered("async fn f(a: i32, (b, _): (i32, i32)) { b }")
    assert numbered(found) == (
        "fn(__arg#0, __arg#1) move async |mut _task_context#2| { let a#3 = __arg#0; let __arg#4 = __arg#1; "
        "let (b#5, _) = __arg#4; drop_temps({ b#5 }) }"
    )


def test_destructuring_assignment() -> None:
    check("(a, _) = (1, 2);", "{ let (lhs#0, _) = (1, 2); a#1 = lhs#0; };", "mut a: i32")
    check("[a, .., S { x: a, .. }] = b;", "{ let [lhs#0, .., S { x: lhs#1, .. }] = b#2; a#3 = lhs#0; a#3 = lhs#1; };",
          "mut a: i32, b: i32", "struct S { x: i32 }")
    check("(a) = 1; _ = 2;", "a#0 = 1; { let _ = 2; };", "mut a: i32")


def test_patterns() -> None:
    check(
        "match a { C => 1, U => 2, x => x, y @ 1..=3 => y, [p, rest @ .., q] => p, &ref z => z, -1 => 0 }",
        "match a#0 { C => 1, U => 2, x#1 => x#1, y#2 @ 1..=3 => y#2, [p#3, rest#4 @ .., q#5] => p#3, &ref z#6 => z#6, -1 => 0 }",
        "a: i32", "const C: i32 = 1; struct U;",
    )


def test_or_patterns_share_variables() -> None:
    check("let (1, x) | (x, 2) = a; x", "let (1, x#0) | (x#0, 2) = a#1; x#0", "a: i32")
    check("let (1 | 2, Some(x) | T(x)) = a; x", "let (1 | 2, Some(x#0) | T(x#0)) = a#1; x#0", "a: i32", "use Option::Some; struct T(i32);")


def test_let_else_and_chains() -> None:
    check("let Some(x) = a else { return; }; x", "let Some(x#0) = a#1 else { return; }; x#0", "a: i32", "use Option::Some;")
    check("if let x = a { x; } else if a { a; }", "if let x#0 = a#1 { x#0; } else if drop_temps(a#1) { a#1; }", "a: i32")
    check("match a { x if x => x, _ => a }", "match a#0 { x#1 if x#1 => x#1, _ => a#0 }", "a: i32")


def test_labels() -> None:
    check("'a: loop { 'b: { break 'b; } continue 'a; }", "'0: loop { '1: { break '1; } continue '0; }")


def test_closures() -> None:
    check("move |x, (y, _): (i32, i32)| x", "move |x#0, (y#1, _)| x#0")


def test_shadowing_and_blocks() -> None:
    check("let x = a; { let x = x; x } ; x", "let x#0 = a#1; { let x#2 = x#0; x#2 }; x#0", "a: i32")


def test_statement_macros() -> None:
    macros = "macro_rules! two { ($x:ident) => { let $x = 1; $x } } macro_rules! e { ($e:expr) => { $e } }"
    check("two!(x); x", "let x#0 = 1; x#0; x#0", items=macros)
    check("two! { x }", "let x#0 = 1; x#0", items=macros)
    check("e!(1); e!(2)", "1; 2", items=macros)
    check("e! { 1 } e! { 2 }", "1 2", items=macros)


def test_hygiene() -> None:
    check("let a = 1; m!(a)", "let a#0 = 1; { let a#1 = 2; (a#0 + a#1) }", items="macro_rules! m { ($e:expr) => {{ let a = 2; $e + a }} }")


def test_cfg_in_bodies() -> None:
    check("#[cfg(unix)] let x = 1; #[cfg(windows)] let x = 2; match 1 { #[cfg(windows)] 2 => 3, _ => x }", "let x#0 = 1; match 1 { _ => x#0 }")


def test_format_args() -> None:
    check('format_args!("a{{")', "Arguments::new_const(&['a{'])")
    check('format_args!("{} {b:?}!", a, b = 1 + 1)',
          "Arguments::new_v1(&['', ' ', '!'], &[Argument::new_display(&a#0), Argument::new_debug(&(1 + 1))])", "a: i32")
    check('format_args!("{0}{0}", a)', "Arguments::new_v1_formatted(&['', ''], &[Argument::new_display(&a#0)], "
          "&[Placeholder::new(0usize, ' ', Alignment::Unknown, 0u32, Count::Implied, Count::Implied), "
          "Placeholder::new(0usize, ' ', Alignment::Unknown, 0u32, Count::Implied, Count::Implied)])", "a: i32")
    check('format_args!("{1} {0}", a, b)',
          "Arguments::new_v1(&['', ' '], &match (&a#0, &b#1) { args#2 => [Argument::new_display(args#2.1), Argument::new_display(args#2.0)] })",
          "a: i32, b: i32")
    check('format_args!("{:>+#08.1$x}", a, b)',
          "Arguments::new_v1_formatted(&[''], &[Argument::new_lower_hex(&a#0), Argument::from_usize(&b#1)], "
          "&[Placeholder::new(0usize, ' ', Alignment::Right, 13u32, Count::Param(1usize), Count::Is(8usize))])", "a: i32, b: usize")


def test_format_args_takes_literals_in() -> None:
    check('format_args!("{} {} {}", "x", 7, format_args!("<{}>", a))',
          "Arguments::new_v1(&['x 7 <', '>'], &[Argument::new_display(&a#0)])", "a: i32")
    check('format_args!("{}", stringify!(a b))', "Arguments::new_const(&['a b'])")


def test_self_constructors() -> None:
    _, found = lowered("struct T(i32); impl T { fn f(self) -> Self { let Self(x) = self; Self(x) } }")
    assert numbered(found) == "fn(self#0) { let Self(x#1) = self#0; Self(x#1) }"
