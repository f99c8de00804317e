"""What to say, what to ask, and what not to say yet: before a call, in a draft, after a call."""
