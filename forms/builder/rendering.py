"""From a schema to a form that people fill in, and from answers back to words.

This module is what the other rooms use: `build_form`, `display`, `searchable_text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from forms.builder.schema import FormSchema

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

FileRef = dict[str, Any]
"""A stored file as answers name it: {"file": "<uuid>", "name": "照片.jpg", "size": 12345}."""

Answers = dict[str, Any]
"""Answers under stable keys; what was not answered is absent. A table's answer is a list of such mappings, one a row;
a file question's answer is a list of FileRef."""


@dataclass(frozen=True)
class DisplayRow:
    """One answer in words. kind: "section" | "text" | "table" | "files"."""

    label: str
    kind: str
    text: str = ""
    files: tuple[FileRef, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple["DisplayRow", ...], ...] = ()


class AnswerForm(forms.Form):
    """A form built from a schema. Draw it with {% crispy form %}; the page must load {{ form.media }}."""

    def uploads(self) -> "dict[str, list[UploadedFile]]":
        """New, acceptable files by path: key, or "table.row.column" (row counts from 0 as in `answers`)."""
        return {}

    def store(self, stored: Mapping[str, list[FileRef]]) -> None:
        """Put stored files in the place of `uploads` (same paths): in `answers`, `draft_answers` and in what is drawn."""

    def answers(self) -> Answers:
        """The valid answers; call after is_valid() said yes."""
        return {}

    def draft_answers(self) -> Answers:
        """What can be kept without requiring anything; what is not valid is kept as typed."""
        return {}


def build_form(
    schema: FormSchema,
    *,
    data: "QueryDict | Mapping[str, Any] | None" = None,
    files: "MultiValueDict[str, UploadedFile] | None" = None,
    answers: Answers | None = None,
    stored_files: Mapping[str, FileRef] | None = None,
    file_url_name: str = "",
) -> AnswerForm:
    """The form of a schema: bound when `data` is given, else showing `answers`.

    `stored_files` (uuid → FileRef) are the files that this report owns: only those can be kept by a POST; without it,
    those named in `answers`. `file_url_name` is the URL name (one argument: the uuid) under which kept files are read.
    """
    return AnswerForm(data, files)


def display(schema: FormSchema, answers: Answers) -> list[DisplayRow]:
    """The answers in words, for reading; never keys."""
    return []


def searchable_text(schema: FormSchema, answers: Answers) -> str:
    """Labels and values in words for the index, without sensitive fields."""
    return ""
