"""Two thousand saved searches of four hundred people: what a look at the news costs, and a morning's alerts."""

import datetime
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.units.enums import Role
from portal.units.models import Membership
from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.looking import look
from search.saving.models import NewResult, SavedSearch, Watcher
from search.saving.rules import key_of, name_key_of
from search.saving.telling import tell
from tests.factories.home import PolicyPageFactory, paragraph
from tests.factories.units import UnitFactory
from tests.integration.search.asking import settle

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE, EACH = 400, 5
WORDS = ("甲类", "乙类", "丙类", "丁类", "戊类", "己类", "庚类", "辛类", "壬类", "癸类")
TEXT = "、".join(f"第{number}次救助管理工作会议研究街面巡查、护送返乡和托养安置" for number in range(120))


@contextmanager
def timed(name: str) -> Iterator[None]:
    started, seconds = time.process_time(), time.perf_counter()
    yield
    print(
        f"{name}: {time.perf_counter() - seconds:.2f} s, {time.process_time() - started:.2f} s of processor time, "
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


def _people() -> None:
    units = [UnitFactory() for _ in range(20)]
    users = User.objects.bulk_create(User(username=f"p{n}", password="!") for n in range(PEOPLE))
    roles = (Role.STAFF, Role.REPORTER, Role.COORDINATOR, Role.LEADER)
    Membership.objects.bulk_create(
        Membership(user=user, unit=units[n % len(units)], role=roles[n % len(roles)]) for n, user in enumerate(users)
    )
    searches = []
    for n, user in enumerate(users):
        for m in range(EACH):
            # No two are equal, or one answer would do for both; each finds a tenth of what comes.
            asked = Asked(f"{WORDS[(n + m) % len(WORDS)]}办法", {"year": ("2020", str(3000 + n * EACH + m))})
            searches.append(
                SavedSearch(
                    user=user,
                    name=f"{asked.text}{m}",
                    name_key=name_key_of(f"{asked.text}{m}"),
                    address=asked.normalised().address(),
                    key=key_of(asked),
                    cadence=Cadence.DAILY,
                    due_at=timezone.now(),
                )
            )
    SavedSearch.objects.bulk_create(searches, ignore_conflicts=True)
    assert not Watcher.objects.exists()


def test_two_thousand_searches() -> None:
    PolicyPageFactory(title="早先的办法")
    settle()
    _people()
    print(f"\n{SavedSearch.objects.count()} searches of {PEOPLE} people")
    list(look())
    for number in (1, 300):
        for n in range(number):
            title = f"{WORDS[n % len(WORDS)]}办法{number}-{n}"
            PolicyPageFactory(title=title, body=paragraph(TEXT), signed_on=datetime.date(2020, 1, 1))
        settle()
        with timed(f"a look at {number} new policies of {len(TEXT)} characters"):
            looked = list(look())
        print(f"  {sum(one.found for one in looked)} results in {len(looked)} steps")
    with timed("a look where nothing is new"):
        list(look())
    SavedSearch.objects.update(due_at=timezone.now())
    with timed("alerts of a morning"):
        told = list(tell())
    print(f"  {sum(one.people for one in told)} people told of {sum(one.searches for one in told)} searches")
    assert Notification.objects.filter(kind="search_alert").count() == sum(one.people for one in told) > 0
    assert not NewResult.objects.untold().exists()
