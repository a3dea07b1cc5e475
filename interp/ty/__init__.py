"""Floor 5: types, generics, folding, layout."""
