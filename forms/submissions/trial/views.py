"""Trying a form out."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forms.builder.checking import settled
from forms.builder.models import FormPage
from forms.builder.pages import FormPart, parts_of
from forms.builder.rendering import AnswerForm, build_form, check_answers, display
from forms.submissions.filling import SUMMARY, part_of
from forms.submissions.paging import LONGEST_NUMBER, NEXT, in_words, paging_of
from forms.submissions.trial.models import TrialReport
from forms.submissions.trial.services import begin_trial, keep_trial, look_as, names_of
from forms.submissions.trial.surroundings import TrialSurroundings
from portal.accounts.models import User
from portal.units.enums import REPORTING_ROLES, SEES_EVERY_REPORT, Role
from portal.units.models import Unit

READS_SENT = SEES_EVERY_REPORT | {Role.COORDINATOR}
"""Roles that read a report once it has been sent; the others wait until it has been accepted, or never see it."""


class TrialForm(forms.Form):
    """As whom the form is tried."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("As this unit"), queryset=Unit.objects.none(), empty_label=_("Please choose")
    )
    role = forms.ChoiceField(label=_("In this role"), choices=Role.choices, initial=Role.REPORTER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = Unit.objects.active()
        for field in fields.values():
            field.widget.attrs["class"] = "form-select"


@login_required
@require_http_methods(["GET", "POST"])
def try_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose a unit and a role, fill the form's draft in, send it, read it as others would; for its editors."""
    page = get_object_or_404(FormPage.objects.visible_to(request.user), pk=page_id)
    user = request.user
    if not isinstance(user, User) or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    action = request.POST.get("action", "")
    trial = TrialReport.objects.filter(form=page, user=user).select_related("form", "unit", "user").first()
    if request.method == "POST" and (action == "begin" or trial is None):
        return _begin(request, user, page)
    if trial is None or "anew" in request.GET:
        return render(request, "submissions/trial/choose.html", {"page": page, "form": TrialForm()})
    if action.startswith("role-") and action.removeprefix("role-") in Role.values:
        look_as(trial=trial, role=Role(action.removeprefix("role-")))
        return redirect("submissions:try", page_id=page.pk)
    if trial.trial_role not in REPORTING_ROLES or trial.is_sent:
        return _read(request, trial)
    if request.method == "POST":
        return _take(request, trial, action)
    around = TrialSurroundings(trial, timezone.now())
    part = part_of(around.schema, _number(request.GET.get("page", "")) if "page" in request.GET else 1)
    return _show(request, around, _form(around, part, checked="check" in request.GET))


def _begin(request: HttpRequest, user: User, page: FormPage) -> HttpResponse:
    form = TrialForm(request.POST)
    if not form.is_valid():
        return render(request, "submissions/trial/choose.html", {"page": page, "form": form}, status=422)
    begin_trial(user=user, form_page=page, unit=form.cleaned_data["unit"], role=Role(form.cleaned_data["role"]))
    return redirect("submissions:try", page_id=page.pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 1


def _form(around: TrialSurroundings, part: FormPart | None, **how: Any) -> AnswerForm:
    return build_form(
        around.schema,
        answers=around.trial.answers,
        stored_files=around.files,
        context=around.context,
        part=part,
        **how,
        **around.known,
    )


def _take(request: HttpRequest, trial: TrialReport, action: str) -> HttpResponse:
    """Keep what was typed; go on, or send when nothing is wrong."""
    around = TrialSurroundings(trial, timezone.now(), sending=action == "submit")
    number = _number(request.POST.get("page", "1"))
    part = part_of(around.schema, number if "page" in request.POST else None)
    form = _form(around, part, data=request.POST, files=request.FILES)
    valid = form.is_valid()
    names = names_of(form.uploads())
    trial.keep_names([ref for refs in names.values() for ref in refs])
    form.store(names)
    answers = form.draft_answers()
    is_whole = action == "submit" and part is not None
    wrong = check_answers(around.schema, answers, form.sources, around.context, form.state) if is_whole else []
    if action == "submit" and valid and not wrong:
        sent = form.answers() if part is None else settled(around.schema, form.answers(), form.sources)
        keep_trial(trial=trial, answers=sent, sent=True)
        return redirect("submissions:try", page_id=trial.form_id)
    keep_trial(trial=trial, answers=answers)
    if action == "submit" or form.row_wanted or (action == NEXT and not valid):
        return _show(request, around, form, status=200 if form.row_wanted else 422)
    address = reverse("submissions:try", args=[trial.form_id])
    if part is None:
        return redirect(address)
    return redirect(f"{address}?page={paging_of(form).reached_by(action, number)}")


def _show(request: HttpRequest, around: TrialSurroundings, form: AnswerForm, status: int = 200) -> HttpResponse:
    trial = around.trial
    context: dict[str, Any] = {"trial": trial, "form": form, "roles": Role, "still_open": True, "page": None}
    if form.part is not None:
        paging = paging_of(form)
        number = form.part.number
        steps = paging.steps if form.part == SUMMARY else ()
        context |= {
            "paging": paging,
            "page": number,
            "page_before": paging.before(number),
            "answered": [(step, in_words(form, step.part)) for step in steps],
        }
    return render(request, "submissions/trial/fill.html", context, status=status)


def _read(request: HttpRequest, trial: TrialReport) -> HttpResponse:
    """What the role sees of it."""
    seen = trial.is_sent and trial.trial_role in READS_SENT | REPORTING_ROLES
    context = {
        "trial": trial,
        "roles": Role,
        "rows": display(trial.form_schema, trial.answers) if seen else None,
        "waits": trial.trial_role == Role.STAFF,
        "pages": len(parts_of(trial.form_schema)),
    }
    return render(request, "submissions/trial/read.html", context)
