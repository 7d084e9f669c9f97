"""The form in which a coordinator gives one unit a date of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.collection.models import ExpectedReport
from forms.collection.widgets import MinuteInput


class DueDateForm(forms.Form):
    """The instant and the reason; an empty instant takes the unit's own date back."""

    due_at = forms.DateTimeField(
        label=_("Due at, for this unit alone"),
        required=False,
        widget=MinuteInput,
        help_text=_("Empty: the date of the period holds for this unit too."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, expected: ExpectedReport) -> None:
        super().__init__(data, initial={"due_at": expected.due_override, "reason": expected.due_reason})
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """An own date needs a reason: it is shown to the unit and kept in the log."""
        given = super().clean() or {}
        if given.get("due_at") and not (given.get("reason") or "").strip():
            self.add_error("reason", gettext("Please say why this unit has a date of its own."))
        return given
