"""Writes of policies."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from django.db import transaction

from home.policies.datafile import PolicyRow, read_policies
from home.policies.models import PolicyIndexPage, PolicyIssuer, PolicyPage, PolicyTopic
from portal.units.models import Unit

DATA_FILE = Path(__file__).parent / "data" / "policies.jsonl"
"""Policies about aid to people living on the street; each row names where it was found."""


@dataclass(frozen=True)
class ImportResult:
    """How many pages were made, and how many of the rows had one already."""

    created: int
    present: int


def topic_named(names: tuple[str, ...], known: dict[tuple[str, ...], PolicyTopic]) -> PolicyTopic | None:
    """The topic of these levels, made where it is missing."""
    if not names:
        return None
    if names not in known:
        parent = topic_named(names[:-1], known)
        position = sum(1 for other in known if other[:-1] == names[:-1])
        known[names] = PolicyTopic.objects.create(name=names[-1], parent=parent, position=position)
    return known[names]


def known_topics() -> dict[tuple[str, ...], PolicyTopic]:
    """All topics under their full names."""
    topics = PolicyTopic.objects.select_related("parent")
    return {(topic.parent.name, topic.name) if topic.parent else (topic.name,): topic for topic in topics}


def body_of(text: tuple[tuple[str, Any], ...]) -> list[tuple[str, Any]]:
    """The blocks of a text in the data file."""
    blocks: list[tuple[str, Any]] = []
    for kind, content in text:
        if kind in ("h2", "h3"):
            blocks.append(("heading", {"text": content, "level": kind}))
        else:
            blocks.append(("paragraph", "".join(f"<p>{escape(paragraph)}</p>" for paragraph in content)))
    return blocks


def page_of(row: PolicyRow, topic: PolicyTopic | None, units: dict[str, Unit]) -> PolicyPage:
    """An unsaved page with everything the row says."""
    page = PolicyPage(
        title=row.title,
        slug=row.key.lower(),
        kind=row.kind,
        validity=row.validity,
        topic=topic,
        import_key=row.key,
        **row.words,
        **row.dates,
    )
    page.body = body_of(row.text)
    page.issuers = issuers_of(row.issuers, units)
    return page


def issuers_of(names: tuple[str, ...], units: dict[str, Unit]) -> list[PolicyIssuer]:
    """Issuing bodies in their order; those that are units of this portal are linked to them."""
    return [PolicyIssuer(name=name, unit=units.get(name), sort_order=order) for order, name in enumerate(names)]


@transaction.atomic
def import_policies(*, path: Path, index: PolicyIndexPage | None = None) -> ImportResult:
    """Make and publish a page for each row that has none. What is there stays as it is: editors may have corrected it.

    Raises:
        PolicyFileError: a line that cannot be read; nothing is imported then.
        PolicyIndexPage.DoesNotExist: there is no list page; `home.services.ensure_site` makes one.
    """
    parent = index or PolicyIndexPage.objects.get()
    present = set(PolicyPage.objects.exclude(import_key="").values_list("import_key", flat=True))
    rows = list(read_policies(path))
    missing = [row for row in rows if row.key not in present]
    if missing:
        topics = known_topics()
        units = {unit.name: unit for unit in Unit.objects.all()}
        for row in missing:
            topic_named(row.topic, topics)
        for row in reversed(missing):  # the first row is published last, hence newest
            page = page_of(row, topic_named(row.topic, topics), units)
            page.live = False
            parent.add_child(instance=page)
            page.save_revision().publish()
    return ImportResult(created=len(missing), present=len(rows) - len(missing))


def load_policies() -> ImportResult:
    """Import the project's own data file."""
    return import_policies(path=DATA_FILE)
