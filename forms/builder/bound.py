"""What a form and a row of a table have in common: reading answers, and keeping what is not yet valid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.widgets import Widget

from forms.builder.answers import Answers, FileRef
from forms.builder.fields import type_of
from forms.builder.fields.file import FilesField
from forms.builder.logic.outcome import FormState
from forms.builder.schema import FieldSchema


@dataclass(frozen=True)
class Message:
    """What a check says beside a question; of a warning also the reporter's explanation."""

    severity: str
    text: str
    name: str = ""
    """Name of the input for the explanation; only of a warning."""
    reason: str = ""
    is_missing: bool = False
    """Whether the explanation is asked for and not there."""

    @property
    def is_blocking(self) -> bool:
        """Whether the report cannot be sent because of it."""
        return self.severity == "error" or self.is_missing


class MarkedBoundField(BoundField):
    """Knows what logic says of its question, and marks an input whose answer is refused, as Bootstrap draws it."""

    form: "DraftingForm"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the class; Django itself adds aria-invalid and aria-describedby."""
        found: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.errors:
            usual = (widget or self.field.widget).attrs.get("class", "")
            found["class"] = f"{usual} is-invalid".strip()
        return found

    @property
    def aria_describedby(self) -> str | None:
        """The guidance, what is wrong, and what checks say."""
        usual = super().aria_describedby
        return " ".join(filter(None, (usual, f"{self.auto_id}_messages" if self.messages else ""))) or None

    @property
    def kind(self) -> str:
        """Name of the field type, for the width of a table's column."""
        return next((one.type for one in getattr(self.form, "schemas", ()) if one.key == self.name), "")

    @property
    def anchor(self) -> str:
        """Id of the input to which an error leads: of a group, its first."""
        return f"{self.auto_id}_0" if self.field.widget.use_fieldset else str(self.auto_id)

    @property
    def path(self) -> str:
        """Where the answer stands (forms.builder.logic.outcome)."""
        return f"{self.form.at}{self.name}"

    @property
    def is_hidden_now(self) -> bool:
        """Whether the question is not asked, because of other answers."""
        return self.path in self.form.state.hidden

    @property
    def is_disabled_now(self) -> bool:
        """Whether the question takes no answer, because of other answers."""
        return self.path in self.form.state.disabled

    @property
    def is_required_now(self) -> bool:
        """Whether it must be answered: always, or because of other answers."""
        return self.field.required or self.path in self.form.state.required

    @property
    def messages(self) -> tuple[Message, ...]:
        """What checks say here."""
        return self.form.messages.get(self.path, ())

    @property
    def remark(self) -> str:
        """Why the answer is to be mended."""
        return self.form.remarks.get(self.path, "")


@dataclass(frozen=True)
class ComputedField:
    """An answer that the server works out, as it is drawn: words where others have an input."""

    form: "DraftingForm"
    schema: FieldSchema
    is_computed: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """Its key."""
        return self.schema.key

    @property
    def kind(self) -> str:
        """Name of the field type."""
        return self.schema.type

    @property
    def label(self) -> str:
        """The question."""
        return self.schema.label

    @property
    def help_text(self) -> str:
        """The guidance."""
        return self.schema.help_text

    @property
    def path(self) -> str:
        """Where the answer stands."""
        return f"{self.form.at}{self.schema.key}"

    @property
    def auto_id(self) -> str:
        """Id of the words."""
        return f"id_{self.form.add_prefix(self.schema.key)}"

    @property
    def words(self) -> str:
        """The answer as read."""
        return type_of(self.schema).in_words(self.schema, self.form.computed_answer(self.schema))

    @property
    def is_hidden_now(self) -> bool:
        """Whether it is not shown, because of other answers."""
        return self.path in self.form.state.hidden

    @property
    def notice(self) -> str:
        """Why it could not be worked out."""
        return self.form.state.notices.get(self.path, "")

    @property
    def messages(self) -> tuple[Message, ...]:
        """What checks say here."""
        return self.form.messages.get(self.path, ())

    @property
    def remark(self) -> str:
        """Why the answer is to be mended."""
        return self.form.remarks.get(self.path, "")


