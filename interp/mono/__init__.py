"""Floor 11: instances: which body runs for a call, drop glue and other shims, vtables, symbols."""
