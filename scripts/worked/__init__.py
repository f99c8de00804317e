"""The worked example: one deal of a casebook organisation from evidence to its return."""
