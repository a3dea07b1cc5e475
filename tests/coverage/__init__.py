"""How much of std's public surface the library has: `./dev coverage`."""
