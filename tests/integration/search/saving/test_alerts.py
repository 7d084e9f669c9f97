"""Whom alerts of saved searches reach: never somebody who may not see, and nobody twice."""

import random
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Membership
from search.engines.base import EngineUnavailableError
from search.saving.alerting import send_alerts
from search.saving.enums import Cadence
from search.saving.models import NewResult
from search.saving.telling import tell
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.submissions import report_in
from tests.factories.units import MembershipFactory, UnitFactory, person
from tests.integration.search.asking import settle
from tests.integration.search.saving.library import MINE, alert, as_, found, kept, make_due, told
from tests.integration.search.trimming import WORD, may_see, populate

pytestmark = pytest.mark.django_db


def test_a_page_opened_to_others_is_new_to_them_alone(staff: User) -> None:
    editor = person(Role.EDITOR)
    mine, theirs = kept(staff), kept(editor)
    page = PolicyPageFactory(title="救助办法")
    restrict(page, Role.EDITOR)
    alert()
    assert (found(mine), found(theirs)) == (set(), {"救助办法"})
    NewResult.objects.all().delete()
    PageViewRestriction.objects.filter(page=page).delete()
    alert()
    assert (found(mine), found(theirs)) == ({"救助办法"}, set())


def test_a_new_role_opens_what_it_opens(staff: User) -> None:
    unit = UnitFactory()
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    PolicyPageFactory(title="救助办法")
    settle()
    search = kept(staff)
    alert()
    assert found(search) == set()
    MembershipFactory(user=staff, unit=unit, role=Role.REPORTER)
    alert()
    assert len(found(search)) == 1
    assert "救助小结" in found(search).pop()
    alert()
    assert NewResult.objects.count() == 1


def test_while_the_engine_is_away_new_roles_wait_and_all_else_goes_on(staff: User) -> None:
    unit = UnitFactory()
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    settle()
    search = kept(staff, cadence=Cadence.AT_ONCE)
    MembershipFactory(user=staff, unit=unit, role=Role.REPORTER)
    PolicyPageFactory(title="救助办法")
    settle()
    with patch("search.saving.gaining.find", side_effect=EngineUnavailableError("away")):
        list(send_alerts())
    assert found(search) == {"救助办法"}
    assert len(told(staff)) == 1
    alert()
    assert len(found(search)) == 2


def test_a_search_that_cannot_be_asked_keeps_nobody_from_being_told(staff: User) -> None:
    other = person(Role.STAFF)
    kept(staff)
    search = kept(other, cadence=Cadence.AT_ONCE)
    alert()
    MembershipFactory(user=staff, unit=UnitFactory(), role=Role.REPORTER)
    PolicyPageFactory(title="救助办法")
    settle()
    with patch("search.saving.gaining.find", side_effect=RuntimeError("broken")):
        list(send_alerts())
    assert found(search) == {"救助办法"}
    assert len(told(other)) == 1


def test_what_is_lost_before_the_alert_is_silence(staff: User) -> None:
    unit = UnitFactory()
    leaver = person(Role.REPORTER, unit)
    search = kept(leaver, "q=救助", Cadence.DAILY, "小结")
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    alert()
    assert len(found(search)) == 1
    assert "1 条新结果" in as_(leaver).get(MINE).content.decode()
    Membership.objects.filter(user=leaver).delete()
    assert "条新结果" not in as_(leaver).get(MINE).content.decode()
    assert "救助小结" not in as_(leaver).get(f"{MINE}{search.pk}/").content.decode()
    NewResult.objects.update(seen_at=None, told_at=None)
    make_due(search)
    alert()
    assert told(leaver) == []


def test_what_was_withdrawn_is_silence_even_before_the_index_knows(staff: User) -> None:
    search = kept(staff, "q=救助", Cadence.DAILY)
    page = PolicyPageFactory(title="救助办法")
    alert()
    assert found(search) == {"救助办法"}
    page.unpublish()
    assert "条新结果" not in as_(staff).get(MINE).content.decode()
    make_due(search)
    list(tell())
    assert told(staff) == []


def test_a_report_taken_back_for_correction_is_silence(staff: User) -> None:
    leader = person(Role.LEADER)
    search = kept(leader, "q=救助", Cadence.DAILY)
    requirement = RequirementFactory(title="救助小结")
    report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=PeriodFactory(requirement=requirement)))
    alert()
    assert len(found(search)) == 1
    Submission.objects.update(state=ReportState.RETURNED)
    assert "条新结果" not in as_(leader).get(MINE).content.decode()
    make_due(search)
    alert()
    assert told(leader) == []


def test_alerts_tell_everybody_of_what_they_may_see_and_of_nothing_else() -> None:
    """A generated matrix: forty people, three hundred things, against the models' own `visible_to`."""
    people = [one for one in populate(7) if isinstance(one, User)]
    searches = {user.pk: kept(user, f"q={WORD}&kind=policy&kind=training&kind=task&kind=report") for user in people}
    with patch("search.saving.results.MOST_KEPT", 1000):
        alert()
    chance = random.Random(8)
    for user in people:
        new = set(NewResult.objects.filter(search=searches[user.pk]).values_list("thing__object_id", flat=True))
        assert new == may_see(user).objects
    # Some lose their roles, some pages are closed: what is shown and told follows at once.
    for user in chance.sample(people, 15):
        Membership.objects.filter(user=user).delete()
    for page in chance.sample(list(PolicyPage.objects.live()), 30):
        restrict(page, chance.choice(list(Role)))
    make_due(*searches.values())
    list(tell())
    for user in User.objects.filter(pk__in=searches):
        sees = NewResult.objects.filter(search=searches[user.pk]).exclude(thing__object_id__in=may_see(user).objects)
        page = BeautifulSoup(as_(user).get(f"{MINE}{searches[user.pk].pk}/").content, "html.parser")
        links = {str(link["href"]) for link in page.select(".search-result h2 a")}
        assert links.isdisjoint(sees.values_list("thing__url", flat=True))
        assert bool(told(user)) == bool(may_see(user).objects), user
