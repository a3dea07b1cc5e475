"""The grammar: one function a production, split by what it parses.  Each takes the cursor, and returns its AST node.

Modules call each other through the module (`types.parse_ty(p)`), as the grammar itself is circular; what is imported
first is settled here.
"""

from . import atoms as atoms, items as items
