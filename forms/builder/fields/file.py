"""Files: chosen anew, kept from before, or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow, FileRef, is_file_ref
from forms.builder.fields.base import FieldType, LogicType, form_field_settings
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.file_types import GROUPS, check_file
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

MAX_FILES = 20
PICTURE_GROUPS = ("pictures", "photos")
"""Groups of which all members can be seen before they are sent."""


@dataclass
class FileAnswer:
    """What a POST says about one file question."""

    kept: list[FileRef] = field(default_factory=list)
    new: list[UploadedFile] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.kept or self.new)


class FilesWidget(forms.FileInput):
    """A file input with the kept files above it, each with a box to drop it.

    A browser does not send a file again; kept files therefore travel as their numbers, and only numbers of files that
    belong to this report are taken (`Sources.files`).
    """

    template_name = "builder/widgets/files.html"
    needs_multipart_form = True

    def __init__(self, sources: Sources, *, group: str, max_files: int) -> None:
        super().__init__({"class": "form-control", "accept": GROUPS.get(group, GROUPS["any"]).attribute})
        self.sources, self.max_files, self.many = sources, max_files, max_files > 1
        self.of_pictures = group in PICTURE_GROUPS
        self.stored: Sequence[FileRef] | None = None
        """Set by AnswerForm.store: what the uploads of this POST have become."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> FileAnswer:
        """Kept files, and new ones; in a question for one file the new one takes the old one's place."""
        keep, drop = values(data, f"{name}.keep"), values(data, f"{name}.drop")
        kept = [
            self.sources.files[uuid] for uuid in dict.fromkeys(keep) if uuid in self.sources.files and uuid not in drop
        ]
        new = [] if self.stored is not None else [file for file in values(files, name) if file]
        for file in new:
            file.name = clean_line(file.name or "")[-200:]
        if (new or self.stored) and not self.many:
            kept = []
        return FileAnswer(kept=[*kept, *(self.stored or ())], new=new)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither kept nor new."""
        return not self.value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> Any:
        """The kept files."""
        return value.kept if isinstance(value, FileAnswer) else [ref for ref in value or [] if is_file_ref(ref)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template needs."""
        context = super().get_context(name, value, {**(attrs or {}), **({"multiple": True} if self.many else {})})
        kept = self.format_value(value)
        context.update(
            kept=kept,
            many=self.many,
            of_pictures=self.of_pictures,
            file_url_name=self.sources.file_url_name,
            max_files=self.max_files,
            max_bytes=settings.PORTAL_UPLOAD_MAX_BYTES,
        )
        return context


def values(data: Any, name: str) -> list[Any]:
    """All values of a name, from a QueryDict or a plain mapping."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    found = data.get(name) if data else None
    return list(found) if isinstance(found, list | tuple) else [] if found is None else [found]


class FilesField(forms.Field):
    """The stored files that are kept; new ones wait in `accepted` until the report's service has stored them."""

    widget: FilesWidget

    def __init__(self, *, sources: Sources, group: str, max_files: int, **kwargs: Any) -> None:
        super().__init__(widget=FilesWidget(sources, group=group, max_files=max_files), **kwargs)
        self.group, self.max_files = group, max_files
        self.faults: dict[UploadedFile, ValidationError | None] = {}
        """What was found of each upload: looking into a picture takes long enough to do it once."""

    def accepted(self, answer: FileAnswer) -> list[UploadedFile]:
        """The new files that may be stored."""
        room = self.max_files - len(answer.kept)
        return [file for file in answer.new if not self.fault(file)][: max(0, room)]

    def fault(self, file: UploadedFile) -> ValidationError | None:
        """Why a file is not taken."""
        if file not in self.faults:
            try:
                check_file(file, self.group, settings.PORTAL_UPLOAD_MAX_BYTES)
                self.faults[file] = None
            except ValidationError as error:
                self.faults[file] = error
        return self.faults[file]

    def clean(self, value: FileAnswer) -> list[FileRef] | None:
        """The kept files; each fault of a new one is named."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        faults = [fault for file in value.new if (fault := self.fault(file))]
        if len(value.kept) + len(value.new) > self.max_files:
            message = ngettext("At most %(count)d file, please.", "At most %(count)d files, please.", self.max_files)
            faults.append(ValidationError(message, code="count", params={"count": self.max_files}))
        if faults:
            raise ValidationError(faults)
        return value.kept or None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether there is a file."""
        return bool(data)


class FileType(FieldType):
    """One file or several."""

    name = "file"
    prefills = ()
    column_width = 11.5
    label = _("File")
    icon = "upload"
    group = _("Files and photos")
    description = _("Documents or photos.")
    rare = ("max_files", "sensitive")
    logic_type = LogicType.NUMBER
    seconds = 60
    usual_files = 1
    """How many are taken where the editor says nothing."""

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What and how many."""
        kinds = [("any", _("All usual types")), ("documents", _("Documents only")), ("pictures", _("Photos only"))]
        return {
            "accept": blocks.ChoiceBlock(choices=kinds, default="any", label=_("Which files")),
            "max_files": blocks.IntegerBlock(
                required=False,
                min_value=1,
                max_value=MAX_FILES,
                label=_("At most how many"),
                help_text=_("One if nothing is given."),
            ),
        }

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """What differs from the usual."""
        usual = (("accept", "any"), ("max_files", self.usual_files))
        return {name: value for name, value in super().options(raw).items() if (name, value) not in usual}

    def group_of(self, schema: FieldSchema) -> str:
        """Which files are taken: one of file_types.GROUPS."""
        group: str = schema.options.get("accept", "any")
        return group

    def max_files(self, schema: FieldSchema) -> int:
        """How many are taken."""
        most: int = schema.options.get("max_files", self.usual_files)
        return most

    def limits(self, schema: FieldSchema) -> str:
        """What is said of the limits before somebody runs into them."""
        return gettext("At most %(limit)s each.") % {"limit": filesizeformat(settings.PORTAL_UPLOAD_MAX_BYTES)}

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A file input."""
        shared = form_field_settings(schema)
        if not in_table:
            shared["help_text"] = " ".join(part for part in (schema.help_text, self.limits(schema)) if part)
        return FilesField(sources=sources, group=self.group_of(schema), max_files=self.max_files(schema), **shared)

    def initial(self, schema: FieldSchema, answer: Any) -> list[FileRef]:
        """The stored files."""
        return self.refs(answer)

    def logic_value(self, schema: FieldSchema, answer: Any) -> int | None:
        """How many files there are."""
        return len(self.refs(answer)) or None

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """Stored files were checked when they came; only whether there are enough can have changed."""
        self.built_field(schema, sources, in_table=in_table).clean(FileAnswer(kept=self.refs(answer)))

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """The files that were already stored."""
        return raw.kept or None if isinstance(raw, FileAnswer) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The files' names."""
        return "、".join(ref["name"] for ref in self.refs(answer))

    def refs(self, answer: Any) -> list[FileRef]:
        """The stored files of an answer."""
        return [ref for ref in answer if is_file_ref(ref)] if isinstance(answer, list) else []

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Files to open."""
        return DisplayRow(schema.label, "files", files=tuple(self.refs(answer)))
