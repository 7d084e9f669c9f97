"""The nightly check: once a night, mending, kept, and told of only when there is something new to tell."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from forms.submissions.review.services import accept
from portal.notifications.models import Notification
from portal.units.enums import Role
from search.engines.base import EngineUnavailableError
from search.engines.embedded import EmbeddedEngine
from search.engines.registry import engine
from search.models import EngineFeed, OutboxEntry
from search.nightly import administrators, check_by_night
from search.rules import SET_ASIDE_AFTER
from search.sources.pages import PolicySource
from tests.factories.collection import ExpectedReportFactory
from tests.factories.home import PolicyPageFactory
from tests.factories.submissions import send_with_file, sides
from tests.factories.units import UserFactory, person
from tests.integration.search.asking import found, found_by, settle
from tests.integration.search.drifting import told

pytestmark = pytest.mark.django_db


def night(day: int, hour: int = 2, minute: int = 0) -> datetime.datetime:
    """A moment of the small hours in local time; the days are some time from now, when all that was noted is due."""
    first = timezone.localtime() + datetime.timedelta(days=2)
    moment = first.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment.astimezone(ZoneInfo("Asia/Shanghai")) + datetime.timedelta(days=day)


@pytest.fixture(autouse=True)
def _switched_on(settings: Settings) -> None:
    settings.PORTAL_SEARCH_CHECK_NIGHTLY = True


def at(moment: datetime.datetime) -> int:
    """Let the worker's turn come at a moment; gives how many steps it took."""
    with time_machine.travel(moment, tick=False):
        return len(list(check_by_night()))


def feed() -> EngineFeed:
    """What is kept about the embedded engine."""
    return EngineFeed.objects.get(pk="embedded")


def _lost() -> None:
    """A page that the index does not hold, although nothing waits for it."""
    page = PolicyPageFactory(title="遗失的办法")
    settle()
    engine("embedded").replace([f"policy:{page.pk}"], [])


def _put_aside(pk: int, source: str = "policy") -> OutboxEntry:
    return OutboxEntry.objects.create(
        destination="embedded",
        source=source,
        object_pk=str(pk),
        attempts=SET_ASIDE_AFTER,
        set_aside=True,
        error="ValueError: broken",
    )


def test_by_night_what_differs_is_mended_and_what_was_found_is_kept() -> None:
    _lost()
    assert found('"遗失的办法"') == []
    assert at(night(0)) > 0
    assert found('"遗失的办法"') == ["遗失的办法"]
    kept = feed()
    assert kept.checked_at == night(0)
    assert (kept.last_check["missing"], kept.last_check["repaired"], kept.last_check["left"]) == (1, 1, 0)
    assert kept.check_alive_at is None


def test_it_is_checked_once_a_night_and_never_by_day() -> None:
    PolicyPageFactory(title="某办法")
    settle()
    assert at(night(0, hour=0, minute=59)) == 0
    assert at(night(0, hour=14)) == 0
    assert at(night(0, hour=1)) > 0
    assert at(night(0, hour=4)) == 0
    assert at(night(9, hour=12)) == 0
    assert at(night(10, hour=4)) > 0


def test_it_can_be_switched_off(settings: Settings) -> None:
    settings.PORTAL_SEARCH_CHECK_NIGHTLY = False
    PolicyPageFactory(title="某办法")
    assert at(night(0)) == 0
    assert not EngineFeed.objects.filter(checked_at__isnull=False).exists()


def test_one_worker_checks_at_a_time_and_one_that_was_killed_is_followed() -> None:
    PolicyPageFactory(title="某办法")
    settle()
    with time_machine.travel(night(0), tick=False) as clock:
        first = check_by_night()
        next(first)
        assert list(check_by_night()) == []
        clock.shift(datetime.timedelta(minutes=5))
        next(first)  # a sign of life
        clock.shift(datetime.timedelta(minutes=6))
        assert list(check_by_night()) == []
        clock.shift(datetime.timedelta(minutes=11))
        assert len(list(check_by_night())) > 0
        assert feed().checked_at == timezone.now()


def test_one_that_fails_is_begun_anew_at_the_next_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    PolicyPageFactory(title="某办法")
    settle()
    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "held", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            at(night(0))
    assert feed().checked_at is None
    assert at(night(0, minute=5)) > 0


