"""A program of a corpus and what is known of it before it runs.

`find` walks a folder: a Cargo package is one case, any other `.rs` file with a header in the manner of ui_test
(`//@edition: 2024`, `//@compile-flags: ...`, `//@revisions: a b`) is one for each revision.  `scope` says why a case is
outside what this interpreter sets out to do (another crate, an unstable feature, foreign functions), or nothing.

To add a reason for being out of scope: a row in `_OUT_OF_SCOPE`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

_HEADER = re.compile(r"^//@\s*(?:\[(?P<rev>[\w, ]+)\])?\s*(?P<key>[\w-]+)(?::\s*(?P<value>.*))?$", re.M)
_ANNOTATION = re.compile(r"//~(?:\[(?P<rev>[\w, ]+)\])?(?P<at>[\^v|]*)\s*ERROR:\s*(?P<text>.*)$")
_TEST = re.compile(r"^\s*#\[test\]", re.M)
_MAIN = re.compile(r"^(?:pub )?(?:async )?fn main\b|#!\[no_main\]", re.M)
_REVISIONS_OF_ALIASING = ("stack", "tree", "none")

_OUT_OF_SCOPE = (
    (re.compile(r"^\s*#!\[feature\(([^)]*)\)\]", re.M), "feature gate: {0}"),
    (re.compile(r"\b(?:core|std)::arch::|\basm!|target_feature"), "SIMD or assembly"),
    (re.compile(r"\blibc::|utils/libc\.rs|\bwindows_sys\b"), "libc"),
    (re.compile(r"#\[global_allocator\]|#!\[no_std\]|#!\[no_core\]|#!\[no_main\]"), "runtime of its own"),
    (re.compile(r"\bmiri_(?!extern)\w+\(|\b(?:alloc_id|name|print_state)!\("), "Miri's own functions"),
    (re.compile(r"\brun_provenance_gc\("), "Miri's own functions"),
    (re.compile(r"link_section"), "sections of an object file"),
    (re.compile(r"\bstd::net\b|\bTcpListener\b|\bTcpStream\b|\bUdpSocket\b"), "network"),
    (re.compile(r"\bproc_macro\b"), "procedural macros"),
    (re.compile(r"\bVaList\b|, \.\.\.\)"), "C-variadic functions"),
)
_FLAGS_OUT_OF_SCOPE = (
    "mir-opt-level", "target-feature", "target-cpu", "overflow-checks", "debug-assertions", "panic=abort", "--target",
    "symbolic-alignment-check", "disable-validation", "miri-start", "native-lib", "randomize-layout",
    "-Zmiri-disable-alignment-check", "no-std", "isolation", "env-forward", "address-reuse",
    "force-intrinsic-fallback", "fixed-schedule",
    "miri-num-cpus", "compare-exchange-weak-failure-rate", "float-error", "-float",
)  # fmt: skip
_OWN_FLAGS = {"-Zmiri-ignore-leaks": "--ignore-leaks"}


@dataclass(frozen=True)
class Expected:
    """An annotation: an error on that line (0: in any file) whose message contains the text or matches the pattern."""

    line: int
    text: str
    is_pattern: bool = False

    def matches(self, message: str) -> bool:
        if self.is_pattern:
            return re.search(self.text, message) is not None
        return self.text in message


@dataclass
class Case:
    """A program; `source` is the file that rustc gets, run in the folder `cwd`.

    `package`: cargo builds it; `tests`: what runs are its tests (of a package without a main program, of a file
    without one that has tests).
    """

    name: str
    source: Path
    cwd: Path
    edition: str = "2021"
    cfgs: list[str] = field(default_factory=list)
    own_cfgs: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    package: bool = False
    tests: bool = False
    scope: Optional[str] = None
    stdout: Optional[bytes] = None

    @property
    def file(self) -> str:
        """The source as both compilers are told it."""
        return str(self.source.relative_to(self.cwd))


def find(folder: Path) -> list[Case]:
    """All cases under `folder`, by name."""
    packages = [path.parent for path in sorted(folder.rglob("Cargo.toml")) if "target" not in path.parts]
    outer = [p for p in packages if not any(p != q and p.is_relative_to(q) for q in packages)]
    cases = [case for package in outer for case in _package(folder, package)]
    for path in sorted(folder.rglob("*.rs")):
        if not any(path.is_relative_to(package) for package in packages):
            cases.extend(_file(folder, path))
    return cases


# -- Cargo packages ---------------------------------------------------------------------------------------------


def _package(folder: Path, package: Path) -> list[Case]:
    manifest = tomllib.loads((package / "Cargo.toml").read_text())
    described = manifest.get("package", {})
    main, library = package / "src/main.rs", package / "src/lib.rs"
    name = str(package.relative_to(folder))
    source = main if main.exists() else library
    whole = not main.exists() or library.exists() or "workspace" in manifest or bool(manifest.get("dependencies"))
    case = Case(name, source, package, str(described.get("edition", "2015")), package=whole)
    text = "".join(path.read_text() for path in sorted(package.rglob("*.rs")) if "target" not in path.parts)
    case.scope = _other_crates(package, manifest) or _scope(text)
    case.tests = not main.exists()
    return [case] if source.exists() or "workspace" in manifest else []


def _other_crates(package: Path, manifest: dict[str, Any]) -> Optional[str]:
    """Dependencies that do not lie in the package itself."""
    manifests = [manifest]
    for member in sorted(package.glob("*/Cargo.toml")):
        manifests.append(tomllib.loads(member.read_text()))
    names = set()
    for found in manifests:
        for name, spec in {**found.get("dependencies", {}), **found.get("dev-dependencies", {})}.items():
            path = spec.get("path") if isinstance(spec, dict) else None
            if path is None or path.startswith("../../"):
                names.add(name)
    return f"other crates: {', '.join(sorted(names))}" if names else None


# -- single files -----------------------------------------------------------------------------------------------


def _file(folder: Path, path: Path) -> list[Case]:
    text = path.read_text()
    headers = [(m["rev"], m["key"], (m["value"] or "").strip()) for m in _HEADER.finditer(text)]
    revisions = next((value.split() for _, key, value in headers if key == "revisions"), [])
    if all(r.startswith(_REVISIONS_OF_ALIASING) for r in revisions):
        revisions = []
    return [_revision(folder, path, text, headers, revision) for revision in revisions or [None]]


def _revision(
    folder: Path, path: Path, text: str, headers: list[tuple[str, str, str]], revision: Optional[str]
) -> Case:
    name = str(path.relative_to(folder).with_suffix("")) + (f" ({revision})" if revision else "")
    case = Case(name, path, path.parent, scope=_scope(text))
    case.tests = _TEST.search(text) is not None and _MAIN.search(text) is None
    if revision is not None:
        case.cfgs.append(revision)
    for rev, key, value in headers:
        if rev is None or revision in re.split(r"[, ]+", rev):
            _header(case, key, value)
    case.expected += _annotations(text, revision)
    case.expected = list(dict.fromkeys(case.expected))
    recorded = path.with_suffix(f".{revision}.stdout" if revision else ".stdout")
    if recorded.exists():
        case.stdout = recorded.read_bytes()
    return case


def _header(case: Case, key: str, value: str) -> None:
    if key == "edition":
        case.edition = value
    elif key == "compile-flags":
        _compile_flags(case, value)
    elif key == "error-in-other-file":
        case.expected.append(_expectation(0, value))
    elif key in ("only-target", "ignore-target") and not case.scope:
        here = any(part in ("x86_64", "linux", "x86_64-unknown-linux-gnu") for part in value.split("#")[0].split())
        if here == (key == "ignore-target"):
            case.scope = f"{key}: {value}"


def _compile_flags(case: Case, value: str) -> None:
    words = value.replace("--cfg ", "--cfg=").replace("--edition ", "--edition=").replace("-C ", "-C").split()
    for word in words:
        if word.startswith("--cfg="):
            case.cfgs.append(word.removeprefix("--cfg=").replace('"', ""))
        elif word.startswith("--edition="):
            case.edition = word.removeprefix("--edition=")
        elif word.startswith("-Zmiri-env-set="):
            key, _, content = word.removeprefix("-Zmiri-env-set=").partition("=")
            case.env[key] = content
        elif word in _OWN_FLAGS:
            case.flags.append(_OWN_FLAGS[word])
        elif any(part in word for part in _FLAGS_OUT_OF_SCOPE) and not case.scope:
            case.scope = f"flag: {word}"


def _scope(text: str) -> Optional[str]:
    for pattern, reason in _OUT_OF_SCOPE:
        found = pattern.search(text)
        if found:
            return reason.format(*found.groups())
    return None


def _annotations(text: str, revision: Optional[str]) -> list[Expected]:
    found: list[Expected] = []
    last = 0
    for number, line in enumerate(text.splitlines(), 1):
        match = _ANNOTATION.search(line)
        if match is None or (match["rev"] and revision not in re.split(r"[, ]+", match["rev"])):
            continue
        at = match["at"]
        last = last if "|" in at else number - at.count("^") + at.count("v")
        found.append(_expectation(last, match["text"]))
    return found


def _expectation(line: int, text: str) -> Expected:
    text = text.strip()
    is_pattern = len(text) > 1 and text.startswith("/") and text.endswith("/")
    return Expected(line, text[1:-1] if is_pattern else text, is_pattern)
