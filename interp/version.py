"""The version of the interpreter, told by `interp --version` and written into stores and caches."""

VERSION = "0.1.0"