class DraftingForm(forms.Form):
    """A form whose fields follow field schemas."""

    schemas: ClassVar[tuple[FieldSchema, ...]] = ()
    bound_field_class = MarkedBoundField
    at: str = ""
    """Path of its questions up to their keys."""
    state: FormState = FormState()
    """What logic says of the whole form."""
    messages: Mapping[str, tuple[Message, ...]] = {}
    """What checks say, by path."""
    remarks: Mapping[str, str] = {}
    """What a reviewer says, by path (forms.builder.restricting)."""
    refused: frozenset[str] = frozenset()
    """Keys of the answers that are not valid in themselves, asked for or not."""

    def _post_clean(self) -> None:
        """Remember what was not valid: logic may take the fault back, the answer stays as typed."""
        super()._post_clean()  # type: ignore[misc]
        self.refused = frozenset(self.errors)

    def judge(self, state: FormState, messages: Mapping[str, tuple[Message, ...]], at: str = "") -> None:
        """Take over what logic says; where nothing is asked nothing is wrong."""
        self.state, self.messages, self.at = state, messages, at
        for key in list(self.errors):
            if not state.asks(f"{at}{key}"):
                del self.errors[key]

    def refuse(self, key: str, message: str) -> None:
        """Say what is wrong with an answer and keep it; Django's own add_error would forget it."""
        told = self.errors.setdefault(key, self.error_class(renderer=self.renderer))
        told.append(message)

    def answerable(self) -> Iterator[tuple[FieldSchema, Any]]:
        """Each schema with the bound field that asks for it."""
        for schema in self.schemas:
            if schema.key in self.fields:
                yield schema, self[schema.key]

    def drawn(self, schema: FieldSchema) -> Any:
        """What stands for a question on the page: its input, or the words of what is worked out."""
        return self[schema.key] if schema.key in self.fields else ComputedField(self, schema)

    def computed_answer(self, schema: FieldSchema) -> Any:
        """What the server has worked out."""
        return self.state.values.get(f"{self.at}{schema.key}")

    def answers(self) -> Answers:
        """The valid answers; what was not answered is absent."""
        return {
            schema.key: value
            for schema, bound in self.answerable()
            if (value := self.with_stored(bound, self.cleaned_data.get(schema.key))) is not None
        }

    def draft_answers(self) -> Answers:
        """Valid answers, and the rest as typed."""
        self.full_clean_once()
        found: Answers = {}
        for schema, bound in self.answerable():
            value = self.cleaned_data.get(schema.key)
            if value is None and schema.key in self.refused:
                value = type_of(schema).kept(schema, bound.data)
            else:
                value = self.with_stored(bound, value)
            if value is not None:
                found[schema.key] = value
        return found

    def full_clean_once(self) -> None:
        """Validate, if that has not been done."""
        _ = self.errors

    def with_stored(self, bound: BoundField, value: Any) -> Any:
        """For a file question the kept files together with those stored meanwhile."""
        if isinstance(bound.field, FilesField) and bound.field.widget.stored is not None:
            return bound.data.kept or None
        return value

    def new_files(self, path: str) -> dict[str, list[UploadedFile]]:
        """Acceptable uploads by path below `path`."""
        found = {}
        for schema, bound in self.answerable():
            if isinstance(bound.field, FilesField) and (accepted := bound.field.accepted(bound.data)):
                found[f"{path}{schema.key}"] = accepted
        return found

    def store_file(self, key: str, refs: list[FileRef]) -> None:
        """Let stored files stand where the uploads of this POST stood."""
        field = self.fields[key]
        if isinstance(field, FilesField):
            field.widget.stored = refs
