"""Floor 10: THIR to MIR: places and temporaries, matches, drop scopes, unwinding, drop elaboration, moves."""
