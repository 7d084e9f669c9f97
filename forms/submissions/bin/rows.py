"""Taking a row with all that belongs to it out of its tables, and putting it back.

What belongs to a row is found from the models themselves: every row that points to it, and so on. A room that gives
reports something new need not be mentioned here. Rows that may lose what they point to (SET_NULL) are not taken; they
let go, and take hold again afterwards. Rows that only remember a number (DO_NOTHING, without a constraint) stay as they
are: the number comes back with the row.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models import DO_NOTHING, SET_NULL, FileField, Model
from django.db.models.sql import DeleteQuery
from django.utils.duration import duration_iso_string

Rows = dict[type[Model], dict[Any, Model]]
"""Model → number → row, in the order of finding."""


@dataclass
class Taken:
    """What was taken out, as JSON."""

    rows: list[dict[str, Any]]
    links: list[list[Any]] = field(default_factory=list)
    files: list[list[str]] = field(default_factory=list)


def take(root: Model) -> Taken:
    """Take it out. Belongs into a transaction in which nobody else writes to it."""
    rows, links = _belongings(root)
    found = [row for of_model in rows.values() for row in of_model.values()]
    taken = Taken(
        rows=[_plain(one) for one in serializers.serialize("python", found)],
        links=links,
        files=[[type(row)._meta.label, name, str(held)] for row in found for name, held in _files(row)],
    )
    for label, name, numbers in links:
        apps.get_model(label)._base_manager.filter(pk__in=numbers).update(**{name: None})
    for model in reversed(rows):
        DeleteQuery(model).delete_batch(list(rows[model]), using="default")
    return taken


def put_back(taken: Taken) -> Model:
    """Put it back with the numbers it had; the row that was taken out. IntegrityError where a place is taken."""
    restored = [one.object for one in serializers.deserialize("python", taken.rows)]
    for row in restored:
        row.save_base(raw=True, force_insert=True)
    for label, name, numbers in taken.links:
        apps.get_model(label)._base_manager.filter(pk__in=numbers, **{f"{name}__isnull": True}).update(
            **{f"{name}_id": restored[0].pk}
        )
    return restored[0]


def delete_files(taken: Taken) -> None:
    """Delete the files for good."""
    for label, name, held in taken.files:
        stored = apps.get_model(label)._meta.get_field(name)
        assert isinstance(stored, FileField)  # noqa: S101 - as it was written
        stored.storage.delete(held)


def _belongings(root: Model) -> tuple[Rows, list[list[Any]]]:
    rows: Rows = defaultdict(dict)
    rows[type(root)][root.pk] = root
    links: list[list[Any]] = []
    waiting = [(type(root), [root.pk])]
    while waiting:
        model, numbers = waiting.pop(0)
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)) or relation.concrete:
                continue
            pointing: Any = relation
            other: type[Model] = pointing.related_model
            if pointing.on_delete is DO_NOTHING:
                continue
            near = {f"{pointing.field.name}__in": numbers}
            if pointing.on_delete is SET_NULL:
                if model is type(root):
                    held = list(other._base_manager.filter(**near).values_list("pk", flat=True))
                    links += [[other._meta.label, pointing.field.name, held]] if held else []
                continue
            new = [row for row in other._base_manager.filter(**near).order_by("pk") if row.pk not in rows[other]]
            if new:
                rows[other].update({row.pk: row for row in new})
                waiting.append((other, [row.pk for row in new]))
    return {model: found for model, found in rows.items() if found}, links


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without links of many to many: their rows are taken out themselves."""
    many = {one.name for one in apps.get_model(row["model"])._meta.many_to_many}
    fields = {name: _as_json(value) for name, value in row["fields"].items() if name not in many}
    return {"model": row["model"], "pk": _as_json(row["pk"]), "fields": fields}


def _as_json(value: Any) -> Any:
    """Dates to the microsecond, which Django's own encoder cuts; numbers and identifiers to the letter."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    return str(value) if isinstance(value, UUID | Decimal) else value


def _files(row: Model) -> list[tuple[str, models.fields.files.FieldFile]]:
    fields = [one for one in type(row)._meta.concrete_fields if isinstance(one, FileField)]
    return [(one.name, getattr(row, one.name)) for one in fields if getattr(row, one.name)]
