"""What the cells about choices and bounds say of a question."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES, Sources
from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.mapping import YES_NO_LIST, YES_NO_NA_LIST, offered
from forms.exchange.xlsform.sheets import Cells, cells, plain
from forms.exchange.xlsform.xpath.scope import Scope
from forms.exchange.xlsform.xpath.writer import to_xpath


def list_lines(field: FieldSchema, name: str) -> Iterator[Cells]:
    """The rows of the question's list of choices, which bears its name."""
    if field.type == "yes_no":
        with_na = bool(field.options.get("na"))
        answers = {"yes": _("Yes"), "no": _("No"), **({"na": _("Not applicable")} if with_na else {})}
        for code, label in answers.items():
            yield cells(list_name=YES_NO_NA_LIST if with_na else YES_NO_LIST, name=code, label=label)
        return
    for line in offered(field):
        within = line.get("within")
        belongs = " ".join(str(code) for code in within) if isinstance(within, list) else ""
        yield cells(list_name=name, name=str(line["code"]), label=plain(str(line["label"])), within=belongs)


def statements(field: FieldSchema, name: str) -> Iterator[Cells]:
    """A row for each statement of a matrix."""
    if field.type != "matrix" or not offered(field):
        return
    for line in field.options.get("statements") or []:
        yield cells(
            type=f"select_one {name}",
            name=f"{name}.{line['code']}",
            label=plain(line["label"]) or line["code"],
            required="yes" if field.required else "",
        )


def bounds(field: FieldSchema) -> Iterator[str]:
    """The bounds of a number, the length of a text."""
    for name, sign in (("minimum", ">="), ("maximum", "<=")):
        value = field.options.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield f". {sign} {to_xpath(value, Scope(()))}"
    longest = field.options.get("max_length")
    if isinstance(longest, int):
        yield f"string-length(.) <= {longest}"


def constant(field: FieldSchema, typed: Any) -> str:
    """What stands there beforehand, as devices keep it: a code instead of a label, 1234 instead of 1,234."""
    try:
        answer = FIELD_TYPES[field.type].decode(field, typed, Sources())
    except (KeyError, ValidationError):
        return ""
    match answer:
        case bool():
            return "yes" if answer else "no"
        case list():
            return " ".join(str(code) for code in answer)
        case str() | int() | float():
            return plain(str(answer))
    return ""
