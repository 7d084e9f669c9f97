"""What a form and a row of a table have in common: reading answers, and keeping what is not yet valid."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.widgets import Widget

from forms.builder.answers import Answers, FileRef
from forms.builder.fields import type_of
from forms.builder.fields.file import FilesField
from forms.builder.schema import FieldSchema


class MarkedBoundField(BoundField):
    """Marks an input whose answer is refused, as Bootstrap draws it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the class; Django itself adds aria-invalid and aria-describedby."""
        found: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.errors:
            usual = (widget or self.field.widget).attrs.get("class", "")
            found["class"] = f"{usual} is-invalid".strip()
        return found

    @property
    def kind(self) -> str:
        """Name of the field type, for the width of a table's column."""
        return next((one.type for one in getattr(self.form, "schemas", ()) if one.key == self.name), "")

    @property
    def anchor(self) -> str:
        """Id of the input to which an error leads: of a group, its first."""
        grouped = isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        return f"{self.auto_id}_0" if grouped else str(self.auto_id)


class DraftingForm(forms.Form):
    """A form whose fields follow field schemas."""

    schemas: ClassVar[tuple[FieldSchema, ...]] = ()
    bound_field_class = MarkedBoundField

    def answerable(self) -> Iterator[tuple[FieldSchema, Any]]:
        """Each schema with the bound field that asks for it."""
        for schema in self.schemas:
            if schema.key in self.fields:
                yield schema, self[schema.key]

    def cells(self) -> list[Any]:
        """The bound fields in the order of the schemas."""
        return [bound for _schema, bound in self.answerable()]

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
            if value is None and schema.key in self.errors:
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
