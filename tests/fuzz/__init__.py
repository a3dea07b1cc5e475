"""Programs made by machine, and what must hold for all of them."""
