"""What the things are called that could not be indexed, and where they are: only to whom the models show them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.submissions.models import Submission
from search.draining import thing_of
from search.kinds import ATTACHMENT, KINDS, REPORT
from search.sources.registry import source, sources

if TYPE_CHECKING:
    from portal.accounts.models import User

DOCUMENT, REPORT_FILE = "document", "report-file"
FILES = {DOCUMENT: KINDS[ATTACHMENT], REPORT_FILE: _("Files of reports")}
CONFIDENTIAL = frozenset({REPORT, REPORT_FILE})
"""Kinds whose content may be sensitive: a message about what is wrong with them may quote it."""


@dataclass(frozen=True)
class Named:
    """A thing that the looker may see."""

    title: str
    url: str


def kind_of(object_id: str) -> "str | Promise":
    """What kind of thing it is, in words; empty for a kind that is no more."""
    name, _pk = thing_of(object_id)
    return {**KINDS, **FILES}.get(name, "")


def named(user: "User", objects: Collection[str]) -> dict[str, Named]:
    """`object_id` → title and address of those the person may open; at most a few queries for each kind."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for one in objects:
        name, pk = thing_of(one)
        by_source[name].append(pk)
    found: dict[str, Named] = {}
    for name in {each.name for each in sources()} & by_source.keys():
        visible = [str(pk) for pk in source(name).visible(user, by_source[name])]
        found |= {f"{name}:{pk}": one for pk, one in _names(name, visible).items()}
    return found


def _names(name: str, pks: Collection[str]) -> Mapping[Any, Named]:
    if not pks:
        return {}
    if name in CONFIDENTIAL:
        return _reports(name, pks)
    model: Any = source(name).model
    rows = model.objects.filter(pk__in=pks)
    if name == DOCUMENT:
        return {row.pk: Named(row.title, row.url) for row in rows}
    if name == "task":
        return {row.pk: Named(str(row), reverse("programmes:task", args=[row.pk])) for row in rows}
    return {row.pk: Named(row.title, row.get_url() or "") for row in rows}


def _reports(name: str, pks: Collection[str]) -> Mapping[Any, Named]:
    """Reports by requirement and unit. A file of one is called by its report: its own name may say who it is about."""
    way = "files__pk" if name == REPORT_FILE else "pk"
    expected = ("expected__period__requirement__title", "expected__unit__short_name", "expected__unit__name")
    rows = Submission.objects.filter(**{f"{way}__in": pks}).values_list(way, "pk", *expected)
    return {
        pk: Named(f"{title} · {short or unit}", reverse("submissions:detail", args=[report]))
        for pk, report, title, short, unit in rows
    }
