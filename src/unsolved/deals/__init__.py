"""Why no decision? A deal from an agreed problem to a decision, or let go in time."""
