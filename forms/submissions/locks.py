"""Which questions of a report may not be changed now, beside what its state forbids. One place: who saves asks here."""

from forms.submissions.models import Submission


def locked_questions(report: Submission) -> frozenset[str]:
    """Keys of questions whose answers stay as they are stored, whatever is typed; none where all may be changed."""
    return frozenset()
