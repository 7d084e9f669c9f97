"""Which side of a report a person is on."""

from typing import TYPE_CHECKING

from forms.collection.models import ExpectedReport
from forms.submissions.enums import Party
from portal.units.access import access_for
from portal.units.enums import REPORTING_ROLES, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.submissions.models import Submission
    from portal.accounts.models import User


def may_write(user: "User | AnonymousUser", expected: ExpectedReport) -> bool:
    """Reporters and reviewers of the reporting unit."""
    return expected.unit_id in access_for(user).unit_ids(*REPORTING_ROLES)


def may_sign_off(user: "User | AnonymousUser", expected: ExpectedReport) -> bool:
    """Reviewers of the reporting unit."""
    return expected.unit_id in access_for(user).unit_ids(Role.UNIT_REVIEWER)


def only_stands_in(user: "User | AnonymousUser", expected: ExpectedReport) -> bool:
    """Whether the person reviews for the unit only while its reviewer is absent.

    Such a person signs off what others have prepared, not their own work: two people look at a report, also then.
    """
    return (Role.UNIT_REVIEWER, expected.unit_id) in access_for(user).standing_in


def is_own_work(user: "User | AnonymousUser", submission: "Submission") -> bool:
    """Whether the person would sign off, standing in for the reviewer, what they have filled in themselves."""
    return submission.prepared_by_id == user.pk and only_stands_in(user, submission.expected)


def may_review(user: "User | AnonymousUser", expected: ExpectedReport) -> bool:
    """Coordinators of the collecting unit. Nobody else, administrators included: they run the portal, not the work."""
    return expected.period.requirement.owner_id in access_for(user).unit_ids(Role.COORDINATOR)


def may_have_originals(user: "User | AnonymousUser", expected: ExpectedReport) -> bool:
    """Who may have a photograph as it was taken, with its time and place: the reporting unit and its reviewers.

    Everybody else who sees the report sees copies that tell neither.
    """
    return expected.unit_id in access_for(user).unit_ids() or may_review(user, expected)


def belongs_to(user: "User | AnonymousUser", expected: ExpectedReport, party: Party) -> bool:
    """Whether the person may take the steps of a party."""
    return {Party.UNIT: may_write, Party.UNIT_REVIEWER: may_sign_off, Party.REVIEWER: may_review}[party](user, expected)
