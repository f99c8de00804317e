"""What one may ask about opportunities."""

from unsolved.deals.queries.opportunities import action, history, opportunities, opportunity
from unsolved.deals.queries.situations import situation

__all__ = ["action", "history", "opportunities", "opportunity", "situation"]
