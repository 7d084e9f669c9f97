"""Two editors of one form: whoever saves second is told before anything is lost.

Wagtail refuses only its automatic saving where a newer version was saved meanwhile; a click on save or publish passes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Revision

from forms.builder.editor.logic_faults import check_faults, question_faults
from forms.builder.logic.checking import problems_of
from forms.builder.streams import schema_of_stream

if TYPE_CHECKING:
    from forms.builder.schema import FieldSchema, FormSchema

MOST_NAMED = 8
"""Changes named one by one; more are counted."""


def is_stale(data: Mapping[str, Any], latest: Revision | None) -> bool:
    """Whether a newer version was saved since the editor opened the page (wagtail.admin.views.pages.edit)."""
    if latest is None:
        return False
    own, loaded = data.get("overwrite_revision_id"), data.get("loaded_revision_id")
    if own:
        return str(own) != str(latest.pk)
    if not loaded:
        return False
    if str(loaded) != str(latest.pk):
        return True
    return bool(data.get("loaded_revision_created_at", "") != latest.created_at.isoformat())


class FormPageForm(WagtailAdminPageForm):
    """The editor of a form."""

    data: Any
    stale = forms.CharField(required=False, widget=forms.HiddenInput)
    """Set where saving was refused: static/js/form-editor.js then leaves saving to the editor."""

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what somebody else saved meanwhile, once; saving again keeps this editor's words.

        A preview is shown all the same (forms.builder.wagtail_hooks.notice_saving). What this editor has saved is no
        surprise: automatic saving may have been under way when they clicked, and the page did not yet know.
        """
        cleaned: dict[str, Any] = super().clean()
        latest = self.instance.latest_revision if getattr(self.instance, "is_being_saved", False) else None
        if latest is not None and latest.user != self.for_user and is_stale(self.data, latest):
            self.data = self.data.copy()
            self.data["stale"] = str(latest.pk)
            raise ValidationError(stale_words(latest, self.schema_sent(cleaned)), code="stale")
        if not self.is_deferred_validation:
            self.refuse_broken_logic(cleaned)
        return cleaned

    def refuse_broken_logic(self, cleaned: dict[str, Any]) -> None:
        """Say beside each question and check what is wrong with its logic; a draft may wait with it."""
        schema = self.schema_sent(cleaned)
        problems = problems_of(schema) if schema else []
        if not problems:
            return
        fields, rules = (cleaned[name].get_prep_value() for name in ("form_fields", "form_rules"))
        faults = {"form_fields": question_faults(fields, problems), "form_rules": check_faults(rules, problems)}
        for name, fault in faults.items():
            if fault:
                self.add_error(name, fault)

    def schema_sent(self, cleaned: dict[str, Any]) -> "FormSchema | None":
        """What the form would ask; None where the questions cannot be read."""
        parts = [cleaned.get(name) for name in ("form_fields", "form_rules")]
        if None in parts:
            return None
        fields, rules = (part.get_prep_value() for part in parts if part is not None)
        title, intro = cleaned.get("title") or "", cleaned.get("intro") or ""
        return schema_of_stream(fields, title=title, intro=intro, rules=rules)


def stale_words(latest: Revision, mine: "FormSchema | None") -> list[str]:
    """Who saved when, what differs, and what can be done."""
    when = date_format(timezone.localtime(latest.created_at), "H:i")
    who = latest.user.get_full_name() if latest.user else _("somebody else")
    first = _(
        "%(who)s saved this form at %(time)s, after you had opened it. Nothing of yours is lost and nothing is saved "
        "yet. Save once more to keep your form as you see it; theirs stays in the history."
    ) % {"who": who, "time": when}
    if mine is None:
        return [first]
    found = differences(latest.as_object().schema_now, mine)
    if not found:
        return [first, _("The questions and checks are the same in both.")]
    named = found[:MOST_NAMED]
    if len(found) > MOST_NAMED:
        named.append(_("and %(count)d more") % {"count": len(found) - MOST_NAMED})
    return [first, _("What is different in yours: %(changes)s.") % {"changes": "；".join(named)}]


def differences(theirs: "FormSchema", mine: "FormSchema") -> list[str]:
    """What differs between two states of a form, in words, as seen from `mine`."""
    found = [_("“%(label)s” is missing") % {"label": label_of(one)} for one in theirs if mine.field(one.key) is None]
    found += [_("“%(label)s” is there") % {"label": label_of(one)} for one in mine if theirs.field(one.key) is None]
    for one in mine:
        other = theirs.field(one.key)
        if other is None or other == one:
            continue
        if other.label == one.label:
            found.append(_("“%(label)s” has other settings") % {"label": label_of(one)})
        else:
            found.append(
                _("“%(label)s” is called “%(other)s” there") % {"label": label_of(one), "other": label_of(other)}
            )
    order = [one.key for one in mine if theirs.field(one.key)]
    if order != [one.key for one in theirs if mine.field(one.key)]:
        found.append(_("the questions stand in another order"))
    if theirs.rules != mine.rules:
        found.append(_("the checks differ"))
    if (theirs.title, theirs.intro) != (mine.title, mine.intro):
        found.append(_("the name or the instructions differ"))
    return found


def label_of(schema: "FieldSchema") -> str:
    """The question's label; what it is if it has none yet."""
    return schema.label or _("a question without a name")
