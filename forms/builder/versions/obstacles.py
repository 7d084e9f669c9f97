"""Why a form cannot be published as it stands: each obstacle in a sentence that names the question."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.logic.checking import problems_of
from forms.builder.schema import FormSchema
from forms.builder.versions.providers import reports
from forms.builder.versions.widening import TypeChange, type_changes
from forms.builder.versions.wording import quoted, setting_name, type_name

if TYPE_CHECKING:
    from forms.builder.models import FormPage


class CannotPublishError(ValidationError):
    """The form may stand as a draft; units may not be asked it. `page_id` says which."""

    def __init__(self, page_id: int, obstacles: list[str]) -> None:
        super().__init__(obstacles)
        self.page_id = page_id


def obstacles_of(page: "FormPage", *, past: Iterable[FormSchema] | None = None) -> list[str]:
    """Everything that keeps the page from being published; empty where nothing does.

    `past` are the schemas of its versions, where they are at hand.
    """
    versions = past if past is not None else [version.form_schema for version in page.versions.all()]
    unfinished = list(unfinished_parts(page))
    illogical = [problem.message for problem in problems_of(page.schema_now)]
    refused = [refused_change(one) for one in refused_changes(page, versions)]
    return list(dict.fromkeys(unfinished + illogical + refused))


def require_publishable(page: "FormPage") -> None:
    """CannotPublishError if anything keeps the page from being published."""
    found = obstacles_of(page)
    if found:
        raise CannotPublishError(page.pk, found)


def refused_changes(page: "FormPage", past: Iterable[FormSchema]) -> list[TypeChange]:
    """Changed types that would make stored answers unreadable."""
    changes = [one for one in type_changes(past, page.schema_now) if not one.is_widening]
    answered = reports().answered(page, {top_key(one.path) for one in changes}) if changes and page.pk else ()
    return [one for one in changes if top_key(one.path) in answered]


def top_key(path: str) -> str:
    """Key of the question that stands in the form itself."""
    return path.partition(".")[0]


def refused_change(change: TypeChange) -> str:
    """Why the type stays what it was, and what to do instead."""
    words = {"question": quoted(change.label), "old": type_name(change.old), "new": type_name(change.new)}
    return (
        _(
            "%(question)s has been answered as “%(old)s”; those answers cannot be read as “%(new)s”. "
            "Ask a new question instead and remove this one."
        )
        % words
    )


def unfinished_parts(page: "FormPage") -> Iterator[str]:
    """What the editor would mark in red: settings that are missing or contradict one another."""
    for name in ("form_fields", "form_rules"):
        value = getattr(page, name)
        stream = value.stream_block
        stored = stream.get_prep_value(value)
        try:
            stream.clean(value)
        except ValidationError as error:
            yield from faults_in(error, stored)


def faults_in(error: ValidationError, stored: list[dict[str, Any]]) -> Iterator[str]:
    """The faults of a stream of blocks, each with the block's own words in front."""
    yield from (str(message) for one in getattr(error, "non_block_errors", ()) for message in messages_of(one))
    inner: dict[int, ValidationError] = getattr(error, "block_errors", {})
    for number, fault in inner.items():
        block = stored[int(number)]
        value = block["value"] if isinstance(block["value"], dict) else {}
        name = value.get("label") or value.get("message") or type_name(block["type"])
        for setting, message in settings_wrong(fault, block["type"], value):
            where = _("%(question)s, %(setting)s") % {"question": quoted(name), "setting": setting}
            yield f"{where if setting else quoted(name)}：{message}"


def settings_wrong(error: ValidationError, kind: str, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The settings of one block with what is wrong with each; no name where it is the block as a whole."""
    if not hasattr(error, "block_errors"):
        yield from (("", message) for message in messages_of(error))
        return
    yield from (("", message) for one in getattr(error, "non_block_errors", ()) for message in messages_of(one))
    for name, fault in error.block_errors.items():
        title = setting_name(kind, str(name))
        if name == "columns" and hasattr(fault, "block_errors"):
            yield from ((title, message) for message in faults_in(fault, value.get("columns") or []))
        else:
            yield from ((title, message) for message in dict.fromkeys(messages_of(fault)))


def messages_of(error: Any) -> Iterator[str]:
    """All messages in an error, however deep."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from error.messages if isinstance(error, ValidationError) else [str(error)]
        return
    yield from (message for one in getattr(error, "non_block_errors", ()) for message in messages_of(one))
    for one in inner.values():
        yield from messages_of(one)
