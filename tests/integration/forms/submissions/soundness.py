"""Whether a report's history, versions and state belong together."""

from forms.collection.enums import ReportState
from forms.submissions.enums import Step
from forms.submissions.models import Submission
from forms.submissions.rules import transition


def faults_of(number: int) -> list[str]:
    """What is wrong with a report; nothing where nobody has begun it.

    The steps must follow from each other by the state machine, the last of them must have led to the state, and every
    version must have been sent by exactly one step, numbered in that order without a gap, with a receipt of its own.
    """
    report = Submission.objects.filter(pk=number).first()
    if report is None:
        return []
    faults, state, sent = [], None, list[int]()
    for event in report.events.select_related("version").reverse():
        row = transition(state, Step(event.step))
        if row is None:
            faults.append(f"{event.step} from {state}")
            continue
        state = row.leads_to(was_sent=bool(sent))
        if row.step == Step.SUBMIT:
            sent.append(event.version.number if event.version else 0)
    if state != ReportState(report.state):
        faults.append(f"the steps lead to {state}, the report is {report.state}")
    versions = list(report.versions.order_by("pk"))
    if not [one.number for one in versions] == sent == list(range(1, len(versions) + 1)):
        faults.append(f"versions {[one.number for one in versions]}, sent {sent}")
    if len({one.receipt_number for one in versions}) != len(versions):
        faults.append("a receipt twice")
    if (report.sent_at is None) != (not versions) or (versions and report.sent_at != versions[-1].sent_at):
        faults.append("sent at another time than its last version")
    return faults
