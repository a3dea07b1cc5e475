"""`./dev fuzz`: damaged programs against the front end."""

import sys

from .frontend import main

sys.exit(main())
