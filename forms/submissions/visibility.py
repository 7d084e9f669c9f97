"""Who sees a report: once as a condition for the database, once as audience tokens for the search index.

| who                                                        | sees                                              |
|------------------------------------------------------------|---------------------------------------------------|
| insiders of the reporting unit                             | everything, drafts too                            |
| coordinators of the collecting unit                        | what has been sent, as it was sent                |
| staff of the collecting unit                               | what has been accepted, as it was accepted        |
| leaders, auditors, administrators                          | what has been sent, as it was sent                |
| everybody else, external supervisors among them            | nothing                                           |

Both functions are tested against one another over random memberships.

`way` leads to the report, `expected` to what is expected where there is a shorter way than through the report.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from forms.collection.enums import ReportState
from forms.collection.visibility import collected, oversees, own
from portal.units.access import Access, role_token, unit_role_token, unit_token
from portal.units.enums import SEES_EVERY_REPORT, Role

if TYPE_CHECKING:
    from forms.submissions.models import Submission


def sees_drafts(access: Access, way: str = "", expected: str | None = None) -> Q:
    """Reports of which the person sees the working copy."""
    return own(access, _to_expected(way, expected))


def sees_sent(access: Access, way: str = "", expected: str | None = None) -> Q:
    """Reports of which the person sees every sent version."""
    sent = Q(**{f"{way}first_sent_at__isnull": False})
    return sent if oversees(access) else sent & collected(access, Role.COORDINATOR, way=_to_expected(way, expected))


def sees_accepted(access: Access, way: str = "", expected: str | None = None) -> Q:
    """Reports of which the person sees the accepted version only."""
    return Q(**{f"{way}state": ReportState.ACCEPTED}) & collected(access, Role.STAFF, way=_to_expected(way, expected))


def _to_expected(way: str, expected: str | None) -> str:
    return f"{way}expected__" if expected is None else expected


def sees(access: Access) -> Q:
    """Reports of which the person sees anything at all."""
    return sees_drafts(access) | sees_sent(access) | sees_accepted(access)


def audience(submission: "Submission") -> frozenset[str]:
    """Tokens of those who may find an accepted report; nobody finds one that is not accepted."""
    if submission.state != ReportState.ACCEPTED:
        return frozenset()
    expected = submission.expected
    owner_id = expected.period.requirement.owner_id
    return frozenset(
        {
            unit_token(expected.unit_id),
            unit_role_token(owner_id, Role.COORDINATOR),
            unit_role_token(owner_id, Role.STAFF),
            *(role_token(role) for role in SEES_EVERY_REPORT),
        }
    )
