"""`./dev fuzz`: damaged programs against the front end; with `--diff`, generated ones natively and here."""

import sys

if "--diff" in sys.argv:
    from .diff import main

    sys.exit(main([arg for arg in sys.argv[1:] if arg != "--diff"]))

from .frontend import main as frontend

sys.exit(frontend())
