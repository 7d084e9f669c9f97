"""Forms with which coordinators prepare a requirement."""

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from forms.builder.lifecycle.models import lifecycle_of
from forms.builder.lifecycle.rules import ENDING
from forms.builder.lifecycle.services import units_outside
from forms.builder.models import FormPage
from forms.collection.enums import RequirementState
from forms.collection.models import ReportingPeriod, Requirement
from forms.collection.permissions import collecting_units
from forms.collection.widgets import MinuteInput
from portal.programmes.enums import UnitRole
from portal.programmes.models import Programme, Task
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

    Periods = BaseInlineFormSet[ReportingPeriod, Requirement, "PeriodForm"]
else:
    Periods = BaseInlineFormSet


def _ask(form: forms.BaseForm) -> None:
    """Say what to do where something is missing."""
    for field in form.fields.values():
        field.error_messages["required"] = _("Please answer this question.")


def _helper(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class RequirementForm(forms.ModelForm[Requirement]):
    """What is asked of whom. Once announced, the form and the collecting unit stay as they are."""

    class Meta:
        model = Requirement
        fields = [
            "title",
            "instructions",
            "form",
            "owner",
            "programme",
            "task",
            "task_roles",
            "subtrees",
            "units",
            "needs_sign_off",
            "allows_nil",
        ]
        widgets = {
            "instructions": forms.Textarea(attrs={"rows": 4}),
            "units": forms.CheckboxSelectMultiple,
            "subtrees": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "instructions": _("Shown above the form: what to pay attention to, whom to ask."),
            "owner": _("The unit that receives and reviews the reports."),
            "units": _("Each of these units owes one report for each period."),
            "task": _("The task of the plan that this requirement serves."),
        }

    task_roles = forms.MultipleChoiceField(
        label=_("Units of the task"),
        choices=UnitRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever has this role on the task on the due day reports, besides the units below."),
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["form"].queryset = FormPage.objects.live().order_by("title")
        fields["form"].empty_label = fields["owner"].empty_label = _("Please choose")
        fields["owner"].queryset = collecting_units(user)
        fields["programme"].queryset = Programme.objects.visible_to(user)
        fields["task"].queryset = Task.objects.visible_to(user).select_related("programme")
        fields["units"].queryset = Unit.objects.active()
        fields["subtrees"].queryset = Unit.objects.active().filter(numchild__gt=0)
        fields["programme"].empty_label = fields["task"].empty_label = _("Not specified")
        if fields["owner"].queryset.count() == 1:
            fields["owner"].empty_label = None
        if self.instance.pk:
            fields["units"].queryset = (Unit.objects.active() | self.instance.units.all()).distinct()
        if self.instance.state != RequirementState.DRAFT:
            fields["form"].disabled = fields["owner"].disabled = True
            fields["form"].queryset = FormPage.objects.filter(pk=self.instance.form_id)
            fields["owner"].queryset = Unit.objects.filter(pk=self.instance.owner_id)
        _ask(self)
        self.helper = _helper(*self._meta.fields or ())

    def clean(self) -> dict[str, Any]:
        """A task brings its programme; a task of another programme is refused."""
        cleaned = super().clean() or {}
        task, programme = cleaned.get("task"), cleaned.get("programme")
        if task is not None and programme is None:
            cleaned["programme"] = task.programme
        elif task is not None and programme is not None and task.programme_id != programme.pk:
            self.add_error("task", _("This task belongs to another programme. Choose one of the programme above."))
        self._check_units(cleaned)
        self._check_form(cleaned)
        return cleaned

    def _check_units(self, cleaned: dict[str, Any]) -> None:
        """Somebody must report, and roles need a task to have them on."""
        if cleaned.get("task_roles") and cleaned.get("task") is None and "task" not in self.errors:
            self.add_error("task_roles", _("Choose the task first."))
        named = [name for name in ("units", "subtrees", "task_roles") if cleaned.get(name) or name in self.errors]
        if not named:
            self.add_error("units", _("Please choose who reports: units, units below others, or roles on the task."))

    def _check_form(self, cleaned: dict[str, Any]) -> None:
        """The form must still take reports, from every unit that is asked."""
        form, units = cleaned.get("form"), cleaned.get("units")
        if form is None or self.instance.state == RequirementState.CLOSED:
            return
        if self.instance.state == RequirementState.DRAFT and lifecycle_of(form).stage_now() in ENDING:
            self.add_error("form", _("The form is being closed or has been closed; choose another form."))
        if units is not None and (outside := units_outside(form, units)):
            names = "、".join(str(unit) for unit in outside)
            self.add_error("units", _("The form is not for these units: %(units)s.") % {"units": names})


class PeriodForm(forms.ModelForm[ReportingPeriod]):
    """One period: a name and three instants."""

    class Meta:
        model = ReportingPeriod
        fields = ["name", "opens_at", "due_at", "closes_at"]
        widgets = {"opens_at": MinuteInput, "due_at": MinuteInput, "closes_at": MinuteInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self)


class PeriodFormSet(Periods):
    """The list of periods; one at least is wanted before a requirement can be announced, not before it is stored."""

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms renders one period."""
        return _helper("name", "opens_at", "due_at", "closes_at")

    def clean(self) -> None:
        """Refuse two periods of one name."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name") if hasattr(form, "cleaned_data") else None
            if not name or form.cleaned_data.get("DELETE"):
                continue
            if name in seen:
                form.add_error("name", _("Another period has this name already."))
            seen.add(name)


def period_formset(requirement: Requirement, data: Any = None) -> "PeriodFormSet":
    """The periods of a requirement, with empty rows to add some: three for a new requirement, one for an old one."""
    extra = 1 if requirement.pk else 3
    factory = inlineformset_factory(
        Requirement, ReportingPeriod, form=PeriodForm, formset=PeriodFormSet, extra=extra, can_delete=True
    )
    return factory(data, instance=requirement, prefix="periods")  # type: ignore[return-value]
