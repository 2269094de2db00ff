"""One module, one rule."""
