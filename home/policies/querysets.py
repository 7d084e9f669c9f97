"""Reads of policies."""

import datetime
from typing import Self

from django.db.models import F, Q, QuerySet

from home.policies.enums import Validity
from home.policies.rules import canonical_doc_number
from home.querysets import ContentPageQuerySet

FINAL = [Validity.REPEALED, Validity.EXPIRED]


def validity_on(shown: Validity, today: datetime.date) -> Q:
    """Rows whose validity is shown as such on a day: `rules.shown_validity` in the words of the database."""
    open_ended = ~Q(validity__in=FINAL)
    over = open_ended & Q(expires_on__lte=today)
    not_over = open_ended & (Q(expires_on__isnull=True) | Q(expires_on__gt=today))
    ahead = not_over & Q(effective_on__gt=today)
    running = not_over & (Q(effective_on__isnull=True) | Q(effective_on__lte=today))
    begun = running & Q(validity=Validity.NOT_YET, effective_on__isnull=False)
    stated = running & Q(validity=shown)
    match shown:
        case Validity.REPEALED:
            return Q(validity=shown)
        case Validity.EXPIRED:
            return Q(validity=shown) | over
        case Validity.NOT_YET:
            return ahead | (stated & Q(effective_on__isnull=True))
        case Validity.IN_FORCE:
            return stated | begun
        case _:
            return stated


class PolicyQuerySet(ContentPageQuerySet):
    """Policy pages."""

    def newest_first(self) -> Self:
        """By the document's own date; without one, by its year; without either, last."""
        return self.order_by(F("dated_on").desc(nulls_last=True), F("year").desc(nulls_last=True), "-pk")

    def newest_published(self) -> Self:
        """By when the portal published them."""
        return self.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def with_issuers(self) -> Self:
        """With issuers and topics, however many rows."""
        return self.select_related("topic__parent").prefetch_related("issuers")

    def with_validity(self, shown: Validity, today: datetime.date) -> Self:
        """Those whose validity is shown as such on a day."""
        return self.filter(validity_on(shown, today))

    def about(self, topic_id: int) -> Self:
        """Of a topic or of one below it."""
        return self.filter(Q(topic_id=topic_id) | Q(topic__parent_id=topic_id))

    def issued_by(self, name: str) -> Self:
        """With this body among the issuers."""
        from home.policies.models import PolicyIssuer

        return self.filter(pk__in=PolicyIssuer.objects.filter(name=name).values("page_id"))

    def named(self, words: str) -> Self:
        """With all the words in the title, or with this document number, however it is written."""
        in_title = Q()
        for word in words.split():
            in_title &= Q(title__icontains=word)
        return self.filter(in_title | Q(doc_number__icontains=canonical_doc_number(words)))

    def issuer_names(self) -> "QuerySet[PolicyIssuer, str]":  # type: ignore[name-defined]  # noqa: F821
        """Who issued any of these, by name."""
        from home.policies.models import PolicyIssuer

        rows = PolicyIssuer.objects.filter(page_id__in=self.order_by().values("pk"))
        return rows.order_by("name").values_list("name", flat=True).distinct()

    def years(self) -> "QuerySet[PolicyPage, int]":  # type: ignore[name-defined]  # noqa: F821
        """The years there is anything from, newest first."""
        return self.filter(year__isnull=False).order_by("-year").values_list("year", flat=True).distinct()
