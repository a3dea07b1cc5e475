"""The test harness: finds a crate's tests, runs each on a machine of its own, and says what libtest would say.

  case.py       what a test is and how it may end       discover.py  `#[test]` functions of a checked crate
  doctest.py    code blocks of documentation            pool.py      host processes, forked after the compilation
  runner.py     one test on one machine; the verdict    formats.py   pretty, terse and json output
  suite.py      filters, seeds, order, the exit code    bar.py       the progress bar of a terminal

Invariant: what is printed depends on the program, the options and the seed, not on the number of processes (times
aside): results are shown in the order of the tests' names.
"""
