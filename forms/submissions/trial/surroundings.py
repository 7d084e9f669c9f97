"""The surroundings of a trial: the chosen unit, a period and a requirement that exist nowhere."""

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.builder.answers import Answers
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.submissions.surroundings import Surroundings
from forms.submissions.trial.models import TrialReport

if TYPE_CHECKING:
    from portal.accounts.models import User


class TrialSurroundings(Surroundings):
    """As of a real report, made in memory; nothing of it is ever stored."""

    def __init__(self, trial: TrialReport, now: datetime.datetime, *, sending: bool = False) -> None:
        requirement = Requirement(title=trial.form.title, form=trial.form, owner=trial.unit)
        period = ReportingPeriod(requirement=requirement, name=_("Trial"), opens_at=now, due_at=now)
        expected = ExpectedReport(period=period, unit=trial.unit)
        user: User = trial.user
        super().__init__(user, expected, trial.form_schema, now, sending=sending)
        self.trial = trial

    @property
    def known(self) -> dict[str, Any]:
        """Files have no address: only their names are kept."""
        return {**super().known, "file_url_name": ""}

    @cached_property
    def files(self) -> dict[str, dict[str, Any]]:
        """Names and sizes of the files chosen so far."""
        return self.trial.files

    @cached_property
    def last(self) -> Answers:
        """There was no last time."""
        return {}
