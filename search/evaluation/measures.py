"""Measures of ranked results against judgements; the same as trec_eval's, with binary gains or with grades as gains."""

import math
from collections.abc import Collection, Mapping, Sequence, Set

DEPTHS = (5, 10, 20, 100)
DEEPEST = 100
Run = Mapping[str, Sequence[str]]
"""Question → what was found, best first."""
Relevant = Set[str] | Mapping[str, int]
"""What is relevant; with how much it counts, or all alike."""
Judged = Mapping[str, Relevant]
"""Question → what is relevant."""


def measured(judged: Judged, run: Run) -> dict[str, float]:
    """Means over all judged questions; one that found nothing counts as zero. Recall is of all that is relevant."""
    return means([measures_of(relevant, run.get(question, ())) for question, relevant in judged.items()])


def means(found: Collection[Mapping[str, float]]) -> dict[str, float]:
    """Of measures of questions their means; zeros of none."""
    names = [*(f"recall@{depth}" for depth in DEPTHS), "mrr@10", "ndcg@10"]
    return {name: sum(each[name] for each in found) / max(1, len(found)) for name in names}


def measures_of(relevant: Relevant, found: Sequence[str]) -> dict[str, float]:
    """The measures of one question."""
    worth = relevant if isinstance(relevant, Mapping) else dict.fromkeys(relevant, 1)
    gains = [worth.get(one, 0) for one in found[:DEEPEST]]
    hits = [gain > 0 for gain in gains]
    values = {f"recall@{depth}": sum(hits[:depth]) / len(worth) for depth in DEPTHS}
    first = hits.index(True) + 1 if True in hits else 0
    values["mrr@10"] = 1 / first if 0 < first <= 10 else 0.0
    values["ndcg@10"] = _gain(gains[:10]) / _gain(sorted(worth.values(), reverse=True)[:10])
    return values


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains) if gain)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
