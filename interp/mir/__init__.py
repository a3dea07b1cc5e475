"""Floor 9: MIR as data, its visitor, printer and well-formedness check."""
