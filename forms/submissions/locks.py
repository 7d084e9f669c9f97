"""Which questions of a report may not be changed now, beside what its state forbids. One place: who saves asks here."""

from forms.submissions.models import Submission
from forms.submissions.review.returning import writable_now


def locked_questions(report: Submission) -> frozenset[str]:
    """Keys of questions whose answers stay as they are stored, whatever is typed; none where all may be changed.

    Of a table of which single cells are to be mended, the other cells are kept by its form.
    """
    scope = writable_now(report)
    if scope.is_everything:
        return frozenset()
    return frozenset(one.key for one in report.form_version.form_schema if not scope.touches(one.key))
