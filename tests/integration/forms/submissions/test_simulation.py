"""A programme year in which two ways of counting agree."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.collection.models import ExpectedReport, Requirement
from forms.collection.querysets import ExpectedReportQuerySet
from forms.submissions.models import Submission
from forms.submissions.simulation.services import simulate_year
from portal.units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_figure_on_the_dashboard_is_the_one_counted_from_the_events() -> None:
    found = simulate_year(units=11, seed=7, days=110)
    assert found.mismatches == []
    assert found.agree
    assert found.checked > 200
    assert 0 < found.submissions < found.expected


def test_nothing_of_a_simulation_stays() -> None:
    simulate_year(units=2, seed=1, days=20)
    for model in (Unit, Requirement, ExpectedReport, Submission):
        assert not model._base_manager.exists()


@pytest.mark.once
def test_a_dashboard_that_counts_waived_reports_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExpectedReportQuerySet, "not_waived", lambda self: self.all())
    found = simulate_year(units=14, seed=3, days=60)
    assert not found.agree
    assert {one["figure"] for one in found.mismatches} >= {"expected"}


@pytest.mark.once
def test_the_command_prints_one_document() -> None:
    out = StringIO()
    call_command("simulate_year", "--units", "2", "--seed", "5", "--days", "30", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["agree"] is True
    assert set(told) == {"agree", "checked", "mismatches", "expected", "submissions"}


@pytest.mark.once
@pytest.mark.parametrize("wrong", [["--units", "0"], ["--days", "0"]])
def test_numbers_that_make_no_year_are_refused(wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("simulate_year", *wrong)
