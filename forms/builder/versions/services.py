"""Writes: publishing a draft as the next version, widening a question's type, taking answers over from another form."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES
from forms.builder.models import FormPage, FormVersion
from forms.builder.schema import FieldSchema
from forms.builder.versions.burden import is_compatible
from forms.builder.versions.obstacles import CannotPublishError, require_publishable
from forms.builder.versions.providers import demands, reports
from forms.builder.versions.widening import offered, placed, widened
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


class VersionRefusedError(Exception):
    """The step cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Seen:
    """What the person had before them: the draft, and the version in force (0 before the first)."""

    revision_id: int
    version: int


@dataclass(frozen=True)
class Published:
    """What publishing did. `version` is None where it was put off to a day the editor had set."""

    version: FormVersion | None
    moved: int = 0
    periods: int = 0
    goes_live_at: datetime.datetime | None = None


@transaction.atomic
def publish_form(
    *,
    page: FormPage,
    user: "User",
    seen: Seen,
    note: str = "",
    move: bool = False,
    now: datetime.datetime | None = None,
) -> Published:
    """Publish the draft that the person has seen; with `move`, drafts and open periods go over to the new version.

    VersionRefusedError if draft or version have become others meanwhile, CannotPublishError if the form is not fit to
    be published. All or nothing: version, moving and the log are one transaction.
    """
    now = now or timezone.now()
    locked = FormPage.objects.select_for_update().get(pk=page.pk)
    before = locked.current_version
    _require_unchanged(locked, before, seen)
    require_may(locked, user, publishing=True)
    draft = latest_draft(locked)
    require_publishable(draft)
    draft.version_note = note
    revision = _saved(draft, user)
    locked.publish(revision, user=user)
    version = FormPage.objects.get(pk=page.pk).current_version
    if version is None or (before is not None and version.pk == before.pk):
        return Published(None, goes_live_at=draft.go_live_at)
    if not move:
        return Published(version)
    moved = reports().move_drafts(version=version, user=user, now=now)
    periods = demands().take_up(version=version, now=now)
    details = {"version": version.number, "moved": moved, "periods": periods}
    record(action=AuditAction.CHANGE, user=user, target=version, summary="form.drafts_moved", details=details)
    return Published(version, moved, periods)


@transaction.atomic
def widen_question(*, page: FormPage, user: "User", path: str, kind: str) -> FieldSchema:
    """Give a question of the draft (path "key" or "table.column") a wider type, its key kept; neither published.

    VersionRefusedError if there is no such question or its type does not widen so.
    """
    locked = FormPage.objects.select_for_update().get(pk=page.pk)
    require_may(locked, user)
    draft = latest_draft(locked)
    question = _question(draft, path)
    wider = next((one for one in offered(question, in_table="." in path) if one.name == kind), None)
    if wider is None:
        raise VersionRefusedError(_("This question cannot be changed to that type."))
    field = widened(question, wider)
    _set_block(draft, path, lambda block: {**block, "type": wider.name, "value": wider.raw(field)})
    _saved(draft, user)
    details = {"question": path, "from": question.type, "to": wider.name}
    record(action=AuditAction.CHANGE, user=user, target=locked, summary="form.widened", details=details)
    return field


@transaction.atomic
def reuse_answer(*, page: FormPage, user: "User", key: str, form_id: int, field: str) -> FieldSchema:
    """Let a question of the draft take the unit's last answer over from a question of another live form.

    VersionRefusedError if either question does not exist (any more) or their types do not fit.
    """
    locked = FormPage.objects.select_for_update().get(pk=page.pk)
    require_may(locked, user)
    draft = latest_draft(locked)
    question = _question(draft, key)
    other = FormPage.objects.live().visible_to(user).filter(pk=form_id).exclude(pk=page.pk).first()
    version = other.current_version if other else None
    source = version.form_schema.field(field) if version else None
    if source is None or not is_compatible(source, question):
        raise VersionRefusedError(_("The question of the other form cannot be taken over: it has changed meanwhile."))
    prefill = {"from": "form", "form": form_id, "field": field}
    options = {**question.options, "prefill": prefill}
    kind = FIELD_TYPES[question.type]
    taking = FieldSchema.from_json({**question.to_json(), "options": options})
    if kind.schema(key, kind.raw(taking)).options.get("prefill") != prefill:
        raise VersionRefusedError(_("A question of this type cannot take answers over."))
    _set_block(draft, key, lambda block: {**block, "value": {**block["value"], **kind.raw(taking)}})
    _saved(draft, user)
    details = {"question": key, "form": form_id, "field": field}
    record(action=AuditAction.CHANGE, user=user, target=locked, summary="form.reused", details=details)
    return taking


def latest_draft(page: FormPage) -> FormPage:
    """The page as its latest revision has it, as publishing would have it: with keys, and retired choices kept."""
    draft: FormPage = page.get_latest_revision_as_object()
    draft.keep_keys()
    return draft


def require_may(page: FormPage, user: "User", *, publishing: bool = False) -> None:
    """VersionRefusedError if the page is locked for the person, or not theirs to change (to publish)."""
    allowed = page.permissions_for_user(user)
    if not (allowed.can_publish() if publishing else allowed.can_edit()):
        raise VersionRefusedError(_("You may not change this form."))
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise VersionRefusedError(_("The form is locked. Whoever locked it must unlock it first."))


def _require_unchanged(page: FormPage, version: FormVersion | None, seen: Seen) -> None:
    if (version.number if version else 0) != seen.version and version is not None:
        words = {"number": version.number, "by": version.published_by or "—"}
        raise VersionRefusedError(
            _("Version %(number)d has been published meanwhile by %(by)s. Please look at what has changed once more.")
            % words
        )
    if page.latest_revision_id != seen.revision_id:
        raise VersionRefusedError(
            _("The draft has been changed since you opened this page. Please look at what has changed once more.")
        )


def _saved(draft: FormPage, user: "User") -> Any:
    """The draft as a new revision; what does not go together is said in words."""
    try:
        return draft.save_revision(user=user, log_action=True)
    except CannotPublishError:
        raise
    except ValidationError as error:
        raise CannotPublishError(draft.pk, error.messages) from error


def _question(draft: FormPage, path: str) -> FieldSchema:
    question = dict(placed(draft.schema_now)).get(path)
    if question is None:
        raise VersionRefusedError(_("The question is not in the draft any more."))
    return question


def _set_block(draft: FormPage, path: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Replace one block of the draft's stream, everything beside it untouched."""
    key, _dot, column = path.partition(".")

    def changed(block: dict[str, Any], wanted: str) -> dict[str, Any]:
        return change(block) if block["id"] == wanted else block

    stream = []
    for block in draft.form_fields.get_prep_value():
        if column and block["id"] == key:
            inner = [changed(one, column) for one in block["value"]["columns"]]
            block = {**block, "value": {**block["value"], "columns": inner}}
        elif not column:
            block = changed(block, key)
        stream.append(block)
    draft.form_fields = json.dumps(stream)
