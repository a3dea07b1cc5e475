"""Cargo packages, read without Cargo and without a network: from `Cargo.toml` to what the loader is told.

  manifest.py    one Cargo.toml as data             workspace.py  members, inheritance, where a package is found
  features.py    which features and dependencies    versions.py   version requirements
  plan.py        targets as `CrateSource`s

Invariant: nothing of a package is executed: a build script or a procedural macro is `unsupported:`, with its place.
"""
