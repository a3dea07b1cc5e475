"""Floor 3: macros.  `expander.Expander` is its face; it turns macro calls into AST and derives into impls."""
