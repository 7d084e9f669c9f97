"""What administrators fill in: a judged question, and a table of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.judging.widgets import ThingsField
from search.tuning.forms import KeptForm


class JudgementForm(KeptForm):
    """A question with what should be found."""

    relevant = ThingsField(
        label=_("what should be found"),
        help_text=_(
            "Pages and tasks. Look for words, or write an address of this portal or a document number, one a line."
        ),
    )


class TableForm(forms.Form):
    """A table of judged questions."""

    file = forms.FileField(
        label=_("Table (XLSX or CSV)"),
        allow_empty_file=True,
        help_text=_(
            "Columns: question, relevant, grade (3 answers it, 2 helps, 1 touches on it; empty is 3), note. One thing "
            "a row, or several in a cell with semicolons between: addresses, document numbers, or names as exported."
        ),
    )
    is_whole = forms.BooleanField(
        label=_("Take out questions that the table does not have"),
        required=False,
        help_text=_("Otherwise questions of the table are added or replaced, and the others stay."),
    )
