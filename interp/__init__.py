"""A Rust interpreter that watches every step for undefined behaviour and keeps its whole machine as plain data.

The face of the package is `interp.face` (compile a program, make a `Machine`, run it, snapshot, restore).
"""
