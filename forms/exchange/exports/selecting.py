"""Which rows of a requirement a person reads, and by which right. The rules themselves are `submissions.visibility`."""

from typing import TYPE_CHECKING

from django.db.models import Q

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport, Requirement
from forms.collection.querysets import ExpectedReportQuerySet
from forms.collection.visibility import NOTHING, collected, oversees, own
from forms.exchange.exports.enums import Content
from forms.exchange.exports.rules import Depth, Reach, Selection
from forms.submissions.visibility import sees_accepted, sees_drafts, sees_sent
from portal.units.access import Access, access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

REPORT = "submission__"


def reach_of(user: "User", requirement: Requirement) -> Reach:
    """The person's right to the reports of a requirement, today."""
    access = access_for(user)
    if oversees(access) or requirement.owner_id in access.unit_ids(Role.COORDINATOR):
        depth = Depth.SENT
    elif requirement.owner_id in access.unit_ids(Role.STAFF):
        depth = Depth.ACCEPTED
    else:
        depth = Depth.NOTHING
    own_units = access.unit_ids()
    owing = ExpectedReport.objects.filter(period__requirement=requirement, unit_id__in=own_units).order_by()
    return Reach(depth, frozenset(owing.values_list("unit_id", flat=True).distinct()))


def contents_open_to(reach: Reach) -> list[Content]:
    """What a person may ask for."""
    found = []
    if reach.depth or reach.units:
        found.append(Content.ACCEPTED)
    if reach.depth >= Depth.SENT or reach.units:
        found.append(Content.SENT)
    if reach.units:
        found.append(Content.WORKING)
    return found


def rows_of(user: "User", requirement: Requirement, chosen: Selection) -> ExpectedReportQuerySet:
    """The expected reports that have a row: those whose report the person reads and, if asked, those without one."""
    access = access_for(user)
    visible = readable(access, chosen.content)
    if chosen.missing:
        visible |= known(access)
    rows = ExpectedReport.objects.filter(period__requirement=requirement).filter(visible)
    return narrowed(rows, chosen)


def readable_rows(user: "User", these: Q, content: Content) -> ExpectedReportQuerySet:
    """Of these, the ones whose answers the person reads at this moment."""
    return ExpectedReport.objects.filter(these).filter(readable(access_for(user), content)).order_by()


def narrowed(rows: ExpectedReportQuerySet, chosen: Selection) -> ExpectedReportQuerySet:
    """The filters of the list that the export was asked from."""
    if chosen.periods:
        rows = rows.filter(period_id__in=chosen.periods)
    if chosen.units:
        rows = rows.filter(unit_id__in=chosen.units)
    return rows.filter(submission__state=chosen.state) if chosen.state else rows


def readable(access: Access, content: Content) -> Q:
    """Expected reports whose answers the person reads."""
    drafts = sees_drafts(access, REPORT, expected="")
    if content == Content.WORKING:
        return drafts
    beyond = sees_sent(access, REPORT, expected="") | sees_accepted(access, REPORT, expected="")
    if content == Content.ACCEPTED:
        return Q(submission__state=ReportState.ACCEPTED) & (drafts | beyond)
    return (Q(submission__first_sent_at__isnull=False) & drafts) | beyond


def known(access: Access) -> Q:
    """Expected reports of which the person may know that they are owed (as `ExpectedReportQuerySet.visible_to`)."""
    if oversees(access):
        return ~NOTHING
    announced = ~Q(period__requirement__state=RequirementState.DRAFT)
    return (announced & own(access)) | collected(access, Role.COORDINATOR)
