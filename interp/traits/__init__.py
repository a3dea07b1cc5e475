"""Floor 7: proving that types implement traits, projections, builtin impls, coherence."""
