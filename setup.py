"""Builds the engine and the loops of snapshots where Cython and a C compiler are; without them they run uncompiled.

`python setup.py build_ext --inplace` for a checkout; everything else stands in pyproject.toml.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from setuptools import setup
from setuptools.command.build_py import build_py

# Without these the engine computes something else.
MEANING = ["-fwrapv", "-fno-strict-aliasing", "-ffp-contract=off"]
# Passes that move work out of the loop's branches into its head, and then spill the program counter: a third slower.
SPEED = ["-O2"] + [
    f"-fno-{name}"
    for name in ("tree-pre", "gcse", "ivopts", "tree-slsr", "code-hoisting", "crossjumping", "tree-tail-merge")
]

try:
    from Cython.Build import cythonize
    from setuptools import Extension
except ImportError:
    extensions: list[Any] = []
else:
    engine = Extension(
        "interp.machine.engine",
        ["interp/machine/engine.py"],
        include_dirs=["interp/machine"],
        depends=["interp/machine/primitives.h", "interp/machine/wide.h"],
        extra_compile_args=[*MEANING, *SPEED],
    )
    bulk = Extension(
        "interp.machine.bulk",
        ["interp/machine/bulk.py"],
        include_dirs=["interp/machine"],
        depends=["interp/machine/primitives.h"],
        extra_compile_args=[*MEANING, "-O2"],
    )
    extensions = cythonize(
        [engine, bulk],
        compiler_directives={
            "language_level": 3, "boundscheck": False, "wraparound": False, "cdivision": True,
            "initializedcheck": False, "infer_types": False,
        },
    )  # fmt: skip
    for made in extensions:
        made.optional = True  # cythonize would forget it


class BuildPy(build_py):
    """The migrations stand at the top of a checkout and are installed as `store/alembic`."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "store/alembic"
            copytree("alembic", target, ignore=ignore_patterns("__pycache__"), dirs_exist_ok=True)


setup(ext_modules=extensions, cmdclass={"build_py": BuildPy})
