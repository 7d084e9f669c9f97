"""The ledger as formsets: phases, actions, tasks with their units and time limits, reporting dates, citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.translation import gettext_lazy as _

from portal.programmes.forms import (
    ActionForm,
    CitationForm,
    DeadlineForm,
    PhaseForm,
    ReportingForm,
    RowForm,
    TitleForm,
    UnitForm,
    line,
)
from portal.programmes.rules import locate


class RowFormSet(forms.BaseFormSet[RowForm]):
    """Rows of one kind, each of which can be deleted, with a blank one at the end."""

    extra = 1
    can_delete = can_delete_extra = True
    can_order = False
    min_num = 0
    max_num = 1000
    absolute_max = 2000
    validate_min = validate_max = False
    renderer = get_default_renderer()

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Label the box that deletes the row."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete")

    @property
    def kept(self) -> list[RowForm]:
        """The rows that stay."""
        return [form for form in self.forms if not form.is_left_out]

    @property
    def shown(self) -> list[RowForm]:
        """Rows with something in them."""
        return [form for form in self.forms if not form.is_blank]

    @property
    def blank(self) -> list[RowForm]:
        """Blank rows to be filled in."""
        return [form for form in self.forms if form.is_blank]


class PhaseFormSet(RowFormSet):
    """Phases."""

    form = PhaseForm


class UnitFormSet(RowFormSet):
    """Units of one task."""

    form = UnitForm


class DeadlineFormSet(RowFormSet):
    """Time limits of one task."""

    form = DeadlineForm


class ReportingFormSet(RowFormSet):
    """Reporting dates."""

    form = ReportingForm


class CitationFormSet(RowFormSet):
    """Cited documents."""

    form = CitationForm


class ActionFormSet(RowFormSet):
    """Actions; two of the same title could not be told apart."""

    form = ActionForm

    def clean(self) -> None:
        """Put the error beside the second of two equal titles."""
        seen: set[str] = set()
        for form in self.kept:
            title = form.values.get("title")
            if title and title in seen:
                form.add_error("title", _("There is another action with this title."))
            seen.add(title or "")

    def choices(self) -> list[tuple[str, Any]]:
        """Every action by its place in the formset, as choices of a task."""
        return [("", "—")] + [
            (str(place), form["title"].value() or "—") for place, form in enumerate(self.forms) if not form.is_blank
        ]

    def at(self, place: str) -> RowForm | None:
        """The action at a place; None if there is none or it is being deleted."""
        form = self.forms[int(place)] if place.isdecimal() and int(place) < len(self.forms) else None
        return None if form is None or form.is_left_out else form


class TaskForm(RowForm):
    """A task; its units and time limits hang on it as ``units`` and ``deadlines``."""

    kind = "task"
    label = _("Task")
    number = forms.CharField(label=_("No."), max_length=20, required=False, widget=line(4))
    title = forms.CharField(label=_("Title"), max_length=255, widget=line(40))
    action = forms.ChoiceField(label=_("Plan action"), required=False)
    words = forms.CharField(
        label=_("Words of the plan"),
        required=False,
        help_text=_("Copy them from the text; line breaks do not matter."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title_start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    title_end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    units: UnitFormSet
    deadlines: DeadlineFormSet

    @property
    def parts(self) -> tuple[RowFormSet, ...]:
        """The formsets of units and of time limits."""
        return self.units, self.deadlines

    def has_changed(self) -> bool:
        """A blank task with a unit in it is not blank."""
        return super().has_changed() or any(
            row.has_changed() for part in self.parts for row in part.forms if row.empty_permitted
        )


class TaskFormSet(RowFormSet):
    """Tasks with the formsets of their units and time limits."""

    form = TaskForm

    def __init__(self, *args: Any, actions: ActionFormSet, text: str, **kwargs: Any) -> None:
        self.actions = actions
        self.text = text
        self.action_choices = actions.choices()
        super().__init__(*args, **kwargs)

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Hang the parts on the task and offer the actions."""
        super().add_fields(form, index)
        cast(forms.ChoiceField, form.fields["action"]).choices = self.action_choices
        task, data = cast(TaskForm, form), self.data if form.is_bound else None
        task.units = UnitFormSet(data, prefix=f"{form.prefix}-units", initial=form.initial.get("units"))
        task.deadlines = DeadlineFormSet(data, prefix=f"{form.prefix}-deadlines", initial=form.initial.get("deadlines"))

    def is_valid(self) -> bool:
        """A task is right when its parts are, too; the parts of one to be deleted do not matter."""
        parts = [part.is_valid() for form in self.kept if isinstance(form, TaskForm) for part in form.parts]
        return super().is_valid() and all(parts)

    def clean(self) -> None:
        """A task whose action is being deleted needs another one; words must be the plan's."""
        for form in self.kept:
            place = form.values.get("action") or ""
            if place and self.actions.at(place) is None:
                form.add_error("action", _("This action is being deleted. Please choose another one."))
            words = form.values.get("words") or ""
            if words and locate(self.text, words) is None:
                form.add_error("words", _("These words are not in the plan's text. Please copy them from there."))


class LedgerForms:
    """All rows of one uploaded plan, from what is stored (``initial``) or from what was sent (``data``)."""

    def __init__(self, *, text: str, initial: Mapping[str, Any] | None = None, data: Any = None) -> None:
        rows = initial or {}
        self.title = TitleForm(data, prefix="title", initial=rows.get("title"))
        self.phases = PhaseFormSet(data, prefix="phases", initial=rows.get("phases"))
        self.actions = ActionFormSet(data, prefix="actions", initial=rows.get("actions"))
        self.tasks = TaskFormSet(data, prefix="tasks", initial=rows.get("tasks"), actions=self.actions, text=text)
        self.reporting = ReportingFormSet(data, prefix="reporting", initial=rows.get("reporting"))
        self.citations = CitationFormSet(data, prefix="citations", initial=rows.get("citations"))

    @property
    def formsets(self) -> tuple[RowFormSet, ...]:
        """The formsets in the order of the page."""
        return self.phases, self.actions, self.tasks, self.reporting, self.citations

    def is_valid(self) -> bool:
        """Check everything, so that all errors are shown at once."""
        return all([self.title.is_valid(), *(formset.is_valid() for formset in self.formsets)])

    def rows(self) -> Iterator[RowForm]:
        """Every row that is not blank, parts after their task."""
        yield self.title
        for formset in self.formsets:
            for form in formset.shown:
                yield form
                if isinstance(form, TaskForm):
                    for part in form.parts:
                        yield from part.shown

    def problems(self) -> list[tuple[str, Any, Any]]:
        """Every error as (id of the field, label, sentence), for the summary on top."""
        found = [
            (form[name].id_for_label, form[name].label, error)
            for form in self.rows()
            if form.is_bound and not form.is_left_out
            for name, errors in form.errors.items()
            for error in errors
            if name in form.fields
        ]
        tasks = [task for task in self.tasks.kept if isinstance(task, TaskForm)]
        formsets = [*self.formsets, *(part for task in tasks for part in task.parts)]
        return found + [("", "", error) for formset in formsets for error in formset.non_form_errors()]
