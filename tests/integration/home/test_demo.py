"""The demonstration: the plan moved to today, reports in every state, and no second copy of anything."""

import datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from forms.builder.library.models import FormTemplate
from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from home.demo.loading import load
from home.demo.plan_page import paragraphs
from home.demo.programme import AHEAD, days_moved, plan_text
from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.programmes.models import Programme
from portal.units.enums import Role
from portal.units.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

GROWS_ANYWAY = {"audit.auditevent", "search.outboxentry"}


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in GROWS_ANYWAY
    }


def test_loading_twice_adds_nothing() -> None:
    load()
    before = rows()
    load()
    assert rows() == before


def test_today_lies_shortly_before_the_first_reporting_date_and_every_state_is_shown() -> None:
    load()
    programme = Programme.objects.get()
    assert programme.tasks.count() == 18
    assert programme.actions.count() == 6
    first = programme.reporting_duties.earliest("date").date
    assert first == timezone.localdate() + AHEAD
    assert days_moved(programme) == timezone.localdate() + AHEAD - datetime.date(2020, 5, 28)
    assert set(Submission.objects.values_list("state", flat=True)) == set(ReportState)
    assert {one.is_whole for one in FormTemplate.objects.all()} == {True, False}
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    assert PolicyPage.objects.filter(import_key="demo-plan", live=True).count() == 1
    assert not User.objects.filter(is_demo=False).exists()


def test_it_is_refused_outside_the_demonstration_settings(settings: Settings) -> None:
    settings.PORTAL_DEMO = False
    with pytest.raises(CommandError, match="演示数据"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_accounts_are_printed_with_their_roles(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo")
    printed = capsys.readouterr().out
    for role in Role:
        assert str(role.label) in printed


def test_the_plan_page_joins_lines_that_the_printer_broke() -> None:
    found = paragraphs(plan_text())
    assert any("食品药品安全、消防安全、离站返乡、站外托养" in paragraph for paragraph in found)
    assert "二、主要任务" in found
