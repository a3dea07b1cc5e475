"""Floor 8: inference, method probing, coercions, patterns, closures, casts, consts; results as THIR."""
