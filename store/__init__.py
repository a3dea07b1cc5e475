"""The store: runs, checkpoints and the function-address cache's history in a database (to come)."""
