"""The filters above the list of policies."""

import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.policies.enums import Validity
from home.policies.querysets import PolicyQuerySet


def topic_choices() -> list[tuple[str, str]]:
    """Topics of the first level, each followed by those below it, set in by a space."""
    from home.policies.models import PolicyTopic

    topics = list(PolicyTopic.objects.all())
    found: list[tuple[str, str]] = []
    for top in (topic for topic in topics if topic.parent_id is None):
        found.append((str(top.pk), top.name))
        found.extend((str(topic.pk), f"\u3000{topic.name}") for topic in topics if topic.parent_id == top.pk)
    return found


class PolicyFilterForm(forms.Form):
    """What readers narrow the list by. A value that does not exist narrows nothing."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100, strip=True)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    issuer = forms.ChoiceField(label=_("Issuing body"), required=False)
    year = forms.ChoiceField(label=_("Year of issue"), required=False)
    validity = forms.ChoiceField(label=_("Validity"), required=False)

    def __init__(self, *args: Any, policies: PolicyQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("topic", _("All topics"), topic_choices())
        self._offer("issuer", _("All bodies"), [(name, name) for name in policies.issuer_names()])
        self._offer("year", _("All years"), [(str(year), str(year)) for year in policies.years()])
        self._offer("validity", _("Any"), [(value, str(label)) for value, label in Validity.choices])
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def _offer(self, name: str, everything: str | Promise, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", str(everything)), *choices]

    def narrow(self, policies: PolicyQuerySet, today: datetime.date) -> PolicyQuerySet:
        """The policies that meet every filter that was set."""
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            policies = policies.named(words)
        if topic := chosen.get("topic"):
            policies = policies.about(int(topic))
        if issuer := chosen.get("issuer"):
            policies = policies.issued_by(issuer)
        if year := chosen.get("year"):
            policies = policies.filter(year=int(year))
        if validity := chosen.get("validity"):
            policies = policies.with_validity(Validity(validity), today)
        return policies

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.values())
