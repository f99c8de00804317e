"""How often our own deals end in no decision, drawn to what is known of such deals at all."""

from math import log

from unsolved.deals.model import Reason, Track
from unsolved.deals.no_decision.weights import PREFIX, told_in


def base(track: Track) -> tuple[Reason, Reason]:
    """Return what is known before anything is known of this deal: the prior, and our own share.

    The mean of a beta distribution: the prior counts as ten deals, our own as many as there
    are (beta-binomial; Gelman and others, "Bayesian Data Analysis", section 2.4). In log-odds.
    """
    told = told_in("weights")["base"]
    prior, weight = float(told["prior"]), float(told["deals"])
    decided = track.won + track.lost + track.undecided
    share = (track.undecided + prior * weight) / (decided + weight)
    first = Reason(
        f"Before anything is known: {prior:.0%} ({told['source']})",
        _log_odds(prior),
        f"{PREFIX}prior",
    )
    return first, Reason(
        _own(track, decided), _log_odds(share) - _log_odds(prior), f"{PREFIX}own"
    )


def _own(track: Track, decided: int) -> str:
    if not decided:
        return "We have no decided deals of our own yet"
    few = int(told_in("weights")["base"]["few"])
    small = f"; {decided} are few" if decided < few else ""
    return f"Of our own decided deals {track.undecided} of {decided} ended in none{small}"


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))
