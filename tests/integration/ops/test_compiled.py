"""Queries compiled once say what the querysets say that they were made from."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.collection.models import ExpectedReport
from forms.submissions.presence.models import Presence
from forms.submissions.presence.services import GONE_AFTER, others_at
from forms.submissions.views.expected import TO_BE_SHOWN, TO_BE_WRITTEN
from portal.ops.compiled import Compiled
from portal.units.access import POSTS
from portal.units.compiled import CompiledForAccess
from portal.units.enums import Role
from portal.units.models import Membership
from tests.factories.submissions import sides
from tests.factories.units import MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 4)


def test_the_same_rows_for_every_person_and_day() -> None:
    for before, after in ((None, None), (1, 1), (2, -1), (-1, 2), (None, 0), (0, None)):
        first = None if before is None else DAY - datetime.timedelta(days=before)
        last = None if after is None else DAY + datetime.timedelta(days=after)
        MembershipFactory.create(valid_from=first, valid_until=last)
        MembershipFactory.create(unit=UnitFactory.create(valid_from=first, valid_until=last))
    people = Membership.objects.order_by("pk").values_list("user_id", flat=True)
    found = 0
    for day in (DAY + datetime.timedelta(days=offset) for offset in range(-3, 4)):
        for user in people:
            asked = Membership.objects.active(day).filter(user=user).values_list("role", "unit_id")
            rows = POSTS.rows(user=user, day=day)
            assert [row[:2] for row in rows] == list(asked)
            found += len(rows)
    assert 0 < found < 7 * len(people)


def test_rows_of_a_model_come_with_what_belongs_to_them() -> None:
    mine, others = sides(), sides()
    for one in (mine, others):
        (found,) = TO_BE_SHOWN.rows(one.reporter, pk=one.expected.pk)
        stored = ExpectedReport.objects.get(pk=one.expected.pk)
        assert {field.attname: getattr(found, field.attname) for field in ExpectedReport._meta.concrete_fields} == {
            field.attname: getattr(stored, field.attname) for field in ExpectedReport._meta.concrete_fields
        }
        owner, unit = stored.period.requirement.owner, stored.unit
        with CaptureQueriesContext(connection) as asked:
            assert (found.period.requirement.owner, found.unit) == (owner, unit)
        assert len(asked) == 0


def test_everybody_gets_what_the_queryset_shows_them_whoever_asked_first() -> None:
    found = [sides() for _ in range(3)]
    people = [one.reporter for one in found] + [one.coordinator for one in found]
    units = [found[0].expected.unit, found[1].expected.period.requirement.owner]
    people += [person(role, unit) for role in Role for unit in units] + [UserFactory.create()]
    seen = 0
    for who in (*people, *reversed(people)):
        shown = set(ExpectedReport.objects.visible_to(who).values_list("pk", flat=True))
        assert {one.expected.pk for one in found if TO_BE_WRITTEN.rows(who, pk=one.expected.pk)} == shown
        seen += len(shown)
    assert 0 < seen < 2 * len(people) * len(found)


def test_what_is_kept_for_an_access_cannot_depend_on_who_asked() -> None:
    own = CompiledForAccess(lambda who, pk: Membership.objects.filter(user_id=who.pk, pk=pk), pk=int)
    with pytest.raises(AttributeError):
        own.rows(sides().reporter, pk=1)


def test_what_is_counted_is_what_would_be_read() -> None:
    found = [sides() for _ in range(3)]
    counting = CompiledForAccess(
        lambda who, most: ExpectedReport.objects.visible_to(who).filter(pk__lte=most).order_by().values_list("pk"),
        most=int,
    )
    seen = []
    for who in (found[0].reporter, found[1].coordinator, UserFactory.create(), found[0].reporter):
        shown = ExpectedReport.objects.visible_to(who)
        for most in (found[0].expected.pk, found[2].expected.pk):
            assert counting.count(who, most=most) == shown.filter(pk__lte=most).count()
        assert counting.count(who, most=10**40) == 0
        seen.append(shown.count())
    assert seen == [1, 1, 0, 1]


def test_no_more_is_counted_than_the_query_would_give() -> None:
    sides(), sides(), sides()
    assert Compiled(lambda: ExpectedReport.objects.order_by().values_list("pk")[:2]).count() == 2


def test_instants_are_compared_as_instants() -> None:
    found, now = sides(), timezone.now()
    ahead = person(Role.REPORTER, found.expected.unit)
    seen = now - GONE_AFTER + datetime.timedelta(microseconds=1)
    Presence.objects.create(expected=found.expected, user=ahead, since=now, seen_at=seen)
    (there,) = others_at(user=found.reporter, expected=found.expected, now=now)
    assert there.since == now
    assert others_at(user=found.reporter, expected=found.expected, now=now + datetime.timedelta(microseconds=2)) == []


def test_numbers_that_no_database_holds_find_nothing() -> None:
    found = sides()
    for number in (2**63, -(2**63) - 1, 10**40):
        assert TO_BE_SHOWN.rows(found.reporter, pk=number) == []
        assert not ExpectedReport.objects.filter(pk=number).exists()


def test_a_parameter_that_is_not_used_is_an_error_of_whoever_wrote_the_query() -> None:
    careless = Compiled(lambda user, day: Membership.objects.filter(user_id=user), user=int, day=datetime.date)
    with pytest.raises(ValueError, match="day"):
        careless.rows(user=1, day=DAY)
