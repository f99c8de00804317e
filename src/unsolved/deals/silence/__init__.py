"""How unusual a silence is."""
