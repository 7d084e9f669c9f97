"""What is live, read with every question: one query, so that a change holds at once in every process."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from search.documents import object_id
from search.engines.base import Query
from search.sources.registry import source_of
from search.tuning.models import Boost, LiveTuning, Promotion, StopPhrase, SynonymGroup
from search.tuning.rules import Tuning, lines_of, synonyms_of
from search.wording import wording_key

ONLY = 1
"""The key of the one row."""

_parsed: dict[str, Any] = {"number": None, "tuning": Tuning()}


def live() -> Tuning:
    """What is live now; taken apart again only after it changed."""
    row = LiveTuning.objects.filter(pk=ONLY).values_list("number", "put_live_at", "content").first()
    if row is None:
        return Tuning()
    number = row[:2]
    if _parsed["number"] != number:
        _parsed.update(number=number, tuning=Tuning.of(row[2]))
    found: Tuning = _parsed["tuning"]
    return found


def tuned(query: Query, tuning: Tuning | None = None) -> Query:
    """The question with what administrators decided, live or as given; a question without words is left as it is."""
    if not query.text:
        return query
    tuning = live() if tuning is None else tuning
    today = timezone.localdate()
    promoted, boosts = tuning.promoted(query.text, today), tuning.boosted(today)
    return replace(query, wording=tuning.wording, promoted=promoted, boosts=boosts)


def standing() -> tuple[dict[str, Any], dict[str, Any]]:
    """What is live, and the draft, both as they are written when something is put live."""
    content = LiveTuning.objects.filter(pk=ONLY).values_list("content", flat=True).first()
    return content or {}, draft()


def draft() -> dict[str, Any]:
    """The rows that are active, as they would go live."""
    groups = [(lines_of(group.words), group.is_one_way) for group in SynonymGroup.objects.active().order_by("pk")]
    promotions = Promotion.objects.active().select_related(
        *(f"{name}__content_type" for name in ("first", "second", "third"))
    )
    return {
        "synonyms": synonyms_of(groups),
        "stop_phrases": sorted(StopPhrase.objects.active().values_list("key", flat=True)),
        "promotions": [_promotion(promotion) for promotion in promotions.order_by("pk")],
        "boosts": [_boost(boost) for boost in Boost.objects.active().order_by("pk")],
    }


def _boost(boost: Boost) -> dict[str, Any]:
    facet, value = boost.aspect
    return {"factor": float(boost.factor), "facet": facet, "value": value, "years": boost.years or 0}


def _promotion(promotion: Promotion) -> dict[str, Any]:
    things = []
    for page in promotion.pages:
        source = source_of(page.specific_class) if page.specific_class else None
        if source is not None:
            things.append(object_id(source.name, page.pk))
    return {
        "key": wording_key(promotion.question),
        "contains": promotion.match == "contains",
        "things": things,
        "begins_on": promotion.begins_on.isoformat() if promotion.begins_on else "",
        "ends_on": promotion.ends_on.isoformat() if promotion.ends_on else "",
    }
