"""People whose time in a unit has ended, and people who never had any."""

import datetime
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from forms.submissions.review.services import accept
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Membership
from search.finding import breaker
from tests.factories.submissions import send_with_file, sides
from tests.factories.units import UserFactory, person
from tests.integration.search.asking import ask_as, settle
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_index(settings: Settings, tmp_path: Path) -> None:
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    breaker.cache_clear()


def leave(user: User) -> None:
    """The appointment ran out yesterday: no row is written today that could tell anybody."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(user=user).update(valid_until=yesterday)
    User.objects.filter(pk=user.pk).update(groups_synced_on=yesterday)


@pytest.mark.parametrize("who", ["reporter", "coordinator", "leader", "auditor", "administrator", "no role at all"])
def test_whoever_has_left_sees_nothing_anywhere(who: str) -> None:
    found = sides()
    kept = send_with_file(found)
    accept(user=found.coordinator, submission=found.report, version=1)
    settle()
    match who:
        case "reporter" | "coordinator":
            user: User = getattr(found, who)
        case "no role at all":
            user = UserFactory()
        case _:
            user = person(Role(who))
    client = browser(user)
    leave(user)
    pk, requirement = found.expected.pk, found.expected.period.requirement_id
    for address in (
        reverse("submissions:detail", args=[pk]),
        reverse("submissions:fill", args=[pk]),
        reverse("submissions:file", args=[kept.pk]),
        reverse("submissions:queue"),
        reverse("submissions:todo"),
        reverse("collection:detail", args=[requirement]),
        reverse("collection:list"),
        reverse("programmes:list"),
        "/admin/units/person/",
        "/admin/audit/log/",
        "/admin/api/main/pages/",
    ):
        assert client.get(address, follow=True).status_code in (403, 404), address
    again = User.objects.get(pk=user.pk)
    assert not again.groups.exists()
    assert ask_as(again, "街面巡查", facets=("kind", "unit")).total == 0
    front = client.get("/search/", {"q": "街面巡查"}).content.decode()
    assert str(found.expected.unit) not in front
