"""The form in which a person makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.tokens.enums import Scope

LONGEST_DAYS = 366


class TokenForm(forms.Form):
    """What for, for what, how long."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("Such as the name of the program that will use it.")
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("token", "It may"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )
    days = forms.IntegerField(
        label=_("Valid for how many days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=90,
        help_text=_("At most a year."),
    )
