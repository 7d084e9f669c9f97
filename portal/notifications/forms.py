"""The form of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notifications.enums import EmailChoice


class EmailForm(forms.Form):
    """When a person wants notifications by e-mail."""

    email = forms.ChoiceField(
        label=_("Notifications by e-mail"), choices=EmailChoice.choices, widget=forms.RadioSelect, label_suffix=""
    )
