"""Floor 4: definitions, modules, imports, scopes, lang items."""
