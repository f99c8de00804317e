"""Makes the weights that ship with the package; nothing here is needed to use it."""
