"""What to say, ask, and not say yet: before a call, in a draft, and after a call."""
