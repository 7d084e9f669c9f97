"""How a thing is worth what its parts are: the same in every engine."""

from collections.abc import Sequence

BEST, SHARE = 5, 0.3
"""A thing counts as its best part, and a share of its best few: a law in which several articles answer is more likely
the one that is looked for. Measured by `evaluate_search --level document`."""

NEIGHBOURS = 0.3
"""Where parts stand for themselves: so much of what the best few of its thing are worth on average counts for each, for
the same reason. Measured by `evaluate_search --level article`."""

OTHERS, WORTHWHILE = 2, 0.6
"""So many further parts are named beside the best, if they reach so much of its score."""


def worth(scores: Sequence[float]) -> float:
    """What a thing is worth whose parts have these scores, the best first."""
    return scores[0] + SHARE * sum(scores[:BEST]) if scores else 0.0


def among(score: float, scores: Sequence[float]) -> float:
    """What a part with this score is worth for itself, beside those of its thing, the best first, its own included."""
    return score + NEIGHBOURS * sum(scores[:BEST]) / BEST
