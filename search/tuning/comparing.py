"""What a draft changes, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from search.tuning.aspects import aspect_label


@dataclass(frozen=True)
class Change:
    """One line of the draft that is not live, or of what is live and no longer in the draft."""

    what: str
    words: str
    is_new: bool


def differences(live: Mapping[str, Any], draft: Mapping[str, Any]) -> list[Change]:
    """What would be added and what would go; a changed line is both. One query, for the titles of pages."""
    titles = _titles([*live.get("promotions", ()), *draft.get("promotions", ())])
    before, after = _lines(live, titles), _lines(draft, titles)
    known, wanted = set(before), set(after)
    gone = [Change(*line, is_new=False) for line in before if line not in wanted]
    return [*gone, *(Change(*line, is_new=True) for line in after if line not in known)]


def _lines(content: Mapping[str, Any], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    synonyms = [
        (_("Synonyms"), f"{term} → {'、'.join(others)}") for term, others in content.get("synonyms", {}).items()
    ]
    phrases = [(_("Stop phrases"), phrase) for phrase in content.get("stop_phrases", ())]
    promotions = [_promotion(each, titles) for each in content.get("promotions", ())]
    boosts = [_boost(each) for each in content.get("boosts", ())]
    return [*synonyms, *promotions, *phrases, *boosts]


def _boost(each: Mapping[str, Any]) -> tuple[str, str]:
    what = aspect_label(each["facet"], each["value"], each["years"])
    return _("Weights"), f"{what} × {number_format(each['factor'])}"


def _promotion(each: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[str, str]:
    pages = "、".join(titles.get(name.partition(":")[2], _("a page that is gone")) for name in each["things"])
    question = f"…{each['key']}…" if each["contains"] else each["key"]
    days = f"{each['begins_on']}–{each['ends_on']}" if each["begins_on"] or each["ends_on"] else ""
    return _("Promoted results"), " ".join(filter(None, [question, "→", pages, days]))


def _titles(promotions: list[Mapping[str, Any]]) -> dict[str, str]:
    """Things that can be promoted are pages, so their key is the page's."""
    keys = {name.partition(":")[2] for each in promotions for name in each["things"]}
    return {str(pk): title for pk, title in Page.objects.filter(pk__in=keys).values_list("pk", "title")} if keys else {}
