"""Lints: what compiles and is likely a mistake.

  run.py        all of them over a crate, in the order of the source     levels.py     `allow`, `warn`, `deny`, `forbid`
  must_use.py   results that are dropped, statements without effect      variables.py  variables that nobody reads
  dead.py       items, fields and variants that nobody uses              names.py      how names are written
  imports.py    imports that nobody needs                                walk.py       all parts of a checked body

Found on the way and noted there (`base/lints.py`): unreachable code (`typeck/fn_ctxt.py`), unneeded `unsafe`
(`typeck/unsafety.py`), assignments that nobody reads and unneeded `mut` (`mir_build/liveness.py`).
"""
