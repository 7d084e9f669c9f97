"""How a thing is worth what its parts are: the same in every engine."""

from collections.abc import Sequence

BEST, SHARE = 5, 0.3
"""A thing counts as its best part, and a share of its best few: a law in which several articles answer is more likely
the one that is looked for. Measured by `evaluate_search --level document`."""

OTHERS, WORTHWHILE = 2, 0.6
"""So many further parts are named beside the best, if they reach so much of its score."""


def worth(scores: Sequence[float]) -> float:
    """What a thing is worth whose parts have these scores, the best first."""
    return scores[0] + SHARE * sum(scores[:BEST]) if scores else 0.0
