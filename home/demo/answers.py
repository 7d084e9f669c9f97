"""Answers written by label, as a person reads the form, turned into what a browser posts; the form checks them."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from forms.builder.answers import SAME
from forms.builder.schema import FieldSchema, FormSchema
from portal.accounts.models import User
from portal.units.models import Unit

Given = dict[str, Any]
"""Label → value; a table's value is a list of such mappings; choices are given by
their label, dates in days from today, months in months ago."""


class DemoAnswerError(Exception):
    """The data of the demonstration do not fit the form."""


def posted(schema: FormSchema, given: Given, units: dict[str, Unit]) -> QueryDict:
    """What a browser would send for the answers."""
    data = QueryDict(mutable=True)
    fields = {field.label: field for field in schema.fields}
    for label, value in given.items():
        if label not in fields:
            raise DemoAnswerError(label)
        field = fields[label]
        if field.type == "table":
            _post_table(data, field, value, units)
        else:
            _post(data, field.key, field, value, units)
    for field in schema.fields:
        if (field.options.get("prefill") or {}).get("from") == "last":
            data[f"{SAME}.{field.key}"] = "on"  # looked at, and still so
        if field.type == "table" and field.label not in given:
            _post_table(data, field, [], units)
    return data


def _post_table(data: QueryDict, table: FieldSchema, rows: list[Given], units: dict[str, Unit]) -> None:
    columns = {column.label: column for column in table.columns}
    for name, count in (("TOTAL_FORMS", len(rows)), ("INITIAL_FORMS", 0)):
        data[f"{table.key}.-{name}"] = str(count)
    for index, row in enumerate(rows):
        for label, value in row.items():
            if label not in columns:
                raise DemoAnswerError(f"{table.label} / {label}")
            column = columns[label]
            _post(data, f"{table.key}.{index}.{column.key}", column, value, units)


def _post(data: QueryDict, name: str, field: FieldSchema, value: Any, units: dict[str, Unit]) -> None:
    if field.type in {"choice", "multiple_choice"}:
        codes = {choice["label"]: choice["code"] for choice in field.options["choices"]}
        wanted = value if isinstance(value, list) else [value]
        data.setlist(name, [codes[label] for label in wanted])
    elif field.type == "matrix":
        codes = {choice["label"]: choice["code"] for choice in field.options["choices"]}
        for statement in field.options["statements"]:
            if statement["label"] in value:
                data[f"{name}.{statement['code']}"] = codes[value[statement["label"]]]
    elif field.type == "unit":
        data[name] = str(units[value].pk)
    elif field.type == "person":
        data[name] = str(User.objects.get(name=value).pk)
    elif field.type == "year_month":
        data[name] = _month(value)
    elif field.type == "date":
        data[name] = (timezone.localdate() + datetime.timedelta(days=value)).isoformat()
    elif field.type == "yes_no":
        data[name] = {"是": "yes", "否": "no"}[value]
    else:
        data[name] = str(value)


def _month(back: int) -> str:
    """The month so many months ago, as it is typed."""
    day = timezone.localdate().replace(day=1)
    for _month_back in range(back):
        day = (day - datetime.timedelta(days=1)).replace(day=1)
    return f"{day:%Y-%m}"


def files(schema: FormSchema, given: dict[str, tuple[str, bytes]]) -> MultiValueDict[str, UploadedFile]:
    """Files by label of their question: (name, content)."""
    fields = {field.label: field for field in schema.fields}
    uploads: MultiValueDict[str, UploadedFile] = MultiValueDict()
    for label, (name, content) in given.items():
        uploads.appendlist(fields[label].key, SimpleUploadedFile(name, content))
    return uploads
