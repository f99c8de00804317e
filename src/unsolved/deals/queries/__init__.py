"""What one may ask about opportunities."""

from unsolved.deals.queries.opportunities import action, history, opportunities, opportunity

__all__ = ["action", "history", "opportunities", "opportunity"]
