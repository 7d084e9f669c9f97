"""Measures of ranked results against judgements; the same as trec_eval's with binary gains."""

import math
from collections.abc import Mapping, Sequence, Set

DEPTHS = (5, 10, 20, 100)
DEEPEST = 100
Run = Mapping[str, Sequence[str]]
"""Question → what was found, best first."""
Judged = Mapping[str, Set[str]]
"""Question → what is relevant."""


def measured(judged: Judged, run: Run) -> dict[str, float]:
    """Means over all judged questions; one that found nothing counts as zero. Recall is of all that is relevant."""
    total = dict.fromkeys([*(f"recall@{depth}" for depth in DEPTHS), "mrr@10", "ndcg@10"], 0.0)
    for question, relevant in judged.items():
        hits = [found in relevant for found in run.get(question, ())[:DEEPEST]]
        for depth in DEPTHS:
            total[f"recall@{depth}"] += sum(hits[:depth]) / len(relevant)
        first = hits.index(True) + 1 if True in hits else 0
        total["mrr@10"] += 1 / first if 0 < first <= 10 else 0
        total["ndcg@10"] += _gain(hits[:10]) / _gain([True] * min(10, len(relevant)))
    return {name: value / max(1, len(judged)) for name, value in total.items()}


def _gain(hits: Sequence[bool]) -> float:
    return sum(1 / math.log2(place + 2) for place, hit in enumerate(hits) if hit)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
