"""Finding methods and associated items by name: probing, confirming, and lang traits' methods."""
