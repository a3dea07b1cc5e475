"""Floor 4: crates, modules, imports, macros' names, scopes, lang items: from names to definitions.

A session has one `Resolver` (`resolver.py`), its face.  Where to look for the rest:

  loader.py   crates and the files of modules      collect.py, define.py, uses.py   items -> definitions and names
  module.py   modules, imports, crates as data     scope.py    ribs: what a path written somewhere can see
  imports.py  names in modules, lazily             paths.py    what a path means
  traits.py   traits in scope                      impls.py    the index of impls
  outline.py, units.py   the library, whose items are read when something of them is needed
  check.py, errors.py, suggest.py   complaints

Everything is resolved when it is first asked for and then kept; library definitions may appear at any time.
"""
