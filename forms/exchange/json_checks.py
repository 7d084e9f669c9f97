"""Whether JSON describes a form: the same questions that schema.from_json asks, answered in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES, TABLE_TYPES
from forms.builder.schema import KEY, LOGIC_SLOTS, SEVERITIES
from forms.exchange.imported import ImportRefusedError

MAX_QUESTIONS = 1000
"""Questions, columns included; the longest form of the plan has 40."""
MAX_DEPTH = 40
"""Levels of settings and expressions in one question."""

FORM_PARTS = frozenset({"format", "version", "slug", "title", "intro", "fields", "rules"})
FIELD_PARTS = frozenset({"key", "type", "label", "help_text", "required", "options", "columns", "logic"})


@dataclass(frozen=True)
class Place:
    """Where in the file something stands, in words."""

    words: str

    def refuse(self, fault: str) -> ImportRefusedError:
        """The error that names the place."""
        return ImportRefusedError(_("%(place)s: %(fault)s") % {"place": self.words, "fault": fault})


def check_form(data: dict[str, Any]) -> None:
    """ImportRefusedError, naming the first place that is not right."""
    form = Place(_("The form"))
    for name in ("slug", "title", "intro"):
        if not isinstance(data.get(name, ""), str):
            raise form.refuse(_("“%(name)s” must be text.") % {"name": name})
    if not data.get("title", "").strip():
        raise form.refuse(_("it has no title."))
    for name in ("fields", "rules"):
        if not isinstance(data.get(name, []), list):
            raise form.refuse(_("“%(name)s” must be a list.") % {"name": name})
    fields, rules = data.get("fields", []), data.get("rules", [])
    check_questions(fields, in_table="")
    check_keys([one["key"] for one in fields], form)
    for number, rule in enumerate(rules, start=1):
        check_rule(rule, Place(_("Check %(number)d") % {"number": number}))
    check_keys([one["key"] for one in rules], form)
    count = sum(1 + len(one.get("columns", [])) for one in fields)
    if count > MAX_QUESTIONS:
        raise form.refuse(_("it has %(count)d questions; %(most)d fit.") % {"count": count, "most": MAX_QUESTIONS})


def check_keys(keys: list[str], place: Place) -> None:
    """No two share a key."""
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise place.refuse(_("the key “%(key)s” stands there twice.") % {"key": twice})


def check_questions(fields: list[Any], *, in_table: str) -> None:
    """Each question of a form, or each column of a table."""
    for number, field in enumerate(fields, start=1):
        place = Place(
            _("Column %(number)d of “%(table)s”") % {"number": number, "table": in_table}
            if in_table
            else _("Question %(number)d") % {"number": number}
        )
        check_question(field, place, in_table=bool(in_table))


def check_question(field: Any, place: Place, *, in_table: bool) -> None:
    """One question with its columns."""
    if not isinstance(field, dict):
        raise place.refuse(_("a mapping is expected."))
    check_key(field, place)
    for name in ("type", "label", "help_text"):
        if not isinstance(field.get(name, ""), str):
            raise place.refuse(_("“%(name)s” must be text.") % {"name": name})
    for name, kind in (("options", dict), ("columns", list), ("logic", dict)):
        if not isinstance(field.get(name, kind()), kind):
            words = _("“%(name)s” must be a list.") if kind is list else _("“%(name)s” must be a mapping.")
            raise place.refuse(words % {"name": name})
    if not isinstance(field.get("required", False), bool):
        raise place.refuse(_("“%(name)s” must be true or false.") % {"name": "required"})
    strange = sorted(set(field.get("logic", {})) - LOGIC_SLOTS)
    if strange:
        raise place.refuse(_("logic knows no “%(name)s”.") % {"name": strange[0]})
    if too_deep(field.get("options")) or too_deep(field.get("logic")):
        raise place.refuse(_("settings or conditions are nested too deeply."))
    columns = field.get("columns", [])
    if columns and in_table:
        raise place.refuse(_("a table cannot stand in a table."))
    check_questions(columns, in_table=field.get("label") or field["key"])
    check_keys([one["key"] for one in columns], place)


def check_rule(rule: Any, place: Place) -> None:
    """One check across questions."""
    if not isinstance(rule, dict):
        raise place.refuse(_("a mapping is expected."))
    check_key(rule, place)
    for name in ("at", "message", "severity"):
        if not isinstance(rule.get(name, ""), str):
            raise place.refuse(_("“%(name)s” must be text.") % {"name": name})
    if rule.get("severity", "error") not in SEVERITIES:
        raise place.refuse(_("how strict it is, “%(name)s”, is not known.") % {"name": rule["severity"]})
    if too_deep(rule.get("check")):
        raise place.refuse(_("settings or conditions are nested too deeply."))


def check_key(part: dict[str, Any], place: Place) -> None:
    """A key is 1–64 letters, digits, - and _."""
    key = part.get("key", "")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise place.refuse(_("the key must be made of 1–64 letters, digits, - and _."))


def too_deep(value: Any, levels: int = MAX_DEPTH) -> bool:
    """Whether lists and mappings stand in each other more than so many levels deep."""
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(too_deep(part, levels - 1) for part in parts)


def known_parts(data: dict[str, Any]) -> tuple[dict[str, Any], list[str], list[str]]:
    """The form with what this portal has; sentences about what it lacks, and about what it did not understand."""
    unsupported: list[str] = []
    warnings = list(strange_parts(_("The form"), data, FORM_PARTS))
    fields = []
    for field in data.get("fields", []):
        name = field.get("label") or field["key"]
        if field.get("type") not in FIELD_TYPES:
            unsupported.append(unknown_type(name, field))
            continue
        warnings += strange_parts(f"“{name}”", field, FIELD_PARTS)
        if field.get("columns") and field["type"] != "table":
            warnings.append(_("“%(name)s”: only a table has columns; they were left out.") % {"name": name})
            field = {key: value for key, value in field.items() if key != "columns"}
        columns = []
        for column in field.get("columns", []):
            where = f"{name} / {column.get('label') or column['key']}"
            if column.get("type") in TABLE_TYPES:
                warnings += strange_parts(f"“{where}”", column, FIELD_PARTS)
                columns.append(column)
            else:
                unsupported.append(unknown_type(where, column))
        fields.append({**field, "columns": columns} if columns or "columns" in field else field)
    return {**data, "fields": fields}, unsupported, warnings


def strange_parts(where: str, part: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    """A sentence if there is something that nobody reads."""
    strange = sorted(set(part) - known)
    if strange:
        yield _("%(where)s: %(names)s is not known and was left out.") % {"where": where, "names": "、".join(strange)}


def unknown_type(name: str, field: dict[str, Any]) -> str:
    """The sentence about a question that was left out."""
    if field.get("type") in FIELD_TYPES:
        return _("“%(name)s” was left out: a question of the type “%(type)s” cannot be a table's column.") % {
            "name": name,
            "type": FIELD_TYPES[field["type"]].label,
        }
    return _("“%(name)s” was left out: the portal has no question of the type “%(type)s”.") % {
        "name": name,
        "type": field.get("type", ""),
    }
