"""What the buyer could do instead; doing nothing is compared like the rest."""

from unsolved.deals.alternatives.comparing import Row, Said, grid
from unsolved.deals.alternatives.leaners import Leaner
from unsolved.deals.alternatives.repeated import Repeated

__all__ = ["Leaner", "Repeated", "Row", "Said", "grid"]
