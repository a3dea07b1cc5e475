"""Floor 2: from text to tokens to the AST."""
