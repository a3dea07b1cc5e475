"""Floor 6: signatures of items, and bodies with names resolved and sugar removed."""
