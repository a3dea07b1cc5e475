"""Stands in for `import cython` where Cython is not installed: the engine runs uncompiled."""

compiled = False
