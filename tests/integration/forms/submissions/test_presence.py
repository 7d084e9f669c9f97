"""Who else has the report open."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.submissions.models import Submission
from forms.submissions.presence.models import Presence
from forms.submissions.presence.services import GONE_AFTER, forget_gone, others_at
from forms.submissions.services import save_draft
from portal.accounts.middleware import BY_ITSELF, SEEN
from portal.units.enums import Role
from tests.factories.submissions import Sides, sides
from tests.factories.units import person
from tests.integration.forms.submissions.test_autosave import keep
from tests.integration.forms.submissions.test_filling import address, browser

pytestmark = pytest.mark.django_db

SECOND = datetime.timedelta(seconds=1)


def here(client: Client, found: Sides, revision: int = 0) -> dict[str, Any]:
    """The page says that it is open."""
    answer = client.post(reverse("submissions:present", args=[found.expected.pk]), {"revision": revision})
    assert answer.status_code == 200
    content: dict[str, Any] = answer.json()
    return content


def test_the_second_sees_who_was_first_and_the_first_who_came() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    assert here(browser(colleague), found) == {"others": ""}
    since = timezone.localtime().strftime("%H:%M")
    said = here(browser(found.reporter), found)["others"]
    assert "陈晓芳" in said
    assert since in said
    assert "陈晓芳" in browser(found.reporter).get(address(found)).content.decode()
    assert not Submission.objects.exists()


def test_whoever_leaves_or_falls_silent_is_gone() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    theirs, mine = browser(colleague), browser(found.reporter)
    here(theirs, found)
    assert theirs.post(reverse("submissions:gone", args=[found.expected.pk])).status_code == 204
    assert here(mine, found)["others"] == ""
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as clock:
        here(theirs, found)
        clock.shift(GONE_AFTER + SECOND)
        assert here(mine, found)["others"] == ""
        here(theirs, found)
        (there,) = others_at(user=found.reporter, expected=found.expected, now=timezone.now())
        assert there.since == timezone.now()
        clock.shift(GONE_AFTER + SECOND)
        assert forget_gone() == 2
        assert not Presence.objects.exists()


def test_what_others_have_saved_since_is_told() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    save_draft(user=colleague, expected=found.expected, answers={"people": 3}, revision=0)
    told = here(browser(found.reporter), found)
    assert told["by"] == "陈晓芳"
    assert told["revision"] == 1
    assert told["is_open"] is True
    assert set(told["bases"]) >= {"people", "summary"}
    assert "bases" not in here(browser(found.reporter), found, revision=1)


def test_an_open_page_keeps_no_session_alive_and_typing_does() -> None:
    found = sides()
    client = browser(found.reporter)
    client.get(address(found))
    seen = client.session[SEEN]
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False):
        where = reverse("submissions:present", args=[found.expected.pk])
        assert client.post(where, headers={BY_ITSELF: "1"}).status_code == 200
        assert client.session[SEEN] == seen
        keep(client, found, summary="写了")
        assert client.session[SEEN] > seen


def test_only_those_who_may_fill_in_see_who_does() -> None:
    found = sides()
    for stranger in (found.coordinator, person(Role.REPORTER), person(Role.LEADER, found.expected.unit)):
        for name in ("present", "gone"):
            answer = browser(stranger).post(reverse(f"submissions:{name}", args=[found.expected.pk]))
            assert answer.status_code in (403, 404)
    assert not Presence.objects.exists()
