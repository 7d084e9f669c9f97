"""What administrators fill in: the rows of the draft, each of which nobody overwrites unseen."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class KeptForm(WagtailAdminModelForm):
    """A row with the version that was shown; who saved it and when is kept."""

    data: Any
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what somebody else saved meanwhile; what was typed stays, and a second save is meant."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            return found
        row = type(self.instance).objects.select_for_update().filter(pk=self.instance.pk).first()
        if row is None or row.version == found.get("seen"):
            return found
        sent: Any = self.data.copy()
        sent[self.add_prefix("seen")] = str(row.version)
        self.data = sent
        message = _(
            "%(person)s saved this at %(moment)s, after you opened it: “%(now)s”. Your words are kept below; save "
            "again to replace what was saved."
        )
        moment = date_format(timezone.localtime(row.changed_at), "Y-m-d H:i")
        self.add_error(None, message % {"person": row.changed_by or "—", "moment": moment, "now": row})
        return found

    def save(self, commit: bool = True) -> Any:
        """Note who saved it, and when."""
        row = self.instance
        if row.pk is not None:
            # What the instance was read with may be older than what is replaced knowingly.
            row.version = (self.cleaned_data.get("seen") or row.version) + 1
        row.changed_at, row.changed_by = timezone.now(), self.for_user
        return super().save(commit)
