"""Floor 1: what every other floor may use: spans, names, diagnostics as data, target facts."""
