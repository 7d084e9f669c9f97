"""The form in which an indicator is composed: each choice decides what can be chosen next.

A requirement or a form offers its questions by label; a question offers what can be made of its answers; that decides
by what it can be shown. What does not fit any more after a change is forgotten, so that nothing contradicts itself.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forms.builder.models import FormPage, FormVersion
from forms.builder.schema import FormSchema
from forms.collection.models import Requirement
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.questions import Question, find, questions
from forms.reporting.indicators.rules import splits_for

if TYPE_CHECKING:
    from portal.accounts.models import User

Choices = list[tuple[str, str]]


class IndicatorForm(forms.Form):
    """Fields appear as soon as what stands above them is chosen."""

    title = forms.CharField(label=_("Title of the figure"), max_length=100)
    source = forms.ChoiceField(
        label=_("Accepted reports on"), help_text=_("A requirement, or every requirement that asks with a form.")
    )
    question = forms.ChoiceField(label=_("Question"))
    aggregation = forms.ChoiceField(label=_("What is made of the answers"))
    choice = forms.ChoiceField(label=_("Choice that is counted"))
    split = forms.ChoiceField(label=_("Shown"))
    filter_question = forms.ChoiceField(label=_("Only where the answer to"), required=False)
    filter_choice = forms.ChoiceField(label=_("is this"))
    measure = forms.CharField(
        label=_("Unit of measure"), max_length=20, required=False, help_text=_("Empty: the one of the question.")
    )
    note = forms.CharField(
        label=pgettext_lazy("indicator", "Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the figure means, and what it does not."),
    )
    is_shown = forms.BooleanField(label=_("Shown among the figures"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, user: "User", instance: Indicator, strict: bool) -> None:
        """With `strict`, what was sent is judged; else it is what a person has chosen so far."""
        given = _sent(data, self.base_fields) if data is not None else _initial(instance)
        super().__init__(given if strict else None, initial=given)
        self.user, self.instance, self.given, self.strict = user, instance, given, strict
        self.use_required_attribute = False
        self.asked: Question | None = None
        self.offered: dict[str, set[str]] = {}
        self._offer()
        for name, field in self.fields.items():
            # A choice brings the next menus; what is being typed meanwhile stays where it is. The form listens, not
            # the menu: one that has just come would be deaf for a moment.
            field.widget.attrs.update({"data-live": ""} if name in self.offered else {"hx-preserve": "true"})

    def _offer(self) -> None:
        """Fill the menus from the top down, and take away what has nothing to offer yet."""
        self._menu("source", _sources(self.user, self.instance))
        schema = schema_of(self.given["source"]) if self.given["source"] in self.offered.get("source", ()) else None
        self._menu("question", [(one.path, _named(one)) for one in questions(schema)] if schema else [])
        self.asked = find(schema, self.given["question"]) if schema and self.given["question"] else None
        aggregations = self.asked.aggregations if self.asked else ()
        self._menu("aggregation", [(one.value, str(one.label)) for one in aggregations])
        chosen = self.given["aggregation"] if self.given["aggregation"] in aggregations else ""
        is_choice = chosen == Aggregation.CHOICE
        by_choice = is_choice and self.given["split"] == Split.CHOICE
        splits = splits_for(Aggregation(chosen), has_choices=bool(self.asked and self.asked.choices)) if chosen else ()
        self._menu("split", [(one.value, str(one.label)) for one in splits])
        self._menu("choice", list(self.asked.choices) if self.asked and is_choice and not by_choice else [])
        filters = self._filters(schema) if schema and chosen else []
        self._menu("filter_question", filters, blank=gettext("No condition"))
        filtered = find(schema, self.given["filter_question"]) if schema and self.given["filter_question"] else None
        self._menu("filter_choice", list(filtered.choices) if filtered else [])
        if not chosen:
            for name in ("measure", "note", "is_shown"):
                del self.fields[name]

    def _filters(self, schema: FormSchema) -> Choices:
        """Questions with choices that stand on the report itself, or in the same table."""
        own = self.asked
        table = own.table or own.schema if own else None
        return [
            (one.path, one.label)
            for one in questions(schema)
            if one.choices and (one.table is None or (table is not None and one.table.key == table.key))
        ]

    def _menu(self, name: str, offered: Choices, *, blank: str | None = None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        if not offered:
            del self.fields[name]
            self.given[name] = ""
            return
        if self.given[name] not in dict(offered) and not (self.strict and self.given[name]):
            self.given[name] = offered[0][0] if name in {"split", "aggregation"} and blank is None else ""
        self.offered[name] = {code for code, _label in offered}
        field.choices = [("", "—" if blank is None else blank), *offered]
        field.error_messages["required"] = gettext("Please choose.")

    @property
    def is_complete(self) -> bool:
        """Whether enough is chosen to work the figure out."""
        more = [name for name in ("choice", "filter_choice") if name in self.fields]
        needed = ["source", "question", "aggregation", "split", *more]
        return all(self.given[name] and self.given[name] in self.offered.get(name, ()) for name in needed)

    def clean(self) -> dict[str, Any]:
        """Every choice down to the last must have been made; where a menu is missing, the one above it is at fault."""
        given = super().clean() or {}
        if not self.errors and not self.is_complete:
            self.add_error("source", gettext("Please choose a question that can be counted."))
        return given

    def composed(self) -> Indicator:
        """The indicator as it is chosen; not saved."""
        given, made = self.given, self.instance
        requirement, made.form_id = _ids(given["source"])
        made.requirement_id = requirement
        for name in ("question", "aggregation", "split", "choice", "filter_question", "filter_choice"):
            setattr(made, name, given[name])
        if not made.filter_choice:
            made.filter_question = ""
        for name in ("title", "measure", "note"):
            setattr(made, name, str(given.get(name) or "").strip())
        made.is_shown = bool(given.get("is_shown"))
        return made


def _named(one: Question) -> str:
    """The label with the type: so one sees what can be counted."""
    return f"{one.label}（{one.kind.label}）"


def _sent(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What was sent; a box that was not there yet is ticked when it appears."""
    given = {name: data.get(name, "") for name in names}
    return given if given["aggregation"] else {**given, "is_shown": True}


