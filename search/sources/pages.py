"""Pages that people read: policies, training classes, campaigns."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.utils import timezone

from home.blocks import plain_text
from home.campaigns.models import CampaignPage
from home.pages import ReadingPage
from home.policies.articles import outside_articles, structure
from home.policies.enums import Validity
from home.policies.models import PolicyPage
from home.policies.reading import lines_of
from home.policies.rules import shown_validity
from home.querysets import audience_tokens, restrictions, viewable
from home.training.models import TrainingPage
from portal.media.references import documents_used_by, refresh
from portal.units.access import covers
from search.documents import SearchDocument, object_id
from search.kinds import CAMPAIGN, POLICY, TRAINING
from search.parts import Part, with_parts
from search.sources.base import Thing
from search.sources.statutes import article_parts

if TYPE_CHECKING:
    from portal.accounts.models import User

AnyPage = TypeVar("AnyPage", bound=ReadingPage)


class PageSource(Generic[AnyPage]):
    """Live pages, found by whoever may open them."""

    name: str
    model: type[AnyPage]
    related: ClassVar[tuple[str, ...]] = ()

    def all_pks(self) -> Iterable[Any]:
        """Live pages."""
        return self.model.objects.live().order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """One document a page, and one for each part of it that can be gone to."""
        known = restrictions()
        for page in self.model.objects.live().filter(pk__in=pks).prefetch_related(*self.related):
            url = page.get_url()
            if url:
                text, parts = self.text(page)
                whole = SearchDocument(
                    object_id=object_id(self.name, page.pk),
                    kind=self.name,
                    title=page.title,
                    url=url,
                    audience=audience_tokens(page, known),
                    **{"body": text, **self.particulars(page)},
                )
                yield from with_parts(whole, parts)

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """The files that the pages use now: who may find them depends on the pages."""
        for page in self.model.objects.filter(pk__in=pks):
            refresh(page)
            yield from (("document", pk) for pk in documents_used_by(page))

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Live pages that the person may open."""
        return viewable(self.model.objects.live().filter(pk__in=pks), user).values_list("pk", flat=True)

    def text(self, page: AnyPage) -> tuple[str, Sequence[Part]]:
        """What is read on the page, without what is a field of its own, and the parts of the page with their text."""
        return f"{page.summary}\n{plain_text(page.body)}", ()

    def particulars(self, page: AnyPage) -> dict[str, Any]:
        """What this kind has beyond title, address and text."""
        raise TypeError(f"{type(self).__name__} does not say what its pages have")


class PolicySource(PageSource[PolicyPage]):
    """Policies and regulations."""

    name, model, related = POLICY, PolicyPage, ("issuers", "topic", "replaced_by")

    def text(self, page: PolicyPage) -> tuple[str, Sequence[Part]]:
        """A regulation is found through its articles."""
        nodes = structure(lines_of(page.body))
        parts = article_parts(page.title, nodes)
        if not parts:
            return super().text(page)
        return "\n".join([page.summary, *outside_articles(nodes)]), parts

    def particulars(self, page: PolicyPage) -> dict[str, Any]:
        """Number, issuers, validity as of today; what turns on a later day is noted on that day (`search.turning`)."""
        issuers = tuple(page.issuer_names)
        validity = shown_validity(Validity(page.validity), page.effective_on, page.expires_on, timezone.localdate())
        return {
            "numbers": (page.doc_number,) if page.doc_number else (),
            "extra": (*issuers, page.index_number, page.topic.name if page.topic else ""),
            "date": page.dated_on,
            "facets": {
                "issuer": issuers,
                "topic": (page.topic.name,) if page.topic else (),
                "document": (page.kind,),
                "validity": (validity.value,) if validity != Validity.UNKNOWN else (),
            },
            "shown": {
                "number": page.doc_number,
                "issuer": "、".join(issuers),
                "validity": page.validity,
                "effective_on": _iso(page.effective_on),
                "expires_on": _iso(page.expires_on),
                **self._newer(page),
            },
        }

    @staticmethod
    def _newer(page: PolicyPage) -> dict[str, str]:
        """What replaced it, where everybody who finds the one may open the other."""
        newer = page.replaced_by
        if newer is None or not newer.live:
            return {}
        if not covers(audience_tokens(newer), audience_tokens(page)):
            return {}
        return {"newer": newer.title, "newer_url": newer.get_url() or ""}


class TrainingSource(PageSource[TrainingPage]):
    """Training classes."""

    name, model = TRAINING, TrainingPage

    def particulars(self, page: TrainingPage) -> dict[str, Any]:
        """When, where, by whom."""
        return {
            "date": timezone.localdate(page.starts_at) if page.starts_at else None,
            "extra": (page.place, page.lecturer, page.organiser, page.audience),
            "shown": {"place": page.place, "organiser": page.organiser},
        }


class CampaignSource(PageSource[CampaignPage]):
    """Publicity campaigns."""

    name, model, related = CAMPAIGN, CampaignPage, ("indicators",)

    def particulars(self, page: CampaignPage) -> dict[str, Any]:
        """When and by whom."""
        return {
            "date": page.starts_on,
            "body": "\n".join([self.text(page)[0], *map(str, page.indicators.all())]),
            "extra": (page.theme, page.organiser, page.places),
            "shown": {"organiser": page.organiser},
        }


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
