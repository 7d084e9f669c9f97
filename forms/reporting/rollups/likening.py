"""Sentences of several units that say the same: proposed, never put together unasked.

The same are sentences whose letters and digits are the same; long ones also where most of their runs of characters are,
by the measure with which review tells copied texts (`forms.submissions.review.flags`).
"""

from dataclasses import dataclass
from typing import Any

from forms.reporting.rollups.cutting import plain_form
from forms.reporting.rollups.enums import Origin
from forms.reporting.rollups.models import RollUp, Sentence
from forms.submissions.review.flags import SAME_FROM, SHORTEST, shingles

SHORTEST_SAME = 4
"""Letters and digits of a sentence that is worth putting together with its equals: “无。” is not."""


@dataclass(frozen=True)
class Group:
    """Sentences that say the same, in the order of the document, with the units that say it."""

    question: str
    label: str
    rows: list[tuple[Sentence, str]]
    is_exact: bool

    @property
    def units(self) -> str:
        """Who says it."""
        return "、".join(dict.fromkeys(unit for _sentence, unit in self.rows))


def groups(rollup: RollUp) -> list[Group]:
    """Proposals, question by question, exact ones first; one query."""
    rows = (
        Sentence.objects.filter(
            block__rollup=rollup,
            origin=Origin.REPORTED,
            left_out=False,
            block__left_out=False,
            merged_into__isnull=True,
        )
        .select_related("block__unit")
        .prefetch_related("sources")
        .order_by("block__position", "position")
    )
    by_question: dict[str, list[tuple[Sentence, str]]] = {}
    for one in rows:
        by_question.setdefault(one.block.question, []).append((one, str(one.block.unit)))
    found = [group for question, some in by_question.items() for group in _of_question(question, some)]
    return sorted(found, key=lambda group: not group.is_exact)


def _of_question(question: str, rows: list[tuple[Sentence, str]]) -> list[Group]:
    same: dict[str, list[tuple[Sentence, str]]] = {}
    for row in rows:
        plain = plain_form(row[0].text)
        if len(plain) >= SHORTEST_SAME:
            same.setdefault(plain, []).append(row)
    label = next((source.label for sentence, _unit in rows for source in sentence.sources.all()), question)
    exact = [Group(question, label, some, is_exact=True) for some in same.values() if _several(some)]
    near = [Group(question, label, some, is_exact=False) for some in _alike(same) if _several(some)]
    return [*exact, *near]


def _several(rows: list[tuple[Sentence, str]]) -> bool:
    return len({unit for _sentence, unit in rows}) > 1


def _alike(same: dict[str, list[Any]]) -> list[list[Any]]:
    """Groups of long sentences that are almost the same; each belongs to one group only."""
    texts = sorted((one for one in same if len(one) >= SHORTEST), key=len)
    runs = {one: shingles(one) for one in texts}
    taken: set[str] = set()
    found = []
    for place, one in enumerate(texts):
        if one in taken:
            continue
        together = [one]
        for other in texts[place + 1 :]:
            if len(runs[one]) < SAME_FROM * len(runs[other]):
                break  # it is so much longer that it cannot be almost the same
            common = len(runs[one] & runs[other])
            if other not in taken and common >= SAME_FROM * (len(runs[one]) + len(runs[other]) - common):
                together.append(other)
        if len(together) > 1:
            taken.update(together)
            rows = [row for text in together for row in same[text]]
            found.append(sorted(rows, key=lambda row: (row[0].block.position, row[0].position)))
    return found