def _initial(instance: Indicator) -> dict[str, Any]:
    """What the form shows of an indicator that is there; of a new one, that it will be shown."""
    names = [name for name in IndicatorForm.base_fields if name not in {"source", "is_shown"}]
    given: dict[str, Any] = {name: getattr(instance, name) for name in names}
    given["source"] = f"r{instance.requirement_id}" if instance.requirement_id else f"f{instance.form_id or ''}"
    return {**given, "is_shown": instance.is_shown}


def _sources(user: "User", instance: Indicator) -> Choices:
    """Requirements that the person sees, to editors all that are announced; then forms that have been published."""
    seen = Requirement.objects.counted_by(user)
    offered = Q(pk__in=seen.order_by().values("pk")) | Q(pk=instance.requirement_id)
    asked = Requirement.objects.filter(offered, form__versions__isnull=False).distinct()
    pages = FormPage.objects.filter(versions__isnull=False).distinct().order_by("title")
    every = pgettext_lazy("indicator", "every requirement with the form “%(form)s”")
    return [
        *((f"r{one.pk}", one.title) for one in asked),
        *((f"f{one.pk}", str(every) % {"form": one.title}) for one in pages),
    ]


def _ids(source: str) -> tuple[int | None, int]:
    """Requirement and form behind a source."""
    if source.startswith("r"):
        requirement = Requirement.objects.only("form_id").get(pk=source[1:])
        return requirement.pk, requirement.form_id
    return None, int(source[1:])


def schema_of(source: str) -> FormSchema | None:
    """What the form behind a source asks now; None where nothing is chosen yet."""
    if not source[1:].isdecimal():
        return None
    if source.startswith("r"):
        versions = FormVersion.objects.filter(form__requirements=int(source[1:]))
    else:
        versions = FormVersion.objects.filter(form_id=int(source[1:]))
    latest = versions.order_by("-number").first()
    return latest.form_schema if latest else None