def test_an_engine_that_is_away_is_told_and_tried_again_within_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = person(Role.ADMINISTRATOR)

    def _away(self: EmbeddedEngine) -> bool:
        raise EngineUnavailableError("away")

    PolicyPageFactory(title="某办法")
    settle()
    with monkeypatch.context() as away:
        away.setattr(EmbeddedEngine, "exists", _away)
        at(night(0, hour=1))
        assert "away" in feed().last_check["fault"]
        assert at(night(0, hour=1, minute=30)) == 0
        at(night(0, hour=2, minute=30))
    assert Notification.objects.filter(recipient=administrator).count() == 1
    assert at(night(0, hour=4)) > 0
    assert feed().last_check["fault"] == ""


def test_administrators_are_told_once_of_the_same_trouble() -> None:
    administrator, root = person(Role.ADMINISTRATOR), UserFactory(is_superuser=True)
    gone = person(Role.ADMINISTRATOR)
    gone.is_active = False
    gone.save()
    editor = person(Role.EDITOR)
    assert set(administrators()) == {administrator, root}
    settle()

    def number() -> int:
        assert not Notification.objects.filter(recipient__in=[gone, editor]).exists()
        numbers = [Notification.objects.filter(recipient=one).count() for one in (administrator, root)]
        assert numbers[0] == numbers[1]
        return numbers[0]

    at(night(0))
    assert number() == 0
    _put_aside(1)
    at(night(1))
    assert number() == 1
    at(night(2))
    assert number() == 1
    _put_aside(2)
    at(night(3))
    assert number() == 2
    OutboxEntry.objects.all().delete()
    at(night(4))
    assert number() == 2
    _put_aside(2)
    at(night(5))
    assert number() == 3
    told_last = Notification.objects.filter(recipient=administrator).latest("pk")
    assert told_last.text == "内置索引：1 项内容无法编入索引。"
    assert told_last.address == "/admin/search/state/"


def test_what_cannot_be_read_is_set_aside_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PolicyPageFactory(title="出错的办法")
    settle()
    monkeypatch.setattr(PolicySource, "particulars", lambda self, page: 1 / 0)
    at(night(0))
    at(night(1))
    entry = OutboxEntry.objects.get()
    assert (entry.object_id, entry.set_aside) == (f"policy:{page.pk}", True)
    assert "ZeroDivisionError" in entry.error
    assert feed().last_check["set_aside"] == 1


def test_a_check_by_hand_keeps_the_same_and_tells_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    administrator = person(Role.ADMINISTRATOR)
    _lost()
    result = told(capsys, "--no-repair", right=False)
    kept = feed().last_check
    for name in ("documents", "expected", "missing", "stale", "extra", "repaired", "left", "outdated", "fault"):
        assert kept[name] == result[name], name
    assert kept["repair"] is False
    assert not Notification.objects.filter(recipient=administrator).exists()
    at(night(0))
    assert feed().last_check["repaired"] == 1


def test_a_check_by_hand_that_repaired_in_the_night_is_the_nights(capsys: pytest.CaptureFixture[str]) -> None:
    PolicyPageFactory(title="某办法")
    settle()
    with time_machine.travel(night(0, hour=1, minute=30), tick=False):
        told(capsys, "--no-repair", right=True)
    assert at(night(0, hour=2)) > 0
    with time_machine.travel(night(1, hour=1, minute=30), tick=False):
        told(capsys, right=True)
    assert at(night(1, hour=2)) == 0


def test_an_outage_noted_meanwhile_leaves_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    at(night(0))
    kept = feed().last_check

    def _away(self: EmbeddedEngine) -> bool:
        EngineFeed.objects.update(last_check={**kept, "left": 7})
        raise EngineUnavailableError("away")

    monkeypatch.setattr(EmbeddedEngine, "exists", _away)
    PolicyPageFactory(title="某办法")
    settle()
    assert feed().failures == 1
    assert feed().last_check["left"] == 7


def test_files_of_reports_are_the_portals_own(capsys: pytest.CaptureFixture[str]) -> None:
    reported = sides(ExpectedReportFactory())
    kept = send_with_file(reported)
    accept(user=reported.coordinator, submission=reported.report, version=1)
    settle()
    assert kept.name in found_by(reported.reporter, kept.name)
    result = told(capsys, "--no-repair", right=True)
    assert (result["missing"], result["stale"], result["extra"]) == (0, 0, 0)
